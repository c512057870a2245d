//! What is taught.

/// A course and the version that students see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    pub id: String,
    pub published_version: Option<String>,
    /// JSON: a text by language.
    pub title: String,
    pub created_at: i64,
}

/// One version of a course, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourseVersion {
    pub course_id: String,
    pub version: String,
    pub structure: Vec<u8>,
    pub report: Vec<u8>,
    pub created_at: i64,
    pub published_at: Option<i64>,
}

/// One version of a course, for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourseVersionLine {
    pub course_id: String,
    pub version: String,
    pub created_at: i64,
    pub published_at: Option<i64>,
}

/// An item, activity or other piece, named by the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub hash: String,
    pub kind: String,
    pub body: Vec<u8>,
}
