//! Classes and who is in them: making a class, adding students by typing or pasting, codes and PINs.

mod http;
mod rules;

pub use http::{add_student, routes};
pub use rules::{NameLine, free_sign_in_name, read_names};
