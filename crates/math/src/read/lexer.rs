//! Turns plain text, unicode mathematics and LaTeX into one stream of tokens.

use super::{
    names::{self, Name},
    numeral,
    signs::{Superscript, index_of_root, is_letter, lowered_digit, superscript, vulgar},
    token::{Bracket, Placed, Token},
};
use crate::{
    DecimalMark, Reason, Unreadable,
    tree::{Function, Numeral, Relation},
};

const DEPTH_MAX: usize = 50;

/// How the text is to be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub mark: DecimalMark,
    /// Whether a comma between groups of three digits belongs to the number.
    pub grouping: bool,
    /// Formulas of templates: names of several letters, every operator written.
    pub formula: bool,
}

pub(crate) fn tokens(text: &[(char, usize)], settings: Settings) -> Result<Vec<Placed>, Unreadable> {
    let chars: Vec<char> = text.iter().map(|(c, _)| *c).collect();
    let end = text.last().map_or(0, |(_, at)| at + 1);
    let mut lexer = Lexer { text, chars, end, at: 0, settings, spaced: false, found: Vec::new(), depth: 0 };
    while lexer.at < lexer.chars.len() {
        lexer.next()?;
    }
    Ok(lexer.found)
}

struct Lexer<'a> {
    text: &'a [(char, usize)],
    chars: Vec<char>,
    end: usize,
    at: usize,
    settings: Settings,
    spaced: bool,
    found: Vec<Placed>,
    depth: usize,
}

impl Lexer<'_> {
    fn place(&self, at: usize) -> usize {
        self.text.get(at).map_or(self.end, |(_, at)| *at)
    }

    fn fail<T>(&self, at: usize, reason: Reason) -> Result<T, Unreadable> {
        Err(Unreadable { at: self.place(at), reason })
    }

    fn push(&mut self, token: Token, from: usize) {
        self.found.push(Placed { token, at: self.place(from), spaced: self.spaced });
        self.spaced = false;
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn starts(&self, sign: &str) -> bool {
        self.chars[self.at..].iter().take(sign.chars().count()).copied().eq(sign.chars())
    }

    fn next(&mut self) -> Result<(), Unreadable> {
        let from = self.at;
        let c = self.chars[self.at];
        if c.is_whitespace() || matches!(c, '~' | '\u{200b}' | '\u{2061}' | '\u{2062}' | '\u{feff}') {
            self.at += 1;
            self.spaced = true;
            return Ok(());
        }
        if self.starts("$$") {
            // Texts mix formulas in `$$` with plain signs between them.
            self.at += 2;
            self.spaced = true;
            return Ok(());
        }
        if c.is_ascii_digit() || (matches!(c, '.' | ',') && self.starts_decimal(c)) {
            return self.number();
        }
        if c == '\\' {
            return self.command();
        }
        if let Some(token) = self.operator() {
            self.push(token, from);
            return Ok(());
        }
        if let Some(power) = superscript(c) {
            return self.superscripts(power);
        }
        if let Some((top, bottom)) = vulgar(c) {
            self.at += 1;
            self.push(Token::Vulgar(top, bottom), from);
            return Ok(());
        }
        if is_letter(c) {
            return self.word();
        }
        if matches!(c, '$' | '€' | '£' | '¥' | '₹') && self.currency_may_stand_here() {
            self.at += 1;
            return Ok(());
        }
        self.fail(from, Reason::UnexpectedCharacter)
    }

    /// A decimal mark that starts a number, as in `.5`.
    fn starts_decimal(&self, c: char) -> bool {
        let mark = if self.settings.mark == DecimalMark::Comma { ',' } else { '.' };
        let after_number = self.at > 0 && self.chars[self.at - 1].is_ascii_digit();
        (c == mark || c == '.') && self.peek(1).is_some_and(|c| c.is_ascii_digit()) && !after_number
    }

    /// A currency sign leads a number: nothing but signs and opening brackets may stand before it.
    fn currency_may_stand_here(&self) -> bool {
        let leads = self.chars[self.at + 1..].iter().find(|c| !c.is_whitespace());
        let free = self.found.last().is_none_or(|last| {
            !matches!(
                last.token,
                Token::Number(_) | Token::Letter(_) | Token::Close(_) | Token::Constant(_) | Token::Percent
            )
        });
        free && leads.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '−'))
    }

    fn number(&mut self) -> Result<(), Unreadable> {
        let from = self.at;
        let Some((number, used)) = numeral::numeral(&self.chars[from..], self.settings.mark, self.settings.grouping)
        else {
            return self.fail(from, Reason::BadNumber);
        };
        self.at += used;
        let mut number = number;
        if self.starts("\\overline") || self.starts("\\bar") {
            let open = self.chars[self.at..].iter().position(|c| *c == '{');
            let close = self.chars[self.at..].iter().position(|c| *c == '}');
            let (Some(open), Some(close)) = (open, close) else { return self.fail(self.at, Reason::Unfinished) };
            let digits: String = self.chars[self.at + open.min(close) + 1..self.at + close].iter().collect();
            match numeral::repeating(&number, &digits) {
                Some(repeating) => number = repeating,
                None => return self.fail(self.at, Reason::BadNumber),
            }
            self.at += close + 1;
        }
        self.push(Token::Number(number), from);
        self.exponent_of_a_calculator()
    }

    /// `3.2e-5` and `1.5E+3` may be powers of ten or sums with a letter; `3.2e5` is asked back by the parser.
    fn exponent_of_a_calculator(&self) -> Result<(), Unreadable> {
        let decimal =
            matches!(self.found.last().map(|last| &last.token), Some(Token::Number(number)) if number.places.is_some());
        let letter = self.peek(0) == Some('E') || (self.peek(0) == Some('e') && decimal);
        let signed = matches!(self.peek(1), Some('+' | '-' | '−')) && self.peek(2).is_some_and(|c| c.is_ascii_digit());
        if letter && signed && !self.settings.formula { self.fail(self.at, Reason::Ambiguous) } else { Ok(()) }
    }

    fn operator(&mut self) -> Option<Token> {
        const PAIRS: [(&str, Token); 12] = [
            ("**", Token::Power),
            ("<=", Token::Relation(Relation::LessEqual)),
            (">=", Token::Relation(Relation::GreaterEqual)),
            ("=<", Token::Relation(Relation::LessEqual)),
            ("=>", Token::Relation(Relation::GreaterEqual)),
            ("!=", Token::Relation(Relation::NotEqual)),
            ("<>", Token::Relation(Relation::NotEqual)),
            ("==", Token::Relation(Relation::Equal)),
            ("+/-", Token::PlusMinus),
            ("⁄", Token::Over),
            ("&", Token::Cell),
            ("_", Token::Underscore),
        ];
        for (sign, token) in PAIRS {
            if self.starts(sign) {
                self.at += sign.chars().count();
                return Some(token);
            }
        }
        let token = match self.chars[self.at] {
            '+' | '＋' => Token::Plus,
            '-' | '−' | '–' | '—' | '‐' | '‑' | '﹣' | '－' => Token::Minus,
            '±' => Token::PlusMinus,
            '∓' => Token::MinusPlus,
            '*' | '×' | '·' | '⋅' | '∙' | '•' | '✕' | '∗' => Token::Times,
            '/' | '∕' => Token::Over,
            '÷' => Token::Divide,
            '^' => Token::Power,
            '(' | '（' => Token::Open(Bracket::Round),
            ')' | '）' => Token::Close(Bracket::Round),
            '[' => Token::Open(Bracket::Square),
            ']' => Token::Close(Bracket::Square),
            '{' => Token::Open(Bracket::Curly),
            '}' => Token::Close(Bracket::Curly),
            '|' | '∣' => Token::Bar,
            '⌊' => Token::FloorOpen,
            '⌋' => Token::FloorClose,
            '⌈' => Token::CeilOpen,
            '⌉' => Token::CeilClose,
            ',' | '，' => Token::Comma,
            ';' => Token::Semicolon,
            ':' | '∶' => Token::Colon,
            '=' => Token::Relation(Relation::Equal),
            '≠' => Token::Relation(Relation::NotEqual),
            '<' => Token::Relation(Relation::Less),
            '>' => Token::Relation(Relation::Greater),
            '≤' | '⩽' => Token::Relation(Relation::LessEqual),
            '≥' | '⩾' => Token::Relation(Relation::GreaterEqual),
            '%' => Token::Percent,
            '°' | 'º' => Token::Degree,
            '!' => Token::Factorial,
            '√' => Token::Root(2),
            '∛' => Token::Root(3),
            '∜' => Token::Root(4),
            '∞' => Token::Infinity,
            '∪' => Token::Union,
            '∧' => Token::And,
            '∨' => Token::Or,
            '∈' => Token::In,
            _ => return None,
        };
        self.at += 1;
        Some(token)
    }

    /// `x²³` and `10⁻⁴`: a power with the number in small raised digits; `³√(4x)` is a root. `2³√5` is asked back: whoever
    /// means eight times a root writes 8.
    fn superscripts(&mut self, first: Superscript) -> Result<(), Unreadable> {
        let from = self.at;
        let mut next = Some(first);
        let mut inner = Vec::new();
        while let Some(sign) = next {
            inner.push((sign, self.at));
            self.at += 1;
            next = self.peek(0).and_then(superscript);
        }
        if self.peek(0) == Some('√')
            && let Some(index) = index_of_root(&inner)
        {
            match self.found.last().map(|last| &last.token) {
                Some(Token::Number(_)) => return self.fail(from, Reason::Ambiguous),
                Some(Token::Letter(_) | Token::Constant(_) | Token::Vulgar(..) | Token::Close(_)) => {}
                _ => {
                    self.at += 1;
                    self.push(Token::Root(index), from);
                    return Ok(());
                }
            }
        }
        self.push(Token::Power, from);
        self.push(Token::Open(Bracket::Curly), from);
        let mut digits = String::new();
        for (sign, at) in inner {
            match sign {
                Superscript::Digit(digit) => digits.push(digit),
                Superscript::Other(_) if !digits.is_empty() => return self.fail(at, Reason::BadNumber),
                Superscript::Other('−') => self.push(Token::Minus, at),
                Superscript::Other('+') => {}
                Superscript::Other(letter) => self.push(Token::Letter(letter.to_string()), at),
            }
        }
        if !digits.is_empty() {
            let value = crate::Rational::from_integer(digits.parse().unwrap_or_default());
            self.push(Token::Number(Numeral { value, places: None }), from);
        }
        self.push(Token::Close(Bracket::Curly), from);
        Ok(())
    }

    fn word(&mut self) -> Result<(), Unreadable> {
        let from = self.at;
        let formula = self.settings.formula;
        let run = self.chars[from..]
            .iter()
            .take_while(|c| is_letter(**c) || (formula && (**c == '_' || c.is_ascii_digit())))
            .count();
        let word: String = self.chars[from..from + run].iter().collect();
        if formula {
            self.at += run;
            let token = names::formula_name(&word).unwrap_or(Token::Letter(word));
            self.push(token, from);
            return Ok(());
        }
        if let Some(phrase) = super::phrases::word(&word) {
            self.at += run;
            self.push(Token::Phrase(phrase), from);
            return Ok(());
        }
        let bracket_follows = self.chars.get(from + run) == Some(&'(');
        let Some(names) = names::split(&word, bracket_follows) else {
            return self.fail(from, Reason::StrayWord);
        };
        for Name { token, length } in names {
            let start = self.at;
            self.at += length;
            self.push(token, start);
        }
        self.subscript()
    }

    /// `x₁` and `log₂` with small lowered digits.
    fn lowered(&mut self) {
        let from = self.at;
        let digits: String = self.chars[from..].iter().map_while(|c| lowered_digit(*c)).take(8).collect();
        let Some(last) = self.found.last_mut().filter(|_| !digits.is_empty()) else { return };
        match &mut last.token {
            Token::Letter(name) => {
                name.push('_');
                name.push_str(&digits);
            }
            Token::Function(Function::Log) => {
                let value = crate::Rational::from_integer(digits.parse().unwrap_or_default());
                self.push(Token::Underscore, from);
                self.push(Token::Number(Numeral { value, places: None }), from);
            }
            _ => return,
        }
        self.at += digits.chars().count();
    }

    /// `x_1` and `x_{12}` are letters of their own; `log_2` keeps its base.
    fn subscript(&mut self) -> Result<(), Unreadable> {
        self.lowered();
        if self.peek(0) != Some('_') || !matches!(self.found.last().map(|last| &last.token), Some(Token::Letter(_))) {
            return Ok(());
        }
        let from = self.at + 1;
        let braced = self.chars.get(from) == Some(&'{');
        let start = from + usize::from(braced);
        let run = self.chars[start..].iter().take_while(|c| c.is_ascii_alphanumeric()).take(8).count();
        let run = if braced { run } else { run.min(1) };
        let closed = !braced || self.chars.get(start + run) == Some(&'}');
        if run == 0 || !closed {
            return self.fail(self.at, Reason::Unfinished);
        }
        let label: String = self.chars[start..start + run].iter().collect();
        if let Some(Placed { token: Token::Letter(name), .. }) = self.found.last_mut() {
            name.push('_');
            name.push_str(&label);
        }
        self.at = start + run + usize::from(braced);
        Ok(())
    }

    fn command(&mut self) -> Result<(), Unreadable> {
        let from = self.at;
        self.at += 1;
        let run = self.chars[self.at..].iter().take_while(|c| c.is_ascii_alphabetic()).count();
        if run == 0 {
            return self.short_command(from);
        }
        let name: String = self.chars[self.at..self.at + run].iter().collect();
        self.at += run;
        match name.as_str() {
            "left" | "right" | "middle" => self.sized_bracket(),
            "big" | "Big" | "bigg" | "Bigg" | "bigl" | "bigr" | "Bigl" | "Bigr" | "biggl" | "biggr"
            | "displaystyle" | "textstyle" | "limits" | "nolimits" => Ok(()),
            "quad" | "qquad" | "space" | "enspace" | "thinspace" | "medspace" | "thickspace" | "nobreakspace"
            | "hspace" | "phantom" => {
                self.spaced = true;
                if matches!(name.as_str(), "hspace" | "phantom") {
                    self.skip_group();
                }
                Ok(())
            }
            "text" | "mathrm" | "textrm" | "mathit" | "mathbf" | "mathsf" | "textbf" | "textit" | "mbox" | "rm"
            | "operatorname" => self.text_group(from),
            "begin" | "end" => self.environment(from, name == "begin"),
            "frac" | "dfrac" | "tfrac" | "cfrac" => {
                self.push(Token::Fraction, from);
                self.argument()?;
                self.argument()
            }
            "sqrt" => {
                self.push(Token::LatexRoot, from);
                self.optional_index()?;
                self.argument()
            }
            other => match names::command(other) {
                Some(token) => {
                    self.push(token, from);
                    self.subscript()
                }
                None => self.fail(from, Reason::StrayWord),
            },
        }
    }

    fn short_command(&mut self, from: usize) -> Result<(), Unreadable> {
        // A space command whose space was trimmed away.
        let Some(c) = self.peek(0) else { return Ok(()) };
        self.at += 1;
        match c {
            ',' | ';' | ':' | '!' | ' ' | '\n' | '\t' | '/' | '>' => self.spaced = true,
            '\\' => self.push(Token::Row, from),
            '{' => self.push(Token::Open(Bracket::Set), from),
            '}' => self.push(Token::Close(Bracket::Set), from),
            '|' => self.push(Token::Bar, from),
            '%' => self.push(Token::Percent, from),
            '&' => self.push(Token::Cell, from),
            '$' => {}
            // The delimiters of a formula inside a text.
            '(' | ')' | '[' | ']' => {}
            _ => return self.fail(from, Reason::UnexpectedCharacter),
        }
        Ok(())
    }

    /// What follows `\left` and `\right`: `.` stands for no bracket at all.
    fn sized_bracket(&mut self) -> Result<(), Unreadable> {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        if self.peek(0) == Some('.') {
            self.at += 1;
        }
        Ok(())
    }

    fn skip_group(&mut self) {
        if self.peek(0) == Some('{') {
            let close = self.chars[self.at..].iter().position(|c| *c == '}');
            self.at = close.map_or(self.chars.len(), |close| self.at + close + 1);
        }
    }

    /// `\text{ or }`: its words are read like words in plain text.
    fn text_group(&mut self, from: usize) -> Result<(), Unreadable> {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        if self.peek(0) != Some('{') {
            return Ok(());
        }
        let open = self.at;
        let Some(length) = self.chars[open..].iter().position(|c| *c == '}') else {
            return self.fail(from, Reason::Unbalanced);
        };
        let content: Vec<char> = self.chars[open + 1..open + length].to_vec();
        if content.contains(&'{') {
            return self.fail(open, Reason::UnexpectedCharacter);
        }
        self.spaced = true;
        let rest = std::mem::take(&mut self.chars);
        self.chars = rest[..open + length].to_vec();
        self.at = open + 1;
        let mut outcome = Ok(());
        while self.at < self.chars.len() && outcome.is_ok() {
            outcome = self.next();
        }
        self.chars = rest;
        self.at = open + length + 1;
        self.spaced = true;
        outcome
    }

    fn environment(&mut self, from: usize, begin: bool) -> Result<(), Unreadable> {
        let Some(length) = self.chars[self.at..].iter().position(|c| *c == '}') else {
            return self.fail(from, Reason::Unbalanced);
        };
        let name: String = self.chars[self.at..self.at + length].iter().collect();
        let known = ["{bmatrix", "{pmatrix", "{matrix", "{Bmatrix", "{array", "{smallmatrix", "{vmatrix"];
        if !known.contains(&name.as_str()) {
            return self.fail(from, Reason::StrayWord);
        }
        self.at += length + 1;
        if begin && name == "{array" {
            self.skip_group();
        }
        self.push(if begin { Token::MatrixBegin } else { Token::MatrixEnd }, from);
        Ok(())
    }

    /// The argument of a command: a group, or the single sign that follows.
    fn argument(&mut self) -> Result<(), Unreadable> {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let from = self.at;
        let Some(c) = self.peek(0) else { return self.fail(from, Reason::Unfinished) };
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return self.fail(from, Reason::TooDeep);
        }
        if c == '{' {
            self.group('}', Bracket::Curly)?;
        } else {
            self.push(Token::Open(Bracket::Curly), from);
            if c.is_ascii_digit() {
                self.at += 1;
                let value = crate::Rational::from_integer(c.to_digit(10).unwrap_or(0).into());
                self.push(Token::Number(Numeral { value, places: None }), from);
            } else if c.is_ascii_alphabetic() {
                self.at += 1;
                let token = names::split(&c.to_string(), false).and_then(|mut names| names.pop());
                self.push(token.map_or(Token::Letter(c.to_string()), |name| name.token), from);
            } else if c == '\\' {
                self.command()?;
            } else {
                return self.fail(from, Reason::Unfinished);
            }
            self.push(Token::Close(Bracket::Curly), self.at);
        }
        self.depth -= 1;
        Ok(())
    }

    fn optional_index(&mut self) -> Result<(), Unreadable> {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        if self.peek(0) == Some('[') { self.group(']', Bracket::Square) } else { Ok(()) }
    }

    /// Everything from an opening bracket to its partner.
    fn group(&mut self, close: char, bracket: Bracket) -> Result<(), Unreadable> {
        let open = self.chars[self.at];
        let from = self.at;
        self.push(Token::Open(bracket), from);
        self.at += 1;
        let mut level = 0;
        while let Some(c) = self.peek(0) {
            if c == close && level == 0 {
                self.push(Token::Close(bracket), self.at);
                self.at += 1;
                return Ok(());
            }
            if c == open {
                level += 1;
            } else if c == close {
                level -= 1;
            }
            self.next()?;
        }
        self.fail(from, Reason::Unbalanced)
    }
}
