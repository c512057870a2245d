//! Time on the processor, so that what else runs on the machine does not count.

use std::time::{Duration, Instant};

/// Started at some time, asked later.
pub struct Clock {
    by_clock: Instant,
    on_processor: Option<Duration>,
}

impl Clock {
    /// Starts.
    pub fn start() -> Self {
        Self { by_clock: Instant::now(), on_processor: on_processor() }
    }

    /// Seconds that this thread ran on the processor where the system tells (Linux), else seconds by the clock.
    pub fn seconds(&self) -> f64 {
        let ran = on_processor().zip(self.on_processor).map(|(now, then)| now.saturating_sub(then));
        ran.unwrap_or_else(|| self.by_clock.elapsed()).as_secs_f64()
    }
}

/// The first number of the thread's schedule statistics: nanoseconds on the processor.
fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
