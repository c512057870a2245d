//! OATutor's texts as our markup: `$$...$$` becomes `$...$`, `\n` a new line, marks of pictures are taken out, and
//! every sign that Markdown would swallow is escaped, so that the rest shows as written.

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
    for (index, piece) in text.split("$$").enumerate() {
        // An odd number of fences leaves the last piece without its end: then it is text.
        let fenced = index % 2 == 1 && (index + 1 < text.split("$$").count());
        if fenced {
            let formula = piece.trim();
            if is_balanced(formula) {
                push_formula(&mut converted.markup, formula);
            } else {
                escape(&mut converted.markup, formula);
                converted.broken.push(formula.to_owned());
            }
        } else {
            push_words(&mut converted, piece);
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

fn push_formula(markup: &mut String, formula: &str) {
    if formula.is_empty() {
        return;
    }
    if formula.chars().all(|sign| sign == '_') {
        markup.push_str(&"\\_".repeat(formula.len()));
        return;
    }
    // Two formulas that touch would read as one fence of two dollar signs.
    if markup.ends_with('$') {
        markup.push(' ');
    }
    markup.push('$');
    markup.push_str(&closed_thousands(formula).replace('\n', " "));
    markup.push('$');
}

/// `\$2, 612.50` was one number before the upstream writer put a space behind its comma.
fn closed_thousands(formula: &str) -> String {
    let Some(start) = formula.find("\\$") else { return formula.to_owned() };
    let (before, money) = formula.split_at(start);
    let mut closed = String::from(before);
    let mut rest = money;
    while let Some(comma) = rest.find(", ") {
        let (left, right) = rest.split_at(comma);
        let after = &right[2..];
        let digit_before = left.ends_with(|sign: char| sign.is_ascii_digit());
        let digits_after = after.chars().take_while(char::is_ascii_digit).count();
        closed.push_str(left);
        closed.push_str(if digit_before && digits_after == 3 { "{,}" } else { ", " });
        rest = after;
    }
    closed + rest
}

fn push_words(converted: &mut Converted, words: &str) {
    let words = words.replace("\\n", "\n");
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
        check("pay $5 or 2*n*m", expect![[r"pay \$5 or 2\*n\*m | pay $5 or 2*n*m | "]]);
        check("$$14$$ $$___$$ $$6$$", expect![[r"$14$ \_\_\_ $6$ | 14 ___ 6 | "]]);
        check(r"total of $$\$2, 612.50$$.", expect![[r"total of $\$2{,}612.50$. | total of \$2{,}612.50. | "]]);
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
