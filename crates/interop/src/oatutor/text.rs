//! OATutor's texts as our markup: `$$...$$` becomes `$...$`, `\n` a new line, marks of pictures are taken out, and
//! every sign that Markdown would swallow is escaped, so that the rest shows as written. Equations with nothing between
//! them are a system, one a line; what was typed as in a programming language is shown as in a book.

use super::formula;
use std::collections::BTreeSet;

/// A text as our markup, with the pictures that it named in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Converted {
    /// The markup.
    pub markup: String,
    /// Names of the pictures that stood in it, such as `figure1.gif`.
    pub figures: Vec<String>,
    /// Formulas whose braces have no partners; they stand as words, since nothing could draw them.
    pub broken: Vec<String>,
}

/// Converts one text.
pub fn convert(text: &str) -> Converted {
    let mut converted = Converted::default();
    let pieces: Vec<&str> = text.split("$$").collect();
    // An odd number of fences leaves the last piece without its end: then it is text.
    let fenced = |at: usize| at % 2 == 1 && at + 1 < pieces.len();
    let follows = |at: usize| at > 2 && fenced(at) && parts_equations(pieces[at - 2], pieces[at - 1], pieces[at]);
    for (at, piece) in pieces.iter().enumerate() {
        if !fenced(at) {
            push_words(&mut converted, piece);
            continue;
        }
        let formula = piece.trim();
        let (of_system, last) = (follows(at) || follows(at + 2), !follows(at + 2));
        if of_system {
            converted.markup.push('\n');
        }
        if is_balanced(formula) {
            push_formula(&mut converted.markup, formula);
        } else {
            escape(&mut converted.markup, formula);
            converted.broken.push(formula.to_owned());
        }
        if of_system && last && pieces[at + 1].trim_start().starts_with(char::is_alphanumeric) {
            converted.markup.push('\n');
        }
    }
    converted.markup = tidy(&converted.markup);
    converted
}

fn is_balanced(formula: &str) -> bool {
    let mut depth = 0_i32;
    let never_below = formula.chars().all(|sign| {
        depth += i32::from(sign == '{') - i32::from(sign == '}');
        depth >= 0
    });
    never_below && depth == 0
}

fn push_formula(markup: &mut String, source: &str) {
    if source.is_empty() {
        return;
    }
    if source.chars().all(|sign| sign == '_') {
        markup.push_str(&"\\_".repeat(source.len()));
        return;
    }
    // Two formulas that touch would read as one fence of two dollar signs.
    if markup.ends_with('$') {
        markup.push(' ');
    }
    markup.push_str(&formula::markup(source));
}

/// Whether the text between two formulas parts the equations of a system: nothing but space, and several letters in
/// one of the two at least.
fn parts_equations(before: &str, between: &str, after: &str) -> bool {
    let relates = |formula: &str| ["=", "<", ">", "\\leq", "\\geq"].iter().any(|sign| formula.contains(sign));
    let letters = |formula: &str| {
        let plain = formula.replace("\\frac", "").replace("\\left", "").replace("\\right", "").replace("\\sqrt", "");
        plain.chars().filter(char::is_ascii_alphabetic).collect::<BTreeSet<_>>().len()
    };
    between.trim().is_empty()
        && !between.contains('\n')
        && relates(before)
        && relates(after)
        && letters(before).max(letters(after)) > 1
}

fn push_words(converted: &mut Converted, words: &str) {
    let words = typeset(&words.replace("\\n", "\n"));
    let mut rest = words.as_str();
    while let Some(start) = rest.find("##") {
        let after = &rest[start + 2..];
        let length = after.find(|sign: char| sign.is_whitespace() || sign == '#').unwrap_or(after.len());
        let (name, tail) = after.split_at(length);
        if !is_picture(name) {
            escape(&mut converted.markup, &rest[..start + 2]);
            rest = after;
            continue;
        }
        escape(&mut converted.markup, &rest[..start]);
        converted.figures.push(name.to_owned());
        rest = tail.strip_prefix("##").unwrap_or(tail);
    }
    escape(&mut converted.markup, rest);
}

/// `2*n`, `x**2`, `sqrt(5)`, `-->` and `0.64_0.6` as a book prints them. A power is raised where it is one number.
fn typeset(words: &str) -> String {
    let words = words.replace("-->", "→").replace("--\\>", "→").replace("sqrt(", "√(").replace("sqrt[", "√[");
    let words = words.replace("~√", "±√");
    let signs: Vec<char> = words.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(char::is_ascii_digit);
    let mut set = String::new();
    let mut at = 0;
    while at < signs.len() {
        let before = at.checked_sub(1);
        match signs[at] {
            '*' if signs.get(at + 1) == Some(&'*') => {
                let power: String = signs[at + 2..].iter().take_while(|sign| sign.is_ascii_digit()).collect();
                set.extend(power.chars().filter_map(raised));
                set.push_str(if power.is_empty() { "^" } else { "" });
                at += 2 + power.len();
                continue;
            }
            '*' if is_factor_end(&signs[..at]) => set.push('·'),
            '_' if digit(before) && (digit(Some(at + 1)) || signs.get(at + 1) == Some(&'-')) => set.push_str(" ___ "),
            sign => set.push(sign),
        }
        at += 1;
    }
    set
}

/// Whether an asterisk behind this is a sign of multiplication: behind a number, a letter or a bracket, or where a
/// formula has just ended.
fn is_factor_end(before: &[char]) -> bool {
    let last = before.iter().rev().find(|sign| **sign != ' ');
    last.is_none_or(|last| last.is_alphanumeric() || matches!(last, ')' | ']' | '.' | '+'))
}

fn raised(digit: char) -> Option<char> {
    let raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digit.to_digit(10).and_then(|digit| raised.get(digit as usize).copied())
}

fn is_picture(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".gif", ".png", ".jpg", ".jpeg"].iter().any(|end| lower.ends_with(end))
}

/// Pushes words with every sign escaped that Markdown gives a meaning anywhere in a line.
fn escape(markup: &mut String, words: &str) {
    for sign in words.chars() {
        match sign {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '$' | '|' | '&' => {
                markup.push('\\');
                markup.push(sign);
            }
            '\r' => {}
            other => markup.push(other),
        }
    }
}

/// Lines joined by hard breaks; signs with a meaning at the start of a line escaped there.
fn tidy(markup: &str) -> String {
    let lines: Vec<String> =
        markup.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(line_start).collect();
    lines.join("\\\n")
}

fn line_start(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = &line[digits..];
    if digits > 0 && rest.starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], rest);
    }
    if line.starts_with(['#', '+', '-', '=']) {
        return format!("\\{line}");
    }
    line.to_owned()
}

/// The formulas of an upstream text, without their fences.
pub fn formulas(text: &str) -> Vec<&str> {
    let pieces: Vec<&str> = text.split("$$").collect();
    let closed = pieces.len() - (1 - pieces.len() % 2);
    pieces[..closed].iter().skip(1).step_by(2).map(|formula| formula.trim()).collect()
}

/// What is left of a text when only letters and digits count, in lower case: for comparing titles.
pub fn bare(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Lower-case letters and digits with single hyphens between them.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for sign in text.chars().flat_map(char::to_lowercase) {
        if sign.is_ascii_alphanumeric() {
            slug.push(sign);
        } else if !slug.ends_with('-') && !slug.is_empty() && !matches!(sign, '\'' | '’') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// `https://... <CC BY 4.0>` as a name and an address; either may be missing.
pub fn name_and_address(field: &str) -> (String, String) {
    let field = field.trim();
    match field.split_once('<') {
        Some((address, name)) => (name.trim_end_matches('>').trim().to_owned(), address.trim().to_owned()),
        None if field.starts_with("http") => (String::new(), field.to_owned()),
        None => (field.to_owned(), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        let converted = convert(text);
        let figures = converted.figures.join(" ");
        let shown = curriculum::markup::words(&converted.markup);
        expected.assert_eq(&format!("{} | {shown} | {figures}", converted.markup));
    }

    #[test]
    fn formulas_keep_their_latex_and_words_show_as_written() {
        check("What is $$4$$ times $$x$$?", expect![[r"What is $4$ times $x$? | What is 4 times x? | "]]);
        check("pay $5 or 2*n*m", expect![[r"pay \$5 or 2·n·m | pay $5 or 2·n·m | "]]);
        check("$$14$$ $$___$$ $$6$$", expect![[r"$14$ \_\_\_ $6$ | 14 ___ 6 | "]]);
        check(r"total of $$\$2, 612.50$$.", expect![[r"total of $\$2{,}612.50$. | total of \$2{,}612.50. | "]]);
    }

    #[test]
    fn a_system_has_an_equation_a_line() {
        let system = "Solve: $$x+2y=3$$ $$2x-y=6$$ $$z=1$$";
        check(
            system,
            expect![[r#"
            Solve:\
            $x+2y=3$\
            $2x-y=6$\
            $z=1$ | Solve: x+2y=3 2x-y=6 z=1 | "#]],
        );
        check(
            "If $$x+y=3$$ $$x-y=1$$ hold",
            expect![[r#"
            If\
            $x+y=3$\
            $x-y=1$\
            hold | If x+y=3 x-y=1 hold | "#]],
        );
        check(
            "$$x=1$$, $$y=2$$ and $$a=3$$ $$c=4$$",
            expect!["$x=1$, $y=2$ and $a=3$ $c=4$ | x=1, y=2 and a=3 c=4 | "],
        );
    }

    #[test]
    fn what_was_typed_as_in_a_program_is_shown_as_in_a_book() {
        check("(-b~sqrt(b**2 -4ac))/(2a)", expect!["(-b±√(b² -4ac))/(2a) | (-b±√(b² -4ac))/(2a) | "]);
        check(
            "definition: a**(-n) --> 6 feet*(12 inches)",
            expect!["definition: a^(-n) → 6 feet·(12 inches) | definition: a^(-n) → 6 feet·(12 inches) | "],
        );
        check("$$1.5$$ * 2_3", expect![[r#"$1.5$ · 2 \_\_\_ 3 | 1.5 · 2 ___ 3 | "#]]);
    }

    #[test]
    fn new_lines_and_pictures_are_marks_not_words() {
        check(r"One\n##figure1.gif## ", expect![[r"One | One | figure1.gif"]]);
        check(r"A line (3,-2)\n##figure2.gif", expect![[r"A line (3,-2) | A line (3,-2) | figure2.gif"]]);
        check(
            r"$$a$$\n- b",
            expect![[r"
            $a$\
            \- b | a - b | "]],
        );
    }

    #[test]
    fn a_formula_with_lone_braces_stands_as_words() {
        check("find $$\\frac{3}{x$$ now", expect![[r"find \\frac{3}{x now | find \frac{3}{x now | "]]);
        assert_eq!(convert("$$}{$$").broken, ["}{"]);
    }

    #[test]
    fn a_fence_without_its_end_is_text() {
        check("costs $$ much", expect![[r"costs  much | costs  much | "]]);
    }

    #[test]
    fn formulas_are_found_between_fences_only() {
        assert_eq!(formulas("a $$b$$ c $$d$$ e"), ["b", "d"]);
        assert_eq!(formulas("a $$b"), Vec::<&str>::new());
        assert_eq!(formulas(""), Vec::<&str>::new());
    }
}
