//! What sort of question it is: how it is answered, its words without its numbers, the signs in it, and by which
//! operation the answer comes of the numbers that it gives.

use super::Likeness;
use crate::{Interaction, Item, KeyKind, Lang, Part, template};
use math::{DecimalMark, Rational};
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// Variants of a template that are looked at: what holds of all of them is no chance.
const SEEDS: u64 = 3;
/// Numbers of a question that are tried.
const NUMBERS_MAX: usize = 9;
/// Share of words in common, in percent, from which two questions with the same signs are alike.
const WORDS_ALIKE: usize = 50;
/// Shares that differ by less count the same, so that several questions can take turns.
const STEP: usize = 20;

/// How an answer comes of one, two or three of the numbers given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Operation {
    Given,
    Plus,
    Minus,
    Times,
    Divided,
    /// `x y / z`, as in tables of ratios.
    InProportion,
    /// A ratio with a number that is not given.
    Changed,
}

/// See the module.
#[derive(Debug)]
pub struct Sort<'a> {
    answered: Answered<'a>,
    skeleton: String,
    words: BTreeSet<String>,
    signs: BTreeSet<&'static str>,
    operations: BTreeSet<Operation>,
}

type Answered<'a> = (&'static str, Option<(KeyKind, Option<&'a str>)>);

impl<'a> Sort<'a> {
    /// Of one part of an item, by its text in `lang`.
    pub fn of(item: &'a Item, part: &'a Part, lang: &Lang) -> Self {
        let place = item.parts.iter().position(|one| one.id == part.id).unwrap_or(0);
        let seeds = if item.is_template() { SEEDS } else { 1 };
        let mut variants = (1..=seeds).filter_map(|seed| {
            let filled = template::instantiate(item, seed).ok()?;
            let text = format!("{} {}", filled.stem.get(lang), filled.parts[place].question.prompt.get(lang));
            let operations = operations(&numbers(&text), &filled.parts[place].question.interaction);
            Some((text, options(&filled.parts[place], lang), operations))
        });
        let (text, options, mut common) = variants.next().unwrap_or_default();
        for (_, _, operations) in variants {
            common.retain(|operation| operations.contains(operation));
        }
        let title = item.title.get(lang);
        Self {
            answered: answered(part),
            skeleton: skeleton(&text),
            words: words(&format!("{title} {text} {options}")),
            signs: signs(&text),
            operations: common,
        }
    }

    /// Whether the part is answered in the same way: by an option, by a number, by an interval, in lowest terms.
    pub fn is_answered_like(&self, part: &Part) -> bool {
        self.answered == answered(part)
    }

    /// How alike they are, and roughly how many of their words they share.
    pub fn compare(&self, other: &Self) -> (Likeness, usize) {
        let all = self.words.union(&other.words).count();
        let shared = (100 * self.words.intersection(&other.words).count()).checked_div(all).unwrap_or(100);
        let likeness = if self.skeleton == other.skeleton {
            Likeness::OtherNumbers
        } else if self.signs == other.signs && self.does_like(other, shared) {
            Likeness::SameOperation
        } else {
            Likeness::SameSkill
        };
        // One more than a question that is answered in another way.
        (likeness, 1 + shared / STEP)
    }

    fn does_like(&self, other: &Self, shared: usize) -> bool {
        let known = !self.operations.is_empty() && !other.operations.is_empty();
        if known { !self.operations.is_disjoint(&other.operations) } else { shared >= WORDS_ALIKE }
    }
}

fn answered(part: &Part) -> Answered<'_> {
    let interaction = &part.question.interaction;
    let key = match interaction {
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            Some((key.kind, key.form.as_deref()))
        }
        _ => None,
    };
    (interaction.kind(), key)
}

fn options(part: &Part, lang: &Lang) -> String {
    let (Interaction::Choice { options, .. } | Interaction::MultipleChoice { options, .. }) =
        &part.question.interaction
    else {
        return String::new();
    };
    options.iter().map(|option| option.text.get(lang)).collect::<Vec<_>>().join(" ")
}

/// The text with every number and every letter that stands for one in it taken for the same.
fn skeleton(text: &str) -> String {
    let mut skeleton = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Number(_) => skeleton.push('#'),
            Piece::Letters(letters) => skeleton.extend(letters.chars().map(|_| 'v')),
            Piece::Word(word) => skeleton.push_str(&word.to_lowercase()),
            Piece::Command(command) => skeleton.push_str(command),
            Piece::Sign(sign) | Piece::FormulaSign(sign) if sign.is_whitespace() => {}
            Piece::Sign(sign) | Piece::FormulaSign(sign) => skeleton.push(sign),
        }
    }
    skeleton
}

fn words(text: &str) -> BTreeSet<String> {
    let words = pieces(text).filter_map(|piece| match piece {
        Piece::Word(word) if word.chars().count() > 1 => Some(word.to_lowercase()),
        _ => None,
    });
    words.collect()
}

/// The signs of mathematics in a text, in formulas and outside.
fn signs(text: &str) -> BTreeSet<&'static str> {
    let mut signs = BTreeSet::new();
    let mut after_word = false;
    let mut pieces = pieces(text).peekable();
    while let Some(piece) = pieces.next() {
        // In `one-way` and `1-mile` it joins; elsewhere it is a minus.
        let joins = after_word || matches!(pieces.peek(), Some(Piece::Word(word)) if word.len() > 1);
        signs.extend(match piece {
            Piece::Command("\\frac" | "\\dfrac") | Piece::Sign('/') | Piece::FormulaSign('/') => Some("fraction"),
            Piece::Command("\\div") | Piece::Sign('÷') | Piece::FormulaSign('÷') => Some("divided"),
            Piece::Command("\\times" | "\\cdot" | "\\ast") => Some("times"),
            Piece::Sign('×' | '·') | Piece::FormulaSign('×' | '·') => Some("times"),
            Piece::Command("\\sqrt") | Piece::Sign('√') => Some("root"),
            Piece::Command("\\le" | "\\leq" | "\\ge" | "\\geq") => Some("order"),
            Piece::Sign('<' | '>' | '≤' | '≥') | Piece::FormulaSign('<' | '>' | '≤' | '≥') => Some("order"),
            Piece::Sign('+') | Piece::FormulaSign('+') => Some("plus"),
            Piece::Sign('−') | Piece::FormulaSign('-' | '−') => Some("minus"),
            Piece::Sign('-') if !joins => Some("minus"),
            Piece::Sign('=') | Piece::FormulaSign('=') => Some("equals"),
            Piece::Sign('^') | Piece::FormulaSign('^') => Some("power"),
            Piece::Sign('%') | Piece::FormulaSign('%') => Some("percent"),
            Piece::FormulaSign('|') => Some("absolute"),
            Piece::FormulaSign('(') => Some("brackets"),
            Piece::Letters(_) => Some("letters"),
            Piece::Word("x") => Some("x"),
            Piece::Word("y") => Some("y"),
            Piece::Number(number) if number.contains('.') => Some("decimals"),
            _ => None,
        });
        after_word = matches!(piece, Piece::Word(_));
    }
    signs
}

fn numbers(text: &str) -> Vec<Rational> {
    let digits = pieces(text).filter_map(|piece| match piece {
        Piece::Number(digits) => Some(digits.replace(',', "")),
        _ => None,
    });
    let mut numbers: Vec<Rational> = Vec::new();
    for number in digits.filter_map(|digits| value(&digits)) {
        if !numbers.contains(&number) && numbers.len() < NUMBERS_MAX {
            numbers.push(number);
        }
    }
    numbers
}

fn value(text: &str) -> Option<Rational> {
    math::evaluate(&math::read(text, KeyKind::Number, DecimalMark::Point).ok()?, &BTreeMap::new())
}

/// Every way in which the key comes of the numbers.
fn operations(numbers: &[Rational], interaction: &Interaction) -> BTreeSet<Operation> {
    let (Interaction::Numeric(key) | Interaction::Expression(key)) = interaction else { return BTreeSet::new() };
    let Some(text) = key.accepted.first() else { return BTreeSet::new() };
    if key.kind == KeyKind::Ratio {
        let given = self::numbers(text).iter().all(|number| numbers.contains(number));
        return BTreeSet::from([if given { Operation::Given } else { Operation::Changed }]);
    }
    let Some(answer) = value(text).filter(|_| key.kind == KeyKind::Number) else { return BTreeSet::new() };
    let mut found = BTreeSet::new();
    if numbers.contains(&answer) {
        found.insert(Operation::Given);
    }
    for (at, one) in numbers.iter().enumerate() {
        for (beside, other) in numbers.iter().enumerate().filter(|(beside, _)| *beside != at) {
            if one - other == answer {
                found.insert(Operation::Minus);
            }
            if !other.is_zero() && !other.is_one() && one / other == answer {
                found.insert(Operation::Divided);
            }
            if beside < at {
                continue;
            }
            let product = one * other;
            if one + other == answer {
                found.insert(Operation::Plus);
            }
            if !one.is_one() && !other.is_one() && product == answer {
                found.insert(Operation::Times);
            }
            let third = numbers.iter().filter(|third| !third.is_zero() && !third.is_one() && *third != one);
            if third.filter(|third| *third != other).any(|third| &product / third == answer) {
                found.insert(Operation::InProportion);
            }
        }
    }
    found
}

/// A piece of a text.
enum Piece<'t> {
    Number(&'t str),
    Word(&'t str),
    /// In a formula.
    Letters(&'t str),
    /// `\frac`; those that only set a bracket are left out.
    Command(&'t str),
    Sign(char),
    FormulaSign(char),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let (mut rest, mut in_formula) = (text, false);
    std::iter::from_fn(move || {
        loop {
            let first = rest.chars().next()?;
            // `the $y$ intercept`: a letter in place of a word tells which one.
            if let (false, Some(letter)) = (in_formula, lone_letter(rest)) {
                rest = &rest[letter.len() + 2..];
                return Some(Piece::Word(letter));
            }
            let (piece, after) = rest.split_at(first_piece(rest, first));
            rest = after;
            return Some(match first {
                '0'..='9' => Piece::Number(piece),
                '\\' if matches!(piece, "\\left" | "\\right") => continue,
                '\\' if piece.len() > 1 => Piece::Command(piece),
                _ if first.is_alphabetic() && in_formula => Piece::Letters(piece),
                _ if first.is_alphabetic() => Piece::Word(piece),
                '$' => {
                    in_formula = !in_formula;
                    Piece::Sign(first)
                }
                _ if in_formula => Piece::FormulaSign(first),
                _ => Piece::Sign(first),
            });
        }
    })
}

/// The letter of a formula that is nothing else.
fn lone_letter(text: &str) -> Option<&str> {
    let (inner, _) = text.strip_prefix('$')?.split_once('$')?;
    (inner.len() == 1 && inner.starts_with(char::is_alphabetic)).then_some(inner)
}

/// Where the first piece ends.
fn first_piece(text: &str, first: char) -> usize {
    let run = |from: usize, keep: fn(char) -> bool| {
        text[from..].find(|sign| !keep(sign)).map_or(text.len(), |length| from + length)
    };
    match first {
        '0'..='9' => {
            let end = run(0, |sign| sign.is_ascii_digit() || matches!(sign, '.' | ','));
            // A mark at the end belongs to the sentence.
            text[..end].trim_end_matches(['.', ',']).len()
        }
        // `\$` is money and begins no formula.
        '\\' if text[1..].starts_with(|sign: char| !sign.is_ascii_alphabetic()) => {
            1 + text[1..].chars().next().map_or(0, char::len_utf8)
        }
        '\\' => run(1, |sign| sign.is_ascii_alphabetic()),
        _ if first.is_alphabetic() => run(0, char::is_alphabetic),
        _ => first.len_utf8(),
    }
}
