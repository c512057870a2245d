//! The syntax tree, kept as given so that form rules can look at it.

use std::collections::BTreeSet;

use crate::{Kind, Rational};

/// A text read as mathematics: its tree as written, and the kind it was read as.
#[derive(Clone, Debug, PartialEq)]
pub struct Math {
    pub(crate) kind: Kind,
    pub(crate) node: Node,
}

impl Math {
    /// The kind it was read as.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The letters that stand for unknowns, in order.
    pub fn letters(&self) -> BTreeSet<String> {
        self.node.letters()
    }

    /// Whether it is a single expression without letters, such as `3/4` or `2π`.
    pub fn is_closed(&self) -> bool {
        self.node.is_expression() && self.letters().is_empty()
    }
}

/// The right side of an equation with a single letter on its left, so that `-7` can be told "right value, other form"
/// where `x=-7` is the key. `None` for anything else.
pub fn right_side(math: &Math) -> Option<Math> {
    let value = math.node.right_side()?;
    Some(Math { kind: Kind::Expression, node: value.clone() })
}

/// A number as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Numeral {
    pub value: Rational,
    /// Digits written after the decimal mark; `None` where no mark was written.
    pub places: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sign {
    Plus,
    Minus,
    PlusMinus,
    MinusPlus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Times,
    Implicit,
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Constant {
    Pi,
    Euler,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Function {
    Sin,
    Cos,
    Tan,
    Cot,
    Sec,
    Csc,
    Arcsin,
    Arccos,
    Arctan,
    Sinh,
    Cosh,
    Tanh,
    Ln,
    Log,
    /// Two arguments: the base, then the number.
    LogBase,
    Exp,
    Floor,
    Ceil,
    Round,
    Min,
    Max,
    Gcd,
    Lcm,
    Mod,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Relation {
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Relation::Equal => order.is_eq(),
            Relation::NotEqual => order.is_ne(),
            Relation::Less => order.is_lt(),
            Relation::LessEqual => order.is_le(),
            Relation::Greater => order.is_gt(),
            Relation::GreaterEqual => order.is_ge(),
        }
    }

    pub fn flipped(self) -> Relation {
        match self {
            Relation::Less => Relation::Greater,
            Relation::LessEqual => Relation::GreaterEqual,
            Relation::Greater => Relation::Less,
            Relation::GreaterEqual => Relation::LessEqual,
            same => same,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Number(Numeral),
    Letter(String),
    Constant(Constant),
    Infinity,
    Sum(Vec<(Sign, Node)>),
    Product(Vec<(Step, Node)>),
    Fraction(Box<Node>, Box<Node>),
    Power(Box<Node>, Box<Node>),
    /// Index (2 where none is written) and radicand.
    Root(Option<Box<Node>>, Box<Node>),
    Absolute(Box<Node>),
    Call(Function, Vec<Node>),
    /// Whole part and the fraction beside it.
    Mixed(Numeral, Numeral, Numeral),
    Percent(Box<Node>),
    Factorial(Box<Node>),
    Degree(Box<Node>),
    /// Brackets as written.
    Group(Box<Node>),
    /// One more side than signs: `a < b <= c`.
    Relation(Vec<Node>, Vec<Relation>),
    And(Vec<Node>),
    Or(Vec<Node>),
    List(Vec<Node>),
    Set(Vec<Node>),
    Tuple(Vec<Node>),
    Interval(Box<Interval>),
    Union(Vec<Node>),
    Ratio(Vec<Node>),
    Matrix(Vec<Vec<Node>>),
    Words(String),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Interval {
    pub low: Node,
    pub high: Node,
    pub low_in: bool,
    pub high_in: bool,
}

impl Node {
    pub fn whole(value: i64) -> Node {
        Node::Number(Numeral { value: Rational::from_integer(value.into()), places: None })
    }

    /// The parts directly below.
    pub fn children(&self) -> Vec<&Node> {
        match self {
            Node::Sum(terms) => terms.iter().map(|(_, node)| node).collect(),
            Node::Product(factors) => factors.iter().map(|(_, node)| node).collect(),
            Node::Fraction(a, b) | Node::Power(a, b) => vec![a, b],
            Node::Root(index, radicand) => index.iter().map(|i| &**i).chain([&**radicand]).collect(),
            Node::Absolute(a) | Node::Percent(a) | Node::Factorial(a) | Node::Degree(a) | Node::Group(a) => vec![a],
            Node::Call(_, parts)
            | Node::Relation(parts, _)
            | Node::And(parts)
            | Node::Or(parts)
            | Node::List(parts)
            | Node::Set(parts)
            | Node::Tuple(parts)
            | Node::Union(parts)
            | Node::Ratio(parts) => parts.iter().collect(),
            Node::Interval(interval) => vec![&interval.low, &interval.high],
            Node::Matrix(rows) => rows.iter().flatten().collect(),
            Node::Number(_)
            | Node::Letter(_)
            | Node::Constant(_)
            | Node::Infinity
            | Node::Mixed(..)
            | Node::Words(_) => vec![],
        }
    }

    fn children_mut(&mut self) -> Vec<&mut Node> {
        match self {
            Node::Sum(terms) => terms.iter_mut().map(|(_, node)| node).collect(),
            Node::Product(factors) => factors.iter_mut().map(|(_, node)| node).collect(),
            Node::Fraction(a, b) | Node::Power(a, b) => vec![a, b],
            Node::Root(index, radicand) => index.iter_mut().map(|i| &mut **i).chain([&mut **radicand]).collect(),
            Node::Absolute(a) | Node::Percent(a) | Node::Factorial(a) | Node::Degree(a) | Node::Group(a) => vec![a],
            Node::Call(_, parts)
            | Node::Relation(parts, _)
            | Node::And(parts)
            | Node::Or(parts)
            | Node::List(parts)
            | Node::Set(parts)
            | Node::Tuple(parts)
            | Node::Union(parts)
            | Node::Ratio(parts) => parts.iter_mut().collect(),
            Node::Interval(interval) => {
                let Interval { low, high, .. } = &mut **interval;
                vec![low, high]
            }
            Node::Matrix(rows) => rows.iter_mut().flatten().collect(),
            Node::Number(_)
            | Node::Letter(_)
            | Node::Constant(_)
            | Node::Infinity
            | Node::Mixed(..)
            | Node::Words(_) => vec![],
        }
    }

    /// A copy with another part at this place, counted as in [`Node::children`].
    pub fn with_child(&self, at: usize, child: Node) -> Node {
        let mut copy = self.clone();
        if let Some(place) = copy.children_mut().into_iter().nth(at) {
            *place = child;
        }
        copy
    }

    /// How many nodes it has.
    pub fn size(&self) -> usize {
        1 + self.children().into_iter().map(Node::size).sum::<usize>()
    }

    pub fn any(&self, test: &dyn Fn(&Node) -> bool) -> bool {
        test(self) || self.children().into_iter().any(|child| child.any(test))
    }

    pub fn letters(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.collect_letters(&mut found);
        found
    }

    fn collect_letters(&self, found: &mut BTreeSet<String>) {
        if let Node::Letter(name) = self {
            found.insert(name.clone());
        }
        for child in self.children() {
            child.collect_letters(found);
        }
    }

    /// Whether it is a single value, not a relation, list, interval or words.
    pub fn is_expression(&self) -> bool {
        !self.any(&|node| {
            matches!(
                node,
                Node::Relation(..)
                    | Node::And(_)
                    | Node::Or(_)
                    | Node::List(_)
                    | Node::Set(_)
                    | Node::Tuple(_)
                    | Node::Interval(_)
                    | Node::Union(_)
                    | Node::Ratio(_)
                    | Node::Matrix(_)
                    | Node::Words(_)
            )
        })
    }

    pub fn is_closed(&self) -> bool {
        self.is_expression() && !self.any(&|node| matches!(node, Node::Letter(_)))
    }

    /// The same without the brackets around it.
    pub fn bare(&self) -> &Node {
        match self {
            Node::Group(inner) => inner.bare(),
            other => other,
        }
    }

    pub fn negated(&self) -> Node {
        Node::Sum(vec![(Sign::Minus, self.clone())])
    }

    pub fn minus(&self, other: &Node) -> Node {
        Node::Sum(vec![(Sign::Plus, self.clone()), (Sign::Minus, other.clone())])
    }

    pub fn right_side(&self) -> Option<&Node> {
        match self.bare() {
            Node::Relation(sides, signs) if signs == &[Relation::Equal] => match sides[0].bare() {
                Node::Letter(_) => Some(&sides[1]),
                _ => None,
            },
            _ => None,
        }
    }

    /// The whole number written here, with its sign, if it is nothing else.
    pub fn as_whole(&self) -> Option<Rational> {
        match self.bare() {
            Node::Number(number) if number.places.is_none() && number.value.is_integer() => Some(number.value.clone()),
            Node::Sum(terms) => match &terms[..] {
                [(Sign::Minus, node)] => node.as_whole().map(|value| -value),
                [(Sign::Plus, node)] => node.as_whole(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Splits a leading minus off: `(true, x)` for `-x`.
    pub fn sign_split(&self) -> (bool, &Node) {
        match self.bare() {
            Node::Sum(terms) => match &terms[..] {
                [(Sign::Minus, node)] => {
                    let (negative, inner) = node.sign_split();
                    (!negative, inner)
                }
                [(Sign::Plus, node)] => node.sign_split(),
                _ => (false, self.bare()),
            },
            bare => (false, bare),
        }
    }

    /// Whether `±` or `∓` stands anywhere inside.
    pub fn has_plus_minus(&self) -> bool {
        self.any(&|node| match node {
            Node::Sum(terms) => terms.iter().any(|(sign, _)| matches!(sign, Sign::PlusMinus | Sign::MinusPlus)),
            _ => false,
        })
    }

    /// The reading with the upper or the lower sign of every `±`.
    pub fn with_signs(&self, upper: bool) -> Node {
        self.map(&|node| match node {
            Node::Sum(terms) => Some(Node::Sum(
                terms
                    .iter()
                    .map(|(sign, term)| {
                        let sign = match (sign, upper) {
                            (Sign::PlusMinus, true) | (Sign::MinusPlus, false) => Sign::Plus,
                            (Sign::PlusMinus, false) | (Sign::MinusPlus, true) => Sign::Minus,
                            (sign, _) => *sign,
                        };
                        (sign, term.with_signs(upper))
                    })
                    .collect(),
            )),
            _ => None,
        })
    }

    /// A copy in which `change` may replace a node (it then answers for what is below it).
    pub fn map(&self, change: &dyn Fn(&Node) -> Option<Node>) -> Node {
        if let Some(changed) = change(self) {
            return changed;
        }
        let one = |node: &Node| Box::new(node.map(change));
        let many = |nodes: &[Node]| nodes.iter().map(|node| node.map(change)).collect::<Vec<_>>();
        match self {
            Node::Sum(terms) => Node::Sum(terms.iter().map(|(sign, node)| (*sign, node.map(change))).collect()),
            Node::Product(factors) => {
                Node::Product(factors.iter().map(|(step, node)| (*step, node.map(change))).collect())
            }
            Node::Fraction(a, b) => Node::Fraction(one(a), one(b)),
            Node::Power(a, b) => Node::Power(one(a), one(b)),
            Node::Root(index, a) => Node::Root(index.as_ref().map(|i| one(i)), one(a)),
            Node::Absolute(a) => Node::Absolute(one(a)),
            Node::Percent(a) => Node::Percent(one(a)),
            Node::Factorial(a) => Node::Factorial(one(a)),
            Node::Degree(a) => Node::Degree(one(a)),
            Node::Group(a) => Node::Group(one(a)),
            Node::Call(function, parts) => Node::Call(*function, many(parts)),
            Node::Relation(sides, signs) => Node::Relation(many(sides), signs.clone()),
            Node::And(parts) => Node::And(many(parts)),
            Node::Or(parts) => Node::Or(many(parts)),
            Node::List(parts) => Node::List(many(parts)),
            Node::Set(parts) => Node::Set(many(parts)),
            Node::Tuple(parts) => Node::Tuple(many(parts)),
            Node::Union(parts) => Node::Union(many(parts)),
            Node::Ratio(parts) => Node::Ratio(many(parts)),
            Node::Interval(i) => Node::Interval(Box::new(Interval {
                low: i.low.map(change),
                high: i.high.map(change),
                low_in: i.low_in,
                high_in: i.high_in,
            })),
            Node::Matrix(rows) => Node::Matrix(rows.iter().map(|row| many(row)).collect()),
            leaf => leaf.clone(),
        }
    }
}

/// `x ∈ [2, 3]` as `2 ≤ x ≤ 3`, as a condition on its letter. `None` for what is no set of numbers.
pub(crate) fn element_of(letter: &Node, set: &Node) -> Option<Node> {
    let between = |low: &Node, high: &Node, low_in: bool, high_in: bool| {
        let sign = |closed: bool| if closed { Relation::LessEqual } else { Relation::Less };
        let infinite = |end: &Node| matches!(end.sign_split().1, Node::Infinity);
        // From ∞ on, or up to -∞, there is nothing.
        if matches!(low.sign_split(), (false, Node::Infinity)) || matches!(high.sign_split(), (true, Node::Infinity)) {
            return None;
        }
        let (mut sides, mut signs) = (vec![letter.clone()], vec![]);
        if !infinite(low) {
            sides.insert(0, low.clone());
            signs.push(sign(low_in));
        }
        if !infinite(high) {
            sides.push(high.clone());
            signs.push(sign(high_in));
        }
        (!signs.is_empty()).then_some(Node::Relation(sides, signs))
    };
    match set.bare() {
        Node::Interval(i) => between(&i.low, &i.high, i.low_in, i.high_in),
        Node::Tuple(ends) if ends.len() == 2 => between(&ends[0], &ends[1], false, false),
        Node::Set(members) => {
            let equation = |member: &Node| Node::Relation(vec![letter.clone(), member.clone()], vec![Relation::Equal]);
            Some(Node::Or(members.iter().map(equation).collect()))
        }
        Node::Union(parts) => parts.iter().map(|part| element_of(letter, part)).collect::<Option<_>>().map(Node::Or),
        _ => None,
    }
}
