//! The committed corpora (`corpus/make.py` and, by other generators, `corpus/fresh.py` write them): how often equal is
//! accepted, unequal accepted, unreadable called so. The bars are those of the project: 99.5 %, none, 99 %.

use std::collections::BTreeMap;

use math::{DecimalMark, Kind, Same, read, same};

const PAIRS: &str = include_str!("../corpus/pairs.tsv");
const FRESH: &str = include_str!("../corpus/fresh.tsv");

#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
    misses: Vec<String>,
}

#[test]
fn the_corpus_is_judged_within_the_bars() {
    let (all, by_hand) = judged_within_the_bars(PAIRS);
    assert!(all >= 3_000 && by_hand * 10 >= all);
}

#[test]
fn pairs_of_other_generators_are_judged_within_the_bars() {
    let (all, _) = judged_within_the_bars(FRESH);
    assert!(all >= 600);
}

/// How many pairs there are, and how many of them by hand.
#[allow(clippy::print_stdout)]
fn judged_within_the_bars(pairs: &str) -> (usize, usize) {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut by_hand = 0;
    for line in pairs.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [given, expected, kind, label, origin] = fields[..] else { panic!("five fields: {line}") };
        let kind: Kind = kind.parse().expect("a kind");
        by_hand += usize::from(origin == "hand");
        let tally = tallies.entry(label).or_default();
        tally.all += 1;
        let given = read(given, kind, DecimalMark::Point);
        let right = match (label, given, read(expected, kind, DecimalMark::Point)) {
            ("unreadable", given, _) => given.is_err(),
            ("equal", Ok(given), Ok(expected)) => same(&given, &expected) == Same::Equal,
            ("unequal", Ok(given), Ok(expected)) => same(&given, &expected) != Same::Equal,
            // What cannot be read is not accepted either.
            ("unequal", _, _) => true,
            _ => false,
        };
        tally.right += usize::from(right);
        if !right {
            tally.misses.push(line.to_owned());
        }
    }
    let mut all = 0;
    for (label, tally) in &tallies {
        all += tally.all;
        println!("{label}: {} of {} right", tally.right, tally.all);
        for miss in &tally.misses {
            println!("  {miss}");
        }
    }
    println!("{all} pairs, {by_hand} by hand");
    let share = |label: &str| tallies[label].right as f64 / tallies[label].all as f64;
    assert_eq!(tallies["unequal"].right, tallies["unequal"].all, "unequal accepted");
    assert!(share("equal") >= 0.995, "equal accepted: {}", share("equal"));
    assert!(share("unreadable") >= 0.99, "unreadable called so: {}", share("unreadable"));
    (all, by_hand)
}
