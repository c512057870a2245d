//! Ids as types, so that a student cannot be given where a class is meant.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    };
}

id! {
    /// A school, the first part of every key.
    TenantId
}
id! {
    /// Anyone who can sign in or is spoken about.
    PersonId
}
id! {
    /// A person as the owner of a record; the same number as their [`PersonId`].
    StudentId
}
id! {
    /// A class.
    ClassId
}

impl StudentId {
    /// The same person, not as the owner of a record.
    pub fn person(self) -> PersonId {
        PersonId(self.0)
    }
}

impl PersonId {
    /// The same person as the owner of a record.
    pub fn student(self) -> StudentId {
        StudentId(self.0)
    }
}

impl From<StudentId> for PersonId {
    fn from(id: StudentId) -> Self {
        id.person()
    }
}
