//! What belongs together. Precedence, loosest first: `or`, `and` and commas, unions, relations, ratios, sums, products,
//! signs, powers. The tree keeps brackets, mixed numbers and the way division was written.

mod matrix;
mod operand;
mod product;
mod root;

use super::{
    lexer::{self, Settings},
    token::{Bracket, Placed, Token},
};
use crate::{
    Kind, Reason, Unreadable,
    tree::{Node, Relation, Sign, element_of},
};

const DEPTH_MAX: usize = 50;

pub(crate) fn parse(text: &[(char, usize)], settings: Settings, kind: Kind) -> Result<Node, Unreadable> {
    let tokens = lexer::tokens(text, settings)?;
    let end = text.last().map_or(0, |(_, at)| at + 1);
    let mut parser =
        Parser { tokens, at: 0, end, kind, formula: settings.formula, depth: 0, bars: 0, slash_tail: false, gap: None };
    if parser.tokens.is_empty() {
        return parser.fail(Reason::Unfinished);
    }
    let node = parser.answer()?;
    match parser.peek() {
        None => Ok(node),
        Some(Token::Close(_)) => parser.fail(Reason::Unbalanced),
        Some(Token::Bar | Token::FloorClose | Token::CeilClose) => parser.fail(Reason::Unbalanced),
        Some(Token::Times | Token::Over | Token::Divide | Token::Power | Token::Relation(_)) => {
            parser.fail(Reason::DoubledOperator)
        }
        Some(_) => parser.fail(Reason::UnexpectedCharacter),
    }
}

struct Parser {
    tokens: Vec<Placed>,
    at: usize,
    end: usize,
    kind: Kind,
    formula: bool,
    depth: usize,
    /// Bars of absolute values that wait for their partner.
    bars: usize,
    /// The last operand ended in a written slash and a number, as `2 1/2` does.
    slash_tail: bool,
    /// Where two operands with nothing but a space between them were last taken for a product.
    gap: Option<usize>,
}

type Parsed = Result<Node, Unreadable>;

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead).map(|placed| &placed.token)
    }

    fn spaced(&self, ahead: usize) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|placed| placed.spaced)
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn fail<T>(&self, reason: Reason) -> Result<T, Unreadable> {
        let at = self.tokens.get(self.at).map_or(self.end, |placed| placed.at);
        Err(Unreadable { at, reason })
    }

    fn enter(&mut self) -> Result<(), Unreadable> {
        self.depth += 1;
        if self.depth > DEPTH_MAX { self.fail(Reason::TooDeep) } else { Ok(()) }
    }

    /// Something else than what is needed here: tells what is wrong with it.
    fn missing<T>(&self) -> Result<T, Unreadable> {
        let operator = |token: Option<&Token>| {
            matches!(
                token,
                Some(
                    Token::Plus
                        | Token::Minus
                        | Token::PlusMinus
                        | Token::MinusPlus
                        | Token::Times
                        | Token::Over
                        | Token::Divide
                        | Token::Power
                        | Token::Relation(_)
                )
            )
        };
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|placed| &placed.token);
        match self.peek() {
            token if operator(token) && operator(before) => self.fail(Reason::DoubledOperator),
            None | Some(Token::Comma | Token::Semicolon) => self.fail(Reason::Unfinished),
            Some(Token::Close(_)) if self.depth <= 1 => self.fail(Reason::Unbalanced),
            token if operator(token) => self.fail(Reason::Unfinished),
            Some(Token::Close(_) | Token::Bar) => self.fail(Reason::Unfinished),
            Some(Token::Phrase(_) | Token::Or | Token::And | Token::To | Token::In | Token::ModWord | Token::Union) => {
                self.fail(Reason::StrayWord)
            }
            Some(_) => self.fail(Reason::UnexpectedCharacter),
        }
    }

    /// The whole answer: items joined by commas, "and", "or".
    fn answer(&mut self) -> Parsed {
        let mut groups: Vec<Vec<Node>> = vec![vec![self.union()?]];
        let (mut commas, mut ands, mut ors) = (false, false, false);
        loop {
            let comma = matches!(self.peek(), Some(Token::Comma | Token::Semicolon));
            let word = if comma { self.peek_at(1) } else { self.peek() };
            let (and, or) = (word == Some(&Token::And), word == Some(&Token::Or));
            if !(comma || and || or) {
                break;
            }
            self.at += usize::from(comma) + usize::from(and || or);
            commas |= comma;
            ands |= and;
            ors |= or;
            let item = self.union()?;
            match groups.last_mut() {
                Some(group) if and && !comma => group.push(item),
                _ => groups.push(vec![item]),
            }
        }
        // `x = 3 and y = 2` lists equations; only inequalities are narrowed by "and".
        let equations = groups.iter().flatten().all(|item| is_equation(item.bare()));
        if equations && ands && !ors {
            return Ok(Node::List(groups.into_iter().flatten().collect()));
        }
        let relations = groups.iter().flatten().all(|item| is_relation(item.bare()));
        if !relations {
            let items: Vec<Node> = groups.into_iter().flatten().collect();
            return Ok(if items.len() == 1 { only(items) } else { Node::List(with_letter(items, ors)) });
        }
        if commas && ands && !ors {
            return Ok(Node::And(groups.into_iter().flatten().collect()));
        }
        let parts: Vec<Node> =
            groups.into_iter().map(|group| if group.len() == 1 { only(group) } else { Node::And(group) }).collect();
        Ok(match parts.len() {
            1 => only(parts),
            _ if ors => Node::Or(parts),
            _ => Node::List(parts),
        })
    }

    fn union(&mut self) -> Parsed {
        if let Some(Token::Phrase(phrase)) = self.peek() {
            let words = Node::Words((*phrase).to_owned());
            self.at += 1;
            return Ok(words);
        }
        let mut starts = vec![self.at];
        let mut parts = vec![self.relation()?];
        while self.at_union(parts.last()) {
            self.at += 1;
            starts.push(self.at);
            parts.push(self.relation()?);
        }
        if parts.len() == 1 {
            return Ok(only(parts));
        }
        // `(0,1) ∪ {2}`: beside a union braces with one member are a set.
        let set = |(start, part): (usize, Node)| match part {
            Node::Group(member) if self.tokens[start].token == Token::Open(Bracket::Curly) => Node::Set(vec![*member]),
            other => other,
        };
        Ok(Node::Union(starts.into_iter().zip(parts).map(set).collect()))
    }

    /// `∪`, or a letter U between two intervals or sets.
    fn at_union(&self, last: Option<&Node>) -> bool {
        let letter = matches!(self.peek(), Some(Token::Letter(name)) if name == "U" || name == "u");
        let after_set = matches!(last, Some(Node::Interval(_) | Node::Set(_) | Node::Tuple(_)));
        self.peek() == Some(&Token::Union) || (letter && after_set)
    }

    fn relation(&mut self) -> Parsed {
        let mut sides = vec![self.ratio()?];
        let mut signs: Vec<Relation> = Vec::new();
        self.gap = None;
        while let Some(Token::Relation(sign)) = self.peek() {
            signs.push(*sign);
            self.at += 1;
            // `x+y=8 y-z=1` is two equations with a space between them, not a chain with a product in it.
            if let (2.., Some(gap)) = (signs.len(), self.gap) {
                return Err(Unreadable { at: gap, reason: Reason::Ambiguous });
            }
            sides.push(self.ratio()?);
        }
        if self.peek() == Some(&Token::In) && matches!(sides[..], [Node::Letter(_)]) {
            self.at += 1;
            let set = self.union()?;
            let conditions = matches!(self.kind, Kind::Inequality | Kind::Equation);
            return Ok(conditions.then(|| element_of(&sides[0], &set)).flatten().unwrap_or(set));
        }
        Ok(if signs.is_empty() { only(sides) } else { Node::Relation(sides, signs) })
    }

    fn ratio(&mut self) -> Parsed {
        let mut terms = vec![self.sum()?];
        while matches!(self.peek(), Some(Token::Colon | Token::To)) {
            self.at += 1;
            terms.push(self.sum()?);
        }
        Ok(if terms.len() == 1 { only(terms) } else { Node::Ratio(terms) })
    }

    fn sum(&mut self) -> Parsed {
        self.enter()?;
        let mut terms = Vec::new();
        let first = self.sign();
        let leading = first.is_some();
        let first = first.unwrap_or(Sign::Plus);
        terms.push((first, self.signed_product(first)?));
        while let Some(sign) = self.sign() {
            terms.push((sign, self.signed_product(sign)?));
        }
        self.depth -= 1;
        let plain_plus = terms.len() == 1 && (!leading || terms[0].0 == Sign::Plus);
        Ok(if plain_plus { only(terms.into_iter().map(|(_, node)| node).collect()) } else { Node::Sum(terms) })
    }

    fn sign(&mut self) -> Option<Sign> {
        let sign = match self.peek()? {
            Token::Plus => Sign::Plus,
            Token::Minus => Sign::Minus,
            Token::PlusMinus => Sign::PlusMinus,
            Token::MinusPlus => Sign::MinusPlus,
            _ => return None,
        };
        self.at += 1;
        Some(sign)
    }

    /// A product that may have minus signs of its own, as in `5 - -3`. A second plus is a slip of the pen.
    fn signed_product(&mut self, sign: Sign) -> Parsed {
        let minuses = self.minuses(usize::from(sign == Sign::Minus))?;
        let product = self.product()?;
        Ok(signed(minuses, product))
    }

    /// How many minus signs stand here. With those before them two are typed often; nobody means three.
    fn minuses(&mut self, before: usize) -> Result<usize, Unreadable> {
        let mut minuses = 0;
        while self.peek() == Some(&Token::Minus) {
            if before + minuses == 2 {
                return self.fail(Reason::DoubledOperator);
            }
            minuses += 1;
            self.at += 1;
        }
        Ok(minuses)
    }
}

fn signed(minuses: usize, node: Node) -> Node {
    match minuses {
        0 => node,
        many if many % 2 == 1 => node.negated(),
        _ => node.negated().negated(),
    }
}

fn only(mut nodes: Vec<Node>) -> Node {
    nodes.remove(0)
}

fn is_relation(node: &Node) -> bool {
    matches!(node, Node::Relation(..))
}

fn is_equation(node: &Node) -> bool {
    matches!(node, Node::Relation(_, signs) if signs.iter().all(|sign| *sign == Relation::Equal))
}

/// `x = 3, 5` says `x = 3, x = 5`, and `x ≠ 3, 5` likewise; `x ≠ 3 or 5` is left as it is.
fn with_letter(items: Vec<Node>, ors: bool) -> Vec<Node> {
    let (letter, sign) = match items.first().map(Node::bare) {
        Some(Node::Relation(sides, signs)) if matches!(sides[0], Node::Letter(_)) => match signs[..] {
            [sign] if sign == Relation::Equal || (sign == Relation::NotEqual && !ors) => (sides[0].clone(), sign),
            _ => return items,
        },
        _ => return items,
    };
    let closed = items.iter().skip(1).all(|item| item.is_expression());
    if !closed {
        return items;
    }
    let equation = |item: Node| match item {
        relation @ Node::Relation(..) => relation,
        value => Node::Relation(vec![letter.clone(), value], vec![sign]),
    };
    items.into_iter().map(equation).collect()
}

/// The token that closes a bracket of this form.
fn closes(open: Bracket, close: Bracket) -> bool {
    match open {
        Bracket::Round | Bracket::Square => matches!(close, Bracket::Round | Bracket::Square),
        other => other == close,
    }
}
