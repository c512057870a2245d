//! Which runs of letters are names, which are products of letters, and which are words that do not belong.

use super::token::Token;
use crate::tree::{Constant, Function, Relation};

/// A token and the number of characters it was written with.
pub(crate) struct Name {
    pub token: Token,
    pub length: usize,
}

/// Splits a run of letters. `None`: a word, not mathematics.
pub(crate) fn split(word: &str, bracket_follows: bool) -> Option<Vec<Name>> {
    let letters: Vec<char> = word.chars().collect();
    if let Some(token) = whole_word(word) {
        return Some(vec![Name { token, length: letters.len() }]);
    }
    if SHORT_WORDS.contains(&word.to_lowercase().as_str()) && letters.len() > 1 {
        return None;
    }
    for name in ["sqrt", "cbrt", "abs", "sin", "cos", "tan", "log", "ln", "exp", "pi"] {
        let Some(found) = word.find(name) else { continue };
        let (before, after) = (&word[..found], &word[found + name.len()..]);
        let plausible = match name {
            "pi" => before.chars().count() <= 2 && after.chars().count() <= 2,
            "sqrt" | "cbrt" => before.chars().count() <= 3 && after.chars().count() <= 1,
            _ => before.chars().count() <= 2 && after.is_empty() && bracket_follows,
        };
        if plausible {
            let mut names = product(before)?;
            names.push(Name { token: whole_word(name)?, length: name.chars().count() });
            names.extend(product(after)?);
            return Some(names);
        }
    }
    product(word)
}

/// A run of letters as a product of unknowns. Words are told from products by length, order and vowels.
fn product(word: &str) -> Option<Vec<Name>> {
    let letters: Vec<char> = word.chars().collect();
    // `lnx` is no product of three letters, whatever it is.
    if FUNCTIONS.iter().any(|name| word.contains(name)) || (letters.len() > 1 && !letters.iter().all(|c| is_name(*c))) {
        return None;
    }
    let distinct = letters.iter().collect::<std::collections::BTreeSet<_>>().len();
    let sorted = letters.is_sorted();
    let vowels = letters.iter().filter(|c| matches!(c.to_ascii_lowercase(), 'e' | 'i' | 'o' | 'u')).count();
    let vowel_a = letters.iter().any(|c| c.eq_ignore_ascii_case(&'a'));
    let likely = match letters.len() {
        0..=3 => true,
        4..=6 => distinct == 1 || (vowels == 0 && (sorted || !vowel_a || distinct <= 2)),
        _ => distinct <= 3 && sorted && vowels == 0,
    };
    if !likely || letters.len() > 40 {
        return None;
    }
    Some(letters.into_iter().map(|c| Name { token: letter(c), length: 1 }).collect())
}

/// Letters that mathematics is written in: Latin ones without accents and Greek ones, and their mathematical shapes.
fn is_name(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}'
        | '\u{2100}'..='\u{214f}' | '\u{1d400}'..='\u{1d7ff}')
}

/// Functions whose argument stands in brackets or after a space.
const FUNCTIONS: [&str; 9] = ["sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "exp"];

fn letter(c: char) -> Token {
    match c {
        'e' => Token::Constant(Constant::Euler),
        'π' | '𝜋' => Token::Constant(Constant::Pi),
        other => Token::Letter(other.to_string()),
    }
}

fn whole_word(word: &str) -> Option<Token> {
    let lower = word.to_lowercase();
    if word == "U" {
        return Some(Token::Letter("U".into()));
    }
    Some(match lower.as_str() {
        "pi" if word != "PI" && word != "Pi" => Token::Constant(Constant::Pi),
        "sqrt" => Token::Root(2),
        "cbrt" => Token::Root(3),
        "abs" => Token::AbsoluteWord,
        "infinity" | "inf" | "infty" | "oo" => Token::Infinity,
        "or" => Token::Or,
        "and" => Token::And,
        "to" => Token::To,
        "union" => Token::Union,
        _ => return function(&lower).map(Token::Function),
    })
}

fn function(name: &str) -> Option<Function> {
    Some(match name {
        "sin" => Function::Sin,
        "cos" => Function::Cos,
        "tan" => Function::Tan,
        "cot" => Function::Cot,
        "sec" => Function::Sec,
        "csc" => Function::Csc,
        "arcsin" | "asin" => Function::Arcsin,
        "arccos" | "acos" => Function::Arccos,
        "arctan" | "atan" => Function::Arctan,
        "sinh" => Function::Sinh,
        "cosh" => Function::Cosh,
        "tanh" => Function::Tanh,
        "ln" => Function::Ln,
        "log" => Function::Log,
        "exp" => Function::Exp,
        _ => return None,
    })
}

/// Names with a meaning in template formulas.
pub(crate) fn formula_name(name: &str) -> Option<Token> {
    Some(match name {
        "floor" => Token::Function(Function::Floor),
        "ceil" => Token::Function(Function::Ceil),
        "round" => Token::Function(Function::Round),
        "min" => Token::Function(Function::Min),
        "max" => Token::Function(Function::Max),
        "gcd" => Token::Function(Function::Gcd),
        "lcm" => Token::Function(Function::Lcm),
        "mod" => Token::ModWord,
        "abs" => Token::AbsoluteWord,
        "sqrt" => Token::Root(2),
        "and" => Token::And,
        "or" => Token::Or,
        _ => return None,
    })
}

/// LaTeX commands that stand for one token.
pub(crate) fn command(name: &str) -> Option<Token> {
    Some(match name {
        "cdot" | "times" | "ast" | "bullet" | "cdotp" => Token::Times,
        "div" => Token::Divide,
        "pm" => Token::PlusMinus,
        "mp" => Token::MinusPlus,
        "le" | "leq" | "leqslant" => Token::Relation(Relation::LessEqual),
        "ge" | "geq" | "geqslant" => Token::Relation(Relation::GreaterEqual),
        "lt" => Token::Relation(Relation::Less),
        "gt" => Token::Relation(Relation::Greater),
        "ne" | "neq" => Token::Relation(Relation::NotEqual),
        "infty" => Token::Infinity,
        "pi" => Token::Constant(Constant::Pi),
        "cup" => Token::Union,
        "in" => Token::In,
        "lor" | "vee" => Token::Or,
        "land" | "wedge" => Token::And,
        "lvert" | "rvert" | "vert" | "mid" => Token::Bar,
        "lfloor" => Token::FloorOpen,
        "rfloor" => Token::FloorClose,
        "lceil" => Token::CeilOpen,
        "rceil" => Token::CeilClose,
        "lbrace" => Token::Open(super::token::Bracket::Set),
        "rbrace" => Token::Close(super::token::Bracket::Set),
        "lbrack" => Token::Open(super::token::Bracket::Square),
        "rbrack" => Token::Close(super::token::Bracket::Square),
        "circ" | "degree" => Token::Degree,
        "colon" => Token::Colon,
        "min" => Token::Function(Function::Min),
        "max" => Token::Function(Function::Max),
        "alpha" | "beta" | "gamma" | "delta" | "epsilon" | "varepsilon" | "zeta" | "eta" | "theta" | "vartheta"
        | "iota" | "kappa" | "lambda" | "mu" | "nu" | "xi" | "rho" | "sigma" | "tau" | "phi" | "varphi" | "chi"
        | "psi" | "omega" | "Delta" | "Gamma" | "Theta" | "Lambda" | "Phi" | "Psi" | "Omega" | "Sigma" => {
            Token::Letter(greek(name).into())
        }
        _ => return function(name).map(Token::Function),
    })
}

fn greek(name: &str) -> &'static str {
    match name {
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "epsilon" | "varepsilon" => "ε",
        "zeta" => "ζ",
        "eta" => "η",
        "theta" | "vartheta" => "θ",
        "iota" => "ι",
        "kappa" => "κ",
        "lambda" => "λ",
        "mu" => "μ",
        "nu" => "ν",
        "xi" => "ξ",
        "rho" => "ρ",
        "sigma" => "σ",
        "tau" => "τ",
        "phi" | "varphi" => "φ",
        "chi" => "χ",
        "psi" => "ψ",
        "omega" => "ω",
        "Delta" => "Δ",
        "Gamma" => "Γ",
        "Theta" => "Θ",
        "Lambda" => "Λ",
        "Phi" => "Φ",
        "Psi" => "Ψ",
        "Omega" => "Ω",
        _ => "Σ",
    }
}

/// Short words of two or three letters that are hardly ever products.
const SHORT_WORDS: &[&str] = &[
    "is", "of", "no", "it", "if", "in", "on", "so", "do", "go", "he", "we", "my", "yes", "not", "the", "are", "was",
    "but", "for", "you", "can", "all", "any", "one", "two", "six", "ten", "idk", "per", "lbs", "has", "had", "its",
    "cat", "dog", "why", "how", "who", "out", "off", "too", "add", "sum", "lol", "huh", "um", "uh", "hi", "ok", "day",
    "min", "max", "mph", "kph", "cup", "box", "men", "age", "old", "new", "big", "car", "bus", "map", "pie", "toy",
    "boy", "let", "get", "got", "did", "say", "see", "try", "use", "odd", "few", "far", "low", "via", "egg", "hat",
    "pen", "pig", "bag", "man", "mom", "dad", "kid", "tax", "fee", "pay", "buy", "pint", "pins",
];
