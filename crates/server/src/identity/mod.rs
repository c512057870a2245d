//! Who somebody is: the first administrator, signing in with a password or with class code, name and PIN,
//! sessions that can be ended one by one, waiting after misses, one's own preferences.

mod http;
mod passwords;
mod pins;
mod rules;
mod sessions;
mod setup;

pub use http::{Me, make_password_link, new_adult, routes};
pub use passwords::hash_password;
pub use pins::{fresh_nonce, pin_of};
pub use rules::{fold_sign_in_name, student_key};
pub use sessions::{SessionCache, hash_of, open_session, session_token, signed_in};
pub use setup::SetupLink;
