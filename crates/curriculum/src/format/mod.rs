//! The plain-text course format.
