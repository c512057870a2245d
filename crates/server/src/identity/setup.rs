//! The one-time link that makes the first administrator. Printed when the server starts without a school;
//! gone when used or when the server stops.

use crate::app::random;
use std::sync::Mutex;
use subtle::ConstantTimeEq;

/// Holds the link's token until it is used.
#[derive(Default)]
pub struct SetupLink(Mutex<Option<String>>);

impl SetupLink {
    /// Makes a fresh token.
    pub fn make(&self) -> String {
        let token = random::token();
        *self.lock() = Some(token.clone());
        token
    }

    /// True when this is the token.
    pub fn matches(&self, given: &str) -> bool {
        self.lock().as_ref().is_some_and(|token| token.as_bytes().ct_eq(given.as_bytes()).into())
    }

    /// Uses the token up; false when somebody else was first.
    pub fn take(&self, given: &str) -> bool {
        let mut token = self.lock();
        let right = token.as_ref().is_some_and(|token| token.as_bytes().ct_eq(given.as_bytes()).into());
        if right {
            *token = None;
        }
        right
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
