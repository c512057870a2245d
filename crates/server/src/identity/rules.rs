//! Decisions about signing in.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How many misses make a child wait a little.
const MISSES_SHORT_WAIT: i64 = 5;
/// How many misses make anybody wait long.
const MISSES_LONG_WAIT: i64 = 40;
const SHORT_WAIT_MS: i64 = 30_000;
const LONG_WAIT_MS: i64 = 15 * 60_000;
/// Misses are forgotten after an hour without any.
const FORGET_AFTER_MS: i64 = 60 * 60_000;
/// A whole school may share one address, so a network is allowed many.
const NETWORK_MISSES: i64 = 300;

/// Until when to wait after this many misses, the last of them now.
pub fn blocked_until(misses: i64, now: i64) -> i64 {
    if misses >= MISSES_LONG_WAIT {
        now + LONG_WAIT_MS
    } else if misses > 0 && misses % MISSES_SHORT_WAIT == 0 {
        now + SHORT_WAIT_MS
    } else {
        0
    }
}

/// The same for a whole network.
pub fn network_blocked_until(misses: i64, now: i64) -> i64 {
    if misses >= NETWORK_MISSES { now + SHORT_WAIT_MS } else { 0 }
}

/// True when old misses no longer count.
pub fn forgotten(last_at: i64, now: i64) -> bool {
    now - last_at > FORGET_AFTER_MS
}

/// Seconds to wait, rounded up, or none.
pub fn wait_seconds(blocked_until: i64, now: i64) -> Option<u64> {
    (blocked_until > now).then(|| ((blocked_until - now + 999) / 1000) as u64)
}

/// The key under which misses of a student's name are counted; the same whether or not such a name exists.
pub fn student_key(class_code: &str, sign_in_name: &str) -> String {
    format!("student:{}:{}", fold_class_code(class_code), fold_sign_in_name(sign_in_name))
}

/// The key under which misses of an adult are counted. Nobody's address is longer than what is kept of it here.
pub fn adult_key(email: &str) -> String {
    format!("adult:{}", email.trim().chars().take(200).flat_map(char::to_lowercase).collect::<String>())
}

/// A class code as stored: capitals, without the spaces and hyphens people type.
pub fn fold_class_code(code: &str) -> String {
    code.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).take(12).collect()
}

/// A sign-in name as stored: small letters, without accents and spaces, so that "José R" finds "joser".
pub fn fold_sign_in_name(name: &str) -> String {
    name.nfkd()
        .filter(|letter| !is_combining_mark(*letter) && (letter.is_alphanumeric() || *letter == '.'))
        .flat_map(char::to_lowercase)
        .take(60)
        .collect()
}

/// Why a password cannot be taken, if so.
pub fn password_problem(password: &str, own_words: &[&str]) -> Option<&'static str> {
    let length = password.chars().count();
    if length < 10 {
        return Some("too_short");
    }
    if length > 200 {
        return Some("too_long");
    }
    let folded = password.to_lowercase();
    let easy = own_words.iter().any(|word| word.chars().count() >= 4 && folded.contains(&word.to_lowercase()));
    let same = password.chars().all(|letter| password.starts_with(letter));
    (easy || same || COMMON.contains(&folded.as_str())).then_some("too_easy")
}

/// A few of the first that anybody would try and that are long enough to pass the length rule.
const COMMON: [&str; 8] = [
    "password12",
    "password123",
    "1234567890",
    "qwertyuiop",
    "0123456789",
    "iloveyou123",
    "letmein1234",
    "administrator",
];

/// True when this can be an e-mail address: one `@`, something on both sides, no spaces.
pub fn is_email(text: &str) -> bool {
    match text.split_once('@') {
        Some((name, host)) => {
            !name.is_empty()
                && host.contains('.')
                && !host.contains('@')
                && text.len() <= 200
                && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_misses_wait_half_a_minute_and_forty_a_quarter_of_an_hour() {
        let waits = |misses| blocked_until(misses, 1_000_000) - 1_000_000;
        assert_eq!((waits(5), waits(10), waits(40), waits(41)), (30_000, 30_000, 900_000, 900_000));
        assert!(waits(4) < 0 && waits(6) < 0);
    }

    #[test]
    fn a_name_is_found_with_or_without_its_accents() {
        assert_eq!(fold_sign_in_name(" José  Ángel "), fold_sign_in_name("joseangel"));
        assert_eq!(fold_sign_in_name("محمد"), "محمد");
    }

    #[test]
    fn a_class_code_may_be_typed_with_small_letters_and_hyphens() {
        assert_eq!(fold_class_code("r4k-9tz"), "R4K9TZ");
    }

    #[test]
    fn a_password_is_long_and_not_ones_own_name() {
        assert_eq!(password_problem("short", &[]), Some("too_short"));
        assert_eq!(password_problem("marta.rivera.1", &["Rivera"]), Some("too_easy"));
        assert_eq!(password_problem("plenty of green paper", &["Rivera"]), None);
    }
}
