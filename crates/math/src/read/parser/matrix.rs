//! Matrices, in LaTeX and in square brackets.

use super::{Parsed, Parser};
use crate::{
    Kind, Reason,
    read::token::{Bracket, Token},
    tree::Node,
};

impl Parser {
    /// `[[1,2],[3,4]]`, `[[1],[2]]`, `[1,2;3,4]`, and a single row where the key is a matrix.
    pub(super) fn square(&self, start: usize, items: &[Node], rows: &[usize]) -> Option<Parsed> {
        let square = Some(&Token::Open(Bracket::Square));
        let rows_in_brackets = self.tokens.get(start + 1).map(|placed| &placed.token) == square;
        let row = |item: &Node| match item {
            Node::Group(cell) if rows_in_brackets => Some(vec![(**cell).clone()]),
            item => as_row(item, self.kind),
        };
        let nested: Option<Vec<Vec<Node>>> = items.iter().map(row).collect();
        if let Some(rows) = nested {
            return Some(self.rectangle(rows));
        }
        if !rows.is_empty() && self.kind == Kind::Matrix {
            let mut matrix = Vec::new();
            let mut from = 0;
            for to in rows.iter().copied().chain([items.len()]) {
                matrix.push(items[from..to].to_vec());
                from = to;
            }
            return Some(self.rectangle(matrix));
        }
        let row = self.kind == Kind::Matrix || (items.len() > 2 && rows.is_empty());
        row.then(|| Ok(Node::Matrix(vec![items.to_vec()])))
    }

    pub(super) fn matrix(&mut self) -> Parsed {
        self.enter()?;
        self.at += 1;
        let bars = std::mem::take(&mut self.bars);
        let mut rows = vec![Vec::new()];
        loop {
            let cell = self.sum()?;
            let last = rows.len() - 1;
            rows[last].push(cell);
            match self.peek() {
                Some(Token::Cell) => self.at += 1,
                Some(Token::Row) => {
                    self.at += 1;
                    if self.peek() == Some(&Token::MatrixEnd) {
                        self.at += 1;
                        break;
                    }
                    rows.push(Vec::new());
                }
                Some(Token::MatrixEnd) => {
                    self.at += 1;
                    break;
                }
                Some(_) => return self.fail(Reason::UnexpectedCharacter),
                None => return self.fail(Reason::Unbalanced),
            }
        }
        self.bars = bars;
        self.depth -= 1;
        self.rectangle(rows)
    }

    /// A matrix, unless one row is longer than another.
    fn rectangle(&self, rows: Vec<Vec<Node>>) -> Parsed {
        if rows.iter().any(|row| row.len() != rows[0].len()) {
            return self.fail(Reason::Unfinished);
        }
        Ok(Node::Matrix(rows))
    }
}

pub(super) fn as_row(item: &Node, kind: Kind) -> Option<Vec<Node>> {
    match item {
        Node::Interval(interval) if interval.low_in && interval.high_in => {
            Some(vec![interval.low.clone(), interval.high.clone()])
        }
        Node::Matrix(rows) if rows.len() == 1 => Some(rows[0].clone()),
        Node::Tuple(row) if kind == Kind::Matrix => Some(row.clone()),
        _ => None,
    }
}
