//! The model in the form in which it predicts: numbers for ids, logits for counts.

use super::{
    CONTEXTS_AT, Cells, Context, FEATURE_NAMES, FEATURES, Features, Fitted, ItemTrace, Logarithms, NO_CELL, Shrinking,
    SkillTrace, StudentTrace, Taken, average, features, logit_of, sigma, take,
};
use curriculum::{ItemId, SkillId};
use std::collections::BTreeMap;

/// Sums beyond this say no more: p between .0001 and .9999.
const SUM_MAX: f64 = 9.21;

/// Predicts, and takes answers in.
#[derive(Clone, Debug)]
pub struct Model {
    items: Vec<f64>,
    skills: Vec<f64>,
    item_numbers: BTreeMap<ItemId, u32>,
    skill_numbers: BTreeMap<SkillId, u32>,
    all: f64,
    contexts: Vec<Situations>,
    weights: Features,
    constant: f64,
    logarithms: Logarithms,
}

/// One context: how much easier than usual each situation is (logits).
#[derive(Clone, Debug)]
struct Situations {
    context: Context,
    cells: Cells,
    values: Vec<f64>,
    usual: Vec<f64>,
}

/// A question, to be answered or answered: the item's and the skill's number, the time (seconds; 0 for unknown), and
/// how many options it really showed (0 for typed answers).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// The item; a number that the model does not know stands for a new item.
    pub item: u32,
    /// The skill; likewise.
    pub skill: u32,
    /// When.
    pub at: f64,
    /// Options shown.
    pub options: u16,
}

impl Model {
    /// Derives the model from what a refit found. Calibration becomes part of the weights.
    pub fn new(fitted: &Fitted) -> Self {
        let all = logit_of(fitted.all);
        let skills: Vec<f64> = fitted.skills.iter().map(|skill| Shrinking::SKILL.easiness(skill.count, all)).collect();
        let of_skill = |number: u32| skills.get(number as usize).copied().unwrap_or(all);
        let items: Vec<f64> =
            fitted.items.iter().map(|item| Shrinking::ITEM.easiness(item.count, of_skill(item.skill))).collect();
        let contexts = Context::ALL.iter().enumerate().map(|(nth, context)| {
            let name = FEATURE_NAMES[CONTEXTS_AT + nth];
            let base = if context.of_item() { &items } else { &skills };
            Situations::new(*context, fitted, name, base)
        });
        let (stretch, shift) = fitted.calibration.unwrap_or((1.0, 0.0));
        let weight = |name: &str| stretch * fitted.weights.get(name).copied().unwrap_or(0.0);
        Self {
            contexts: contexts.collect(),
            item_numbers: numbers(fitted.items.iter().map(|item| &item.id)),
            skill_numbers: numbers(fitted.skills.iter().map(|skill| &skill.id)),
            weights: FEATURE_NAMES.map(weight),
            constant: stretch * fitted.constant + shift,
            logarithms: Logarithms::within(fitted.reach),
            items,
            skills,
            all,
        }
    }

    /// The item's number, if the refit met it.
    pub fn item(&self, id: &ItemId) -> Option<u32> {
        self.item_numbers.get(id).copied()
    }

    /// The skill's number, if the refit met it.
    pub fn skill(&self, id: &SkillId) -> Option<u32> {
        self.skill_numbers.get(id).copied()
    }

    /// Easiness of item and skill (logits); of a new item its skill's, of a new skill that of all answers.
    pub fn easiness(&self, asked: Asked) -> (f64, f64) {
        let skill = self.skills.get(asked.skill as usize).copied().unwrap_or(self.all);
        (self.items.get(asked.item as usize).copied().unwrap_or(skill), skill)
    }

    /// Features of the question for a student in this state.
    pub fn features(&self, asked: Asked, student: &StudentTrace, skill: &SkillTrace, item: &ItemTrace) -> Features {
        let mut x = features(&self.logarithms, self.easiness(asked), student, skill, item, asked.at);
        for (nth, situations) in self.contexts.iter().enumerate() {
            x[CONTEXTS_AT + nth] = situations.value(asked, student, skill);
        }
        x
    }

    /// Chance of a right answer.
    pub fn predict(&self, asked: Asked, student: &StudentTrace, skill: &SkillTrace, item: &ItemTrace) -> f64 {
        self.chance(&self.features(asked, student, skill, item), asked.options)
    }

    /// Chance of a right answer on a question of several skills, each with its trace.
    pub fn predict_several(
        &self,
        asked: Asked,
        student: &StudentTrace,
        skills: &[(u32, SkillTrace)],
        item: &ItemTrace,
    ) -> f64 {
        let of_skill =
            |(skill, trace): &(u32, SkillTrace)| self.features(Asked { skill: *skill, ..asked }, student, trace, item);
        self.chance(&average(&skills.iter().map(of_skill).collect::<Vec<_>>()), asked.options)
    }

    /// Takes an answer in; constant cost.
    pub fn take(
        &self,
        asked: Asked,
        right: bool,
        student: &mut StudentTrace,
        skill: &mut SkillTrace,
        item: &mut ItemTrace,
    ) {
        let (easiness, _) = self.easiness(asked);
        take(Taken { question: (asked.item, asked.skill), easiness, right, at: asked.at }, student, skill, item);
    }

    /// `p = g + (1 - g) sigma(w . x)`, with g = 1 / options where options are shown.
    fn chance(&self, x: &Features, options: u16) -> f64 {
        // Two sums side by side in a fixed order: as exact as one, and quicker.
        let (mut even, mut odd) = (self.constant, 0.0);
        for nth in 0..FEATURES / 2 {
            even += self.weights[2 * nth] * x[2 * nth];
            odd += self.weights[2 * nth + 1] * x[2 * nth + 1];
        }
        let p = sigma((even + odd).clamp(-SUM_MAX, SUM_MAX));
        if options < 2 { p } else { 1.0 / f64::from(options) + (1.0 - 1.0 / f64::from(options)) * p }
    }
}

fn numbers<'i, Id: Ord + Clone + 'i>(ids: impl Iterator<Item = &'i Id>) -> BTreeMap<Id, u32> {
    (0..).zip(ids).map(|(number, id)| (id.clone(), number)).collect()
}

impl Situations {
    fn new(context: Context, fitted: &Fitted, name: &str, base: &[f64]) -> Self {
        let usual = fitted.usual.get(name).cloned().unwrap_or_default();
        let mut cells = if context.is_pair() { Cells::met() } else { Cells::all(context.states()) };
        let mut values = Vec::new();
        if !context.is_pair() {
            values = (0..base.len()).flat_map(|_| (0..context.states()).map(|state| at(&usual, state))).collect();
        }
        for cell in fitted.contexts.get(name).into_iter().flatten() {
            let usual = at(&usual, cell.state % context.states());
            let Some(base) = base.get(cell.whose as usize) else { continue };
            if !context.is_pair() && cell.state >= context.states() {
                continue;
            }
            let place = cells.meet(cell.whose, cell.state) as usize;
            if place >= values.len() {
                values.resize(place + 1, 0.0);
            }
            values[place] = context.shrinking().easiness(cell.count, base + usual) - base;
        }
        Self { context, cells, values, usual }
    }

    fn value(&self, asked: Asked, student: &StudentTrace, skill: &SkillTrace) -> f64 {
        let Some(state) = self.context.state(student, skill) else { return 0.0 };
        let whose = if self.context.of_item() { asked.item } else { asked.skill };
        let place = match &self.cells {
            // A number beyond those met would reach into nobody's place.
            Cells::All { states } if (whose as usize) >= self.values.len() / *states as usize => NO_CELL,
            cells => cells.place(whose, state),
        };
        match self.values.get(place as usize) {
            Some(value) => *value,
            None => at(&self.usual, state % self.context.states()),
        }
    }
}

fn at(usual: &[f64], state: u32) -> f64 {
    usual.get(state as usize).copied().unwrap_or(0.0)
}
