//! From text to tree. `lexer` knows how things are written, `parser` what belongs together; the kind of the key only
//! decides how commas and brackets read.

mod lexer;
mod names;
mod numeral;
mod parser;
mod phrases;
mod signs;
mod token;

pub(crate) use phrases::normal_words;

use crate::{DecimalMark, Kind, Math, Reason, Unreadable, tree::Node};
use lexer::Settings;

const LENGTH_MAX: usize = 2_000;

/// Reads an answer or a key, in plain text, unicode or LaTeX, as the given kind of thing.
pub fn read(text: &str, kind: Kind, decimal: DecimalMark) -> Result<Math, Unreadable> {
    let text = placed(text)?;
    if kind == Kind::Words {
        let words: String = text.iter().map(|(c, _)| *c).collect();
        return Ok(Math { kind, node: Node::Words(words) });
    }
    let text = without_full_stop(text);
    let plain: String = text.iter().map(|(c, _)| *c).collect();
    if let Some(phrase) = phrases::phrase(&plain) {
        return Ok(Math { kind, node: Node::Words(phrase.into()) });
    }
    let settings = Settings { mark: decimal, grouping: grouping(&plain, kind), formula: false };
    let mut settings = settings;
    if decimal == DecimalMark::Comma && matches!(kind, Kind::Point | Kind::Interval) && only_tight_commas(&plain) {
        settings.mark = DecimalMark::Point;
        settings.grouping = false;
    }
    let node = parser::parse(&text, settings, kind)?;
    Ok(Math { kind, node })
}

/// Reads a formula of a template: names may have several letters, every operator is written, and the functions are
/// `floor ceil round abs min max gcd lcm mod`. A comparison evaluates to 1 or 0.
pub fn read_formula(text: &str) -> Result<Math, Unreadable> {
    let text = placed(text)?;
    let settings = Settings { mark: DecimalMark::Point, grouping: false, formula: true };
    let node = parser::parse(&text, settings, Kind::Expression)?;
    Ok(Math { kind: Kind::Expression, node })
}

/// The characters with their places, without white space and formula delimiters around them.
fn placed(text: &str) -> Result<Vec<(char, usize)>, Unreadable> {
    let mut chars: Vec<(char, usize)> = text.chars().map(narrow).take(LENGTH_MAX + 1).zip(0..).collect();
    if chars.len() > LENGTH_MAX {
        return Err(Unreadable { at: LENGTH_MAX, reason: Reason::TooLong });
    }
    trim(&mut chars);
    for fence in ["$$", "$"] {
        let length = fence.len();
        let fenced = chars.len() > 2 * length
            && chars[..length].iter().chain(&chars[chars.len() - length..]).all(|(c, _)| *c == '$');
        if fenced {
            chars = chars[length..chars.len() - length].to_vec();
            trim(&mut chars);
        }
    }
    if chars.is_empty() {
        return Err(Unreadable { at: 0, reason: Reason::Empty });
    }
    Ok(chars)
}

/// Signs as wide as those of East Asian scripts, as plain ones.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Without the full stop that ends a sentence. Of dots that go on, none is taken.
fn without_full_stop(mut text: Vec<(char, usize)>) -> Vec<(char, usize)> {
    if let [.., (before, _), ('.', _)] = text[..]
        && before != '.'
        && !text.iter().rev().zip(".thgir\\".chars()).all(|((c, _), end)| *c == end)
    {
        text.pop();
        trim(&mut text);
    }
    text
}

fn trim(chars: &mut Vec<(char, usize)>) {
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}';
    while chars.last().is_some_and(|(c, _)| blank(*c)) {
        chars.pop();
    }
    let lead = chars.iter().take_while(|(c, _)| blank(*c)).count();
    chars.drain(..lead);
}

/// Whether commas between groups of three digits belong to the number. In lists and points only where other commas
/// (with a space) or semicolons do the separating: `330,367` as a list has two members, `1,200, 3,400` as well.
fn grouping(text: &str, kind: Kind) -> bool {
    let members = matches!(kind, Kind::List | Kind::OrderedList | Kind::Point | Kind::Interval);
    if !members {
        return true;
    }
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut spaced = false;
    for (at, c) in chars.iter().enumerate() {
        if *c == ';' {
            spaced = true;
        }
        if *c != ',' {
            continue;
        }
        let tight = at > 0 && digit(at - 1) && digit(at + 1);
        let thousands = tight && digit(at + 2) && digit(at + 3) && !digit(at + 4);
        if !tight {
            spaced = true;
        } else if !thousands {
            return false;
        }
    }
    spaced
}

/// Whether every comma stands directly between digits and nothing else could separate the members.
fn only_tight_commas(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    !chars.contains(&';')
        && chars.contains(&',')
        && chars.iter().enumerate().all(|(at, c)| *c != ',' || (at > 0 && digit(at - 1) && digit(at + 1)))
}
