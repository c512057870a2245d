//! An author's text: becomes HTML without script, whatever it holds.
#![no_main]

use curriculum::{Lang, markup};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let lang = Lang::en();
    let html = markup::html(text, &lang).to_lowercase();
    assert!(!html.contains("<script") && !html.contains("javascript:"), "a text became script");
    let _ = (markup::html_inline(text, &lang), markup::formulas(text), markup::broken_formulas(text));
    let _ = (markup::words(text), markup::outside_formulas(text), markup::has_loose_dollar(text));
});
