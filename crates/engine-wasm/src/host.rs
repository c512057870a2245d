//! How a host outside Rust talks with the module: three functions and one buffer.
//!
//! The host calls [`room`] with the length of its request and writes the request at the address it gets; calls
//! [`answer`], which gives the length of the answer; and reads so many bytes at [`answer_at`]. One at a time:
//! a module has one thread.
#![allow(unsafe_code, reason = "a name for the host is unsafe in the eyes of the language; nothing else here is")]

#[cfg(feature = "measure")]
use crate::measure::Online;
use crate::{Session, ask};
use std::cell::RefCell;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static SESSION: RefCell<Session> = RefCell::new(Session::default());
}

/// Makes room for a request of so many bytes, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        buffer.resize(length, 0);
        buffer.as_mut_ptr()
    })
}

/// Answers the request in the buffer, and says how long the answer is.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> usize {
    let request = BUFFER.take();
    let answer = SESSION.with_borrow_mut(|session| ask(session, &request));
    BUFFER.with_borrow_mut(|buffer| {
        *buffer = answer;
        buffer.len()
    })
}

/// Where the answer begins.
#[unsafe(no_mangle)]
pub extern "C" fn answer_at() -> *const u8 {
    BUFFER.with_borrow(|buffer| buffer.as_ptr())
}

#[cfg(feature = "measure")]
thread_local! {
    static ONLINE: RefCell<Online> = RefCell::new(Online::default());
}

/// Puts a batch of so many answers into the buffer, for the host to keep, and says how long it is. The first call fits
/// the model.
#[cfg(feature = "measure")]
#[unsafe(no_mangle)]
pub extern "C" fn draw(answers: usize) -> usize {
    let batch = ONLINE.with_borrow_mut(|online| online.draw(answers));
    BUFFER.with_borrow_mut(|buffer| {
        *buffer = batch;
        buffer.len()
    })
}

/// Forgets all answers that were taken in.
#[cfg(feature = "measure")]
#[unsafe(no_mangle)]
pub extern "C" fn begin() {
    ONLINE.with_borrow_mut(Online::begin);
}

/// Predicts and takes in the batch in the buffer, and says how many chances there are.
#[cfg(feature = "measure")]
#[unsafe(no_mangle)]
pub extern "C" fn take() -> usize {
    BUFFER.with_borrow(|batch| ONLINE.with_borrow_mut(|online| online.take(batch).len()))
}

/// Where the chances begin, eight bytes each.
#[cfg(feature = "measure")]
#[unsafe(no_mangle)]
pub extern "C" fn chances_at() -> *const f64 {
    ONLINE.with_borrow(|online| online.chances().as_ptr())
}
