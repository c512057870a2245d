//! What the rules need of a course, derived once when it is published or loaded.

use curriculum::{
    ActivityId, ActivityKind, Course, CourseId, EdgeKind, Interaction, ItemId, LessonId, MisconceptionId, Pool,
    SkillGraph, SkillId, UnitId,
};
use std::collections::BTreeMap;

/// Items from which a skill has separate pools for practice and checks.
pub const ITEMS_FOR_TWO_POOLS: usize = 6;
/// Skills that rest on a hub, at least.
const HUB_SKILLS: usize = 10;

/// Facts of one course.
#[derive(Clone, Debug)]
pub struct CourseFacts {
    /// The course.
    pub id: CourseId,
    /// Its version.
    pub version: String,
    /// Skills in the author's order.
    pub skills: Vec<SkillFacts>,
    /// Lessons in the author's order.
    pub lessons: Vec<LessonFacts>,
    /// Items by id.
    pub items: BTreeMap<ItemId, ItemFacts>,
    /// The graph by ids.
    pub graph: SkillGraph,
    /// Where each wrong idea leads back to.
    pub ways_back: BTreeMap<MisconceptionId, SkillId>,
    index: BTreeMap<SkillId, usize>,
    lesson_index: BTreeMap<LessonId, usize>,
}

/// Facts of one skill. Numbers are places in [`CourseFacts::skills`].
#[derive(Clone, Debug)]
pub struct SkillFacts {
    /// The skill.
    pub id: SkillId,
    /// It opens others at the higher bar.
    pub hub: bool,
    /// What it needs, with the strength of the edge.
    pub needs: Vec<(usize, f64)>,
    /// What helps with it.
    pub helped_by: Vec<(usize, f64)>,
    /// What needs it directly.
    pub opens: Vec<usize>,
    /// How many skills rest on it along needed edges, however far up.
    pub above: usize,
    /// Standards it serves.
    pub standards: Vec<String>,
    /// The first lesson that teaches it, a place in [`CourseFacts::lessons`].
    pub lesson: Option<usize>,
    /// Items for practice: pools `practice` and `both`, in order of id.
    pub practice: Vec<ItemId>,
    /// Items for checks: pools `check` and `both`, in order of id.
    pub check: Vec<ItemId>,
    /// Items in all.
    pub items: usize,
}

/// Facts of one lesson.
#[derive(Clone, Debug)]
pub struct LessonFacts {
    /// The lesson.
    pub id: LessonId,
    /// Its unit.
    pub unit: UnitId,
    /// The unit's place in the course.
    pub unit_nth: usize,
    /// Its skills, places in [`CourseFacts::skills`].
    pub skills: Vec<usize>,
    /// The first activity that is read, and its minutes.
    pub read: Option<(ActivityId, u16)>,
}

/// Facts of one item.
#[derive(Clone, Debug)]
pub struct ItemFacts {
    /// Skills of all parts, each once, in order of appearance.
    pub skills: Vec<SkillId>,
    /// Another seed is another question.
    pub template: bool,
    /// Where it may appear.
    pub pool: Pool,
    /// Options of its first part, 0 for typed answers.
    pub options: u16,
    /// Answers that it asks for.
    pub parts: usize,
}

impl CourseFacts {
    /// Derives the facts.
    pub fn new(course: &Course) -> Self {
        let index: BTreeMap<SkillId, usize> =
            course.skills.iter().enumerate().map(|(nth, skill)| (skill.id.clone(), nth)).collect();
        let lessons = lessons_of(course, &index);
        let lesson_index = lessons.iter().enumerate().map(|(nth, lesson)| (lesson.id.clone(), nth)).collect();
        let mut facts = Self {
            id: course.id.clone(),
            version: course.version().0,
            skills: course.skills.iter().map(|skill| skill_facts(skill, &index)).collect(),
            lessons,
            items: course.items.iter().map(|(id, item)| (id.clone(), item_facts(item))).collect(),
            graph: course.graph(),
            ways_back: course.misconceptions.values().map(|idea| (idea.id.clone(), idea.way_back.clone())).collect(),
            index,
            lesson_index,
        };
        facts.link();
        facts
    }

    /// The skill's place.
    pub fn place(&self, skill: &SkillId) -> Option<usize> {
        self.index.get(skill).copied()
    }

    /// Facts of a skill.
    pub fn skill(&self, skill: &SkillId) -> Option<&SkillFacts> {
        self.place(skill).map(|place| &self.skills[place])
    }

    /// Facts of a lesson.
    pub fn lesson(&self, lesson: &LessonId) -> Option<&LessonFacts> {
        self.lesson_index.get(lesson).map(|place| &self.lessons[*place])
    }

    /// True when the skill has too few items for two pools.
    pub fn has_few_items(&self, skill: &SkillId) -> bool {
        self.skill(skill).is_none_or(|skill| skill.items < ITEMS_FOR_TWO_POOLS)
    }

    fn link(&mut self) {
        for place in 0..self.skills.len() {
            for (below, _) in self.skills[place].needs.clone() {
                self.skills[below].opens.push(place);
            }
        }
        for (nth, lesson) in self.lessons.iter().enumerate() {
            for place in &lesson.skills {
                self.skills[*place].lesson.get_or_insert(nth);
            }
        }
        for (id, item) in &self.items {
            for place in item.skills.iter().filter_map(|skill| self.index.get(skill)) {
                let skill = &mut self.skills[*place];
                skill.items += 1;
                if item.pool != Pool::Check {
                    skill.practice.push(id.clone());
                }
                if item.pool != Pool::Practice {
                    skill.check.push(id.clone());
                }
            }
        }
        for place in 0..self.skills.len() {
            self.skills[place].above = self.count_above(place);
            self.skills[place].hub |= self.skills[place].above >= HUB_SKILLS;
        }
    }

    fn count_above(&self, place: usize) -> usize {
        let mut seen = vec![false; self.skills.len()];
        let mut open = vec![place];
        seen[place] = true;
        let mut count = 0;
        while let Some(next) = open.pop() {
            for above in &self.skills[next].opens {
                if !std::mem::replace(&mut seen[*above], true) {
                    count += 1;
                    open.push(*above);
                }
            }
        }
        count
    }
}

fn skill_facts(skill: &curriculum::Skill, index: &BTreeMap<SkillId, usize>) -> SkillFacts {
    let edges = |kind: EdgeKind| {
        let mut edges: Vec<(usize, f64)> = Vec::new();
        for edge in skill.rests_on.iter().filter(|edge| edge.kind == kind && edge.skill != skill.id) {
            if let Some(place) = index.get(&edge.skill)
                && edges.iter().all(|(known, _)| known != place)
            {
                edges.push((*place, edge.strength));
            }
        }
        edges
    };
    SkillFacts {
        id: skill.id.clone(),
        hub: skill.hub,
        needs: edges(EdgeKind::Needed),
        helped_by: edges(EdgeKind::Helps),
        opens: Vec::new(),
        above: 0,
        standards: skill.standards.clone(),
        lesson: None,
        practice: Vec::new(),
        check: Vec::new(),
        items: 0,
    }
}

fn lessons_of(course: &Course, index: &BTreeMap<SkillId, usize>) -> Vec<LessonFacts> {
    let mut lessons = Vec::new();
    for (unit_nth, unit) in course.units.iter().enumerate() {
        for lesson in &unit.lessons {
            let read = lesson.activities.iter().find(|activity| activity.kind == ActivityKind::Read);
            lessons.push(LessonFacts {
                id: lesson.id.clone(),
                unit: unit.id.clone(),
                unit_nth,
                skills: lesson.skills.iter().filter_map(|skill| index.get(skill)).copied().collect(),
                read: read.map(|activity| (activity.id.clone(), activity.minutes)),
            });
        }
    }
    lessons
}

fn item_facts(item: &curriculum::Item) -> ItemFacts {
    let mut skills: Vec<SkillId> = Vec::new();
    for skill in item.parts.iter().flat_map(|part| &part.skills) {
        if !skills.contains(skill) {
            skills.push(skill.clone());
        }
    }
    let options = item.parts.first().map_or(0, |part| match &part.question.interaction {
        Interaction::Choice { options, .. } => u16::try_from(options.len()).unwrap_or(u16::MAX),
        _ => 0,
    });
    ItemFacts { skills, template: item.is_template(), pool: item.pool, options, parts: item.parts.len() }
}
