//! Roots, as LaTeX and as people write them.

use super::{Parsed, Parser};
use crate::{
    Reason,
    read::token::{Bracket, Token},
    tree::Node,
};

impl Parser {
    pub(super) fn latex_root(&mut self) -> Parsed {
        let mut index = None;
        if self.peek() == Some(&Token::Open(Bracket::Square)) {
            match self.bracketed(Bracket::Square)? {
                Node::Group(inner) => index = Some(inner),
                _ => return self.fail(Reason::UnexpectedCharacter),
            }
        }
        let radicand = self.braced()?;
        Ok(Node::Root(index, Box::new(radicand)))
    }

    /// `√2`, `√(x+1)`, `sqrt(2)`. How far a bare `√` reaches is disputed: `√2x` is asked back.
    pub(super) fn written_root(&mut self, index: i64) -> Parsed {
        self.enter()?;
        let index = self.index_in_brackets().filter(|_| index == 2).unwrap_or(index);
        let bracketed = matches!(self.peek(), Some(Token::Open(_)));
        let radicand = match self.peek() {
            Some(Token::Number(number)) => {
                let number = Node::Number(number.clone());
                self.at += 1;
                number
            }
            Some(Token::Minus) => {
                self.at += 1;
                match self.peek() {
                    Some(Token::Number(_)) => self.operand()?.negated(),
                    _ => return self.missing(),
                }
            }
            _ => self.operand()?,
        };
        self.depth -= 1;
        let reaches_further = match self.peek() {
            Some(Token::Number(_) | Token::Vulgar(..) | Token::Letter(_) | Token::Constant(_)) => !self.spaced_out(),
            Some(Token::Power | Token::Factorial) => true,
            _ => false,
        };
        if !bracketed && reaches_further {
            return self.fail(Reason::Ambiguous);
        }
        let radicand = if bracketed { radicand.bare().clone() } else { radicand };
        let index = (index != 2).then(|| Box::new(Node::whole(index)));
        Ok(Node::Root(index, Box::new(radicand)))
    }

    /// `√[3]{8}` and `sqrt[3](8)`: the index as LaTeX writes it, where a bracket follows; `√[3]` is the root of 3.
    fn index_in_brackets(&mut self) -> Option<i64> {
        let (Some(Token::Open(Bracket::Square)), Some(Token::Number(index)), Some(Token::Close(Bracket::Square))) =
            (self.peek(), self.peek_at(1), self.peek_at(2))
        else {
            return None;
        };
        let bracket = matches!(self.peek_at(3), Some(Token::Open(Bracket::Round | Bracket::Curly)));
        let whole = index.places.is_none() && index.value.is_integer();
        let index = i64::try_from(index.value.to_integer()).ok().filter(|index| bracket && whole && *index >= 2)?;
        self.at += 3;
        Some(index)
    }

    fn spaced_out(&self) -> bool {
        matches!(self.peek(), Some(Token::Letter(name)) if name == "U")
    }
}
