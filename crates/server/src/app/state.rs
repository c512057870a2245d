//! The state that all requests share.

use super::{clock, secret::Secret};
use crate::{
    config::Settings,
    identity::{SessionCache, SetupLink},
    jobs::Jobs,
    learning::{Heads, Presentations},
    library::Library,
    live::Live,
    parameters::Shelf,
};
use std::sync::{
    Arc, RwLock,
    atomic::{AtomicI64, Ordering},
};
use store::{Organization, Store, TenantId};
use tokio::sync::Semaphore;

/// What handlers take.
pub type Shared = Arc<App>;

/// Everything a request may need.
pub struct App {
    pub settings: Settings,
    pub store: Store,
    pub secret: Secret,
    pub sessions: SessionCache,
    pub setup: SetupLink,
    pub library: Library,
    pub live: Live,
    pub presented: Presentations,
    pub heads: Arc<Heads>,
    /// The engine's constants by version.
    pub parameters: Arc<Shelf>,
    /// Long work: where it runs, and how it is woken.
    pub jobs: Jobs,
    /// Password hashing is slow on purpose; at most this many at once.
    pub hashing: Semaphore,
    organizations: RwLock<Vec<Organization>>,
    clock_offset_ms: AtomicI64,
}

impl App {
    /// Opens the shared state over an open store.
    pub async fn new(settings: Settings, store: Store, secret: Secret) -> Result<Shared, store::StoreError> {
        let app = Self {
            sessions: SessionCache::default(),
            setup: SetupLink::default(),
            library: Library::default(),
            live: Live::default(),
            presented: Presentations::default(),
            heads: Arc::default(),
            parameters: Arc::default(),
            jobs: Jobs::default(),
            hashing: Semaphore::new(2),
            organizations: RwLock::default(),
            clock_offset_ms: AtomicI64::new(0),
            settings,
            store,
            secret,
        };
        app.reload_organizations().await?;
        Ok(Arc::new(app))
    }

    /// Milliseconds since 1970, UTC. Read once per request.
    pub fn now(&self) -> i64 {
        clock::now() + self.clock_offset_ms.load(Ordering::Relaxed)
    }

    /// Moves the clock, for tests and for a demo's history.
    pub fn move_clock(&self, by_ms: i64) {
        self.clock_offset_ms.fetch_add(by_ms, Ordering::Relaxed);
    }

    /// The school reached by this host name: the one that names it, else the only one.
    pub fn organization(&self, host: &str) -> Option<Organization> {
        let all = self.organizations.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        all.iter()
            .find(|organization| organization.host.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name)))
            .or_else(|| (all.len() == 1).then(|| &all[0]))
            .cloned()
    }

    /// The school with this id.
    pub fn organization_of(&self, tenant: TenantId) -> Option<Organization> {
        let all = self.organizations.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        all.iter().find(|organization| organization.tenant_id == tenant).cloned()
    }

    /// True while no school has been made yet.
    pub fn needs_setup(&self) -> bool {
        self.organizations.read().unwrap_or_else(|poisoned| poisoned.into_inner()).is_empty()
    }

    /// Reads the schools again, after one was made or changed.
    pub async fn reload_organizations(&self) -> Result<(), store::StoreError> {
        let all = self.store.read(|tx| Box::pin(async move { tx.organizations().await })).await?;
        *self.organizations.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = all;
        Ok(())
    }
}
