//! What is taught: skills and how they rest on each other, courses, lessons, activities, items and their
//! keys, and the plain-text format in which authors write them.
//!
//! Everything here is pure: the same bytes give the same course on every machine and in the browser. A
//! course is an immutable value once published; evidence points at an item by id *and* content hash, so a
//! later correction never changes what an old answer was about.

pub mod alike;
pub mod check;
pub mod course;
pub mod format;
pub mod graph;
pub mod ids;
pub mod item;
pub mod keyed;
pub mod markup;
pub mod skill;
pub mod spoken;
pub mod template;
pub mod text;

pub use course::{Activity, ActivityKind, Attribution, Course, CourseVersion, Lesson, Unit};
pub use graph::SkillGraph;
pub use ids::{
    ActivityId, CourseId, HintId, ItemHash, ItemId, LessonId, MisconceptionId, OptionId, PartId, SkillId, UnitId,
};
pub use item::{
    BuggyAnswer, Depth, Figure, Hint, HintBody, Interaction, Item, KeyKind, MathKey, Option_, Part, Pool, Question,
    UnitRule,
};
pub use keyed::{KeyedItem, KeyedPart, PublicHint, PublicItem, PublicPart, PublicQuestion};
pub use skill::{Edge, EdgeKind, Misconception, Skill};
pub use text::{Lang, Text};
