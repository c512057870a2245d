//! What reads, what does not, and where reading stops.

use math::{DecimalMark, Kind, read, read_formula, units_of};

fn place(text: &str) -> String {
    match read(text, Kind::Expression, DecimalMark::Point) {
        Ok(_) => "reads".into(),
        Err(why) => format!("{} {}", why.at, why.reason.code()),
    }
}

#[test]
fn unreadable_texts_say_where_and_why() {
    for (text, expect) in [
        ("", "0 empty"),
        ("3+", "2 unfinished"),
        ("(2+3", "4 unbalanced"),
        ("3..5", "0 bad_number"),
        ("3++4", "2 doubled_operator"),
        ("5 apples", "2 stray_word"),
        ("1/2x", "3 ambiguous"),
        ("x ☃", "2 unexpected_character"),
        ("12 34", "3 bad_number"),
    ] {
        assert_eq!(place(text), expect, "{text}");
    }
    assert_eq!(place(&"1".repeat(2_001)), "2000 too_long");
    assert!(place(&"(".repeat(1_000)).ends_with("too_deep"));
    assert!(place(&"x^".repeat(900)).ends_with("too_deep"));
    assert!(place(&"\\sqrt{".repeat(300)).ends_with("too_deep"));
}

#[test]
fn what_would_be_misread_is_asked_back_or_refused() {
    for (text, expect) in [
        ("1/2%", "3 ambiguous"),
        ("3/4%", "3 ambiguous"),
        ("1/4 %", "4 ambiguous"),
        ("½%", "reads"),
        ("(1/2)%", "reads"),
        ("\\frac12\\%", "reads"),
        ("2 1/2%", "reads"),
        ("50%/25%", "reads"),
        ("3.2e-5", "3 ambiguous"),
        ("1.5E+3", "3 ambiguous"),
        ("3.2e5", "4 ambiguous"),
        ("2e-5", "reads"),
        ("6 x 7", "4 ambiguous"),
        ("6x7", "2 ambiguous"),
        ("1.5 x 10^3", "reads"),
        ("2x 3", "reads"),
        ("lnx", "0 stray_word"),
        ("2lnx", "1 stray_word"),
        ("sinx", "0 stray_word"),
        ("cscx", "0 stray_word"),
        ("xln(x)", "reads"),
        ("5%%", "2 doubled_operator"),
        ("5 % %", "4 doubled_operator"),
        ("3---4", "3 doubled_operator"),
        ("---4", "2 doubled_operator"),
        ("3*---4", "4 doubled_operator"),
        ("3--4", "reads"),
        ("3*-4", "reads"),
        ("--5", "reads"),
        ("да", "0 stray_word"),
        ("答え", "0 stray_word"),
        ("خمسة", "0 stray_word"),
        ("ж+1", "reads"),
        ("αβ", "reads"),
        ("{}", "reads"),
        ("}{", "0 unfinished"),
        ("x^{}", "3 unfinished"),
        ("[[1,2],[3]]", "11 unfinished"),
    ] {
        assert_eq!(place(text), expect, "{text}");
    }
}

#[test]
fn the_locale_decides_on_the_decimal_mark() {
    for (text, expect) in [("3,5", "3.5"), ("1.234,5", "1234.5"), ("1 234,5", "1234.5"), ("0,5", "1/2")] {
        let given = read(text, Kind::Number, DecimalMark::Comma).expect(text);
        let key = read(expect, Kind::Number, DecimalMark::Point).expect(expect);
        assert_eq!(math::same(&given, &key), math::Same::Equal, "{text}");
    }
    let point = read("(3,5; 4)", Kind::Point, DecimalMark::Comma).expect("a point");
    let key = read("(3.5, 4)", Kind::Point, DecimalMark::Point).expect("a point");
    assert_eq!(math::same(&point, &key), math::Same::Equal);
    let tight = read("(3,5)", Kind::Point, DecimalMark::Comma).expect("a point");
    let key = read("(3, 5)", Kind::Point, DecimalMark::Point).expect("a point");
    assert_eq!(math::same(&tight, &key), math::Same::Equal);
}

#[test]
fn units_are_taken_off_only_behind_plain_numbers() {
    for (text, number, unit) in [
        ("7.5 cups", "7.5", Some("cups")),
        ("45 mph", "45", Some("mph")),
        ("5cm", "5", Some("cm")),
        ("2 1/2 hours", "2 1/2", Some("hours")),
        ("60 miles per hour", "60", Some("miles per hour")),
        ("12 \\text{ square feet}", "12", Some("square feet")),
        ("3 m", "3", Some("m")),
        ("90°", "90", Some("°")),
        ("$5", "$5", None),
        ("5x", "5x", None),
        ("3m", "3m", None),
        ("2 pi", "2 pi", None),
        ("3 sqrt(2)", "3 sqrt(2)", None),
        ("no solution", "no solution", None),
        ("12", "12", None),
    ] {
        assert_eq!(units_of(text), (number.to_owned(), unit.map(str::to_owned)), "{text}");
    }
}

#[test]
fn formulas_know_long_names_and_their_functions() {
    let values = [("total".to_owned(), 17), ("group".to_owned(), 5)];
    let values = values.into_iter().map(|(name, value)| (name, math::Rational::from_integer(value.into()))).collect();
    for (text, expect) in [
        ("floor(total/group)", Some("3")),
        ("total mod group", Some("2")),
        ("mod(total, group) + 1", Some("3")),
        ("gcd(total*10, group*4)", Some("10")),
        ("lcm(4, 6)", Some("12")),
        ("max(total, group) - min(total, group)", Some("12")),
        ("round(total/group)", Some("3")),
        ("abs(group - total)", Some("12")),
        ("total/group", Some("17/5")),
        ("total/(group-5)", None),
        ("missing + 1", None),
        ("total > group", Some("1")),
    ] {
        let value = math::evaluate(&read_formula(text).expect(text), &values);
        assert_eq!(value.map(|value| math::plain(&value, DecimalMark::Point)).as_deref(), expect, "{text}");
    }
    assert!(read_formula("2 total").is_err());
}

#[test]
fn a_kind_is_proposed_for_every_key() {
    for (key, kind) in [
        ("$$-7$$", Kind::Number),
        ("$$x=-7$$", Kind::Equation),
        ("4,-3", Kind::List),
        ("(0,25), (2.5,0)", Kind::List),
        ("DNE", Kind::Words),
        ("(3,4)", Kind::Point),
        ("[2,5)", Kind::Interval),
        ("x>3", Kind::Inequality),
        ("2:3", Kind::Ratio),
        ("y**4", Kind::Expression),
        ("-4(b+9)/3(b+7)", Kind::Expression),
        ("Country road speed = 50, Interstate speed = 65", Kind::Words),
    ] {
        assert_eq!(Kind::guess(key), kind, "{key}");
    }
}
