//! Proposes the kind of a key from the way it is written.

use crate::{
    DecimalMark, Kind,
    read::read,
    tree::{Node, Relation},
};

pub(crate) fn guess(key: &str) -> Kind {
    // An interval reads as a point in the general grammar unless its brackets or an infinity show it.
    match read(key, Kind::Expression, DecimalMark::Point) {
        Ok(math) => kind_of(&math.node),
        Err(_) => match read(key, Kind::List, DecimalMark::Point) {
            Ok(math) => kind_of(&math.node),
            Err(_) if looks_like_mathematics(key) => Kind::Expression,
            Err(_) => Kind::Words,
        },
    }
}

fn kind_of(node: &Node) -> Kind {
    match node {
        Node::Words(_) => Kind::Words,
        Node::Matrix(_) => Kind::Matrix,
        Node::Interval(_) | Node::Union(_) => Kind::Interval,
        Node::Tuple(_) => Kind::Point,
        Node::Ratio(_) => Kind::Ratio,
        Node::List(_) | Node::Set(_) => Kind::List,
        Node::Or(parts) | Node::And(parts) => parts.first().map_or(Kind::Words, kind_of),
        Node::Relation(_, signs) if signs.iter().all(|sign| *sign == Relation::Equal) => Kind::Equation,
        Node::Relation(..) => Kind::Inequality,
        Node::Group(inner) => kind_of(inner),
        node if node.has_plus_minus() => Kind::List,
        node if node.letters().is_empty() => Kind::Number,
        _ => Kind::Expression,
    }
}

/// Whether a key that cannot be read is a broken formula rather than words.
fn looks_like_mathematics(key: &str) -> bool {
    let words = key.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 3);
    key.contains('\\') || (!words && key.chars().any(|c| c.is_ascii_digit() || "+=/^*()".contains(c)))
}
