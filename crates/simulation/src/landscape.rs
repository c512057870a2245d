//! A course as a simulated student lives in it: skills in places, what each rests on, how deep and where it stands.

use curriculum::{Course, EdgeKind, MisconceptionId, SkillId};
use std::collections::BTreeMap;

/// The skills of a course by place.
#[derive(Clone, Debug)]
pub struct Landscape {
    pub(crate) skills: Vec<Spot>,
    /// Places, each after what it needs.
    pub(crate) order: Vec<usize>,
    pub(crate) misconceptions: Vec<(MisconceptionId, Option<usize>)>,
    index: BTreeMap<SkillId, usize>,
}

/// One skill.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub id: SkillId,
    pub needs: Vec<usize>,
    pub helped_by: Vec<usize>,
    /// The unit that teaches it.
    pub unit: usize,
    /// How far into the course it is taught, within 0..=1.
    pub depth: f64,
    /// How far into its unit, within 0..=1.
    pub depth_in_unit: f64,
}

impl Landscape {
    /// Of a course.
    pub fn of(course: &Course) -> Self {
        let index: BTreeMap<SkillId, usize> =
            course.skills.iter().enumerate().map(|(place, skill)| (skill.id.clone(), place)).collect();
        let edges = |skill: &curriculum::Skill, kind| -> Vec<usize> {
            let of_kind = skill.rests_on.iter().filter(|edge| edge.kind == kind && edge.skill != skill.id);
            of_kind.filter_map(|edge| index.get(&edge.skill).copied()).collect()
        };
        let taught = taught(course, &index);
        let skills: Vec<Spot> = course
            .skills
            .iter()
            .zip(taught)
            .map(|(skill, (unit, depth, depth_in_unit))| Spot {
                id: skill.id.clone(),
                needs: edges(skill, EdgeKind::Needed),
                helped_by: edges(skill, EdgeKind::Helps),
                unit,
                depth,
                depth_in_unit,
            })
            .collect();
        let order = course.graph().order().iter().filter_map(|skill| index.get(skill).copied()).collect();
        let misconceptions =
            course.misconceptions.values().map(|idea| (idea.id.clone(), index.get(&idea.way_back).copied())).collect();
        Self { skills, order, misconceptions, index }
    }

    /// The place of a skill.
    pub fn place(&self, skill: &SkillId) -> Option<usize> {
        self.index.get(skill).copied()
    }

    /// How many skills there are.
    pub fn len(&self) -> usize {
        self.skills.len()
    }

    /// True for a course without skills.
    pub fn is_empty(&self) -> bool {
        self.skills.is_empty()
    }
}

/// By place: the unit that first teaches the skill, how far into the course, how far into the unit. What no lesson
/// teaches stands at the end.
fn taught(course: &Course, index: &BTreeMap<SkillId, usize>) -> Vec<(usize, f64, f64)> {
    let mut found: Vec<Option<(usize, usize, usize)>> = vec![None; course.skills.len()];
    let (mut nth, mut in_unit) = (0, vec![0; course.units.len() + 1]);
    for (unit, lessons) in course.units.iter().enumerate().map(|(at, unit)| (at, &unit.lessons)) {
        for place in lessons.iter().flat_map(|lesson| &lesson.skills).filter_map(|skill| index.get(skill)) {
            if found[*place].is_none() {
                found[*place] = Some((unit, nth, in_unit[unit]));
                nth += 1;
                in_unit[unit] += 1;
            }
        }
    }
    let share = |at: usize, of: usize| at as f64 / of.saturating_sub(1).max(1) as f64;
    let last = course.units.len();
    found
        .into_iter()
        .map(|taught| match taught {
            Some((unit, at, within)) => (unit, share(at, nth), share(within, in_unit[unit])),
            None => (last, 1.0, 1.0),
        })
        .collect()
}
