//! Anything may be typed: no text panics or takes long, whatever it is read as and compared with.

use math::{DecimalMark, Form, Kind, Lang, evaluate, form_ok, latex, number_of, read, same, speak};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Longest time for one pair, far above what it takes (unoptimized, on a busy machine).
const TIME_MAX: Duration = Duration::from_secs(5);

/// A seeded generator (splitmix64), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % count as u64) as usize
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// Everything that is done with an answer.
fn handle(given: &str, expected: &str) {
    let started = Instant::now();
    for mark in [DecimalMark::Point, DecimalMark::Comma] {
        for kind in Kind::ALL {
            let (Ok(a), Ok(b)) = (read(given, kind, mark), read(expected, kind, mark)) else { continue };
            let _ = same(&a, &b);
            let _ = (latex(&a), number_of(&a), evaluate(&a, &BTreeMap::new()));
            let _ = (speak(&a, Lang::English), speak(&a, Lang::Spanish));
            for form in ["lowest_terms", "factored", "expanded", "simplified_radical", "scientific", "mixed_number"] {
                let form: Form = form.parse().expect("a form");
                let _ = form_ok(&a, &b, form);
            }
        }
    }
    assert!(started.elapsed() < TIME_MAX, "{given:?} beside {expected:?} took {:?}", started.elapsed());
}

#[test]
fn random_bytes_are_read_or_refused() {
    let mut dice = Dice(1);
    for _ in 0..2_000 {
        let bytes: Vec<u8> = (0..dice.below(40)).map(|_| dice.below(256) as u8).collect();
        handle(&String::from_utf8_lossy(&bytes), "x+1");
    }
}

#[test]
fn random_pieces_of_mathematics_are_read_or_refused() {
    const PIECES: [&str; 48] = [
        "x",
        "y",
        "-",
        "+",
        "*",
        "/",
        "^",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        ",",
        ";",
        ":",
        "=",
        "<",
        ">=",
        "!=",
        "±",
        "√",
        "²",
        "⁻¹",
        "π",
        "e",
        "∞",
        "%",
        "!",
        "°",
        ".",
        "3",
        "0",
        "12",
        "1,000",
        "2 1/2",
        "\\frac",
        "\\sqrt",
        "\\left(",
        "\\right)",
        "sin",
        "ln",
        "log_",
        " or ",
        " and ",
        "∪",
        "\\begin{bmatrix}",
    ];
    let mut dice = Dice(2);
    for _ in 0..4_000 {
        let mut text = |most: usize| (0..1 + dice.below(most)).map(|_| dice.pick(&PIECES)).collect::<String>();
        let (given, expected) = (text(14), text(6));
        handle(&given, &expected);
    }
}

#[test]
fn what_is_deep_huge_or_long_ends_soon() {
    let deep = |open: &str, close: &str, times: usize| format!("{}x{}", open.repeat(times), close.repeat(times));
    let mut texts = vec![
        "9^9^9^9^9".to_owned(),
        "x^(99999999999)".to_owned(),
        "2^(-99999999999999999999)".to_owned(),
        "(x+1)^999".to_owned(),
        "(a+b+c+d+e+f)^60".to_owned(),
        "10^10^10".to_owned(),
        "(-8)^(1/999999999)".to_owned(),
        "999999!".to_owned(),
        "((((9!)!)!)!)!".to_owned(),
        "sqrt(".repeat(150) + "2" + &")".repeat(150),
        "1/0".to_owned(),
        "0^0".to_owned(),
        "log_1(5)".to_owned(),
        format!("0.{}1", "0".repeat(1_500)),
        format!("{}/{}", "9".repeat(900), "7".repeat(900)),
        "|".repeat(200),
        "±".repeat(60) + "3",
        vec!["x±1"; 30].join("*"),
        vec!["|x-1|"; 40].join("+") + "<3",
        (1..200).map(|n| n.to_string()).collect::<Vec<_>>().join(", "),
        "x^2".repeat(300),
        "\\frac{1}{".repeat(120) + "2" + &"}".repeat(120),
    ];
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("|", "|"), ("-(", ")"), ("\\left(", "\\right)")] {
        texts.push(deep(open, close, 90));
        texts.push(deep(open, close, 250));
    }
    for given in &texts {
        handle(given, "x+1");
        handle(given, given);
        handle("2", given);
    }
}
