//! Products and quotients, where most disputes are: `1/2x` is asked back, `\frac{1}{2}x` never.

use super::{Parsed, Parser, only, signed};
use crate::{
    Kind, Reason, Unreadable,
    read::token::{Bracket, Token},
    tree::{Function, Node, Step},
};

impl Parser {
    pub(super) fn product(&mut self) -> Parsed {
        let first = self.power()?;
        let mut factors = vec![(Step::Times, first)];
        // Whether the last factor stands under a slash, where an implicit factor could belong above or below.
        let mut under_slash = self.slash_tail;
        loop {
            let slash = self.peek() == Some(&Token::Over);
            if slash || self.peek() == Some(&Token::Divide) {
                self.power_of_one_over(&factors)?;
                self.at += 1;
                let factor = self.signed_factor()?;
                // `1/2%` may be half a percent; `50%/25%` is a quotient.
                let percent =
                    matches!(factor, Node::Percent(_)) && !matches!(factors.last(), Some((_, Node::Percent(_))));
                if slash && (percent || matches!(factor, Node::Mixed(..))) {
                    self.at -= 1;
                    return self.fail(Reason::Ambiguous);
                }
                factors.push((Step::Over, factor));
                under_slash = true;
            } else if self.take(&Token::Times) || self.take_written_times() {
                factors.push((Step::Times, self.signed_factor()?));
                under_slash = self.slash_tail;
            } else if self.peek() == Some(&Token::ModWord) {
                self.at += 1;
                let right = self.power()?;
                let left = if factors.len() == 1 { only_factor(factors) } else { Node::Product(factors) };
                factors = vec![(Step::Times, Node::Call(Function::Mod, vec![left, right]))];
            } else if self.starts_operand() {
                if under_slash {
                    return self.fail(Reason::Ambiguous);
                }
                if self.letter_may_be_times(&factors) {
                    return self.fail(Reason::Ambiguous);
                }
                self.may_stand_beside(&factors[factors.len() - 1].1)?;
                if self.spaced(0) && !matches!(self.peek(), Some(Token::Open(_))) {
                    self.gap = self.tokens.get(self.at).map(|placed| placed.at);
                }
                factors.push((Step::Implicit, self.power()?));
                under_slash = self.slash_tail;
            } else {
                break;
            }
        }
        self.slash_tail = false;
        Ok(if factors.len() == 1 { only_factor(factors) } else { Node::Product(factors) })
    }

    /// `5 x 10^3` and `4 x (3+2)` where the key is a number: the letter is a times sign.
    fn take_written_times(&mut self) -> bool {
        let letter = matches!(self.peek(), Some(Token::Letter(name)) if name == "x" || name == "X");
        let ten = match self.peek_at(1) {
            Some(Token::Number(number)) => {
                number.value == crate::Rational::from_integer(10.into()) && self.peek_at(2) == Some(&Token::Power)
            }
            _ => false,
        };
        let apart = self.spaced(0) && self.spaced(1);
        let operand = matches!(
            self.peek_at(1),
            Some(
                Token::Number(_)
                    | Token::Vulgar(..)
                    | Token::Root(_)
                    | Token::LatexRoot
                    | Token::Fraction
                    | Token::Open(_)
            )
        );
        let times = self.kind == Kind::Number && letter && (ten || (apart && operand));
        self.at += usize::from(times);
        times
    }

    /// `6 x 7`: the letter between two numbers may be a times sign, but for powers of ten as in `1.5 x 10^3`.
    fn letter_may_be_times(&self, factors: &[(Step, Node)]) -> bool {
        let Some(Token::Number(number)) = self.peek() else { return false };
        let ten = number.value == crate::Rational::from_integer(10.into()) && self.peek_at(1) == Some(&Token::Power);
        let [.., (_, Node::Number(_)), (Step::Implicit, Node::Letter(name))] = factors else { return false };
        (name == "x" || name == "X") && !ten && self.tokens[self.at - 1].spaced
    }

    /// `x^1/2`: nobody writes a power of one, so a root may be meant.
    fn power_of_one_over(&self, factors: &[(Step, Node)]) -> Result<(), Unreadable> {
        match factors.last() {
            Some((_, Node::Power(_, exponent)))
                if exponent.as_whole().is_some_and(|n| n == crate::Rational::from_integer(1.into()))
                    && !matches!(**exponent, Node::Group(_)) =>
            {
                self.fail(Reason::Ambiguous)
            }
            _ => Ok(()),
        }
    }

    /// A factor after a written operator may have minus signs.
    fn signed_factor(&mut self) -> Parsed {
        let minuses = self.minuses(0)?;
        let factor = self.power()?;
        Ok(signed(minuses, factor))
    }

    pub(super) fn starts_operand(&self) -> bool {
        match self.peek() {
            Some(
                Token::Number(_)
                | Token::Vulgar(..)
                | Token::Letter(_)
                | Token::Constant(_)
                | Token::Function(_)
                | Token::AbsoluteWord
                | Token::Root(_)
                | Token::LatexRoot
                | Token::Fraction
                | Token::FloorOpen
                | Token::CeilOpen
                | Token::Open(_),
            ) => !self.union_follows(),
            Some(Token::Bar) => self.bars == 0,
            _ => false,
        }
    }

    /// A letter U after a bracket and before one joins intervals; a small one only where the key is an interval.
    fn union_follows(&self) -> bool {
        let letter = match self.peek() {
            Some(Token::Letter(name)) if self.kind == Kind::Interval => name == "U" || name == "u",
            Some(Token::Letter(name)) => name == "U" && self.spaced(0),
            _ => false,
        };
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at].token);
        let bracket = |bracket: &Bracket| *bracket != Bracket::Curly;
        letter
            && matches!(before, Some(Token::Close(close)) if bracket(close))
            && matches!(self.peek_at(1), Some(Token::Open(open)) if bracket(open))
    }

    /// Whether what follows may stand beside `left` without an operator.
    fn may_stand_beside(&self, left: &Node) -> Result<(), Unreadable> {
        if self.formula {
            return self.fail(Reason::UnexpectedCharacter);
        }
        let number_follows = matches!(self.peek(), Some(Token::Number(_) | Token::Vulgar(..)));
        if matches!(left, Node::Interval(_) | Node::Tuple(_) | Node::Set(_) | Node::Matrix(_)) {
            return self.fail(Reason::UnexpectedCharacter);
        }
        if !number_follows {
            return Ok(());
        }
        match left {
            Node::Number(_) | Node::Mixed(..) => self.fail(Reason::BadNumber),
            // `x2` may be a power, an index or a product; with a space between it is a product.
            Node::Letter(_) | Node::Constant(_) if !self.spaced(0) => self.fail(Reason::Ambiguous),
            Node::Power(_, exponent) if !self.spaced(0) && !matches!(**exponent, Node::Group(_)) => {
                self.fail(Reason::Ambiguous)
            }
            Node::Percent(_) | Node::Fraction(..) => self.fail(Reason::Ambiguous),
            _ => Ok(()),
        }
    }
}

fn only_factor(factors: Vec<(Step, Node)>) -> Node {
    only(factors.into_iter().map(|(_, node)| node).collect())
}
