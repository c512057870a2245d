//! Decisions about time: when an event happened, as the first server that accepts it stamps it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Devices that are remembered for one student; the longest unseen is forgotten first.
const DEVICES_MAX: usize = 12;

/// True when a device's clock can show this: from 1970 to 2100, in ms UTC.
pub fn is_instant(at_ms: i64) -> bool {
    const YEAR_2100_MS: i64 = 4_102_444_800_000;
    (0..YEAR_2100_MS).contains(&at_ms)
}

/// What is known of the clocks of a student's devices.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeviceClocks(pub BTreeMap<String, DeviceClock>);

/// One device's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceClock {
    /// Server time less device time, in ms.
    pub offset_ms: i64,
    /// The highest sequence number seen.
    pub seq: i64,
    /// When its latest event happened.
    pub effective_at: i64,
}

impl DeviceClocks {
    /// When an event happened: the claimed time, set right by the device's measured offset, not in the future
    /// and not before that device's previous event. `sent_at` is the device's clock as the request left it.
    pub fn stamp(&mut self, device: &str, seq: i64, claimed_at: i64, sent_at: Option<i64>, received_at: i64) -> i64 {
        let known = self.0.get(device).cloned();
        let measured = received_at - sent_at.unwrap_or(claimed_at);
        let offset_ms = match (&known, sent_at) {
            // Without the sending time the least delay seen is the best guess of the offset.
            (Some(known), None) => known.offset_ms.min(measured),
            _ => measured,
        };
        let previous = known.as_ref().map_or(i64::MIN, |known| known.effective_at);
        let effective_at =
            claimed_at.saturating_add(offset_ms).min(received_at).max(previous).min(received_at.max(previous));
        let seq = known.map_or(seq, |known| known.seq.max(seq));
        self.0.insert(device.to_owned(), DeviceClock { offset_ms, seq, effective_at });
        if self.0.len() > DEVICES_MAX {
            let oldest = self.0.iter().min_by_key(|(_, clock)| clock.effective_at).map(|(name, _)| name.clone());
            if let Some(oldest) = oldest {
                self.0.remove(&oldest);
            }
        }
        effective_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_is_an_hour_ahead_is_set_right() {
        let mut clocks = DeviceClocks::default();
        assert_eq!(clocks.stamp("d", 1, 4_600_000, Some(4_601_000), 1_001_000), 1_000_000);
    }

    #[test]
    fn work_done_offline_keeps_its_own_times() {
        let mut clocks = DeviceClocks::default();
        clocks.stamp("d", 1, 1_000, None, 1_050);
        assert_eq!(clocks.stamp("d", 2, 5_000, None, 90_000), 5_050);
        assert_eq!(clocks.stamp("d", 3, 60_000, None, 90_000), 60_050);
    }

    #[test]
    fn nothing_happens_in_the_future_or_before_the_devices_previous_event() {
        let mut clocks = DeviceClocks::default();
        assert_eq!(clocks.stamp("d", 1, 9_000_000, Some(1_000), 1_000), 1_000);
        assert_eq!(clocks.stamp("d", 2, 10, Some(2_000), 2_000), 1_000);
    }
}
