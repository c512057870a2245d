//! The markup of course texts, and its safe HTML.
//!
//! A text is Markdown without raw HTML, with mathematics in LaTeX between single dollar signs (`$\frac{3}{4}$`);
//! a dollar sign that is money is written `\$`. Mathematics becomes MathML, which browsers draw without any script, with
//! its spoken form as its name ([`crate::spoken`]).

use crate::{spoken, text::Lang};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};
use pulldown_latex::{Parser as LatexParser, RenderConfig, Storage, config::DisplayMode, mathml::push_mathml};

/// Safe HTML of a text in `lang`. Raw HTML in it is shown as text; links and pictures become their words.
pub fn html(text: &str, lang: &Lang) -> String {
    let safe = |event| safe(event, lang);
    let parser = Parser::new_ext(text, Options::ENABLE_MATH | Options::ENABLE_TABLES).filter_map(safe);
    let mut html = String::with_capacity(text.len() * 2);
    push_html(&mut html, parser);
    html.trim_end().to_owned()
}

/// Safe HTML without the paragraph around it, for options and headings.
pub fn html_inline(text: &str, lang: &Lang) -> String {
    let whole = html(text, lang);
    match whole.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => whole,
    }
}

/// MathML of one LaTeX formula, with its words in `lang` as its name where it can be read. What cannot be drawn is shown as
/// it was written, marked as code.
pub fn mathml(latex: &str, display: bool, lang: &Lang) -> String {
    let drawn = draw(latex, display);
    match (drawn.strip_prefix("<math "), spoken::formula(latex, lang)) {
        (Some(rest), Some(words)) => format!("<math aria-label=\"{}\" {rest}", escape(&words).replace('"', "&quot;")),
        _ => drawn,
    }
}

fn draw(latex: &str, display: bool) -> String {
    let storage = Storage::new();
    let parser = LatexParser::new(latex, &storage);
    let config = RenderConfig {
        display_mode: if display { DisplayMode::Block } else { DisplayMode::Inline },
        annotation: None,
        ..RenderConfig::default()
    };
    let mut mathml = String::new();
    let events: Vec<_> = parser.collect();
    let sound = events.iter().all(Result::is_ok);
    if sound && push_mathml(&mut mathml, events.into_iter(), config).is_ok() {
        return signs_in_bars(mathml);
    }
    format!("<code>{}</code>", escape(latex))
}

/// The minus of `|-9|` is a sign, not a subtraction: it stands close to its number. Bars open and close in turn.
fn signs_in_bars(mathml: String) -> String {
    const BAR: &str = "<mi>|</mi>";
    const SUBTRACTION: &str = "<mo>−</mo>";
    if !mathml.contains(BAR) {
        return mathml;
    }
    let pieces = mathml.split(BAR).enumerate().map(|(nth, piece)| match piece.strip_prefix(SUBTRACTION) {
        Some(rest) if nth % 2 == 1 => format!("<mi>−</mi>{rest}"),
        _ => piece.to_owned(),
    });
    pieces.collect::<Vec<_>>().join(BAR)
}

/// The formulas of a text in order, as LaTeX.
pub fn formulas(text: &str) -> Vec<String> {
    Parser::new_ext(text, Options::ENABLE_MATH)
        .filter_map(|event| match event {
            Event::InlineMath(latex) | Event::DisplayMath(latex) => Some(latex.to_string()),
            _ => None,
        })
        .collect()
}

/// Lists the formulas of a text that cannot be drawn, for the static check.
pub fn broken_formulas(text: &str) -> Vec<String> {
    formulas(text).into_iter().filter(|latex| draw(latex, false).starts_with("<code>")).collect()
}

/// True when a dollar sign shows up in the words though it was not written as money (`\$`): the fence of a formula
/// that has no partner, or whose braces do not close.
pub fn has_loose_dollar(text: &str) -> bool {
    outside_formulas(text).matches('$').count() > text.matches("\\$").count()
}

/// What is written outside formulas and code.
pub fn outside_formulas(text: &str) -> String {
    let part = |event| match event {
        Event::Text(part) => Some(part),
        _ => None,
    };
    Parser::new_ext(text, Options::ENABLE_MATH).filter_map(part).map(CowStr::into_string).collect()
}

/// The words of a text without any mark-up, for lists, labels and reading aloud.
pub fn words(text: &str) -> String {
    if text.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | ',' | '\'' | '’')) {
        return text.trim().to_owned();
    }
    let mut words = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_MATH | Options::ENABLE_TABLES) {
        match event {
            Event::Text(part) | Event::Code(part) => words.push_str(&part),
            Event::InlineMath(latex) | Event::DisplayMath(latex) => words.push_str(&plain_formula(&latex)),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::Heading(_)) => words.push(' '),
            _ => {}
        }
    }
    words.trim().to_owned()
}

/// The commonest LaTeX as a person types it: `\frac{3}{4}` is `3/4`. What is not known here stays as written.
fn plain_formula(latex: &str) -> String {
    const SIGNS: [(&str, &str); 9] = [
        ("\\pi ", "π"),
        ("\\times", "×"),
        ("\\cdot", "·"),
        ("\\div", "÷"),
        ("\\leq", "≤"),
        ("\\geq", "≥"),
        ("\\neq", "≠"),
        ("\\left", ""),
        ("\\right", ""),
    ];
    let mut plain = latex.to_owned();
    while let Some(start) = plain.find("\\frac{") {
        let top = start + "\\frac{".len();
        let Some(middle) = plain[top..].find("}{").map(|at| top + at) else { break };
        let Some(end) = plain[middle + 2..].find('}').map(|at| middle + 2 + at) else { break };
        if plain[top..end].contains("\\frac") {
            break;
        }
        let fraction = format!("{}/{}", bracketed(&plain[top..middle]), bracketed(&plain[middle + 2..end]));
        plain.replace_range(start..=end, &fraction);
    }
    let plain = SIGNS.iter().fold(plain, |plain, (command, sign)| plain.replace(command, sign));
    raised(&without_words(&plain))
}

/// `\text{rise}` as the word.
fn without_words(plain: &str) -> String {
    let mut words = String::new();
    let mut rest = plain;
    while let Some((before, after)) = rest.split_once("\\text{") {
        let (word, behind) = after.split_once('}').unwrap_or((after, ""));
        words.push_str(before);
        words.push_str(word);
        rest = behind;
    }
    words + rest
}

/// `x^2` and `x^{12}` with small raised digits; other powers stay as typed.
fn raised(plain: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mut raised = String::new();
    let mut rest = plain;
    while let Some((before, after)) = rest.split_once('^') {
        raised.push_str(before);
        let group = after.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let (power, behind) = group.unwrap_or_else(|| after.split_at(after.chars().next().map_or(0, char::len_utf8)));
        if !power.is_empty() && power.bytes().all(|digit| digit.is_ascii_digit()) {
            raised.extend(power.bytes().map(|digit| DIGITS[usize::from(digit - b'0')]));
            rest = behind;
        } else {
            raised.push('^');
            raised.push_str(&group.map_or_else(String::new, |(power, _)| bracketed(power)));
            rest = group.map_or(after, |(_, behind)| behind);
        }
    }
    raised + rest
}

/// Brackets around what has more than one member, so that a fraction stays the same when written in a line.
fn bracketed(latex: &str) -> String {
    let latex = latex.trim();
    match latex.chars().all(char::is_alphanumeric) {
        true => latex.to_owned(),
        false => format!("({latex})"),
    }
}

fn safe<'e>(event: Event<'e>, lang: &Lang) -> Option<Event<'e>> {
    match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::InlineMath(latex) => Some(Event::InlineHtml(CowStr::from(mathml(&latex, false, lang)))),
        Event::DisplayMath(latex) => Some(Event::InlineHtml(CowStr::from(mathml(&latex, true, lang)))),
        Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock) => None,
        Event::End(TagEnd::Link | TagEnd::Image | TagEnd::HtmlBlock) => None,
        other => Some(other),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&format!("{}\n{}", html(text, &Lang::en()), words(text)));
    }

    #[test]
    fn raw_html_is_shown_and_never_run() {
        check(
            "<script>alert(1)</script> & [a link](javascript:x) <b onclick=x>",
            expect![[r#"
            &lt;script&gt;alert(1)&lt;/script&gt; &amp; [a link](javascript:x) &lt;b onclick=x&gt;
        "#]],
        );
    }

    #[test]
    fn formulas_become_mathml_and_plain_words() {
        check(
            "Is $\\frac{ 3 }{ 4 } \\times 2$ more?",
            expect![[r#"
            <p>Is <math aria-label="3 over 4 times 2" display="inline"><mfrac><mrow><mn>3</mn></mrow><mrow><mn>4</mn></mrow></mfrac><mo>×</mo><mn>2</mn></math> more?</p>
            Is 3/4 × 2 more?"#]],
        );
        check(
            "It costs \\$3 and \\$4.",
            expect![[r#"
            <p>It costs $3 and $4.</p>
            It costs $3 and $4."#]],
        );
    }

    #[test]
    fn a_formula_is_named_in_the_language_of_its_text() {
        let spanish = html("Simplifica $\\frac{x^2+3}{4}$", &Lang::from("es"));
        assert!(
            spanish.contains(r#"aria-label="fracción, x al cuadrado más 3, sobre 4, fin de fracción""#),
            "{spanish}"
        );
        // Words for which there is no language of ours are better left to the screen reader's own.
        assert!(!html("$x^2$", &Lang::from("fr")).contains("aria-label"));
    }

    #[test]
    fn a_fraction_in_a_line_keeps_its_brackets() {
        assert_eq!(words("$\\frac{m-n}{p}$"), "(m-n)/p");
        assert_eq!(words("$m-\\frac{n}{p}$"), "m-n/p");
    }

    #[test]
    fn powers_and_words_are_read_as_printed() {
        assert_eq!(words("Factor $ax^2+bx+c$"), "Factor ax²+bx+c");
        assert_eq!(words("$2x^{12}+a^{m/n}$"), "2x¹²+a^(m/n)");
        assert_eq!(words("$m=\\text{rise}/\\text{run}$"), "m=rise/run");
    }

    #[test]
    fn a_sign_between_bars_is_no_subtraction() {
        let signed = |latex: &str| {
            (draw(latex, false).matches("<mi>−</mi>").count(), draw(latex, false).matches("<mo>−</mo>").count())
        };
        assert_eq!(signed("|-9|"), (1, 0));
        assert_eq!(signed("|a|-3"), (0, 1));
        assert_eq!(signed("|-2|-|-5|"), (2, 1));
    }

    #[test]
    fn a_dollar_that_belongs_to_nothing_is_seen() {
        assert!(has_loose_dollar("$2 and more"));
        assert!(has_loose_dollar("$\\frac{1}{$"));
        assert!(!has_loose_dollar("\\$2 and $x$"));
    }

    #[test]
    fn tables_are_drawn_and_read_cell_by_cell() {
        check(
            "| rice | 2 |\n|---|---|\n| water | ? |",
            expect![[r#"
            <table><thead><tr><th>rice</th><th>2</th></tr></thead><tbody>
            <tr><td>water</td><td>?</td></tr>
            </tbody></table>
            rice 2 water ?"#]],
        );
    }
}
