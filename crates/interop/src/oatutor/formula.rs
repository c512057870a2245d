//! Formulas as the upstream writer left them, made fit to be drawn: words stand upright instead of letter by letter,
//! numbers are no function names, a number is whole again behind its thousands comma.

/// Words of three letters or fewer that stand in formulas; longer ones are told by their vowels.
const SHORT_WORDS: [&str; 19] = [
    "the", "one", "two", "ten", "six", "and", "for", "sum", "min", "max", "run", "gal", "hrs", "old", "GCF", "LCM",
    "LCD", "new", "per",
];

/// Words that the upstream writer ran together with the letter behind them: `whenq=2`.
const BEFORE_A_LETTER: [&str; 3] = ["when", "where", "substitute"];

/// A piece of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A word in a human language.
    Word(String),
    /// Anything else, as written.
    Sign(String),
}

/// The formula as our markup, with its fences; what are words only stands outside them.
pub fn markup(formula: &str) -> String {
    let formula = closed_thousands(&plain_names(formula));
    let tokens = tokens(&formula);
    if !tokens.iter().any(|token| matches!(token, Token::Word(_))) {
        return fenced(&tokens.iter().map(written).collect::<String>());
    }
    if let Some(words) = only_words(&tokens) {
        return words;
    }
    if let [rest @ .., Token::Sign(equals), Token::Word(word)] = tokens.as_slice()
        && equals == "="
        && !rest.iter().any(|token| matches!(token, Token::Word(_)))
    {
        let before: String = rest.iter().map(written).collect();
        return format!("{} {word}", fenced(&format!("{before}=")));
    }
    let mut drawn = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let product = matches!(token, Token::Sign(space) if space == " ")
            && at > 0
            && matches!((&tokens[at - 1], tokens.get(at + 1)), (Token::Word(_), Some(Token::Word(_))));
        match token {
            _ if product => drawn.push_str("\\cdot "),
            Token::Word(word) => drawn.push_str(&format!("\\text{{{word}}}")),
            Token::Sign(sign) => drawn.push_str(sign),
        }
    }
    fenced(&drawn)
}

fn fenced(formula: &str) -> String {
    format!("${}$", formula.replace('\n', " "))
}

fn written(token: &Token) -> &str {
    match token {
        Token::Word(text) | Token::Sign(text) => text,
    }
}

/// `y-intercept` and `sixty-five` are words with hyphens, not differences; `type value` is a product of words.
fn only_words(tokens: &[Token]) -> Option<String> {
    let mut words = String::new();
    for token in tokens {
        match token {
            Token::Word(word) => words.push_str(word),
            Token::Sign(sign) if sign == "-" => words.push('-'),
            Token::Sign(sign) if sign == " " => words.push_str(" · "),
            Token::Sign(sign) if sign.chars().all(|sign| sign.is_ascii_alphabetic()) => words.push_str(&fenced(sign)),
            Token::Sign(sign) if sign.chars().all(|sign| sign.is_ascii_digit()) => words.push_str(sign),
            Token::Sign(_) => return None,
        }
    }
    Some(words)
}

/// Commands with their names, runs of letters, runs of digits, and single signs.
fn tokens(formula: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let run = |start: usize, part: fn(char) -> bool| {
            start + rest[start..].find(|sign| !part(sign)).unwrap_or(rest.len() - start)
        };
        let length = match first {
            '\\' => command(rest).max(1 + rest[1..].chars().next().map_or(0, char::len_utf8)),
            _ if first.is_ascii_alphabetic() => run(0, |sign| sign.is_ascii_alphabetic()),
            _ if first.is_ascii_digit() => run(0, |sign| sign.is_ascii_digit()),
            _ => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        if first.is_ascii_alphabetic() {
            rest = letters(piece, after, &mut tokens);
        } else {
            tokens.push(Token::Sign(piece.to_owned()));
        }
    }
    tokens
}

/// How long a command at the start is, with the name of an environment or the words that it holds.
fn command(text: &str) -> usize {
    let name = 1 + text[1..].find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(text.len() - 1);
    let holds_words = ["\\begin", "\\end", "\\text", "\\mathrm", "\\operatorname"].contains(&&text[..name]);
    let group = text[name..].starts_with('{').then(|| text[name..].find('}')).flatten();
    name + group.filter(|_| holds_words).map_or(0, |end| end + 1)
}

/// Takes a run of letters as a word, as a word with a letter behind it, or as letters; answers what follows.
fn letters<'a>(run: &str, after: &'a str, tokens: &mut Vec<Token>) -> &'a str {
    let glued = BEFORE_A_LETTER.iter().find_map(|word| run.strip_prefix(word)).filter(|letter| letter.len() == 1);
    if let Some(letter) = glued {
        let word = &run[..run.len() - letter.len()];
        tokens.extend([Token::Word(format!("{word} ")), Token::Sign(letter.to_owned())]);
        return after;
    }
    if run == "pi" {
        tokens.push(Token::Sign("\\pi ".to_owned()));
        return after;
    }
    if !is_word(run) {
        tokens.push(Token::Sign(run.to_owned()));
        return after;
    }
    let digits = after.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(after.len());
    let (tail, after) = after.split_at(if after.starts_with("'s") { 2 } else { digits });
    tokens.push(Token::Word(format!("{run}{tail}")));
    after
}

fn is_word(run: &str) -> bool {
    let long = run.len() > 3
        && run[1..].bytes().all(|sign| sign.is_ascii_lowercase())
        && run.bytes().any(|sign| matches!(sign, b'a' | b'e' | b'i' | b'o' | b'u'));
    long || SHORT_WORDS.iter().any(|word| word.eq_ignore_ascii_case(run))
}

/// `\operatorname{10}\left(...` is ten times a bracket, and `\operatorname{psqrt}\left(p\right)` is p times a root.
fn plain_names(formula: &str) -> String {
    const START: &str = "\\operatorname{";
    let mut plain = String::new();
    let mut rest = formula;
    while let Some((before, after)) = rest.split_once(START) {
        plain.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            plain.push_str(START);
            rest = after;
            continue;
        };
        let root = name.strip_suffix("sqrt").and_then(|factor| {
            let (inner, behind) = behind.strip_prefix("\\left(")?.split_once("\\right)")?;
            (!inner.contains("\\left")).then_some((factor, inner, behind))
        });
        match root {
            Some((factor, inner, behind)) => {
                plain.push_str(&format!("{factor}\\sqrt{{{inner}}}"));
                rest = behind;
            }
            None if !name.is_empty() && name.chars().all(|sign| sign.is_ascii_digit() || sign == '.') => {
                plain.push_str(name);
                rest = behind;
            }
            None => {
                plain.push_str(&format!("{START}{name}}}"));
                rest = behind;
            }
        }
    }
    plain + rest
}

/// `\$2, 612.50` and `a+c=1, 363` held one number before the upstream writer put a space behind its comma. Elsewhere
/// a comma with a space parts the members of a list.
fn closed_thousands(formula: &str) -> String {
    let Some(start) = formula.find("\\$").or_else(|| only_relation(formula)) else { return formula.to_owned() };
    let (before, number) = formula.split_at(start);
    let mut closed = String::from(before);
    let mut rest = number;
    while let Some(comma) = rest.find(", ") {
        let (left, right) = rest.split_at(comma);
        let after = &right[2..];
        let digits_before = left.len() - left.trim_end_matches(|sign: char| sign.is_ascii_digit()).len();
        let digits_after = after.chars().take_while(char::is_ascii_digit).count();
        closed.push_str(left);
        closed.push_str(if (1..=3).contains(&digits_before) && digits_after == 3 { "{,}" } else { ", " });
        rest = after;
    }
    closed + rest
}

/// Where the one equals sign of a formula stands.
fn only_relation(formula: &str) -> Option<usize> {
    (formula.matches('=').count() == 1).then(|| formula.find('=')).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_upright_and_letters_stay_letters() {
        assert_eq!(markup("m=\\frac{rise}{run}"), "$m=\\frac{\\text{rise}}{\\text{run}}$");
        assert_eq!(markup("distance=rate time"), "$\\text{distance}=\\text{rate}\\cdot \\text{time}$");
        assert_eq!(markup("variable=answer1"), "$\\text{variable}=\\text{answer1}$");
        assert_eq!(markup("GCF=2\\times3 x x"), "$\\text{GCF}=2\\times3 x x$");
        assert_eq!(markup("p=5, whenq=2"), "$p=5, \\text{when }q=2$");
        for letters in ["I=Prt", "P=Irt", "V=LWH", "12mn+xyz", "\\begin{bmatrix} 1 & x \\end{bmatrix}"] {
            assert_eq!(markup(letters), format!("${letters}$"));
        }
    }

    #[test]
    fn what_is_only_words_is_no_formula() {
        assert_eq!(markup("y-Intercept"), "$y$-Intercept");
        assert_eq!(markup("four-hundred-sixty-one"), "four-hundred-sixty-one");
        assert_eq!(markup("41-cent"), "41-cent");
        assert_eq!(markup("type value"), "type · value");
        assert_eq!(markup("2q=number"), "$2q=$ number");
    }

    #[test]
    fn a_number_is_no_name_of_a_function() {
        assert_eq!(markup("\\operatorname{0.25}\\left(3-2\\right)"), "$0.25\\left(3-2\\right)$");
        assert_eq!(markup("\\operatorname{psqrt}\\left(p\\right)"), "$p\\sqrt{p}$");
        assert_eq!(markup("\\operatorname{arcosh}(x)"), "$\\operatorname{arcosh}(x)$");
    }

    #[test]
    fn thousands_are_one_number_and_lists_stay_lists() {
        assert_eq!(markup("12a+7c=12, 146"), "$12a+7c=12{,}146$");
        assert_eq!(markup("\\$2, 612.50"), "$\\$2{,}612.50$");
        assert_eq!(markup("100, 200, 300"), "$100, 200, 300$");
        assert_eq!(markup("x=1, y=200"), "$x=1, y=200$");
    }
}
