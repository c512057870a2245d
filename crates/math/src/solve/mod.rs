//! Real solution sets of equations and inequalities in one letter. Two conditions are the same where they hold at the
//! same critical points (where a side changes sign or is not defined) and between them.

mod numeric;
pub(crate) mod polynomial;
mod rational;
mod roots;

use num_bigint::BigInt;

use crate::{
    Rational,
    compare::Same,
    tree::{Node, Relation, Sign},
};

const ABSOLUTES_MAX: usize = 3;
/// Critical points of both sides together.
const POINTS_MAX: usize = 30;
/// Absolute values and roots whose insides are looked at.
const BREAKS_MAX: usize = 16;
/// Differences looked at, with every sign of their absolute values.
const DIFFERENCES_MAX: usize = 40;

/// What a side says: comparisons joined by "and" and "or".
pub(crate) enum Condition<'a> {
    Atom { left: &'a Node, sign: Relation, right: &'a Node },
    All(Vec<Condition<'a>>),
    Any(Vec<Condition<'a>>),
}

impl<'a> Condition<'a> {
    /// `None` where something else than relations stands in it.
    pub fn of(node: &'a Node) -> Option<Condition<'a>> {
        match node.bare() {
            Node::Relation(sides, signs) => {
                let atoms = signs.iter().zip(sides.windows(2));
                let mut atoms: Vec<_> = atoms
                    .map(|(sign, pair)| Condition::Atom { left: &pair[0], sign: *sign, right: &pair[1] })
                    .collect();
                Some(if atoms.len() == 1 { atoms.remove(0) } else { Condition::All(atoms) })
            }
            Node::And(parts) => parts.iter().map(Condition::of).collect::<Option<_>>().map(Condition::All),
            Node::Or(parts) => parts.iter().map(Condition::of).collect::<Option<_>>().map(Condition::Any),
            Node::List(parts) | Node::Set(parts) => {
                // Solutions listed one by one; listed inequalities could be meant together or apart.
                let equations = |part: &&Node| matches!(part.bare(), Node::Relation(_, signs) if signs.iter().all(|sign| *sign == Relation::Equal));
                if parts.iter().all(|part| equations(&part)) {
                    parts.iter().map(Condition::of).collect::<Option<_>>().map(Condition::Any)
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    fn atoms(&self) -> Vec<(&'a Node, Relation, &'a Node)> {
        match self {
            Condition::Atom { left, sign, right } => vec![(*left, *sign, *right)],
            Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(Condition::atoms).collect(),
        }
    }

    /// Whether it holds where `atom` says which comparisons hold.
    fn holds(&self, atom: &mut dyn FnMut(&Node, Relation, &Node) -> Option<bool>) -> Option<bool> {
        match self {
            Condition::Atom { left, sign, right } => atom(left, *sign, right),
            Condition::All(parts) => {
                let mut all = true;
                for part in parts {
                    all &= part.holds(atom)?;
                }
                Some(all)
            }
            Condition::Any(parts) => {
                let mut any = false;
                for part in parts {
                    any |= part.holds(atom)?;
                }
                Some(any)
            }
        }
    }
}

/// Compares the real solution sets; `None` where they cannot be found.
pub(crate) fn same_solutions(given: &Condition, expected: &Condition, letter: &str) -> Option<Same> {
    let verdict = rational::compare(given, expected, letter).or_else(|| numeric::compare(given, expected, letter))?;
    Some(match verdict {
        Verdict::Apart => Same::Different,
        Verdict::Together { empty: true } => Same::Undecided,
        Verdict::Together { empty: false } => Same::Equal,
    })
}

enum Verdict {
    Apart,
    /// Both hold at the same places; `empty`: nowhere, where no solution tells them apart.
    Together {
        empty: bool,
    },
}

/// Watches both conditions from place to place.
struct Watch {
    apart: bool,
    empty: bool,
}

impl Watch {
    fn new() -> Watch {
        Watch { apart: false, empty: true }
    }

    fn see(&mut self, given: bool, expected: bool) {
        self.apart |= given != expected;
        self.empty &= !given && !expected;
    }

    fn verdict(&self) -> Verdict {
        if self.apart { Verdict::Apart } else { Verdict::Together { empty: self.empty } }
    }
}

/// Every node whose zeros are critical, with absolute values replaced by either sign. `None`: too many of them.
fn differences(condition: &Condition) -> Option<Vec<Node>> {
    let mut found = Vec::new();
    for (left, _, right) in condition.atoms() {
        let difference = left.minus(right);
        let count = count_absolutes(&difference);
        if count > ABSOLUTES_MAX {
            return None;
        }
        for choice in 0..1_u32 << count {
            found.push(without_absolutes(&difference, choice, &mut 0));
        }
        collect_absolutes(&difference, &mut found);
        if found.len() > DIFFERENCES_MAX {
            return None;
        }
    }
    Some(found)
}

fn count_absolutes(node: &Node) -> usize {
    usize::from(matches!(node, Node::Absolute(_))) + node.children().into_iter().map(count_absolutes).sum::<usize>()
}

fn without_absolutes(node: &Node, choice: u32, next: &mut u32) -> Node {
    if !node.any(&|node| matches!(node, Node::Absolute(_))) {
        return node.clone();
    }
    match node {
        Node::Absolute(inner) => {
            let minus = choice >> *next & 1 == 1;
            *next += 1;
            let inner = without_absolutes(inner, choice, next);
            Node::Sum(vec![(if minus { Sign::Minus } else { Sign::Plus }, inner)])
        }
        Node::Sum(terms) => {
            Node::Sum(terms.iter().map(|(sign, term)| (*sign, without_absolutes(term, choice, next))).collect())
        }
        Node::Product(factors) => Node::Product(
            factors.iter().map(|(step, factor)| (*step, without_absolutes(factor, choice, next))).collect(),
        ),
        Node::Fraction(a, b) => {
            let top = without_absolutes(a, choice, next);
            Node::Fraction(Box::new(top), Box::new(without_absolutes(b, choice, next)))
        }
        Node::Power(a, b) => Node::Power(Box::new(without_absolutes(a, choice, next)), b.clone()),
        Node::Root(index, a) => Node::Root(index.clone(), Box::new(without_absolutes(a, choice, next))),
        Node::Group(a) => Node::Group(Box::new(without_absolutes(a, choice, next))),
        other => other.clone(),
    }
}

fn collect_absolutes(node: &Node, found: &mut Vec<Node>) {
    if let Node::Absolute(inner) = node {
        let count = count_absolutes(inner).min(ABSOLUTES_MAX);
        for choice in 0..1_u32 << count {
            found.push(without_absolutes(inner, choice, &mut 0));
        }
    }
    for child in node.children() {
        collect_absolutes(child, found);
    }
}

/// Numbers between and around the places where the inside of an absolute value or of an even root changes its sign:
/// what differs only in one of these stretches is seen only there. Empty where nothing of the kind occurs.
pub(crate) fn between_breaks(node: &Node, letter: &str) -> Vec<Rational> {
    let mut insides = Vec::new();
    collect_breaks(node, &mut insides);
    let mut points: Vec<BigInt> = Vec::new();
    for inside in insides.iter().take(BREAKS_MAX) {
        points.extend(numeric::zeros(inside, letter).unwrap_or_default());
    }
    points.sort();
    points.dedup();
    points.truncate(POINTS_MAX);
    let one: BigInt = BigInt::from(1) << 512;
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return vec![] };
    let mut samples = vec![first - &one * 3, last + &one * 3];
    samples.extend(points.windows(2).map(|pair| (&pair[0] + &pair[1]) >> 1));
    samples.into_iter().map(|sample| Rational::new(sample, one.clone())).collect()
}

fn collect_breaks(node: &Node, found: &mut Vec<Node>) {
    let inside = match node {
        Node::Absolute(inside) | Node::Root(_, inside) => Some(&**inside),
        Node::Power(inside, exponent) if exponent.as_whole().is_none() => Some(&**inside),
        Node::Call(_, parts) => parts.last(),
        _ => None,
    };
    if let Some(inside) = inside.filter(|inside| !inside.is_closed()) {
        let count = count_absolutes(inside).min(ABSOLUTES_MAX);
        found.extend((0..1_u32 << count).map(|choice| without_absolutes(inside, choice, &mut 0)));
    }
    for child in node.children() {
        collect_breaks(child, found);
    }
}
