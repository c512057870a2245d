//! Progress as students and teachers see it: a word, a step of five, a range, never a percent.

use crate::library::Published;
use curriculum::{CourseId, Lang, SkillId};
use engine::{
    mastery::{ShownState, state_of, step_of},
    record::SkillState,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One skill.
#[derive(Clone, Debug, Serialize)]
pub struct SkillProgress {
    pub id: SkillId,
    pub name: String,
    pub can: String,
    #[serde(flatten)]
    pub standing: Standing,
}

/// How far a student has come with a skill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub state: ShownState,
    /// 0 before any evidence, then 1 to 5.
    pub step: u8,
    pub few_answers: bool,
    /// Steps between which the level lies four times in five.
    pub range: (u8, u8),
    pub ready_at: Option<i64>,
    pub lasting_at: Option<i64>,
    pub answers: u32,
}

impl Standing {
    /// Of a skill's state.
    pub fn of(state: &SkillState) -> Self {
        let shown = state_of(state);
        Self {
            state: shown.state,
            step: shown.step,
            few_answers: shown.few_answers,
            range: if shown.step == 0 { (0, 0) } else { (step_of(shown.range.low), step_of(shown.range.high)) },
            ready_at: state.ready.as_ref().map(|latched| latched.at),
            lasting_at: state.lasting.as_ref().map(|latched| latched.at),
            answers: state.answers,
        }
    }
}

/// One unit with its lessons.
#[derive(Clone, Debug, Serialize)]
pub struct UnitProgress {
    pub id: String,
    pub title: String,
    pub lessons: Vec<LessonProgress>,
}

/// One lesson with its skills.
#[derive(Clone, Debug, Serialize)]
pub struct LessonProgress {
    pub id: String,
    pub title: String,
    pub skills: Vec<SkillProgress>,
}

/// Progress on one skill; `None` before anything is known.
pub fn skill_progress(
    published: &Published,
    skill: &SkillId,
    state: Option<&SkillState>,
    lang: &Lang,
) -> SkillProgress {
    progress_at(published, skill, state.map_or_else(|| Standing::of(&SkillState::default()), Standing::of), lang)
}

/// Progress on one skill as it stood.
pub fn progress_at(published: &Published, skill: &SkillId, standing: Standing, lang: &Lang) -> SkillProgress {
    let known = published.course.skill(skill);
    SkillProgress {
        id: skill.clone(),
        name: known.map(|known| known.name.words(lang)).unwrap_or_default(),
        can: known.map(|known| known.can.get(lang).to_owned()).unwrap_or_default(),
        standing,
    }
}

/// Progress on the whole course.
pub fn units_progress(
    published: &Published,
    skills: &BTreeMap<(CourseId, SkillId), SkillState>,
    lang: &Lang,
) -> Vec<UnitProgress> {
    let course = &published.course;
    let progress =
        |skill: &SkillId| skill_progress(published, skill, skills.get(&(course.id.clone(), skill.clone())), lang);
    course
        .units
        .iter()
        .map(|unit| UnitProgress {
            id: unit.id.0.clone(),
            title: unit.title.words(lang),
            lessons: unit
                .lessons
                .iter()
                .map(|lesson| LessonProgress {
                    id: lesson.id.0.clone(),
                    title: lesson.title.words(lang),
                    skills: lesson.skills.iter().map(progress).collect(),
                })
                .collect(),
        })
        .collect()
}

/// Counts for one sentence: "12 ready, 3 lasting, 20 on the way, of 190".
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    pub ready: usize,
    pub lasting: usize,
    pub placed: usize,
    /// Right without help, and not ready yet.
    pub on_the_way: usize,
    pub of: usize,
    pub answers_today: u32,
}

impl Counts {
    /// Counts the skills of a course. A skill counts once, at its furthest.
    pub fn of(published: &Published, skills: &BTreeMap<(CourseId, SkillId), SkillState>, answers_today: u32) -> Self {
        let mut counts = Self { of: published.course.skills.len(), answers_today, ..Self::default() };
        for state in skills.values() {
            match state_of(state).state {
                ShownState::Lasting => counts.lasting += 1,
                ShownState::Ready => counts.ready += 1,
                ShownState::Placed => counts.placed += 1,
                _ => counts.on_the_way += usize::from(!state.rights.is_empty()),
            }
        }
        counts
    }
}
