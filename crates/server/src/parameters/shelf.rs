//! Versions in memory, one copy for all requests. A version never changes, so a copy is never stale; what is in force
//! does change, and is asked of the store each time.

use super::Name;
use crate::app::Problem;
use curriculum::CourseId;
use engine::{Parameters, parameters::CourseParameters};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard},
};
use store::{HeadLine, StoreError, TenantId, Tx};

/// A course's constants take some tens of kilobytes.
const KEPT_MAX: usize = 64;

/// The versions that were asked for.
pub struct Shelf {
    shipped: Arc<Parameters>,
    kept: Mutex<HashMap<(TenantId, String), Arc<Parameters>>>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { shipped: Arc::new(Parameters::default()), kept: Mutex::default() }
    }
}

impl Shelf {
    /// The constants that ship. What no refit touches, such as a pre-test's length, is the same in every version.
    pub fn shipped(&self) -> Arc<Parameters> {
        self.shipped.clone()
    }

    /// The version of this name; none when it is made of constants that another Tandem shipped.
    pub async fn named(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        name: &str,
    ) -> Result<Option<Arc<Parameters>>, Problem> {
        if name == self.shipped.version {
            return Ok(Some(self.shipped()));
        }
        let key = (tenant, name.to_owned());
        if let Some(known) = self.lock().get(&key) {
            return Ok(Some(known.clone()));
        }
        let Some(read) = Name::read(name).filter(|read| read.shipped == self.shipped.version) else { return Ok(None) };
        let made = Arc::new(self.make(tx, tenant, read).await?);
        let mut kept = self.lock();
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(key, made.clone());
        Ok(Some(made))
    }

    /// The version in force.
    pub async fn in_force(&self, tx: &mut Tx<'_>, tenant: TenantId) -> Result<Arc<Parameters>, Problem> {
        let name = self.name_in_force(tx, tenant).await?.to_string();
        self.named(tx, tenant, &name).await?.ok_or_else(|| Problem::failure("constants in force cannot be named"))
    }

    /// Its name.
    pub async fn name_in_force(&self, tx: &mut Tx<'_>, tenant: TenantId) -> Result<Name, Problem> {
        let last = tx.parameters_in_force(tenant).await?;
        let fitted = last.into_iter().filter(|last| last.number > 0);
        Ok(Name {
            shipped: self.shipped.version.clone(),
            courses: fitted.map(|last| (last.course_id, last.number)).collect(),
        })
    }

    /// The version under which a student's state was folded; of a student without events, the one in force. None for
    /// constants that another Tandem shipped: that state must be folded anew.
    pub async fn of_head(
        &self,
        tx: &mut Tx<'_>,
        tenant: TenantId,
        head: Option<&HeadLine>,
    ) -> Result<Option<Arc<Parameters>>, Problem> {
        match head.filter(|head| head.position > 0) {
            Some(head) => self.named(tx, tenant, &head.parameter_version).await,
            None => self.in_force(tx, tenant).await.map(Some),
        }
    }

    async fn make(&self, tx: &mut Tx<'_>, tenant: TenantId, name: Name) -> Result<Parameters, Problem> {
        let version = name.to_string();
        let mut courses = BTreeMap::new();
        for (course, number) in name.courses {
            let row = tx.parameter_version(tenant, &course, number).await?.ok_or(StoreError::Missing)?;
            let constants: CourseParameters = serde_json::from_slice(&row.constants).map_err(Problem::failure)?;
            courses.insert(CourseId(course), constants);
        }
        Ok(Parameters { version, fitted: !courses.is_empty(), courses, ..(*self.shipped).clone() })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(TenantId, String), Arc<Parameters>>> {
        self.kept.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
