//! An author's text: becomes HTML without script, whatever it holds.
#![no_main]

use curriculum::{Lang, markup};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let lang = Lang::en();
    let html = markup::html(text, &lang).to_lowercase();
    // A sign that opens a tag is written `&lt;` in words; links and pictures become their words.
    let tags = ["<script", "<a ", "<img", "<iframe"];
    assert!(!tags.iter().any(|tag| html.contains(tag)), "a text became script, a link or a picture");
    let _ = (markup::html_inline(text, &lang), markup::formulas(text), markup::broken_formulas(text));
    let _ = (markup::words(text), markup::outside_formulas(text), markup::has_loose_dollar(text));
});
