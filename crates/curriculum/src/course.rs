//! A course: its units, lessons, activities, skills and items.

use crate::{
    ActivityId, CourseId, Item, ItemHash, ItemId, Lang, LessonId, Misconception, MisconceptionId, Skill, SkillGraph,
    SkillId, Text, UnitId,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A whole course. What is published is this value, by hash, and never changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Such as `ratios-rates-percent`.
    pub id: CourseId,
    /// Its name.
    pub title: Text,
    /// The languages that all of it is written in, the author's first.
    pub languages: Vec<Lang>,
    /// Who made it and under which licence; shown on screen.
    pub attribution: Vec<Attribution>,
    /// Units in order.
    pub units: Vec<Unit>,
    /// Skills; their order is the author's.
    pub skills: Vec<Skill>,
    /// Wrong ideas by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub misconceptions: BTreeMap<MisconceptionId, Misconception>,
    /// Items by id.
    pub items: BTreeMap<ItemId, Item>,
    /// Skills that were merged or renamed: old name to new.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aliases: BTreeMap<SkillId, SkillId>,
}

/// A published version of a course.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CourseVersion(pub String);

impl Course {
    /// Hash of the whole content, shortened to 16 hexadecimal digits: the name of this version.
    pub fn version(&self) -> CourseVersion {
        let bytes = serde_json::to_vec(self).expect("a course is plain data");
        let digest = Sha256::digest(&bytes);
        CourseVersion(digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
    }

    /// The skills graph.
    pub fn graph(&self) -> SkillGraph {
        SkillGraph::new(&self.skills)
    }

    /// The skill with this id.
    pub fn skill(&self, id: &SkillId) -> Option<&Skill> {
        self.skills.iter().find(|skill| skill.id == *id)
    }

    /// Lessons of all units, in order.
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.units.iter().flat_map(|unit| &unit.lessons)
    }

    /// The lesson with this id.
    pub fn lesson(&self, id: &LessonId) -> Option<&Lesson> {
        self.lessons().find(|lesson| lesson.id == *id)
    }

    /// The activity with this id, and its lesson.
    pub fn activity(&self, id: &ActivityId) -> Option<(&Lesson, &Activity)> {
        self.lessons().find_map(|lesson| {
            lesson.activities.iter().find(|activity| activity.id == *id).map(|found| (lesson, found))
        })
    }

    /// Every item with its hash, in order of id.
    pub fn hashes(&self) -> BTreeMap<ItemId, ItemHash> {
        self.items.iter().map(|(id, item)| (id.clone(), item.hash())).collect()
    }
}

/// A group of lessons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Unique within the course.
    pub id: UnitId,
    /// Its name.
    pub title: Text,
    /// Lessons in order.
    pub lessons: Vec<Lesson>,
}

/// A lesson: what belongs together in a day or two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// Unique within the course.
    pub id: LessonId,
    /// Its name.
    pub title: Text,
    /// The skills that it teaches, in order.
    pub skills: Vec<SkillId>,
    /// What can be done in it.
    pub activities: Vec<Activity>,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// Unique within the course.
    pub id: ActivityId,
    /// Its name.
    pub title: Text,
    /// What kind of doing.
    pub kind: ActivityKind,
    /// The skills that it serves.
    pub skills: Vec<SkillId>,
    /// About how long, in minutes.
    pub minutes: u16,
    /// What is read, in the markup of [`crate::markup`]; checks inside are items.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub body: Text,
    /// Interests that its stories touch, such as `music`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interests: Vec<String>,
    /// Its items, in the author's order.
    pub items: Vec<ItemId>,
}

/// What kind of doing an activity is. A new kind is added when a screen can show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A short text with an example, then questions.
    Read,
    /// Questions, chosen to fit.
    Practise,
}

/// Who made it, from where, under which licence.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribution {
    /// Who.
    pub author: String,
    /// Where it comes from (an address or a title).
    #[serde(default)]
    pub source: String,
    /// The licence's name or address; empty where the source gives none.
    #[serde(default)]
    pub licence: String,
}
