//! Simulated students of a course take its pre-test: no server, no month, so that many seeds are soon looked at.

use super::{Place, judged::Judged};
use crate::cli::{
    data::say,
    simulated::school::{oatutor_course, read_course},
};
use crate::library::course_files;
use anyhow::bail;
use curriculum::{Course, Item, KeyedItem, Lang, SkillId};
use engine::{
    CourseFacts, Parameters,
    placement::{Outcome, Placement, Prior, Step, Terrain},
};
use serde_json::{Map, Value, json};
use simulation::{Chance, Knowledge, Landscape, Model, Occasion, Response, Share, Student};
use std::{collections::BTreeSet, process::ExitCode, sync::Arc, time::Instant};

/// What the students of a course share.
struct Class<'c> {
    course: &'c Course,
    facts: &'c CourseFacts,
    prior: &'c Prior,
    parameters: &'c Parameters,
    landscape: Arc<Landscape>,
    lang: Lang,
}

/// Lets as many students of each kind of knowledge take it, over the seeds, and tells how it did by kind.
pub fn run(place: &Place) -> anyhow::Result<ExitCode> {
    let course = course(place)?;
    let model = match &place.model_file {
        Some(path) => Model::read(&std::fs::read_to_string(path)?)?,
        None => Model::default(),
    };
    let (facts, parameters) = (CourseFacts::new(&course), place.parameters());
    let prior = Prior::new(Terrain::of(&facts), &parameters);
    let lang = course.languages.first().cloned().unwrap_or(Lang("en".into()));
    let landscape = Arc::new(Landscape::of(&course));
    let class = Class { course: &course, facts: &facts, prior: &prior, parameters: &parameters, landscape, lang };
    let mut kinds = Map::new();
    for kind in [Knowledge::Smooth, Knowledge::Strand, Knowledge::Patchy] {
        let model = Arc::new(Model { knowledge: vec![Share { kind, weight: 1.0 }], ..model.clone() });
        let (mut all, mut worst) = (Judged::default(), 1.0_f64);
        for seed in (place.seed as u64..).take(place.seeds as usize) {
            let mut judged = Judged::default();
            for nth in 0..place.students.unwrap_or(0) {
                class.one(&model, seed.wrapping_mul(10_000).wrapping_add(nth), &mut judged);
            }
            worst = worst.min(judged.placed_truly_known());
            all.add(judged);
        }
        let mut told = all.told();
        told.insert("placed_truly_known_worst_seed".into(), json!((worst * 1e4).round() / 1e4));
        kinds.insert(format!("{kind:?}").to_lowercase(), told.into());
    }
    tell(
        place,
        json!({ "course": course.id, "skills": course.skills.len(), "seeds": place.seeds, "by_knowledge": kinds }),
    );
    Ok(ExitCode::SUCCESS)
}

fn course(place: &Place) -> anyhow::Result<Course> {
    match (&place.course, &place.oatutor) {
        (Some(folder), _) => match read_course(&course_files(folder)?) {
            Ok(publication) => Ok(publication.course),
            Err(wrong) => bail!("the course cannot be used:\n{}", wrong.join("\n")),
        },
        (None, Some(tree)) => Ok(oatutor_course(tree)?.course),
        (None, None) => bail!("a graph or a course is needed"),
    }
}

/// One line a figure, or one JSON object.
pub(super) fn tell(place: &Place, told: Value) {
    if place.json {
        return say(told);
    }
    fn lines(before: &str, told: &Value) {
        match told {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| lines(&format!("{before} {name}"), value)),
            value => say(format!("{:<44} {value}", before.trim_start())),
        }
    }
    lines("", &told);
}

impl Class<'_> {
    fn one(&self, model: &Arc<Model>, seed: u64, judged: &mut Judged) {
        let mut student = Student::new(model, &self.landscape, seed);
        let mut chance = Chance::named(seed, "items");
        let skills = &self.prior.terrain.skills;
        let askable: BTreeSet<SkillId> = skills.iter().filter(|skill| !self.items(skill).is_empty()).cloned().collect();
        let mut run = Placement::resume(self.prior, self.parameters, None, seed as i64, &[]);
        let mut asked = 0;
        let mut since = Instant::now();
        while let Step::Ask(skill) = run.next(&askable) {
            judged.took(since.elapsed());
            let items = self.items(&skill);
            let item = chance.pick(&items).expect("what can be asked has an item");
            let (outcome, options) = self.answer(&mut student, item, &mut chance);
            since = Instant::now();
            run.answer(&skill, outcome, options);
            asked += 1;
        }
        let p: Vec<f64> = run.chances().map(|(_, p)| p).collect();
        let truth: Vec<bool> = skills.iter().map(|skill| student.knows(skill)).collect();
        judged.end(&p, &truth, asked);
    }

    /// Items whose first part asks for this skill before any other.
    fn items(&self, skill: &SkillId) -> Vec<&Item> {
        let Some(facts) = self.facts.skill(skill) else { return Vec::new() };
        let all = facts.check.iter().chain(&facts.practice).filter_map(|id| self.course.items.get(id));
        all.filter(|item| item.parts.first().is_some_and(|part| part.skills.first() == Some(skill))).collect()
    }

    fn answer(&self, student: &mut Student, item: &Item, chance: &mut Chance) -> (Outcome, u16) {
        let options = self.facts.items.get(&item.id).map_or(0, |facts| facts.options);
        let attempt = KeyedItem::new(item, chance.bits(), self.lang.clone()).ok().and_then(|keyed| {
            let part = keyed.item.parts.first()?.id.clone();
            student.attempt(&keyed, &part, Occasion::pre_test(0))
        });
        let outcome = match attempt {
            Some(attempt) if attempt.response == (Response::DontKnow {}) => Outcome::DontKnow,
            Some(attempt) if attempt.means_right => Outcome::Right,
            _ => Outcome::Wrong,
        };
        (outcome, options)
    }
}
