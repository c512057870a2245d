//! Keys as a student would type them, and machine-made right and wrong answers around them.

#![allow(dead_code, reason = "each test and example uses its own part of this")]

use curriculum::KeyKind as Kind;

/// A LaTeX key as it is typed on a plain keyboard.
pub fn typed(latex: &str) -> String {
    let plain = latex.replace("\\left", "").replace("\\right", "").replace("$$", "");
    let plain = match plain.strip_prefix("\\begin{bmatrix}").and_then(|rest| rest.trim().strip_suffix("\\end{bmatrix}"))
    {
        Some(rows) => matrix(rows),
        None => walk(&plain),
    };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn matrix(rows: &str) -> String {
    let row = |row: &str| format!("[{}]", row.split('&').map(|cell| walk(cell.trim())).collect::<Vec<_>>().join(", "));
    format!("[{}]", rows.split("\\\\").map(row).collect::<Vec<_>>().join(", "))
}

fn walk(latex: &str) -> String {
    let mut typed = String::new();
    let mut rest = latex;
    while let Some(sign) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("\\frac") {
            let (top, after) = argument(after);
            let (bottom, after) = argument(after);
            let alone = typed.trim_end().is_empty() || typed.trim_end().ends_with('=');
            let fraction = format!("{}/{}", bracketed(&walk(top)), bracketed(&walk(bottom)));
            let last = after.trim_start().is_empty() || after.trim_start().starts_with([',', '<', '>', '=', ')']);
            typed.push_str(&if alone && last { fraction } else { format!("({fraction})") });
            rest = after;
        } else if let Some(after) = rest.strip_prefix("\\sqrt") {
            let (index, after) = match after.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
                Some((index, after)) => (index, after),
                None => ("2", after),
            };
            let (radicand, after) = argument(after);
            let radicand = walk(radicand);
            typed.push_str(&match index {
                "2" => format!("sqrt({radicand})"),
                "3" => format!("cbrt({radicand})"),
                "4" => format!("∜({radicand})"),
                index => format!("{}√({radicand})", raised(index)),
            });
            rest = after;
        } else if let Some(after) = rest.strip_prefix('^') {
            let (power, after) = argument(after);
            let power = walk(power);
            let short = power.chars().all(|sign| sign.is_ascii_digit());
            typed.push_str(&if short { format!("^{power}") } else { format!("^({power})") });
            rest = after;
        } else if let Some((name, plain)) = COMMANDS.iter().find(|(name, _)| rest.starts_with(name)) {
            typed.push_str(plain);
            rest = &rest[name.len()..];
        } else {
            if !matches!(sign, '{' | '}') {
                typed.push(sign);
            }
            rest = &rest[sign.len_utf8()..];
        }
    }
    typed
}

/// The digits of a root's index, small and raised.
fn raised(digits: &str) -> String {
    let signs = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digits.chars().filter_map(|digit| digit.to_digit(10)).map(|digit| signs[digit as usize]).collect()
}

const COMMANDS: [(&str, &str); 11] = [
    ("\\times", "*"),
    ("\\pm", "±"),
    ("\\infty", "infinity"),
    ("\\leq", "<="),
    ("\\geq", ">="),
    ("\\neq", "!="),
    ("\\pi", "pi"),
    ("\\$", "$"),
    ("\\%", "%"),
    ("\\operatorname", ""),
    ("\\cdot", "*"),
];

/// The next `{...}` or single sign, and what follows.
fn argument(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    if !text.starts_with('{') {
        let length = text.chars().next().map_or(0, char::len_utf8);
        return text.split_at(length);
    }
    let mut depth = 0_usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 1 => return (&text[1..at], &text[at + 1..]),
            '}' => depth -= 1,
            _ => {}
        }
    }
    (text, "")
}

fn bracketed(text: &str) -> String {
    let simple = text.strip_prefix('-').unwrap_or(text).chars().all(|sign| sign.is_ascii_digit() || sign == '.')
        || text.chars().count() == 1;
    if simple { text.to_owned() } else { format!("({text})") }
}

/// Answers that are wrong by their making: another sign, the next number, a member left out or changed.
pub fn wrong(key: &str, kind: Kind) -> Vec<String> {
    let typed = typed(key);
    match kind {
        Kind::Equation | Kind::Inequality => {
            let Some((left, sign, right)) = sides(&typed) else { return vec![next(&typed)] };
            vec![format!("{left}{sign}-({right})"), format!("{left}{sign}({right})+1")]
        }
        Kind::List | Kind::OrderedList if typed.contains('±') => vec![format!("({typed})+1"), format!("2*({typed})")],
        Kind::List | Kind::OrderedList => {
            let members = members(&typed);
            let mut changed = members.clone();
            changed[0] = next(&changed[0]);
            let mut last = members.clone();
            let at = last.len() - 1;
            last[at] = next(&last[at]);
            vec![changed.join(", "), last.join(", "), members[..at].join(", ")]
        }
        Kind::Point => {
            let inner = typed.trim_start_matches('(').trim_end_matches(')');
            let members = members(inner);
            let mut changed = members.clone();
            changed[0] = next(&changed[0]);
            let mut last = members;
            let at = last.len() - 1;
            last[at] = next(&last[at]);
            vec![format!("({})", changed.join(", ")), format!("({})", last.join(", "))]
        }
        Kind::Matrix => {
            let digit = typed.find(|sign: char| sign.is_ascii_digit()).unwrap_or(0);
            let changed = format!("{}7{}", &typed[..digit], &typed[digit..]);
            let last = typed.rfind(|sign: char| sign.is_ascii_digit()).unwrap_or(0);
            vec![changed, format!("{}9{}", &typed[..last], &typed[last..])]
        }
        _ => vec![format!("-({typed})"), next(&typed)],
    }
}

/// An answer that means the same, written in another way.
pub fn rewritten(key: &str, kind: Kind) -> String {
    let typed = typed(key);
    match kind {
        Kind::Number => match typed.parse::<i64>() {
            Ok(whole) => format!("{whole}.0"),
            Err(_) if typed.parse::<f64>().is_ok() => format!("{typed}0"),
            Err(_) => format!("2*({typed})-({typed})"),
        },
        Kind::Expression => format!("2*({typed})-({typed})"),
        Kind::Equation => match sides(&typed) {
            Some((left, sign, right)) => format!("{right} {sign} {left}"),
            None => format!(" {typed} "),
        },
        Kind::List if !typed.contains('±') => {
            let mut members = members(&typed);
            members.reverse();
            members.join(" , ")
        }
        _ => format!("  {}  ", typed.replace(',', " , ")),
    }
}

fn next(typed: &str) -> String {
    match sides(typed) {
        Some((left, sign, right)) => format!("{left}{sign}({right})+1"),
        None if typed.starts_with('(') && typed.ends_with(')') && typed.contains(',') => {
            format!("({})", next(&typed[1..typed.len() - 1]))
        }
        None => match typed.parse::<i64>() {
            Ok(whole) => (whole + 1).to_string(),
            Err(_) => match typed.rsplit_once(',') {
                Some((before, last)) => format!("{before},{}", next(last)),
                None => format!("({typed})+1"),
            },
        },
    }
}

fn sides(typed: &str) -> Option<(&str, &str, &str)> {
    for sign in ["<=", ">=", "!=", "=", "<", ">"] {
        if let Some((left, right)) = typed.split_once(sign) {
            return Some((left.trim(), &typed[left.len()..left.len() + sign.len()], right.trim()));
        }
    }
    None
}

/// Members between commas that stand outside brackets.
fn members(typed: &str) -> Vec<String> {
    let mut members = vec![String::new()];
    let mut depth = 0_i32;
    for sign in typed.chars() {
        depth += i32::from(matches!(sign, '(' | '[')) - i32::from(matches!(sign, ')' | ']'));
        if sign == ',' && depth == 0 {
            members.push(String::new());
        } else if let Some(last) = members.last_mut() {
            last.push(sign);
        }
    }
    members.into_iter().map(|member| member.trim().to_owned()).collect()
}

/// Two keys of one kind that cannot mean the same: numbers of another value, expressions in other letters.
pub fn surely_differ(key: &str, other: &str) -> bool {
    let letters = |text: &str| {
        let mut letters: Vec<char> =
            typed(text).replace("sqrt", "").replace("cbrt", "").chars().filter(|sign| sign.is_alphabetic()).collect();
        letters.sort_unstable();
        letters.dedup();
        letters
    };
    let digits = |text: &str| {
        let mut digits: Vec<char> = typed(text).chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    letters(key) != letters(other)
        || (digits(key) != digits(other) && value(key).is_none_or(|a| value(other).is_some_and(|b| a != b)))
}

/// A changed answer that happens to be the key again, such as minus nothing.
pub fn same_by_chance(key: &str, wrong: &str) -> bool {
    value(key) == Some(0.0) && value(wrong.trim_start_matches("-(").trim_end_matches(')')) == Some(0.0)
        || (typed(key).ends_with("=0") && wrong.ends_with("=-(0)"))
}

fn value(key: &str) -> Option<f64> {
    let typed = typed(key);
    match typed.split_once('/') {
        Some((top, bottom)) => Some(top.parse::<f64>().ok()? / bottom.parse::<f64>().ok()?),
        None => typed.parse().ok(),
    }
}
