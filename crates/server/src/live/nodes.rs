//! News between nodes: each tells the others which classes changed, a few times a second and never inside the unit of work
//! of an answer, and reads again what others told. While nobody is heard, `watch` finds it by reading every few seconds.

use super::watch::Key;
use crate::app::Shared;
use std::{
    collections::BTreeSet,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{ClassId, Listener, StoreError, TenantId};
use tokio::sync::Notify;
use uuid::Uuid;

const CHANNEL: &str = "tandem_live";
/// News within this time are told together.
const COALESCE: Duration = Duration::from_millis(100);
/// Between two tries to listen.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// What other nodes have not been told yet.
pub struct Nodes {
    /// This node's own name, so that it passes over what it told itself.
    own: Uuid,
    told_at_all: AtomicBool,
    waiting: Mutex<BTreeSet<Key>>,
    some: Notify,
}

impl Default for Nodes {
    fn default() -> Self {
        Self {
            own: Uuid::now_v7(),
            told_at_all: AtomicBool::new(false),
            waiting: Mutex::default(),
            some: Notify::new(),
        }
    }
}

impl Nodes {
    /// Other nodes will hear that a class changed; nothing where there are none.
    pub fn tell(&self, class: Key) {
        if self.told_at_all.load(Ordering::Relaxed) && self.lock().insert(class) {
            self.some.notify_one();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<Key>> {
        self.waiting.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn notice(&self, (tenant, class): &Key) -> String {
        format!("{} {} {}", self.own, tenant.0, class.0)
    }

    /// The class that a notice names; none in one of our own or one of another version of Tandem.
    fn heard(&self, notice: &str) -> Option<Key> {
        let mut ids = notice.split(' ').map(|id| id.parse::<Uuid>().ok());
        let (node, tenant, class) = (ids.next()??, ids.next()??, ids.next()??);
        (node != self.own).then_some((TenantId(tenant), ClassId(class)))
    }
}

/// Tells other nodes and hears them, for as long as the server runs; ends at once where there can be none.
pub async fn with_other_nodes(app: Shared) {
    if app.store.has_nodes() {
        app.live.nodes.told_at_all.store(true, Ordering::Relaxed);
        tokio::join!(tell(&app), hear(&app));
    }
}

async fn tell(app: &Shared) {
    let nodes = &app.live.nodes;
    loop {
        nodes.some.notified().await;
        tokio::time::sleep(COALESCE).await;
        let notices: Vec<String> = std::mem::take(&mut *nodes.lock()).iter().map(|class| nodes.notice(class)).collect();
        if let Err(error) = app.store.tell(CHANNEL, &notices).await {
            tracing::warn!(%error, "other nodes were not told; they find it by themselves");
        }
    }
}

async fn hear(app: &Shared) {
    loop {
        match app.store.listen(CHANNEL).await {
            Ok(None) => return,
            Ok(Some(listener)) => {
                // What was told while nobody listened is lost.
                app.live.read_all_again();
                let error = hear_until_lost(app, listener).await;
                tracing::warn!(%error, "other nodes are not heard for a moment");
            }
            Err(error) => tracing::warn!(%error, "other nodes are not heard; trying again"),
        }
        tokio::time::sleep(TRY_AGAIN).await;
    }
}

async fn hear_until_lost(app: &Shared, mut listener: Listener) -> StoreError {
    loop {
        match listener.next().await {
            Ok(notice) => {
                if let Some(class) = app.live.nodes.heard(&notice) {
                    app.live.read_again(class);
                }
            }
            Err(error) => return error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_hears_others_and_not_itself() {
        let (here, there) = (Nodes::default(), Nodes::default());
        let class = (TenantId(Uuid::now_v7()), ClassId(Uuid::now_v7()));
        assert_eq!(here.heard(&there.notice(&class)), Some(class));
        assert_eq!(here.heard(&here.notice(&class)), None);
        assert_eq!(here.heard("something else"), None);
    }
}
