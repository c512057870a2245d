//! Takes a trailing unit off an answer: "7.5 cups" is 7.5 and "cups". Only where the rest is plainly a number, so that
//! `5x` and `2 ab` stay expressions.

/// The number text, and the unit words after it if there are any. A leading currency sign stays with the number.
pub fn units_of(text: &str) -> (String, Option<String>) {
    let whole = text.trim().to_owned();
    let fenced = whole.strip_prefix("$$").and_then(|inner| inner.strip_suffix("$$"));
    let inner = fenced.unwrap_or(&whole).trim();
    let Some(split) = end_of_number(inner) else { return (whole, None) };
    let (number, rest) = inner.split_at(split);
    let spaced = rest.starts_with(|c: char| c.is_whitespace()) || rest.starts_with('\\');
    match unit(rest, spaced) {
        Some(unit) => (number.trim().to_owned(), Some(unit)),
        None => (whole, None),
    }
}

/// Where the number at the start ends, in bytes: digits, marks, fractions, signs and spaces between them.
fn end_of_number(text: &str) -> Option<usize> {
    let mut end = 0;
    let mut digits = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if rest.starts_with("\\frac{") || rest.starts_with("\\dfrac{") {
            length = latex_fraction(rest)?;
            digits = true;
        } else if rest.starts_with("\\,") || rest.starts_with("\\ ") || rest.starts_with("\\$") {
            length = 2;
        } else if c.is_ascii_digit() || "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞".contains(c) {
            digits = true;
        } else if !(c.is_whitespace() || "-−–+.,/$€£¥₹".contains(c)) {
            break;
        }
        end += length;
        rest = &rest[length..];
    }
    let number = text[..end].trim_end_matches(|c: char| c.is_whitespace() || c == '\\' || c == ',');
    (digits && end < text.len()).then_some(number.len())
}

/// Length of `\frac{digits}{digits}` at the start.
fn latex_fraction(text: &str) -> Option<usize> {
    let top = text.find('{')?;
    let middle = top + text[top..].find("}{")?;
    let end = middle + 2 + text[middle + 2..].find('}')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (digits(&text[top + 1..middle]) && digits(&text[middle + 2..end])).then_some(end + 1)
}

fn unit(rest: &str, spaced: bool) -> Option<String> {
    let mut plain = rest.to_owned();
    for command in ["\\text", "\\mathrm", "\\textrm", "\\mbox", "\\operatorname"] {
        plain = plain.replace(command, " ");
    }
    for gap in ["\\ ", "\\,", "\\;", "~"] {
        plain = plain.replace(gap, " ");
    }
    let plain = plain.replace("^{\\circ}", "°").replace("^\\circ", "°").replace("\\circ", "°").replace(['{', '}'], "");
    let unit = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let unit = unit.trim_end_matches('.').to_owned();
    if unit.starts_with('°') && unit.chars().count() <= 2 {
        return Some(unit);
    }
    let in_text = rest.contains("\\text") || rest.contains("\\mathrm") || rest.contains("\\mbox");
    let readable = !unit.is_empty()
        && unit.chars().all(|c| c.is_alphabetic() || " /^²³23.-".contains(c))
        && unit.starts_with(|c: char| c.is_alphabetic());
    let words: Vec<&str> = unit.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let known = |word: &str| UNITS.contains(&word) || LETTERS.contains(&word);
    let word_like = |word: &str| {
        let letters = word.chars().count();
        let vowel = word.chars().any(|c| "aeiouy".contains(c.to_ascii_lowercase()) || !c.is_ascii());
        UNITS.contains(&word) || (letters >= 3 && vowel) || matches!(word, "a" | "an" | "of" | "per" | "in" | "to")
    };
    let first = words.first()?;
    let accepted = if in_text {
        true
    } else if spaced {
        LETTERS.contains(first) && words.iter().all(|word| known(word))
            || words.iter().all(|word| word_like(word) || (words.len() > 1 && known(word)))
    } else {
        UNITS.contains(first) && words.iter().all(|word| known(word) || word_like(word))
    };
    let mathematics = words.iter().any(|word| NAMES.contains(word));
    (readable && accepted && !mathematics).then_some(unit)
}

/// Words that belong to mathematics or to answers of another form.
const NAMES: &[&str] =
    &["pi", "sqrt", "sin", "cos", "tan", "log", "ln", "or", "and", "to", "abs", "exp", "inf", "infinity", "union"];

/// Units of one letter count only after a space.
const LETTERS: &[&str] = &["m", "g", "s", "h", "L", "l", "N", "J", "W", "V", "A", "C", "F", "K"];

const UNITS: &[&str] = &[
    "mm", "cm", "dm", "km", "in", "ft", "yd", "mi", "mg", "kg", "lb", "lbs", "oz", "ml", "mL", "cl", "dl", "kl", "gal",
    "qt", "pt", "min", "sec", "hr", "hrs", "mph", "kph", "kmh", "fps", "rpm", "ms", "Hz", "kHz", "kW", "kWh", "cc",
    "mol", "sq", "cu", "USD", "EUR", "GBP", "cents", "ct", "dollars", "degrees", "deg", "percent", "units", "am", "pm",
    "bpm", "psi", "GB", "MB", "KB", "inches", "feet", "miles", "meters", "metres", "hours", "minutes", "seconds",
    "days", "weeks", "months", "years", "cups", "liters", "litres", "grams", "pounds", "ounces", "gallons", "quarts",
    "pints", "yards",
];
