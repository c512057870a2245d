//! Intervals and unions: the same real numbers, whatever the order and the pieces they are written in.

use std::cmp::Ordering;

use super::{Same, expression};
use crate::{
    read::normal_words,
    tree::{Interval, Node},
    value::{exact, precise},
};

/// One end, by place on the line. Ends that are the same number are brought to one place first.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    low: usize,
    high: usize,
    low_in: bool,
    high_in: bool,
}

pub(super) fn compare(given: &Node, expected: &Node) -> Same {
    let mut ends = Ends(Vec::new());
    let pieces = |node: &Node, ends: &mut Ends| -> Option<Vec<(usize, usize, bool, bool)>> {
        let mut found = Vec::new();
        for part in parts(node) {
            match part.bare() {
                Node::Interval(i) => found.push((ends.place(&i.low)?, ends.place(&i.high)?, i.low_in, i.high_in)),
                Node::Set(members) => {
                    for member in members {
                        let at = ends.place(member)?;
                        found.push((at, at, true, true));
                    }
                }
                // Round brackets read as a point unless the kind of the key says interval.
                Node::Tuple(pair) if pair.len() == 2 => {
                    found.push((ends.place(&pair[0])?, ends.place(&pair[1])?, false, false))
                }
                _ => return None,
            }
        }
        Some(found)
    };
    let (Some(a), Some(b)) = (pieces(given, &mut ends), pieces(expected, &mut ends)) else {
        return same_ends_as_written(given, expected);
    };
    let Some(rank) = ends.ranks() else { return Same::Undecided };
    let piece = |(low, high, low_in, high_in): &(usize, usize, bool, bool)| Piece {
        low: rank[*low],
        high: rank[*high],
        low_in: *low_in,
        high_in: *high_in,
    };
    let a = a.iter().map(piece).collect();
    let b = b.iter().map(piece).collect();
    match (merged(a), merged(b)) {
        (Some(a), Some(b)) if a == b => Same::Equal,
        (Some(_), Some(_)) => Same::Different,
        // An end before its start: not an interval anybody means.
        _ => Same::Different,
    }
}

/// "All real numbers" is the whole line.
pub(super) fn in_words(words: &str, set: &Node) -> Same {
    if normal_words(words) != "all real numbers" {
        return Same::Different;
    }
    let (low, high) = (Node::Infinity.negated(), Node::Infinity);
    compare(&Node::Interval(Box::new(Interval { low, high, low_in: false, high_in: false })), set)
}

fn parts(node: &Node) -> Vec<&Node> {
    match node.bare() {
        Node::Union(parts) => parts.iter().flat_map(|part| self::parts(part)).collect(),
        other => vec![other],
    }
}

/// Intervals with letters at their ends are compared end by end.
fn same_ends_as_written(given: &Node, expected: &Node) -> Same {
    let (a, b) = (parts(given), parts(expected));
    if a.len() != b.len() {
        return Same::Undecided;
    }
    let mut verdict = Same::Equal;
    for (a, b) in a.iter().zip(b) {
        let (Node::Interval(a), Node::Interval(b)) = (a.bare(), b.bare()) else { return Same::Undecided };
        if (a.low_in, a.high_in) != (b.low_in, b.high_in) {
            return Same::Different;
        }
        verdict = verdict.and(expression::compare(&a.low, &b.low)).and(expression::compare(&a.high, &b.high));
    }
    verdict
}

/// All different ends.
struct Ends(Vec<Node>);

impl Ends {
    fn place(&mut self, node: &Node) -> Option<usize> {
        for (at, other) in self.0.iter().enumerate() {
            match expression::compare(node, other) {
                Same::Equal => return Some(at),
                Same::Different => {}
                Same::Undecided => return None,
            }
        }
        if !node.is_closed() || self.0.len() > 60 {
            return None;
        }
        self.0.push(node.clone());
        Some(self.0.len() - 1)
    }

    /// The place of each end in ascending order.
    fn ranks(&self) -> Option<Vec<usize>> {
        let mut values = Vec::new();
        for (at, node) in self.0.iter().enumerate() {
            let (negative, bare) = node.sign_split();
            let value = match bare {
                Node::Infinity => None,
                _ => Some(match exact::closed(node) {
                    Some(value) => precise::from_rational(&value),
                    None => precise::closed(node)?,
                }),
            };
            let infinite = if value.is_some() {
                0
            } else if negative {
                -1
            } else {
                1
            };
            values.push((infinite, value, at));
        }
        values.sort_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| match (&a.1, &b.1) {
                (Some(a), Some(b)) => a.cmp(b),
                _ => Ordering::Equal,
            })
        });
        let mut ranks = vec![0; values.len()];
        for (rank, (_, _, at)) in values.iter().enumerate() {
            ranks[*at] = rank;
        }
        Some(ranks)
    }
}

/// Sorted, with touching pieces joined. `None` where a piece is empty or turned round.
fn merged(mut pieces: Vec<Piece>) -> Option<Vec<Piece>> {
    for piece in &pieces {
        if piece.low > piece.high || (piece.low == piece.high && !(piece.low_in && piece.high_in)) {
            return None;
        }
    }
    pieces.sort_by_key(|piece| (piece.low, !piece.low_in, piece.high));
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if piece.low < last.high || (piece.low == last.high && (piece.low_in || last.high_in)) => {
                if piece.high > last.high {
                    last.high = piece.high;
                    last.high_in = piece.high_in;
                } else if piece.high == last.high {
                    last.high_in |= piece.high_in;
                }
            }
            _ => joined.push(piece),
        }
    }
    Some(joined)
}
