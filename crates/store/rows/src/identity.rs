//! Schools, people, and how they sign in.

use crate::{ClassId, PersonId, TenantId};
use uuid::Uuid;

/// A school. The one row that repeats its tenant, since it is how a tenant is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub tenant_id: TenantId,
    pub name: String,
    /// The host name by which the school is reached, when there are several.
    pub host: Option<String>,
    /// IANA time zone; decides what a school day is.
    pub zone: String,
    pub created_at: i64,
}

/// Anyone who can sign in or is spoken about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    /// `admin`, `teacher`, `student`, `specialist`, `guardian` and others to come.
    pub role: String,
    pub given_name: String,
    pub family_name: String,
    /// Folded by the writer; unique within the school.
    pub sign_in_name: Option<String>,
    /// Unique within the school, upper and lower case alike.
    pub email: Option<String>,
    pub password_hash: Option<String>,
    pub pin_nonce: Option<Vec<u8>>,
    pub locale: String,
    /// JSON.
    pub preferences: String,
    pub created_at: i64,
    pub archived_at: Option<i64>,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub token_hash: Vec<u8>,
    pub id: Uuid,
    pub person_id: PersonId,
    /// The class by whose code a student signed in.
    pub class_id: Option<ClassId>,
    pub created_at: i64,
    pub last_seen_at: i64,
    pub expires_at: i64,
    pub revoked_at: Option<i64>,
    pub user_agent: String,
    /// `full`, `upload_only` or `demo`.
    pub kind: String,
}

/// Failed sign-ins under one key, an account or a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInMiss {
    pub key: String,
    pub misses: i64,
    pub first_at: i64,
    pub last_at: i64,
    pub blocked_until: i64,
}

/// A link that works once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneTimeLink {
    pub token_hash: Vec<u8>,
    pub purpose: String,
    pub created_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
}
