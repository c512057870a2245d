//! Four-digit PINs of students.
//!
//! A PIN is not stored: it derives from the server's secret, the student and a nonce. So a teacher can read a
//! child's PIN out again, a new one is a new nonce, and a stolen database holds none.

use crate::app::{random, secret::Secret};
use store::{PersonId, TenantId};
use subtle::ConstantTimeEq;

/// PINs that a classmate would try first.
const EASY: [&str; 14] =
    ["0000", "1111", "2222", "3333", "4444", "5555", "6666", "7777", "8888", "9999", "1234", "4321", "0123", "2580"];

/// The PIN that belongs to this nonce.
pub fn pin_of(secret: &Secret, tenant: TenantId, person: PersonId, nonce: &[u8]) -> String {
    let bytes = secret.derive("student pin", &[tenant.0.as_bytes(), person.0.as_bytes(), nonce]);
    let number = u64::from_le_bytes(bytes[..8].try_into().expect("a digest has 32 bytes"));
    format!("{:04}", number % 10_000)
}

/// A nonce whose PIN is not one of the easy ones.
pub fn fresh_nonce(secret: &Secret, tenant: TenantId, person: PersonId) -> Vec<u8> {
    loop {
        let nonce = random::bytes::<16>();
        if !EASY.contains(&pin_of(secret, tenant, person, &nonce).as_str()) {
            return nonce.to_vec();
        }
    }
}

/// Compares without telling by time how much was right.
pub fn same_pin(given: &str, own: &str) -> bool {
    given.as_bytes().ct_eq(own.as_bytes()).into()
}
