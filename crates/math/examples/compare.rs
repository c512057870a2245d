//! Reads lines of given, expected and kind, separated by tabs, and prints what we make of them.

use std::io::BufRead;

use math::{DecimalMark, Kind, latex, read, same};

#[allow(clippy::print_stdout)]
fn main() {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let mut fields = line.split('\t');
        let given = fields.next().unwrap_or_default();
        let expected = fields.next().filter(|text| !text.is_empty()).unwrap_or(given);
        let kind = fields.next().and_then(|name| name.parse().ok()).unwrap_or_else(|| Kind::guess(expected));
        let (a, b) = (read(given, kind, DecimalMark::Point), read(expected, kind, DecimalMark::Point));
        match (a, b) {
            (Ok(a), Ok(b)) => println!("{given}\t{expected}\t{kind}\t{:?}\t{}", same(&a, &b), latex(&a)),
            (Err(why), _) => println!("{given}\t{expected}\t{kind}\tgiven: {why}"),
            (_, Err(why)) => println!("{given}\t{expected}\t{kind}\texpected: {why}"),
        }
    }
}
