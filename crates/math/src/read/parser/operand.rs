//! Operands: numbers, letters, brackets, roots, functions, and the powers and signs after them.

use super::{Parsed, Parser, closes, matrix::as_row, only, signed};
use crate::{
    Kind, Rational, Reason,
    read::token::{Bracket, Token},
    tree::{Constant, Function, Interval, Node, Numeral, Step},
};

impl Parser {
    /// An operand with what is written after it: powers, percent, degrees, factorials.
    pub(super) fn power(&mut self) -> Parsed {
        self.enter()?;
        self.slash_tail = false;
        let mut node = self.operand()?;
        loop {
            match self.peek() {
                Some(Token::Power) if self.degree_follows() => {
                    while self.peek() != Some(&Token::Degree) {
                        self.at += 1;
                    }
                    self.at += 1;
                    self.take(&Token::Close(Bracket::Curly));
                    node = Node::Degree(Box::new(node));
                }
                Some(Token::Power) => {
                    if self.slash_tail || matches!(node, Node::Mixed(..)) {
                        return self.fail(Reason::Ambiguous);
                    }
                    self.at += 1;
                    let exponent = self.exponent()?;
                    node = Node::Power(Box::new(node), Box::new(exponent));
                }
                Some(Token::Percent) => {
                    if matches!(node, Node::Percent(_)) {
                        return self.fail(Reason::DoubledOperator);
                    }
                    self.at += 1;
                    node = Node::Percent(Box::new(node));
                }
                Some(Token::Degree) => {
                    self.at += 1;
                    node = Node::Degree(Box::new(node));
                }
                Some(Token::Factorial) => {
                    self.at += 1;
                    node = Node::Factorial(Box::new(node));
                }
                _ => break,
            }
        }
        self.depth -= 1;
        Ok(node)
    }

    fn degree_follows(&self) -> bool {
        let braced = self.peek_at(1) == Some(&Token::Open(Bracket::Curly));
        self.peek_at(1 + usize::from(braced)) == Some(&Token::Degree)
    }

    fn exponent(&mut self) -> Parsed {
        self.take(&Token::Plus);
        let minuses = self.minuses(0)?;
        let number = match self.peek() {
            // A numeral here is never the whole part of a mixed number: `x^2 1/2` is not `x^(2 1/2)`.
            Some(Token::Number(number)) => Some(Node::Number(number.clone())),
            _ => None,
        };
        let exponent = match number {
            Some(number) => {
                self.at += 1;
                if self.peek() == Some(&Token::Power) {
                    self.at += 1;
                    self.enter()?;
                    let above = self.exponent()?;
                    self.depth -= 1;
                    Node::Power(Box::new(number), Box::new(above))
                } else {
                    number
                }
            }
            None => self.power()?,
        };
        self.slash_tail = false;
        Ok(signed(minuses, exponent))
    }

    pub(super) fn operand(&mut self) -> Parsed {
        let Some(token) = self.peek().cloned() else { return self.missing() };
        match token {
            Token::Number(number) => {
                self.at += 1;
                self.number(number)
            }
            Token::Vulgar(top, bottom) => {
                self.at += 1;
                Ok(Node::Fraction(Box::new(Node::whole(top)), Box::new(Node::whole(bottom))))
            }
            Token::Letter(name) => {
                self.at += 1;
                Ok(Node::Letter(name))
            }
            Token::Constant(constant) => {
                self.at += 1;
                Ok(Node::Constant(constant))
            }
            Token::Infinity => {
                self.at += 1;
                Ok(Node::Infinity)
            }
            Token::Function(function) => {
                self.at += 1;
                self.call(function)
            }
            Token::Root(index) => {
                self.at += 1;
                self.written_root(index)
            }
            Token::LatexRoot => {
                self.at += 1;
                self.latex_root()
            }
            Token::AbsoluteWord => {
                self.at += 1;
                if !matches!(self.peek(), Some(Token::Open(Bracket::Round | Bracket::Curly))) {
                    return self.missing();
                }
                Ok(Node::Absolute(Box::new(self.operand()?.bare().clone())))
            }
            Token::Fraction => {
                self.at += 1;
                let top = self.braced()?;
                let bottom = self.braced()?;
                Ok(Node::Fraction(Box::new(top), Box::new(bottom)))
            }
            Token::Bar => self.absolute(),
            Token::FloorOpen => self.rounded(Function::Floor, &Token::FloorClose),
            Token::CeilOpen => self.rounded(Function::Ceil, &Token::CeilClose),
            Token::Open(bracket) => self.bracketed(bracket),
            Token::MatrixBegin => self.matrix(),
            Token::ModWord if self.formula => {
                self.at += 1;
                self.call(Function::Mod)
            }
            _ => self.missing(),
        }
    }

    /// A numeral, or the mixed number it begins: `2 1/2`, `2½`, `2\frac{1}{2}`.
    fn number(&mut self, number: Numeral) -> Parsed {
        let whole = number.places.is_none();
        let (top, bottom, used, slash) = match (self.peek(), self.peek_at(1), self.peek_at(2)) {
            (Some(Token::Vulgar(top, bottom)), _, _) => (whole_numeral(*top), whole_numeral(*bottom), 1, false),
            (Some(Token::Number(top)), Some(Token::Over), Some(Token::Number(bottom))) if self.spaced(0) => {
                (top.clone(), bottom.clone(), 3, true)
            }
            (Some(Token::Fraction), Some(Token::Open(_)), Some(Token::Number(top))) => {
                match self.bottom_of_fraction() {
                    Some(bottom) => (top.clone(), bottom, 7, false),
                    None => return Ok(Node::Number(number)),
                }
            }
            _ => return Ok(Node::Number(number)),
        };
        if !whole || top.places.is_some() || bottom.places.is_some() || top.value >= bottom.value {
            return self.fail(if slash && !whole { Reason::BadNumber } else { Reason::Ambiguous });
        }
        self.at += used;
        self.slash_tail = slash;
        Ok(Node::Mixed(number, top, bottom))
    }

    /// The denominator where `\frac{number}{number}` stands here.
    fn bottom_of_fraction(&self) -> Option<Numeral> {
        let close = Token::Close(Bracket::Curly);
        let open = Token::Open(Bracket::Curly);
        let shape =
            self.peek_at(3) == Some(&close) && self.peek_at(4) == Some(&open) && self.peek_at(6) == Some(&close);
        match self.peek_at(5) {
            Some(Token::Number(bottom)) if shape => Some(bottom.clone()),
            _ => None,
        }
    }

    /// A LaTeX group, without the braces.
    pub(super) fn braced(&mut self) -> Parsed {
        if self.peek() != Some(&Token::Open(Bracket::Curly)) {
            return self.missing();
        }
        match self.bracketed(Bracket::Curly)? {
            Node::Group(inner) => Ok(*inner),
            _ => self.fail(Reason::UnexpectedCharacter),
        }
    }

    fn absolute(&mut self) -> Parsed {
        self.at += 1;
        self.bars += 1;
        let inner = self.sum()?;
        if !self.take(&Token::Bar) {
            return self.fail(Reason::Unbalanced);
        }
        self.bars -= 1;
        Ok(Node::Absolute(Box::new(inner)))
    }

    fn rounded(&mut self, function: Function, close: &Token) -> Parsed {
        self.at += 1;
        let inner = self.sum()?;
        if !self.take(close) {
            return self.fail(Reason::Unbalanced);
        }
        Ok(Node::Call(function, vec![inner]))
    }

    fn call(&mut self, function: Function) -> Parsed {
        let mut base = None;
        let mut exponent = None;
        if function == Function::Log && self.take(&Token::Underscore) {
            base = Some(match self.peek().cloned() {
                Some(Token::Number(number)) => {
                    self.at += 1;
                    Node::Number(number)
                }
                _ => self.operand()?.bare().clone(),
            });
        }
        if self.take(&Token::Power) {
            exponent = Some(self.exponent()?);
        }
        let bracketed = matches!(self.peek(), Some(Token::Open(_)));
        let mut arguments = match self.peek() {
            Some(Token::Bar) => vec![self.absolute()?],
            _ if bracketed => self.arguments()?,
            _ => vec![self.bare_argument()?],
        };
        let several = matches!(function, Function::Min | Function::Max | Function::Gcd | Function::Lcm);
        let wanted = if matches!(function, Function::Mod | Function::LogBase) { 2 } else { 1 };
        let rounds_places = function == Function::Round && arguments.len() == 2;
        if arguments.is_empty() || (arguments.len() != wanted && !several && !rounds_places) {
            return self.fail(Reason::UnexpectedCharacter);
        }
        if is_trigonometric(function) {
            arguments = arguments.iter().map(radians).collect();
        }
        if let Some(base) = base {
            arguments.insert(0, base);
            return Ok(Node::Call(Function::LogBase, arguments).raised(exponent));
        }
        let minus_one = exponent.as_ref().and_then(Node::as_whole) == Some(Rational::from_integer((-1).into()));
        match inverse(function) {
            Some(inverse) if minus_one => Ok(Node::Call(inverse, arguments)),
            _ => Ok(Node::Call(function, arguments).raised(exponent)),
        }
    }

    fn arguments(&mut self) -> Result<Vec<Node>, crate::Unreadable> {
        Ok(match self.bracketed_items()? {
            (_, items, _) if !items.is_empty() => items,
            _ => return self.missing(),
        })
    }

    /// `sin 2x`: numbers, letters and roots up to the next operator. A slash after it is disputed.
    fn bare_argument(&mut self) -> Parsed {
        if self.formula {
            return self.missing();
        }
        let mut factors = Vec::new();
        while matches!(
            self.peek(),
            Some(Token::Number(_) | Token::Letter(_) | Token::Constant(_) | Token::Fraction | Token::LatexRoot)
        ) {
            let step = if factors.is_empty() { Step::Times } else { Step::Implicit };
            factors.push((step, self.power()?));
        }
        if factors.is_empty() {
            return self.missing();
        }
        if matches!(self.peek(), Some(Token::Over | Token::Divide | Token::Open(_) | Token::Times)) {
            return self.fail(Reason::Ambiguous);
        }
        Ok(if factors.len() == 1 {
            only(factors.into_iter().map(|(_, node)| node).collect())
        } else {
            Node::Product(factors)
        })
    }

    /// Everything between a bracket and its partner, split at commas; semicolons split rows.
    fn bracketed_items(&mut self) -> Result<(Bracket, Vec<Node>, Vec<usize>), crate::Unreadable> {
        let Some(Token::Open(open)) = self.peek().cloned() else { return self.missing() };
        self.enter()?;
        self.at += 1;
        let bars = std::mem::take(&mut self.bars);
        let mut items = Vec::new();
        let mut rows = Vec::new();
        let builder = matches!(open, Bracket::Set | Bracket::Curly)
            && matches!(self.peek(), Some(Token::Letter(_)))
            && matches!(self.peek_at(1), Some(Token::Bar | Token::Colon));
        if builder {
            // `{x | x > 3}`: the condition is the answer.
            self.at += 2;
            items.push(self.answer()?);
        } else if !matches!(self.peek(), Some(Token::Close(_))) {
            items.push(self.union()?);
            while matches!(self.peek(), Some(Token::Comma | Token::Semicolon)) {
                if self.peek() == Some(&Token::Semicolon) {
                    rows.push(items.len());
                }
                self.at += 1;
                items.push(self.union()?);
            }
        }
        let close = match self.peek() {
            Some(Token::Close(close)) if closes(open, *close) => *close,
            None | Some(Token::Close(_)) => return self.fail(Reason::Unbalanced),
            Some(Token::Comma | Token::Semicolon) => return self.fail(Reason::Unfinished),
            Some(_) => return self.missing(),
        };
        self.at += 1;
        self.bars = bars;
        self.depth -= 1;
        self.slash_tail = false;
        Ok((close, items, rows))
    }

    pub(super) fn bracketed(&mut self, open: Bracket) -> Parsed {
        let start = self.at;
        let (close, mut items, rows) = self.bracketed_items()?;
        if items.is_empty() {
            if open == Bracket::Set {
                return Ok(Node::Words("no solution".into()));
            }
            self.at = start + 1;
            return self.fail(Reason::Unfinished);
        }
        let condition = items.len() == 1 && matches!(items[0], Node::Relation(..) | Node::And(_) | Node::Or(_));
        if matches!(open, Bracket::Set | Bracket::Curly) && condition {
            return Ok(only(items));
        }
        if matches!(open, Bracket::Set) {
            return Ok(Node::Set(items));
        }
        if items.len() == 1 {
            if open != close {
                self.at -= 1;
                return self.fail(Reason::Unbalanced);
            }
            if matches!(&items[0], Node::Matrix(rows) if rows.len() > 1) {
                return Ok(only(items));
            }
            return Ok(match (open, as_row(&items[0], self.kind)) {
                (Bracket::Square, Some(row)) => Node::Matrix(vec![row]),
                _ if self.kind == Kind::Matrix && open == Bracket::Square => Node::Matrix(vec![items]),
                _ => Node::Group(Box::new(only(items))),
            });
        }
        if open == Bracket::Curly {
            return Ok(Node::Set(items));
        }
        if open == Bracket::Square
            && close == Bracket::Square
            && let Some(matrix) = self.square(start, &items, &rows)
        {
            return matrix;
        }
        let infinite = items.iter().any(|item| matches!(item.sign_split().1, Node::Infinity));
        let interval = items.len() == 2
            && (open != close || open == Bracket::Square || self.kind == Kind::Interval || infinite)
            && items.iter().all(Node::is_expression);
        if interval {
            let high = items.remove(1);
            let low = items.remove(0);
            let (low_in, high_in) = (open == Bracket::Square, close == Bracket::Square);
            return Ok(Node::Interval(Box::new(Interval { low, high, low_in, high_in })));
        }
        if open != close {
            self.at -= 1;
            return self.fail(Reason::Unbalanced);
        }
        Ok(Node::Tuple(items))
    }
}

impl Node {
    fn raised(self, exponent: Option<Node>) -> Node {
        match exponent {
            Some(exponent) => Node::Power(Box::new(self), Box::new(exponent)),
            None => self,
        }
    }
}

fn whole_numeral(value: i64) -> Numeral {
    Numeral { value: Rational::from_integer(value.into()), places: None }
}

fn is_trigonometric(function: Function) -> bool {
    use Function::{Cos, Cot, Csc, Sec, Sin, Tan};
    matches!(function, Sin | Cos | Tan | Cot | Sec | Csc)
}

fn inverse(function: Function) -> Option<Function> {
    Some(match function {
        Function::Sin => Function::Arcsin,
        Function::Cos => Function::Arccos,
        Function::Tan => Function::Arctan,
        _ => return None,
    })
}

/// Degrees inside a trigonometric function, in radians.
fn radians(node: &Node) -> Node {
    node.map(&|node| match node {
        Node::Degree(degrees) => Some(Node::Group(Box::new(Node::Product(vec![
            (Step::Times, (**degrees).clone()),
            (Step::Times, Node::Constant(Constant::Pi)),
            (Step::Over, Node::whole(180)),
        ])))),
        _ => None,
    })
}
