//! Classes and who is in them.

use crate::{ClassId, PersonId};

/// A class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    pub id: ClassId,
    pub name: String,
    /// What students type to find their class; unique within the school.
    pub code: String,
    pub course_id: Option<String>,
    pub created_at: i64,
    pub archived_at: Option<i64>,
}

/// One person in one class in one role, for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrollment {
    pub class_id: ClassId,
    pub person_id: PersonId,
    /// `teacher`, `co_teacher`, `substitute`, `student` or `specialist`.
    pub role: String,
    pub starts_at: i64,
    pub ends_at: Option<i64>,
}

/// A class as one of its people sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassOfPerson {
    pub id: ClassId,
    pub name: String,
    pub code: String,
    pub course_id: Option<String>,
    pub created_at: i64,
    pub archived_at: Option<i64>,
    /// The person's role in this class.
    pub role: String,
    pub ends_at: Option<i64>,
}

/// A person as one of a class's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassPerson {
    pub id: PersonId,
    /// The role in this class.
    pub role: String,
    pub given_name: String,
    pub family_name: String,
    pub sign_in_name: Option<String>,
    pub pin_nonce: Option<Vec<u8>>,
    pub locale: String,
    pub starts_at: i64,
    pub ends_at: Option<i64>,
    pub archived_at: Option<i64>,
}
