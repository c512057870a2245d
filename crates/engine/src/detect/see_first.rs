//! Whom to see first: three at most, in order.

use super::{Alert, Rule};

/// Names that stand under "see first", at most.
const NAMES_MAX: usize = 3;

/// The students to see first: by their most urgent alert, the one waiting longest before others, ties by key.
/// What is no need of help (ready to move up, idle, off pace) does not bring a name here.
pub fn see_first<K: Ord + Clone>(rows: &[(K, Vec<Alert>)]) -> Vec<(K, Alert)> {
    let needs_help = |alert: &&Alert| !matches!(alert.rule, Rule::ReadyToMoveUp | Rule::Idle | Rule::OffPace);
    let mut first: Vec<(K, Alert)> = rows
        .iter()
        .filter_map(|(student, alerts)| {
            let worst = alerts.iter().filter(needs_help).min_by_key(|alert| (u8::MAX - alert.urgency, alert.since));
            worst.map(|alert| (student.clone(), alert.clone()))
        })
        .collect();
    first.sort_by(|(a, left), (b, right)| (right.urgency, left.since, a).cmp(&(left.urgency, right.since, b)));
    first.truncate(NAMES_MAX);
    first
}
