//! Putting a version in force, and going back: one unit of work with its line in the audit and the job that moves the
//! students.

use super::{
    refolding,
    rules::{Refusal, Step, Version, may_put_in_force},
};
use crate::app::{Answer, Problem, Shared, Signed};
use axum::http::StatusCode;
use serde_json::json;
use store::{AuditEntry, ParameterPublication, Tx};
use uuid::Uuid;

/// What an administrator asks for.
pub struct Wanted {
    pub course: String,
    /// 0 for the constants that ship.
    pub number: i64,
    /// The version that the administrator saw in force.
    pub in_force: i64,
}

/// Puts a version in force.
pub async fn publish(app: &Shared, signed: &Signed, wanted: Wanted) -> Answer<Step> {
    let (tenant, by, now) = (signed.tenant(), signed.person.id, signed.now);
    let step = app.store.write(move |tx| {
        Box::pin(async move {
            let turns = tx.parameter_publications(tenant, &wanted.course).await?;
            let in_force = turns.first().map_or(0, |last| last.number);
            if in_force != wanted.in_force {
                return Err(conflict("changed_meanwhile", "Another version is in force by now.").at("in_force"));
            }
            let step = may_put_in_force(version(tx, tenant, &wanted, &turns).await?, in_force);
            let step = step.map_err(refused)?;
            let turn = turns.first().map_or(1, |last| last.turn + 1);
            let course_id = wanted.course.clone();
            let publication =
                ParameterPublication { course_id, turn, number: wanted.number, published_at: now, published_by: by };
            tx.insert_parameter_publication(tenant, &publication).await?;
            let detail = json!({ "course": wanted.course, "version": wanted.number, "before": in_force });
            let action = if step == Step::Publish { "parameters_published" } else { "parameters_gone_back" };
            let entry = AuditEntry {
                id: Uuid::now_v7(),
                at: now,
                actor_id: Some(by),
                action: action.to_owned(),
                subject_id: None,
                class_id: None,
                detail: detail.to_string(),
            };
            tx.insert_audit(tenant, &entry).await?;
            refolding::ask(tx, tenant, Some(by), now).await?;
            Ok(step)
        })
    });
    let step = step.await?;
    app.jobs.wake();
    Ok(step)
}

async fn version(
    tx: &mut Tx<'_>,
    tenant: store::TenantId,
    wanted: &Wanted,
    turns: &[ParameterPublication],
) -> Answer<Version> {
    let was_in_force = turns.iter().any(|turn| turn.number == wanted.number);
    if wanted.number == 0 {
        return Ok(Version { number: 0, compared_with: 0, may_be_published: false, was_in_force });
    }
    let row = tx.parameter_version(tenant, &wanted.course, wanted.number).await?;
    let row = row.ok_or_else(|| Problem::field("number", "unknown_version", "There is no such version."))?;
    Ok(Version {
        number: row.number,
        compared_with: row.compared_with,
        may_be_published: row.may_be_published,
        was_in_force,
    })
}

fn refused(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::InForce => conflict("already_in_force", "This version is in force."),
        Refusal::NotBetter => conflict("not_better", "Held-out students are predicted worse with it."),
        Refusal::OldComparison => {
            conflict("old_comparison", "It was compared with a version that is not in force now.")
        }
    }
    .at("number")
}

fn conflict(kind: &'static str, detail: &'static str) -> Problem {
    Problem::new(StatusCode::CONFLICT, kind, detail)
}
