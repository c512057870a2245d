//! What holds for every input.

use math::{DecimalMark, Kind, Same, latex, read, same};
use proptest::prelude::*;

fn kinds() -> impl Strategy<Value = Kind> {
    proptest::sample::select(Kind::ALL.to_vec())
}

fn marks() -> impl Strategy<Value = DecimalMark> {
    proptest::sample::select(vec![DecimalMark::Point, DecimalMark::Comma])
}

/// Texts made of pieces of mathematics: they get deeper into the reader than letters by chance.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "x",
        "y",
        "2",
        "3.5",
        "1,000",
        "+",
        "-",
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
        "≤",
        "\\frac{1}{2}",
        "\\sqrt{",
        "\\sqrt[3]{x}",
        "√",
        "²",
        "½",
        "%",
        "!",
        "±",
        " ",
        "\\le ",
        "sin",
        "ln",
        "e",
        "π",
        "∞",
        "U",
        "\\frac",
        "\\left(",
        "\\right)",
        " or ",
        " and ",
        "$",
        "°",
        "DNE",
        "\\begin{bmatrix}",
        "&",
        "\\\\",
        "\\end{bmatrix}",
        "\\text{",
        "0",
        "x^{",
        "^99999",
        "10^",
        "\\",
        "_",
        "\\log_",
        "to",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 1..24).prop_map(|parts| parts.concat())
}

fn survives(text: &str, kind: Kind, mark: DecimalMark) -> Result<(), TestCaseError> {
    if let Ok(math) = read(text, kind, mark) {
        prop_assert_eq!(same(&math, &math), Same::Equal);
        let shown = latex(&math);
        if kind == Kind::Words {
            return Ok(());
        }
        if let Ok(again) = read(&shown, kind, DecimalMark::Point) {
            prop_assert_ne!(same(&again, &math), Same::Different, "{} shown as {}", text, shown);
        }
    }
    math::units_of(text);
    Kind::guess(text);
    let _ = math::read_formula(text);
    Ok(())
}

/// Σ c x^k as text, and the product of (a x + b) as text.
fn product(factors: &[(i64, i64)]) -> (String, Vec<i64>) {
    let mut coefficients = vec![1_i64];
    let mut text = String::new();
    for (a, b) in factors {
        let mut next = vec![0; coefficients.len() + 1];
        for (at, c) in coefficients.iter().enumerate() {
            next[at] += c * b;
            next[at + 1] += c * a;
        }
        coefficients = next;
        text.push_str(&format!("({a}x+{b})").replace("+-", "-"));
    }
    (text, coefficients)
}

fn expanded(coefficients: &[i64]) -> String {
    let terms: Vec<String> = coefficients.iter().enumerate().rev().map(|(k, c)| format!("{c}x^{k}")).collect();
    terms.join("+").replace("+-", "-")
}

fn verdict(a: &str, b: &str) -> Same {
    let read = |text: &str| read(text, Kind::Expression, DecimalMark::Point).expect(text);
    same(&read(a), &read(b))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_us_panic(text in "\\PC{0,200}", kind in kinds(), mark in marks()) {
        survives(&text, kind, mark)?;
    }

    #[test]
    fn no_heap_of_mathematics_makes_us_panic(text in pieces(), kind in kinds(), mark in marks()) {
        survives(&text, kind, mark)?;
    }

    #[test]
    fn two_heaps_compare_the_same_either_way(a in pieces(), b in pieces(), kind in kinds()) {
        if let (Ok(a), Ok(b)) = (read(&a, kind, DecimalMark::Point), read(&b, kind, DecimalMark::Point)) {
            let (there, back) = (same(&a, &b), same(&b, &a));
            // Only `x=4` for the key 4 is one-sided.
            if !a.is_closed() && !b.is_closed() {
                prop_assert_eq!(there == Same::Equal, back == Same::Equal);
            }
        }
    }

    #[test]
    fn a_product_equals_its_expansion(factors in proptest::collection::vec((-9_i64..10, -9_i64..10), 1..5)) {
        let (text, coefficients) = product(&factors);
        prop_assert_eq!(verdict(&text, &expanded(&coefficients)), Same::Equal);
    }

    #[test]
    fn a_changed_coefficient_is_noticed(
        factors in proptest::collection::vec((-9_i64..10, -9_i64..10), 1..5), at in 0_usize..5, by in 1_i64..4
    ) {
        let (text, mut coefficients) = product(&factors);
        let at = at % coefficients.len();
        coefficients[at] += by;
        prop_assert_eq!(verdict(&text, &expanded(&coefficients)), Same::Different);
    }

    #[test]
    fn a_changed_number_under_a_root_is_noticed(n in 2_u32..10_000, c in 1_i64..50) {
        prop_assert_eq!(verdict(&format!("\\sqrt{{{}}}", i64::from(n) * c * c), &format!("{c}\\sqrt{{{n}}}")), Same::Equal);
        prop_assert_eq!(verdict(&format!("\\sqrt{{{}}}", i64::from(n) * c * c + 1), &format!("{c}\\sqrt{{{n}}}")), Same::Different);
    }

    #[test]
    fn a_line_moved_is_another_line(m in -9_i64..10, b in -9_i64..10, k in 1_i64..6) {
        let read = |text: String| read(&text, Kind::Equation, DecimalMark::Point).expect("an equation");
        let line = read(format!("y={m}x+{b}"));
        prop_assert_eq!(same(&read(format!("{k}y-{}x={}", k * m, k * b).replace("--", "+")), &line), Same::Equal);
        prop_assert_eq!(same(&read(format!("y={m}x+{}", b + 1)), &line), Same::Different);
    }
}
