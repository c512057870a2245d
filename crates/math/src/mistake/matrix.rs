//! A matrix beside the key: rows as columns, a part missing, signs.

use super::{
    Mistake::{self, *},
    question::equal,
};
use crate::tree::Node;

pub(super) fn look(key: &[Vec<Node>], given: &[Vec<Node>], found: &mut Vec<Mistake>) {
    let width = |rows: &[Vec<Node>]| rows.first().map_or(0, Vec::len);
    let same = |a: &Node, b: &Node| equal(a, b);
    let turned: Vec<Vec<&Node>> =
        (0..width(given)).map(|at| given.iter().filter_map(|row| row.get(at)).collect()).collect();
    let shape = |a: usize, b: usize| a == key.len() && b == width(key);
    if !shape(given.len(), width(given)) && shape(turned.len(), given.len()) {
        let fits = key.iter().zip(&turned).all(|(a, b)| a.iter().zip(b).all(|(a, b)| same(a, b)));
        if fits {
            found.push(RowsAndColumns);
        }
        return;
    }
    if shape(given.len(), width(given)) {
        let cells = || key.iter().flatten().zip(given.iter().flatten());
        if cells().all(|(a, b)| same(a, b) || same(&a.negated(), b)) {
            found.push(SignOfMember);
        } else if shape(turned.len(), given.len())
            && key.iter().zip(&turned).all(|(a, b)| a.iter().zip(b).all(|(a, b)| same(a, b)))
        {
            found.push(RowsAndColumns);
        } else if given.iter().all(|row| key.iter().any(|other| row.iter().zip(other).all(|(a, b)| same(a, b)))) {
            found.push(Swapped);
        }
        return;
    }
    // A column or a row is missing, and what is there stands in the key.
    let smaller = given.len() <= key.len() && width(given) <= width(key);
    if smaller && given.iter().zip(key).all(|(a, b)| a.iter().zip(b).all(|(a, b)| same(a, b))) {
        found.push(MemberLost);
    }
}
