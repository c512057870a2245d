//! The server as people and attackers meet it, through HTTP. One file a topic; one program, since linking is slow.

#[path = "../support/mod.rs"]
mod support;

mod bad_input;
mod endpoints;
mod permissions;
mod security;
mod sign_in;
