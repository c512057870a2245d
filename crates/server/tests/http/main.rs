//! The server as people and attackers meet it, through HTTP. One file a topic; one program, since linking is slow.

#[path = "../support/mod.rs"]
mod support;

mod assignments;
mod bad_input;
mod detours;
mod endpoints;
mod home;
mod learning;
mod live;
mod nodes;
mod permissions;
mod plans;
mod predictions;
mod record;
mod refit;
mod security;
mod sent_again;
mod sign_in;
mod storage;
