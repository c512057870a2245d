//! The two sides of one presentation: with the key (the server, practice packs) and without (what is shown).

use crate::{
    Attribution, Hint, HintBody, HintId, Interaction, Item, ItemHash, ItemId, KeyKind, Lang, OptionId, PartId,
    Question, SkillId, Text,
    template::{self, TemplateProblem},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An item as presented to one student, key included: places filled, options in their shown order.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyedItem {
    /// The item, filled in.
    pub item: Item,
    /// Hash of the item as the author wrote it.
    pub hash: ItemHash,
    /// The seed it was filled with.
    pub seed: u64,
    /// The language it is shown in.
    pub lang: Lang,
}

/// One part of a [`KeyedItem`].
pub type KeyedPart = crate::Part;

impl KeyedItem {
    /// Fills `item` for `seed` and `lang`.
    pub fn new(item: &Item, seed: u64, lang: Lang) -> Result<Self, TemplateProblem> {
        Ok(Self { item: template::instantiate(item, seed)?, hash: item.hash(), seed, lang })
    }

    /// The part with this id.
    pub fn part(&self, id: &PartId) -> Option<&KeyedPart> {
        self.item.part(id)
    }

    /// What may be shown: everything but keys, solutions and the words of hints.
    pub fn public(&self) -> PublicItem {
        let html = |text: &Text| text.html(&self.lang);
        PublicItem {
            item: self.item.id.clone(),
            lang: self.lang_of_text().clone(),
            title: html(&self.item.title),
            stem: html(&self.item.stem),
            parts: self.item.parts.iter().map(|part| self.public_part(part)).collect(),
            figures: self
                .item
                .figures
                .iter()
                .map(|figure| PublicFigure {
                    hash: figure.hash.clone(),
                    alternative: figure.alternative.get(&self.lang).to_owned(),
                })
                .collect(),
            attribution: self.item.attribution.clone(),
        }
    }

    /// The language of what is read first.
    fn lang_of_text(&self) -> &Lang {
        let texts = [&self.item.stem, &self.item.title].into_iter();
        let prompts = self.item.parts.iter().map(|part| &part.question.prompt);
        let first = texts.chain(prompts).find(|text| !text.is_empty());
        first.map_or(&self.lang, |text| text.lang_of(&self.lang))
    }

    fn public_part(&self, part: &KeyedPart) -> PublicPart {
        PublicPart {
            id: part.id.clone(),
            skills: part.skills.clone(),
            question: self.public_question(&part.question),
            hints: part.hints.iter().map(|hint| self.hint_label(hint)).collect(),
            has_solution: !part.solution.is_empty(),
        }
    }

    /// A question without its key.
    pub fn public_question(&self, question: &Question) -> PublicQuestion {
        let option =
            |option: &crate::Option_| PublicOption { id: option.id.clone(), html: option.text.html_inline(&self.lang) };
        let (mut options, mut unit, mut unit_required, mut form) = (Vec::new(), None, false, None);
        let prompt = question.prompt.html(&self.lang);
        let mut signs = Vec::new();
        match &question.interaction {
            Interaction::Choice { options: all, .. } | Interaction::MultipleChoice { options: all, .. } => {
                options = all.iter().map(option).collect();
            }
            Interaction::Numeric(key) | Interaction::Expression(key) | Interaction::Equation(key) => {
                form.clone_from(&key.form);
                if key.kind == KeyKind::Matrix {
                    signs.push("matrix".to_owned());
                }
                let shown = self.item.title.html(&self.lang) + &self.item.stem.html(&self.lang) + &prompt;
                signs.extend(roots_in(&shown));
                if ["scientific notation", "notación científica"].iter().any(|name| shown.to_lowercase().contains(name))
                {
                    signs.push("power".to_owned());
                }
                if let Some(rule) = &key.unit {
                    unit_required = rule.required;
                    unit = (!rule.required).then(|| rule.shown.get(&self.lang).to_owned());
                }
            }
            Interaction::ShortText { .. } => {}
        }
        PublicQuestion {
            kind: question.interaction.kind().to_owned(),
            prompt,
            options,
            unit,
            unit_required,
            form,
            signs,
        }
    }

    fn hint_label(&self, hint: &Hint) -> HintLabel {
        HintLabel {
            id: hint.id.clone(),
            title: hint.title.html_inline(&self.lang),
            asks: matches!(hint.body, HintBody::Ask { .. }),
            after: hint.after.clone(),
            bottom_out: hint.bottom_out,
        }
    }

    /// A hint as opened by the student.
    pub fn public_hint(&self, hint: &Hint) -> PublicHint {
        let (html, question, hints) = match &hint.body {
            HintBody::Tell { text } => (text.html(&self.lang), None, Vec::new()),
            HintBody::Ask { question, hints } => (
                String::new(),
                Some(self.public_question(question)),
                hints.iter().map(|hint| self.hint_label(hint)).collect(),
            ),
        };
        PublicHint { label: self.hint_label(hint), html, question, hints }
    }
}

/// An item as shown: no key in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicItem {
    /// Which item.
    pub item: ItemId,
    /// The language of its text, for the page's `lang` attribute.
    pub lang: Lang,
    /// Heading, as safe HTML; may be empty.
    pub title: String,
    /// The situation, as safe HTML; may be empty.
    pub stem: String,
    /// What is asked.
    pub parts: Vec<PublicPart>,
    /// Pictures.
    pub figures: Vec<PublicFigure>,
    /// Who made it, where that differs from the course.
    pub attribution: Option<Attribution>,
}

/// One part as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicPart {
    /// Which part.
    pub id: PartId,
    /// The skills it is about.
    pub skills: Vec<SkillId>,
    /// What is asked.
    pub question: PublicQuestion,
    /// The hints that can be opened, without their words.
    pub hints: Vec<HintLabel>,
    /// There is a worked solution to show afterwards.
    pub has_solution: bool,
}

/// A question as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicQuestion {
    /// `choice`, `multiple_choice`, `numeric`, `expression`, `equation` or `short_text`.
    pub kind: String,
    /// Safe HTML.
    pub prompt: String,
    /// Options in their shown order; empty for typed answers.
    pub options: Vec<PublicOption>,
    /// A unit to show beside the field.
    pub unit: Option<String>,
    /// The unit must be typed.
    pub unit_required: bool,
    /// The form that the answer must have.
    pub form: Option<String>,
    /// What the keys on screen hold beyond the usual signs: `matrix`, `root`, `higher_root`,
    /// `root_5` and so on, `power`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<String>,
}

/// Roots that a question shows; a fraction in a power is one too. From the fifth on each has a name with its index. What
/// is shown decides, so that the keys tell nothing of the answer.
fn roots_in(html: &str) -> Vec<String> {
    let between = |open, close| html.split(open).skip(1).filter_map(move |rest: &str| Some(rest.split_once(close)?.0));
    let roots = between("<mroot", "</mroot>");
    let powers = between("<msup", "</msup>").filter(|power| power.contains("<mfrac"));
    let mut names: BTreeSet<String> = roots.chain(powers).map(|formula| root_named(last_number(formula))).collect();
    if names.is_empty() && html.contains("<msqrt") {
        names.insert("root".to_owned());
    }
    names.into_iter().collect()
}

fn root_named(index: Option<u32>) -> String {
    match index {
        Some(index @ 5..=99) => format!("root_{index}"),
        _ => "higher_root".to_owned(),
    }
}

/// The whole number that a formula ends with: a root's index, or what stands below the bar.
fn last_number(formula: &str) -> Option<u32> {
    formula.rsplit_once("<mn>")?.1.split_once("</mn>")?.0.parse().ok()
}

/// An option as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicOption {
    /// Which option.
    pub id: OptionId,
    /// Safe HTML.
    pub html: String,
}

/// A hint before it is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HintLabel {
    /// Which hint.
    pub id: HintId,
    /// Safe HTML; may be empty.
    pub title: String,
    /// It asks a smaller question.
    pub asks: bool,
    /// Hints to open first.
    pub after: Vec<HintId>,
    /// It contains the answer.
    pub bottom_out: bool,
}

/// A hint when opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicHint {
    /// Its label again.
    #[serde(flatten)]
    pub label: HintLabel,
    /// What it tells, as safe HTML; empty when it asks.
    pub html: String,
    /// What it asks.
    pub question: Option<PublicQuestion>,
    /// Help within what it asks.
    pub hints: Vec<HintLabel>,
}

/// A picture as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicFigure {
    /// The media store's name for it.
    pub hash: String,
    /// For a person who cannot see it; empty when nobody has written it yet.
    pub alternative: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Depth, MathKey, Part, Pool};

    fn signs(stem: &str, prompt: &str, kind: KeyKind) -> Vec<String> {
        let key = MathKey { accepted: vec!["1".into()], kind, form: None, tolerance: None, unit: None };
        let question = Question { prompt: Text::en(prompt), interaction: Interaction::Expression(key) };
        let part = Part {
            id: "a".into(),
            skills: vec![],
            question: question.clone(),
            hints: vec![],
            buggy: vec![],
            solution: Text::default(),
        };
        let item = Item {
            id: "item".into(),
            title: Text::default(),
            stem: Text::en(stem),
            parts: vec![part],
            depth: Depth::Apply,
            pool: Pool::Practice,
            parameters: vec![],
            conditions: vec![],
            figures: vec![],
            attribution: None,
        };
        KeyedItem::new(&item, 1, Lang::en()).expect("nothing to fill").public_question(&question).signs
    }

    #[test]
    fn keys_on_screen_hold_what_the_question_shows() {
        let none: [&str; 0] = [];
        assert_eq!(signs("", "Add $x^2 + \\frac{1}{2}$.", KeyKind::Expression), none);
        assert_eq!(signs("", "Simplify $\\sqrt{48}$.", KeyKind::Number), ["root"]);
        assert_eq!(signs("Simplify $\\sqrt[3]{16}$.", "", KeyKind::Expression), ["higher_root"]);
        assert_eq!(signs("", "Write $y^{\\frac{1}{3}}$ as a root.", KeyKind::Expression), ["higher_root"]);
        assert_eq!(signs("", "Write $h^{\\frac{1}{5}}$ as a root.", KeyKind::Expression), ["root_5"]);
        assert_eq!(
            signs("", "Simplify $\\sqrt[25]{j}+\\sqrt[4]{k}$.", KeyKind::Expression),
            ["higher_root", "root_25"]
        );
        assert_eq!(signs("", "Write the matrix.", KeyKind::Matrix), ["matrix"]);
        assert_eq!(signs("", "Write 37,000 in scientific notation.", KeyKind::Number), ["power"]);
    }
}
