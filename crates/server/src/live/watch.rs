//! Watching classes. After a commit the only news is "this class changed"; whoever watches it reads it again,
//! at most a few times a second and once for all watchers. Other nodes are told in `nodes`.

use super::{LiveClass, nodes::Nodes, picture, presence::Presence};
use crate::app::{Problem, Shared};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    time::Duration,
};
use store::{ClassId, StudentId, TenantId};
use tokio::sync::{Notify, watch};

/// News within this time are told together.
const COALESCE: Duration = Duration::from_millis(150);
/// Time passes too: somebody leaves, somebody is stuck. Also finds what another node wrote while its news are not heard.
const READ_AGAIN: Duration = Duration::from_secs(5);

/// A class of a school.
pub(super) type Key = (TenantId, ClassId);

/// The classes being watched, and who is here.
#[derive(Default)]
pub struct Live {
    presence: Presence,
    pub(super) nodes: Nodes,
    watched: Mutex<HashMap<Key, Watched>>,
}

struct Watched {
    changed: Arc<Notify>,
    picture: watch::Receiver<Option<Arc<LiveClass>>>,
}

impl Live {
    /// A student was heard of.
    pub fn seen(&self, tenant: TenantId, student: StudentId, class: Option<ClassId>, now: i64) {
        if self.presence.seen(student, now)
            && let Some(class) = class
        {
            self.changed(tenant, class);
        }
    }

    /// True when the student is here.
    pub fn is_here(&self, student: StudentId, now: i64) -> bool {
        self.presence.is_here(student, now)
    }

    /// Something of this class changed.
    pub fn changed(&self, tenant: TenantId, class: ClassId) {
        self.nodes.tell((tenant, class));
        self.read_again((tenant, class));
    }

    /// Reads a class again, if it is watched here.
    pub(super) fn read_again(&self, class: Key) {
        if let Some(watched) = self.lock().get(&class) {
            watched.changed.notify_one();
        }
    }

    /// Reads every class again that is watched here.
    pub(super) fn read_all_again(&self) {
        self.lock().values().for_each(|watched| watched.changed.notify_one());
    }

    /// Something of this student changed, whichever watched class they are in.
    pub fn student_changed(&self, tenant: TenantId, classes: &[ClassId]) {
        let classes: HashSet<&ClassId> = classes.iter().collect();
        for class in classes {
            self.changed(tenant, *class);
        }
    }

    /// Pictures of a class as it changes; the first is there at once.
    pub fn watch(app: &Shared, tenant: TenantId, class: ClassId) -> watch::Receiver<Option<Arc<LiveClass>>> {
        let mut all = app.live.lock();
        if let Some(watched) = all.get(&(tenant, class)) {
            watched.changed.notify_one();
            return watched.picture.clone();
        }
        let (sender, receiver) = watch::channel(None);
        let changed = Arc::new(Notify::new());
        all.insert((tenant, class), Watched { changed: changed.clone(), picture: receiver.clone() });
        drop(all);
        tokio::spawn(keep_reading(app.clone(), tenant, class, changed, sender));
        receiver
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Watched>> {
        self.watched.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

async fn keep_reading(
    app: Shared,
    tenant: TenantId,
    class: ClassId,
    changed: Arc<Notify>,
    sender: watch::Sender<Option<Arc<LiveClass>>>,
) {
    loop {
        match picture(&app, tenant, class).await {
            Ok(picture) => {
                sender.send_replace(Some(Arc::new(picture)));
            }
            Err(problem) => tracing::warn!(kind = problem.kind(), "a class could not be read for its watchers"),
        }
        tokio::select! {
            () = changed.notified() => tokio::time::sleep(COALESCE).await,
            () = tokio::time::sleep(READ_AGAIN) => {}
        }
        // One receiver is the map's own.
        let mut all = app.live.lock();
        if sender.receiver_count() <= 1 {
            all.remove(&(tenant, class));
            return;
        }
    }
}

/// Waits for the first picture.
pub async fn first_picture(receiver: &mut watch::Receiver<Option<Arc<LiveClass>>>) -> Result<Arc<LiveClass>, Problem> {
    let found = receiver.wait_for(Option::is_some).await.map_err(Problem::failure)?;
    found.clone().ok_or_else(|| Problem::failure("the class was not read"))
}
