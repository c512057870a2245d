//! Items: what is asked, with its key, its help and the wrong answers it foresees.

use crate::{
    HintId, ItemHash, ItemId, MisconceptionId, OptionId, PartId, SkillId, Text, course::Attribution,
    template::Parameter,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use math::Kind as KeyKind;

/// One question, perhaps of several parts that are answered one after the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Unique within the course.
    pub id: ItemId,
    /// A heading; may be empty.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub title: Text,
    /// The situation that all parts share; may be empty.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub stem: Text,
    /// What is asked; at least one.
    pub parts: Vec<Part>,
    /// What kind of thinking it asks for.
    #[serde(default)]
    pub depth: Depth,
    /// Where it may appear.
    #[serde(default)]
    pub pool: Pool,
    /// Seeded parameters, in order; an item without any is always the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Conditions that the parameters must meet (formulas that must not be 0), such as `a != b`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// Who made it and under which licence, where that differs from the course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
}

impl Item {
    /// Hash of the whole content, key included.
    pub fn hash(&self) -> ItemHash {
        let bytes = serde_json::to_vec(self).expect("an item is plain data");
        let digest = Sha256::digest(&bytes);
        ItemHash(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The part with this id.
    pub fn part(&self, id: &PartId) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == *id)
    }

    /// True when another seed gives another question.
    pub fn is_template(&self) -> bool {
        !self.parameters.is_empty()
    }
}

/// One thing to answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Unique within the item.
    pub id: PartId,
    /// The skills that it gives evidence of; at least one.
    pub skills: Vec<SkillId>,
    /// What is asked and how it is answered.
    pub question: Question,
    /// Hints and scaffolds; a graph through `Hint::after`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<Hint>,
    /// Wrong answers that the author foresaw.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buggy: Vec<BuggyAnswer>,
    /// The whole way of solving it, step by step; shown after the answer or as a worked example.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub solution: Text,
}

/// A prompt and the way to answer it; parts and scaffolds both ask one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// What is asked.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub prompt: Text,
    /// How it is answered, with the key.
    pub interaction: Interaction,
}

/// How a question is answered, with its key. The names are the same in content, engine and web.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Interaction {
    /// One of several options.
    Choice {
        /// The options in the author's order.
        options: Vec<Option_>,
        /// Keep the author's order (ordered scales, "none of these").
        #[serde(default)]
        fixed_order: bool,
    },
    /// Any number of several options.
    MultipleChoice {
        /// The options in the author's order.
        options: Vec<Option_>,
        /// Keep the author's order.
        #[serde(default)]
        fixed_order: bool,
    },
    /// A number, perhaps with a unit.
    Numeric(MathKey),
    /// An expression, list, point, interval ... (see the key's kind).
    Expression(MathKey),
    /// An equation or inequality.
    Equation(MathKey),
    /// A few words.
    ShortText {
        /// Accepted answers; case, spaces and end marks do not matter.
        accepted: Vec<Text>,
    },
}

impl Interaction {
    /// The kind's name as content, engine and web write it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "choice",
            Self::MultipleChoice { .. } => "multiple_choice",
            Self::Numeric(_) => "numeric",
            Self::Expression(_) => "expression",
            Self::Equation(_) => "equation",
            Self::ShortText { .. } => "short_text",
        }
    }
}

/// The key of a mathematical answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MathKey {
    /// Accepted answers, the first being the one to show. In templates, formulas over the parameters.
    pub accepted: Vec<String>,
    /// What kind of thing it is; decides how a comma reads. Fixed when written or imported.
    #[serde(rename = "key", with = "kind_name")]
    pub kind: KeyKind,
    /// A form that the answer must have, such as `lowest_terms`; none: any form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// How far off is still right (absolute), as a number or formula; none: exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<String>,
    /// The unit, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitRule>,
}

mod kind_name {
    use super::KeyKind;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(kind: &KeyKind, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(kind)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<KeyKind, D::Error> {
        let name = String::deserialize(from)?;
        name.parse().map_err(|_| D::Error::custom(format!("unknown kind of key `{name}`")))
    }
}

/// How the unit of an answer is treated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitRule {
    /// Shown beside the field, by language, such as "cups"; also accepted when typed.
    pub shown: Text,
    /// The student must type it; then it is not shown.
    #[serde(default)]
    pub required: bool,
    /// Other spellings that are accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<String>,
}

/// An option of a choice question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Option_ {
    /// Unique within the question.
    pub id: OptionId,
    /// What it says.
    pub text: Text,
    /// Right, or part of the right answer.
    #[serde(default)]
    pub correct: bool,
    /// The wrong idea that leads here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misconception: Option<MisconceptionId>,
}

/// A wrong answer that the author foresaw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BuggyAnswer {
    /// The wrong idea.
    pub misconception: MisconceptionId,
    /// What it gives: an answer as in [`MathKey::accepted`], or a formula over the parameters.
    pub answer: String,
    /// Feedback for this very item; empty: the misconception's own words.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub feedback: Text,
}

/// A piece of help.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hint {
    /// Unique within the part.
    pub id: HintId,
    /// A heading; may be empty.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub title: Text,
    /// What it says or asks.
    pub body: HintBody,
    /// Hints that come before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<HintId>,
    /// It contains the answer.
    #[serde(default)]
    pub bottom_out: bool,
}

/// What a hint does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum HintBody {
    /// It tells.
    Tell {
        /// What it tells.
        text: Text,
    },
    /// It asks a smaller question (a scaffold).
    Ask {
        /// The smaller question.
        question: Box<Question>,
        /// Help within the smaller question.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        hints: Vec<Hint>,
    },
}

/// What kind of thinking an item asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// Remember a fact or a word.
    Recall,
    /// Carry out or use.
    #[default]
    Apply,
    /// Say why, compare, draw.
    Explain,
    /// Use it somewhere new.
    Transfer,
}

/// Where an item may appear. Practice and check pools never share an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pool {
    /// Practice; its key may be sent to a browser.
    #[default]
    Practice,
    /// Held back for pre-test, mastery check and post-test.
    Check,
    /// A skill with fewer than six items has one pool for both.
    Both,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Hash of the bytes (SHA-256, hexadecimal); the media store keeps them by it.
    pub hash: String,
    /// Media type, such as `image/gif`.
    pub media_type: String,
    /// What a person who cannot see it needs to know; empty when nobody has written it yet.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub alternative: Text,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interaction_survives_being_written_and_read() {
        let key =
            MathKey { accepted: vec!["3/4".into()], kind: KeyKind::Number, form: None, tolerance: None, unit: None };
        let interaction = Interaction::Numeric(key);
        let text = serde_json::to_string(&interaction).unwrap();
        assert_eq!(serde_json::from_str::<Interaction>(&text).unwrap(), interaction);
    }
}
