//! What a record says about the engine's constants, for a refit.

use super::{
    record::Setting,
    stored::{event_of, events_in_order},
};
use crate::app::{App, Problem};
use engine::{
    Parameters,
    record::{Observed, observe},
};
use store::{Event, StudentId, TenantId};

/// A student's record as it was received until an instant, so that a refit sees the same however long it takes to read.
pub async fn record_until(app: &App, tenant: TenantId, student: StudentId, until: i64) -> Result<Vec<Event>, Problem> {
    let all = app.store.read(move |tx| Box::pin(async move { events_in_order(tx, tenant, student).await })).await?;
    Ok(all.into_iter().filter(|event| event.received_at <= until).collect())
}

/// Its evidence, with the chance that these constants gave to each answer before it.
pub fn observed(setting: &Setting, parameters: &Parameters, record: &[Event]) -> Result<Vec<Observed>, Problem> {
    let events = record.iter().map(event_of).collect::<Result<Vec<_>, _>>()?;
    Ok(observe(&setting.contexts(parameters), &events))
}
