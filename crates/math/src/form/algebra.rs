//! Forms of expressions with letters, and the shape of a tree for "as given".

use num_traits::{One, Signed};

use super::{
    number::{coprime, whole_fraction},
    split::splits,
};
use crate::{
    Rational,
    poly::Poly,
    tree::{Node, Sign, Step},
    value::exact,
};

/// Top and bottom of a fraction, however it is written.
pub(super) fn parts_of_fraction(node: &Node) -> Option<(Node, Node)> {
    match node {
        Node::Fraction(top, bottom) => Some(((**top).clone(), (**bottom).clone())),
        Node::Product(factors) => {
            let pick = |over: bool| -> Vec<(Step, Node)> {
                let wanted =
                    factors.iter().enumerate().filter(|(at, (step, _))| (*at > 0 && *step == Step::Over) == over);
                wanted.map(|(_, (_, factor))| (Step::Times, factor.clone())).collect()
            };
            let (top, bottom) = (pick(false), pick(true));
            let single =
                |mut list: Vec<(Step, Node)>| if list.len() == 1 { list.remove(0).1 } else { Node::Product(list) };
            (!bottom.is_empty()).then(|| (single(top), single(bottom)))
        }
        _ => None,
    }
}

pub(super) fn lowest_terms(node: &Node) -> bool {
    let bare = node.sign_split().1;
    match bare {
        Node::Mixed(_, top, bottom) => top.value < bottom.value && coprime(&top.value, &bottom.value),
        Node::Number(number) => number.places.is_none(),
        _ => {
            if let Some((top, bottom)) = whole_fraction(bare) {
                return coprime(&top, &bottom) && !bottom.is_one();
            }
            !bare.any(&|part| reducible(part) || super::radical::reducible(part))
        }
    }
}

/// A fraction whose top and bottom share a factor, or one inside a fraction.
pub(super) fn reducible(node: &Node) -> bool {
    let Some((top, bottom)) = parts_of_fraction(node) else { return false };
    let nested = |node: &Node| node.any(&|part| parts_of_fraction(part).is_some());
    if nested(&top) || nested(&bottom) {
        return true;
    }
    let (Some(top), Some(bottom)) = (Poly::of(&top), Poly::of(&bottom)) else { return false };
    let whole = match (top.content(), bottom.content()) {
        (Some(a), Some(b)) => num_integer::Integer::gcd(&a, &b).is_one(),
        _ => false,
    };
    !whole || bottom == Poly::of(&Node::whole(1)).unwrap_or(bottom.clone()) || top.share_factor(&bottom)
}

/// A sum of products of numbers and powers of letters, none of them alike.
pub(super) fn expanded(node: &Node) -> bool {
    let bare = node.bare();
    let terms: Vec<&Node> = match bare {
        Node::Sum(terms) => terms.iter().map(|(_, term)| term).collect(),
        other => vec![other],
    };
    if !terms.iter().all(|term| is_monomial(term)) {
        return false;
    }
    match Poly::of(bare) {
        Some(poly) => poly.0.len() == terms.len() || (poly.0.is_empty() && terms.len() == 1),
        None => true,
    }
}

fn is_monomial(node: &Node) -> bool {
    let mut letters = Vec::new();
    monomial_letters(node, &mut letters) && {
        let all = letters.len();
        letters.sort();
        letters.dedup();
        letters.len() == all
    }
}

/// Collects the letters of a product; `false` where a sum with letters stands inside.
fn monomial_letters(node: &Node, letters: &mut Vec<String>) -> bool {
    match node {
        Node::Letter(name) => {
            letters.push(name.clone());
            true
        }
        Node::Product(factors) => {
            // Two numbers side by side are not multiplied out yet.
            let numbers =
                factors.iter().filter(|(step, factor)| *step != Step::Over && exact::closed(factor).is_some());
            numbers.count() <= 1 && factors.iter().all(|(_, factor)| monomial_letters(factor, letters))
        }
        Node::Power(base, exponent) => match base.bare() {
            Node::Letter(name) => {
                letters.push(name.clone());
                exponent.is_closed()
            }
            closed => closed.is_closed() && exponent.is_closed(),
        },
        Node::Fraction(top, bottom) => monomial_letters(top, letters) && monomial_letters(bottom, letters),
        Node::Group(inner) => monomial_letters(inner, letters),
        Node::Sum(terms) if terms.len() == 1 => monomial_letters(&terms[0].1, letters),
        other => other.is_closed(),
    }
}

/// Split at least as far as the key: as many factors with letters, and no number left inside one where the key has
/// none inside. A key that is written out is no measure: then nothing that splits may be left.
pub(super) fn factored(given: &Node, key: &Node) -> bool {
    let written_out =
        matches!(key.sign_split().1, Node::Sum(_)) && Poly::of(key).is_some_and(|key| key.content().is_some());
    let (Some(given), Some(key)) = (factors(given), factors(key)) else { return false };
    if written_out {
        return given.polynomial && given.clean && !given.parts.iter().any(splits);
    }
    given.count >= key.count && (given.clean || !key.clean) && (given.polynomial || !key.polynomial)
}

struct Factors {
    count: u32,
    parts: Vec<Poly>,
    /// No factor is something else than a polynomial.
    polynomial: bool,
    /// Every factor with letters has whole coefficients without a common divisor.
    clean: bool,
}

fn factors(node: &Node) -> Option<Factors> {
    let mut found = Factors { count: 0, parts: Vec::new(), polynomial: true, clean: true };
    gather(node.sign_split().1, 1, &mut found)?;
    Some(found)
}

fn gather(node: &Node, times: u32, found: &mut Factors) -> Option<()> {
    match node.sign_split().1 {
        Node::Product(parts) => parts.iter().try_for_each(|(_, part)| gather(part, times, found)),
        Node::Fraction(top, bottom) => {
            gather(top, times, found)?;
            gather(bottom, times, found)
        }
        Node::Power(base, exponent) => {
            let exponent = exponent.as_whole()?.to_integer();
            gather(base, times.checked_mul(u32::try_from(exponent).ok()?)?, found)
        }
        closed if closed.is_closed() => Some(()),
        part => {
            if let Some(poly) = Poly::of(part) {
                found.clean &= poly.content().is_some_and(|content| content.is_one());
                let monomial = poly.0.len() == 1;
                found.count = found.count.checked_add(times * if monomial { poly.degree().max(1) } else { 1 })?;
                found.parts.push(poly);
            } else {
                found.polynomial = false;
                found.count = found.count.checked_add(times)?;
            }
            Some(())
        }
    }
}

/// The tree as text, without brackets that change nothing and with terms and factors in order, so that `2+x` has the
/// shape of `x+2` but 1/2 not that of 0.5.
pub(super) fn shape(node: &Node) -> String {
    match node {
        Node::Group(inner) => shape(inner),
        Node::Number(number) => number_shape(&number.value, number.places),
        Node::Sum(terms) => {
            let mut parts = Vec::new();
            sum_shapes(terms, false, &mut parts);
            parts.sort();
            format!("({})", parts.join(""))
        }
        Node::Product(factors) => match parts_of_fraction(node) {
            Some((top, bottom)) => format!("({})/({})", shape(&top), shape(&bottom)),
            None => {
                let mut parts: Vec<String> = factors.iter().map(|(_, factor)| shape(factor)).collect();
                parts.sort();
                format!("({})", parts.join("*"))
            }
        },
        Node::Fraction(top, bottom) => format!("({})/({})", shape(top), shape(bottom)),
        Node::Power(base, exponent) => format!("{}^{}", shape(base), shape(exponent)),
        Node::Root(index, radicand) => {
            format!("root[{}]({})", index.as_ref().map_or("2".into(), |index| shape(index)), shape(radicand))
        }
        Node::List(parts) | Node::Set(parts) | Node::Or(parts) | Node::Union(parts) => {
            let mut parts: Vec<String> = parts.iter().map(shape).collect();
            parts.sort();
            format!("{{{}}}", parts.join(";"))
        }
        Node::Words(words) => crate::read::normal_words(words),
        Node::Letter(name) => name.clone(),
        Node::Relation(_, signs) => {
            format!("{:?}[{}]", signs, node.children().into_iter().map(shape).collect::<Vec<_>>().join(";"))
        }
        Node::Call(function, parts) => {
            format!("{function:?}({})", parts.iter().map(shape).collect::<Vec<_>>().join(";"))
        }
        Node::Mixed(..) | Node::Constant(_) | Node::Infinity => format!("{node:?}"),
        Node::Interval(i) => format!("{}{},{}{}", i.low_in, shape(&i.low), shape(&i.high), i.high_in),
        other => {
            let name = match other {
                Node::Absolute(_) => "abs",
                Node::Percent(_) => "percent",
                Node::Factorial(_) => "factorial",
                Node::Degree(_) => "degree",
                Node::Ratio(_) => "ratio",
                Node::Matrix(_) => "matrix",
                Node::And(_) => "and",
                _ => "tuple",
            };
            format!("{name}({})", other.children().into_iter().map(shape).collect::<Vec<_>>().join(";"))
        }
    }
}

fn sum_shapes(terms: &[(Sign, Node)], negative: bool, parts: &mut Vec<String>) {
    for (sign, term) in terms {
        let minus = (*sign == Sign::Minus) != negative;
        match (sign, term.bare()) {
            (Sign::Plus | Sign::Minus, Node::Sum(inner)) if inner.len() == 1 => sum_shapes(inner, minus, parts),
            (Sign::Plus | Sign::Minus, _) => parts.push(format!("{}{}", if minus { '-' } else { '+' }, shape(term))),
            _ => parts.push(format!("±{}", shape(term))),
        }
    }
}

fn number_shape(value: &Rational, places: Option<u32>) -> String {
    let sign = if value.is_negative() { "-" } else { "" };
    match places {
        None => format!("{sign}{}", value.abs()),
        Some(places) => format!("{sign}{}d{places}", value.abs()),
    }
}
