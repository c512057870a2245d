//! Text that students and teachers read, in every language the author wrote it in.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A language tag such as `en` or `es` (BCP 47, lower case, no region).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lang(pub String);

impl Lang {
    /// English, the language every course of ours starts from.
    pub fn en() -> Self {
        Self("en".into())
    }

    /// The decimal mark that readers of this language write: a comma in Spanish as taught in Spain would be
    /// one, but schools in the United States teach the point in both languages; so only languages that never
    /// use the point read a comma.
    pub fn decimal_mark(&self) -> math::DecimalMark {
        match self.0.as_str() {
            "fr" | "de" | "pt" | "it" | "pl" | "ru" | "uk" | "vi" | "tr" | "nl" => math::DecimalMark::Comma,
            _ => math::DecimalMark::Point,
        }
    }
}

impl From<&str> for Lang {
    fn from(tag: &str) -> Self {
        Self(tag.to_owned())
    }
}

/// One text in several languages. The strings are the markup of [`crate::markup`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<Lang, String>);

impl Text {
    /// Text in one language.
    pub fn one(lang: Lang, text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(lang, text.into())]))
    }

    /// English text.
    pub fn en(text: impl Into<String>) -> Self {
        Self::one(Lang::en(), text)
    }

    /// The text in `lang`, else in English, else in whichever language comes first; empty when there is none.
    pub fn get(&self, lang: &Lang) -> &str {
        self.0
            .get(lang)
            .or_else(|| self.0.get(&Lang::en()))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// Safe HTML of the text in `lang`, its formulas spoken in the language that it is really in.
    pub fn html(&self, lang: &Lang) -> String {
        crate::markup::html(self.get(lang), self.lang_of(lang))
    }

    /// The same without the paragraph around it.
    pub fn html_inline(&self, lang: &Lang) -> String {
        crate::markup::html_inline(self.get(lang), self.lang_of(lang))
    }

    /// The text in `lang` as plain words, for names in lists and labels: `Factor $x^2$` as `Factor x²`.
    pub fn words(&self, lang: &Lang) -> String {
        crate::markup::words(self.get(lang))
    }

    /// The language that [`Text::get`] would answer in, so that a page can mark foreign text with `lang`.
    pub fn lang_of<'a>(&'a self, lang: &'a Lang) -> &'a Lang {
        if self.0.contains_key(lang) {
            return lang;
        }
        let english = self.0.keys().find(|tag| tag.0 == "en");
        english.or_else(|| self.0.keys().next()).unwrap_or(lang)
    }

    /// True when no language holds a visible character.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }

    /// The same text with `change` applied in each language.
    pub fn map(&self, mut change: impl FnMut(&Lang, &str) -> String) -> Self {
        Self(self.0.iter().map(|(lang, text)| (lang.clone(), change(lang, text))).collect())
    }
}
