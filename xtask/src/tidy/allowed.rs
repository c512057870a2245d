//! The exceptions to the rules of the house, all in this one place. An exception that is no longer needed is an error.

/// One file or folder in which a rule need not hold.
pub struct Allowed {
    pub rule: &'static str,
    /// A file, or the beginning of the paths of a folder's files.
    pub path: &'static str,
    /// Why it is better so; for the reader.
    #[allow(dead_code, reason = "read by people")]
    pub why: &'static str,
}

pub const ALLOWED: &[Allowed] = &[];
