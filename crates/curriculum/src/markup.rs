//! The markup of course texts, and its safe HTML.
//!
//! A text is Markdown without raw HTML, with mathematics in LaTeX between single dollar signs (`$\frac{3}{4}$`);
//! a dollar sign that is money is written `\$`. Mathematics becomes MathML, which browsers draw and screen
//! readers read without any script.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};
use pulldown_latex::{Parser as LatexParser, RenderConfig, Storage, config::DisplayMode, mathml::push_mathml};

/// Safe HTML of a text. Raw HTML in it is shown as text; links and pictures become their words.
pub fn html(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_MATH | Options::ENABLE_TABLES).filter_map(safe);
    let mut html = String::with_capacity(text.len() * 2);
    push_html(&mut html, parser);
    html.trim_end().to_owned()
}

/// Safe HTML without the paragraph around it, for options and headings.
pub fn html_inline(text: &str) -> String {
    let whole = html(text);
    match whole.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => whole,
    }
}

/// MathML of one LaTeX formula. What cannot be drawn is shown as it was written, marked as code.
pub fn mathml(latex: &str, display: bool) -> String {
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
        return mathml;
    }
    format!("<code>{}</code>", escape(latex))
}

/// Lists the formulas of a text that cannot be drawn, for the static check.
pub fn broken_formulas(text: &str) -> Vec<String> {
    Parser::new_ext(text, Options::ENABLE_MATH)
        .filter_map(|event| match event {
            Event::InlineMath(latex) | Event::DisplayMath(latex) => Some(latex.to_string()),
            _ => None,
        })
        .filter(|latex| mathml(latex, false).starts_with("<code>"))
        .collect()
}

/// True when a dollar sign shows up in the words though it was not written as money (`\$`): the fence of a formula
/// that has no partner, or whose braces do not close.
pub fn has_loose_dollar(text: &str) -> bool {
    let shown = |event: Event<'_>| match event {
        Event::Text(part) => part.matches('$').count(),
        _ => 0,
    };
    let count: usize = Parser::new_ext(text, Options::ENABLE_MATH).map(shown).sum();
    count > text.matches("\\$").count()
}

/// The words of a text without any mark-up, for lists, labels and reading aloud.
pub fn words(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_MATH) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::InlineMath(part) | Event::DisplayMath(part) => {
                words.push_str(&part)
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => words.push(' '),
            _ => {}
        }
    }
    words.trim().to_owned()
}

fn safe(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::InlineMath(latex) => Some(Event::InlineHtml(CowStr::from(mathml(&latex, false)))),
        Event::DisplayMath(latex) => Some(Event::InlineHtml(CowStr::from(mathml(&latex, true)))),
        Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock) => None,
        Event::End(TagEnd::Link | TagEnd::Image | TagEnd::HtmlBlock) => None,
        other => Some(other),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
