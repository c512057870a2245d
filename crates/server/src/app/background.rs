//! Work that takes long and hurries nobody: one thread beside those that answer requests, and the last in line for the
//! processor.

use super::Problem;
use std::sync::mpsc::{Sender, channel};
use tokio::sync::oneshot;

/// How far back in line: the usual is 0 and the last place 19.
#[cfg(unix)]
const NICENESS: i32 = 15;

type Work = Box<dyn FnOnce() + Send>;

/// The way to the thread.
pub struct Background(Sender<Work>);

impl Background {
    /// Starts the thread; it ends when this is dropped.
    pub fn start() -> Result<Self, Problem> {
        let (queue, waiting) = channel::<Work>();
        let run = move || {
            // For this thread alone. Where it is not allowed, the work is done all the same.
            #[cfg(unix)]
            let _ = rustix::process::nice(NICENESS);
            waiting.into_iter().for_each(|work| work());
        };
        std::thread::Builder::new().name("background".into()).spawn(run).map_err(Problem::failure)?;
        Ok(Self(queue))
    }

    /// Does a piece of work there and waits for what it comes to.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let (answer, result) = oneshot::channel();
        let work = Box::new(move || {
            // Whoever asked may be gone.
            answer.send(work()).ok();
        });
        self.0.send(work).map_err(|_| Problem::failure("the background thread has ended"))?;
        result.await.map_err(|_| Problem::failure("background work came to nothing"))
    }
}
