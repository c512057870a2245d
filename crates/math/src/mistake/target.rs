//! What a changed question is compared with: the answer, also where it is rounded.

use std::collections::BTreeMap;

use super::rough::{close, value};
use crate::{
    compare::{Same, compare},
    tree::Node,
};

/// An answer with its values at two points, so that most trees are told apart from it quickly.
pub(super) struct Target<'a> {
    node: &'a Node,
    seen: [Option<f64>; 2],
    /// Half of the last written place, where the answer is a decimal long enough to be told from others.
    step: Option<f64>,
}

impl<'a> Target<'a> {
    pub fn new(node: &'a Node) -> Target<'a> {
        let seen = [0, 1].map(|point| value(node, &BTreeMap::new(), point));
        Target { node, seen, step: places(node).map(|places| 0.5 * libm::pow(10.0, -f64::from(places))) }
    }

    /// Whether the tree has this value, or gives it when rounded to as many places. Nothing is said without it.
    pub fn is(&self, tree: &Node) -> bool {
        match self.near(tree) {
            Near::Same => compare(self.node, tree, false) == Same::Equal,
            Near::Rounded => true,
            Near::Apart => false,
        }
    }

    /// As [`Target::is`], by floating point alone: enough to see that a question asks for the key.
    pub fn is_about(&self, tree: &Node) -> bool {
        self.near(tree) != Near::Apart
    }

    fn near(&self, tree: &Node) -> Near {
        let at = |point: u64| value(tree, &BTreeMap::new(), point);
        let same = |(seen, point): (&Option<f64>, u64)| seen.zip(at(point)).is_some_and(|(a, b)| close(a, b));
        if self.seen.iter().zip(0..).all(same) {
            return Near::Same;
        }
        let within = |step: f64| {
            let apart = self.seen[0].zip(at(0)).map(|(a, b)| (a - b).abs());
            tree.is_closed() && apart.is_some_and(|apart| apart <= step * (1.0 + 1e-9))
        };
        if self.step.is_some_and(within) { Near::Rounded } else { Near::Apart }
    }
}

#[derive(PartialEq)]
enum Near {
    Same,
    Rounded,
    Apart,
}

/// Places after the point of a decimal with three digits or more.
fn places(node: &Node) -> Option<u32> {
    let Node::Number(number) = node.sign_split().1 else { return None };
    let places = number.places.filter(|places| (1..9).contains(places))?;
    let digits = &number.value * crate::Rational::from_integer(num_bigint::BigInt::from(10).pow(places));
    (digits >= crate::Rational::from_integer(100.into())).then_some(places)
}
