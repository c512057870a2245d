//! Anything may be typed as an answer: two texts, parted by a line end, are read as every kind, compared, written,
//! spoken and asked which mistake leads from the second to the first.
#![no_main]

use libfuzzer_sys::fuzz_target;
use math::{
    Asked, DecimalMark, Form, Kind, Lang, Same, evaluate, form_ok, latex, mistake, number_of, read, same, speak,
    units_of,
};
use std::collections::{BTreeMap, BTreeSet};

const FORMS: [&str; 6] = ["lowest_terms", "factored", "expanded", "simplified_radical", "scientific", "mixed_number"];

fuzz_target!(|text: &str| {
    let (given, expected) = text.split_once('\n').unwrap_or((text, "x+1"));
    let _ = units_of(given);
    let asked = Asked::new(&[expected.to_owned()], &[], BTreeSet::new());
    for mark in [DecimalMark::Point, DecimalMark::Comma] {
        for kind in Kind::ALL {
            let Ok(given) = read(given, kind, mark) else { continue };
            let _ = (latex(&given), number_of(&given), evaluate(&given, &BTreeMap::new()));
            let _ = (speak(&given, Lang::English), speak(&given, Lang::Spanish));
            assert_ne!(same(&given, &given), Same::Different, "an answer differs from itself");
            let Ok(expected) = read(expected, kind, mark) else { continue };
            let there = same(&given, &expected);
            assert_eq!(there, same(&given, &expected), "the same question, two answers");
            for form in FORMS {
                let form: Form = form.parse().expect("a form");
                let _ = form_ok(&given, &expected, form);
            }
            let _ = mistake(&asked, &expected, &given);
        }
    }
});
