//! Mathematics as words, for reading aloud: `(x^2+3)/4` is "fraction, x squared plus 3, over 4, end fraction".
//!
//! Whatever holds more than one sign is closed aloud (`end fraction`, `end root`, `end power`), so that no two different
//! formulas sound alike. The words of each language are a table of their own (`english`, `spanish`); the order in which
//! they are said is the same.

mod english;
mod spanish;

use crate::{
    DecimalMark, Math,
    tree::{Constant, Function, Node, Numeral, Relation, Sign, Step},
};

/// The languages that formulas are spoken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    English,
    /// Spanish.
    Spanish,
}

/// The words of one language.
struct Words {
    mark: DecimalMark,
    plus: &'static str,
    minus: &'static str,
    plus_or_minus: &'static str,
    minus_or_plus: &'static str,
    times: &'static str,
    divided_by: &'static str,
    /// Between the top and the bottom of a short fraction.
    over: &'static str,
    fraction: &'static str,
    end_fraction: &'static str,
    squared: &'static str,
    cubed: &'static str,
    to_the_power: &'static str,
    end_power: &'static str,
    square_root: &'static str,
    cube_root: &'static str,
    /// Before and after the index of another root.
    root_with_index: [&'static str; 2],
    end_root: &'static str,
    absolute_value: &'static str,
    end_absolute_value: &'static str,
    open: &'static str,
    close: &'static str,
    of: &'static str,
    percent: &'static str,
    factorial: &'static str,
    degrees: &'static str,
    infinity: &'static str,
    pi: &'static str,
    and: &'static str,
    or: &'static str,
    capital: &'static str,
    sub: &'static str,
    set: &'static str,
    end_set: &'static str,
    point: &'static str,
    end_point: &'static str,
    interval_from: &'static str,
    to: &'static str,
    included: &'static str,
    not_included: &'static str,
    union: &'static str,
    ratio: &'static str,
    matrix: &'static str,
    row: &'static str,
    end_matrix: &'static str,
    function: fn(Function) -> &'static str,
    relation: fn(Relation) -> &'static str,
}

/// The formula in words.
pub fn speak(math: &Math, lang: Lang) -> String {
    let words = match lang {
        Lang::English => &english::WORDS,
        Lang::Spanish => &spanish::WORDS,
    };
    words.say(&math.node)
}

impl Words {
    fn say(&self, node: &Node) -> String {
        match node {
            Node::Number(number) => self.number(number),
            Node::Letter(name) => self.letter(name),
            Node::Constant(Constant::Pi) => self.pi.into(),
            Node::Constant(Constant::Euler) => "e".into(),
            Node::Infinity => self.infinity.into(),
            Node::Sum(terms) => self.sum(terms),
            Node::Product(factors) => self.product(factors),
            Node::Fraction(top, bottom) => self.fraction(top, bottom),
            Node::Power(base, exponent) => self.power(base, exponent),
            Node::Root(index, radicand) => self.root(index.as_deref(), radicand),
            Node::Absolute(inner) => {
                format!("{} {}, {}", self.absolute_value, self.say(inner), self.end_absolute_value)
            }
            Node::Call(function, arguments) => {
                let name = (self.function)(*function);
                format!("{name} {} {} {} {}", self.of, self.open, self.listed(arguments), self.close)
            }
            Node::Mixed(whole, top, bottom) => {
                let [whole, top, bottom] = [whole, top, bottom].map(|part| self.number(part));
                format!("{whole} {} {top} {} {bottom}", self.and, self.over)
            }
            Node::Percent(inner) => format!("{} {}", self.say(inner), self.percent),
            Node::Factorial(inner) => format!("{} {}", self.say(inner), self.factorial),
            Node::Degree(inner) => format!("{} {}", self.say(inner), self.degrees),
            Node::Group(inner) => format!("{} {} {}", self.open, self.say(inner), self.close),
            Node::Relation(sides, signs) => {
                let first = sides.first().map_or_else(String::new, |side| self.say(side));
                signs
                    .iter()
                    .zip(sides.iter().skip(1))
                    .fold(first, |said, (sign, side)| format!("{said} {} {}", (self.relation)(*sign), self.say(side)))
            }
            Node::And(parts) => self.joined(parts, &format!(" {} ", self.and)),
            Node::Or(parts) => self.joined(parts, &format!(" {} ", self.or)),
            Node::List(parts) => self.listed(parts),
            Node::Set(parts) => format!("{} {}, {}", self.set, self.listed(parts), self.end_set),
            Node::Tuple(parts) => format!("{} {}, {}", self.point, self.listed(parts), self.end_point),
            Node::Union(parts) => self.joined(parts, &format!(", {} ", self.union)),
            Node::Ratio(parts) => format!("{} {}", self.ratio, self.joined(parts, &format!(" {} ", self.to))),
            Node::Interval(interval) => {
                let end = |node: &Node, is_in: bool| {
                    let whether = if is_in { self.included } else { self.not_included };
                    let endless = node.any(&|node| matches!(node, Node::Infinity));
                    if endless { self.say(node) } else { format!("{} {whether}", self.say(node)) }
                };
                let (low, high) = (end(&interval.low, interval.low_in), end(&interval.high, interval.high_in));
                format!("{} {low} {} {high}", self.interval_from, self.to)
            }
            Node::Matrix(rows) => {
                let row =
                    |(place, row): (usize, &Vec<Node>)| format!("{} {}: {}", self.row, place + 1, self.listed(row));
                let rows: Vec<String> = rows.iter().enumerate().map(row).collect();
                format!("{} {}; {}", self.matrix, rows.join("; "), self.end_matrix)
            }
            Node::Words(words) => words.clone(),
        }
    }

    fn number(&self, number: &Numeral) -> String {
        match number.places.and_then(|places| u8::try_from(places).ok()) {
            Some(places) => crate::decimal(&number.value, places, self.mark),
            None if number.value.is_integer() => number.value.to_string(),
            None => format!("{} {} {}", number.value.numer(), self.over, number.value.denom()),
        }
    }

    /// A capital is told from its small letter; an index follows its letter.
    fn letter(&self, name: &str) -> String {
        let (head, index) = name.split_once('_').map_or((name, None), |(head, index)| (head, Some(index)));
        let mut said = head.to_owned();
        if head.chars().count() == 1 && head.chars().all(char::is_uppercase) {
            said = format!("{} {head}", self.capital);
        }
        index.map_or(said.clone(), |index| format!("{said} {} {index}", self.sub))
    }

    fn sum(&self, terms: &[(Sign, Node)]) -> String {
        let mut said: Vec<String> = Vec::new();
        for (place, (sign, term)) in terms.iter().enumerate() {
            match sign {
                Sign::Plus if place == 0 => {}
                Sign::Plus => said.push(self.plus.into()),
                Sign::Minus => said.push(self.minus.into()),
                Sign::PlusMinus => said.push(self.plus_or_minus.into()),
                Sign::MinusPlus => said.push(self.minus_or_plus.into()),
            }
            said.push(self.closed(term, matches!(term, Node::Sum(_))));
        }
        said.join(" ")
    }

    fn product(&self, factors: &[(Step, Node)]) -> String {
        let mut said: Vec<String> = Vec::new();
        for (place, (step, factor)) in factors.iter().enumerate() {
            match step {
                _ if place == 0 => {}
                Step::Times => said.push(self.times.into()),
                Step::Over => said.push(self.divided_by.into()),
                // Two numbers side by side would sound like one.
                Step::Implicit if matches!(factor, Node::Number(_)) => said.push(self.times.into()),
                Step::Implicit => {}
            }
            said.push(self.closed(factor, matches!(factor, Node::Sum(_) | Node::Product(_))));
        }
        said.join(" ")
    }

    fn fraction(&self, top: &Node, bottom: &Node) -> String {
        let (over, under) = (self.say(top.bare()), self.say(bottom.bare()));
        if is_short(top.bare()) && is_short(bottom.bare()) {
            return format!("{over} {} {under}", self.over);
        }
        format!("{}, {over}, {} {under}, {}", self.fraction, self.over, self.end_fraction)
    }

    fn power(&self, base: &Node, exponent: &Node) -> String {
        let base = self.closed(base, !matches!(base, Node::Group(_)) && !is_short(base));
        let exponent = exponent.bare();
        let small = |value: i64| exponent == &Node::whole(value);
        match () {
            () if small(2) => format!("{base} {}", self.squared),
            () if small(3) => format!("{base} {}", self.cubed),
            () if is_short(exponent) => format!("{base} {} {}", self.to_the_power, self.say(exponent)),
            () => format!("{base} {} {}, {}", self.to_the_power, self.say(exponent), self.end_power),
        }
    }

    fn root(&self, index: Option<&Node>, radicand: &Node) -> String {
        let name = match index {
            None => self.square_root.to_owned(),
            Some(index) if index == &Node::whole(3) => self.cube_root.to_owned(),
            Some(index) => {
                let [before, after] = self.root_with_index;
                format!("{before}{}{after}", self.say(index))
            }
        };
        let inside = self.say(radicand.bare());
        if is_short(radicand.bare()) {
            format!("{name} {inside}")
        } else {
            format!("{name} {inside}, {}", self.end_root)
        }
    }

    /// With brackets said aloud where the tree has some that are not written.
    fn closed(&self, node: &Node, brackets: bool) -> String {
        let inner = self.say(node);
        if brackets { format!("{} {inner} {}", self.open, self.close) } else { inner }
    }

    fn listed(&self, parts: &[Node]) -> String {
        self.joined(parts, ", ")
    }

    fn joined(&self, parts: &[Node], between: &str) -> String {
        parts.iter().map(|part| self.say(part)).collect::<Vec<_>>().join(between)
    }
}

/// One number or letter.
fn is_short(node: &Node) -> bool {
    matches!(node, Node::Number(number) if number.places.is_some() || number.value.is_integer())
        || matches!(node, Node::Letter(_) | Node::Constant(_) | Node::Infinity)
}
