//! `tandem user`: a school and its people without a browser.

use super::data::{Data, say};
use crate::identity::{hash_password, new_adult};
use anyhow::bail;
use clap::Args;
use std::{io::Read, process::ExitCode};
use store::{Organization, TenantId};
use uuid::Uuid;

/// Makes an administrator or teacher; makes the school too when there is none.
#[derive(Args)]
pub struct User {
    #[command(flatten)]
    data: Data,
    /// `admin` or `teacher`.
    #[arg(long, default_value = "admin")]
    role: String,
    #[arg(long)]
    email: String,
    #[arg(long)]
    given_name: String,
    #[arg(long)]
    family_name: String,
    /// The school's name, when it is made now.
    #[arg(long, default_value = "Our school")]
    organization: String,
    /// The school's time zone (IANA), when it is made now.
    #[arg(long, default_value = "UTC")]
    zone: String,
}

impl User {
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        if !matches!(self.role.as_str(), "admin" | "teacher") {
            bail!("--role is admin or teacher");
        }
        if jiff::tz::TimeZone::get(&self.zone).is_err() {
            bail!("--zone {} is not in the IANA list", self.zone);
        }
        let app = self.data.open().await?;
        let now = app.now();
        let mut password = String::new();
        std::io::stdin().read_to_string(&mut password)?;
        let password = password.trim_end_matches(['\n', '\r']).to_owned();
        if password.chars().count() < 10 {
            bail!("give a password of ten characters or more on standard input");
        }
        let mut person = new_adult(&self.role, &self.given_name, &self.family_name, &self.email, None, now)
            .map_err(|problem| anyhow::anyhow!("{}", serde_json::to_string(&problem.body()).unwrap_or_default()))?;
        person.password_hash =
            Some(hash_password(&app, password).await.map_err(|_| anyhow::anyhow!("the password could not be hashed"))?);
        let all = app.store.read(|tx| Box::pin(async move { tx.organizations().await })).await?;
        let fresh = Organization {
            tenant_id: TenantId(Uuid::now_v7()),
            name: self.organization,
            host: None,
            zone: self.zone,
            created_at: now,
        };
        let tenant = all.first().map_or(fresh.tenant_id, |school| school.tenant_id);
        let make = all.is_empty();
        let id = person.id;
        app.store
            .write(move |tx| {
                Box::pin(async move {
                    if make {
                        tx.insert_organization(tenant, &fresh).await?;
                    }
                    tx.insert_person(tenant, &person).await
                })
            })
            .await?;
        say(serde_json::json!({ "person": id, "organization": tenant }));
        Ok(ExitCode::SUCCESS)
    }
}
