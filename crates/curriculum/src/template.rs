//! Templates: seeded parameters and the places in a text where they stand.
//!
//! A place is a formula in double braces, `{{b*c/a}}`, computed exactly over the parameters, or the name of a
//! parameter that holds words. The same item, seed and language give the same text on every machine.

use crate::{Hint, HintBody, Interaction, Item, Lang, MathKey, Question, Text};
use math::Rational;
use num_bigint::BigInt;
use num_traits::Zero;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How often other values are tried when a condition is not met.
const DRAWS_MAX: u32 = 200;

/// One seeded parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name in formulas.
    pub name: String,
    /// Where its value comes from.
    #[serde(flatten)]
    pub source: Source,
}

/// Where a parameter's value comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A whole number between two others, both included.
    Between((i64, i64)),
    /// One of several numbers, written as in formulas (`1/2`, `0.25`).
    OneOf(Vec<String>),
    /// Computed from the parameters before it.
    Formula(String),
    /// One of several words; stands in texts only.
    Words(Vec<Text>),
}

/// The drawn values of one seed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// Numbers by name.
    pub numbers: BTreeMap<String, Rational>,
    /// Words by name.
    pub words: BTreeMap<String, Text>,
}

/// Why a template cannot be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateProblem {
    /// The formula or parameter.
    pub place: String,
    /// What is wrong with it, in plain English for authors.
    pub reason: String,
}

/// A small deterministic generator (SplitMix64, Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub struct Draw(u64);

impl Draw {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `count` (which is at least 1).
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.bits()) * count as u128) >> 64) as usize
    }

    /// Puts the slice in a drawn order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, slice: &mut [T]) {
        for last in (1..slice.len()).rev() {
            slice.swap(last, self.below(last + 1));
        }
    }
}

/// Draws values for `item` that meet its conditions.
pub fn draw(item: &Item, draw: &mut Draw) -> Result<Values, TemplateProblem> {
    for _ in 0..DRAWS_MAX {
        let values = draw_once(&item.parameters, draw)?;
        let mut met = true;
        for condition in &item.conditions {
            met &= holds(condition, &values)?;
        }
        if met {
            return Ok(values);
        }
    }
    Err(TemplateProblem {
        place: item.id.to_string(),
        reason: format!("no values met the conditions in {DRAWS_MAX} draws"),
    })
}

fn draw_once(parameters: &[Parameter], draw: &mut Draw) -> Result<Values, TemplateProblem> {
    let mut values = Values::default();
    for parameter in parameters {
        let name = parameter.name.clone();
        match &parameter.source {
            Source::Between((from, to)) => {
                let span = usize::try_from(to - from + 1).unwrap_or(1).max(1);
                let value = from + draw.below(span) as i64;
                values.numbers.insert(name, Rational::from_integer(BigInt::from(value)));
            }
            Source::OneOf(choices) if !choices.is_empty() => {
                let value = compute(&choices[draw.below(choices.len())], &values)?;
                values.numbers.insert(name, value);
            }
            Source::Formula(formula) => {
                let value = compute(formula, &values)?;
                values.numbers.insert(name, value);
            }
            Source::Words(choices) if !choices.is_empty() => {
                values.words.insert(name, choices[draw.below(choices.len())].clone());
            }
            Source::OneOf(_) | Source::Words(_) => {
                return Err(TemplateProblem { place: name, reason: "has nothing to choose from".into() });
            }
        }
    }
    Ok(values)
}

/// The exact value of a formula over the drawn numbers.
pub fn compute(formula: &str, values: &Values) -> Result<Rational, TemplateProblem> {
    let problem = |reason: String| TemplateProblem { place: formula.to_owned(), reason };
    let read =
        math::read_formula(formula).map_err(|unreadable| problem(format!("cannot be read: {}", unreadable.reason)))?;
    math::evaluate(&read, &values.numbers)
        .ok_or_else(|| problem("has no value (an unknown name, or a division by zero)".into()))
}

/// Conditions: `a != b`, `a < b`, `a <= b`, `a == b`, or a formula that must not be zero.
fn holds(condition: &str, values: &Values) -> Result<bool, TemplateProblem> {
    for (sign, test) in COMPARISONS {
        if let Some((left, right)) = condition.split_once(sign) {
            return Ok(test(&compute(left, values)?, &compute(right, values)?));
        }
    }
    Ok(!compute(condition, values)?.is_zero())
}

type Comparison = (&'static str, fn(&Rational, &Rational) -> bool);
const COMPARISONS: [Comparison; 6] = [
    ("!=", |a, b| a != b),
    ("<=", |a, b| a <= b),
    (">=", |a, b| a >= b),
    ("==", |a, b| a == b),
    ("<", |a, b| a < b),
    (">", |a, b| a > b),
];

/// The values of one seed, with the formulas that were already computed: a template asks for the same ones in
/// every language and in most of its hints.
struct Filling<'v> {
    values: &'v Values,
    computed: BTreeMap<String, Rational>,
}

impl<'v> Filling<'v> {
    fn new(values: &'v Values) -> Self {
        Self { values, computed: BTreeMap::new() }
    }

    fn compute(&mut self, formula: &str) -> Result<&Rational, TemplateProblem> {
        if !self.computed.contains_key(formula) {
            self.computed.insert(formula.to_owned(), compute(formula, self.values)?);
        }
        Ok(&self.computed[formula])
    }
}

/// Fills every `{{...}}` of a text. `{{a|2}}` writes a decimal with at most that many places; without it,
/// whole numbers stand as they are and others as fractions.
pub fn fill(text: &str, lang: &Lang, values: &Values) -> Result<String, TemplateProblem> {
    fill_string(text, lang, &mut Filling::new(values))
}

fn fill_string(text: &str, lang: &Lang, filling: &mut Filling<'_>) -> Result<String, TemplateProblem> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start + 2..].find("}}") else { break };
        let place = &rest[start + 2..start + 2 + length];
        filled.push_str(&rest[..start]);
        filled.push_str(&write_place(place, lang, filling)?);
        rest = &rest[start + 2 + length + 2..];
    }
    filled.push_str(rest);
    Ok(filled)
}

fn write_place(place: &str, lang: &Lang, filling: &mut Filling<'_>) -> Result<String, TemplateProblem> {
    if let Some(words) = filling.values.words.get(place.trim()) {
        return Ok(words.get(lang).to_owned());
    }
    let mark = lang.decimal_mark();
    match place.split_once('|') {
        Some((formula, places)) => {
            let places = places.trim().parse().map_err(|_| TemplateProblem {
                place: place.to_owned(),
                reason: "the part after | must be a number of decimal places".into(),
            })?;
            Ok(trim_zeros(&math::decimal(filling.compute(formula)?, places, mark)))
        }
        None => Ok(math::plain(filling.compute(place)?, mark)),
    }
}

fn trim_zeros(decimal: &str) -> String {
    match decimal.find(['.', ',']) {
        Some(_) => decimal.trim_end_matches('0').trim_end_matches(['.', ',']).to_owned(),
        None => decimal.to_owned(),
    }
}

/// The item with its places filled for `seed` and its options in the order that the seed gives. Items without
/// parameters only have their options ordered.
pub fn instantiate(item: &Item, seed: u64) -> Result<Item, TemplateProblem> {
    let mut source = Draw::new(seed);
    let values = if item.is_template() { draw(item, &mut source)? } else { Values::default() };
    let filling = &mut Filling::new(&values);
    let mut filled = item.clone();
    filled.parameters.clear();
    filled.conditions.clear();
    if item.is_template() {
        filled.title = fill_text(&item.title, filling)?;
        filled.stem = fill_text(&item.stem, filling)?;
    }
    for part in &mut filled.parts {
        if item.is_template() {
            part.solution = fill_text(&part.solution, filling)?;
            fill_question(&mut part.question, filling)?;
            fill_hints(&mut part.hints, filling)?;
            for buggy in &mut part.buggy {
                buggy.answer = fill_string(&buggy.answer, &Lang::en(), filling)?;
                buggy.feedback = fill_text(&buggy.feedback, filling)?;
            }
        }
        shuffle_options(&mut part.question.interaction, &mut source);
    }
    Ok(filled)
}

fn fill_text(text: &Text, filling: &mut Filling<'_>) -> Result<Text, TemplateProblem> {
    let mut filled = Text::default();
    for (lang, string) in &text.0 {
        filled.0.insert(lang.clone(), fill_string(string, lang, filling)?);
    }
    Ok(filled)
}

fn fill_question(question: &mut Question, filling: &mut Filling<'_>) -> Result<(), TemplateProblem> {
    question.prompt = fill_text(&question.prompt, filling)?;
    match &mut question.interaction {
        Interaction::Choice { options, .. } | Interaction::MultipleChoice { options, .. } => {
            for option in options {
                option.text = fill_text(&option.text, filling)?;
            }
        }
        Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
            fill_key(key, filling)?
        }
        Interaction::ShortText { accepted } => {
            for text in accepted {
                *text = fill_text(text, filling)?;
            }
        }
    }
    Ok(())
}

fn fill_key(key: &mut MathKey, filling: &mut Filling<'_>) -> Result<(), TemplateProblem> {
    // Keys are read with the decimal point, whatever the student's language.
    for answer in key.accepted.iter_mut().chain(key.tolerance.as_mut()) {
        *answer = fill_string(answer, &Lang::en(), filling)?;
    }
    if let Some(unit) = &mut key.unit {
        unit.shown = fill_text(&unit.shown, filling)?;
    }
    Ok(())
}

fn fill_hints(hints: &mut [Hint], filling: &mut Filling<'_>) -> Result<(), TemplateProblem> {
    for hint in hints {
        hint.title = fill_text(&hint.title, filling)?;
        match &mut hint.body {
            HintBody::Tell { text } => *text = fill_text(text, filling)?,
            HintBody::Ask { question, hints } => {
                fill_question(question, filling)?;
                fill_hints(hints, filling)?;
            }
        }
    }
    Ok(())
}

fn shuffle_options(interaction: &mut Interaction, draw: &mut Draw) {
    if let Interaction::Choice { options, fixed_order: false }
    | Interaction::MultipleChoice { options, fixed_order: false } = interaction
    {
        draw.shuffle(options);
    }
}
