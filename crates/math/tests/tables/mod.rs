//! The helper of the golden tables: what is given, the key, its kind, and the verdict in one word.

use math::{DecimalMark, Kind, Same, read, same};

/// Checks lines of `given ~ expected -> equal|different|undecided|<reason code of the given text>`.
pub fn check_all(kind: Kind, table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (pair, expect) = line.rsplit_once(" -> ").expect("an arrow");
        let (given, expected) = pair.split_once(" ~ ").expect("a tilde");
        check(given, expected, kind, expect.trim());
    }
}

/// Checks one pair.
pub fn check(given: &str, expected: &str, kind: Kind, expect: &str) {
    let key = read(expected.trim(), kind, DecimalMark::Point).expect("the key reads");
    let verdict = match read(given, kind, DecimalMark::Point) {
        Ok(answer) => match same(&answer, &key) {
            Same::Equal => "equal",
            Same::Different => "different",
            Same::Undecided => "undecided",
        },
        Err(why) => why.reason.code(),
    };
    assert_eq!(verdict, expect, "{given} against {expected} as {kind}");
}
