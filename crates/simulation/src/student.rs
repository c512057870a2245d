//! One simulated student.

use crate::{
    Aim, Attempt, Chance, Forgetting, Knowledge, Landscape, Learning, Model, Occasion, Response, Share, answer, truth,
};
use curriculum::{Interaction, KeyedItem, MisconceptionId, PartId, SkillId};
use std::{collections::BTreeSet, sync::Arc};

/// Quicker than anybody reads (ms).
const HASTY_MS: (f64, f64) = (600.0, 1_700.0);
/// What relearning is easier by than learning.
const RELEARN: f64 = 2.5;
/// Strength from which a skill counts as known, where it builds up little by little.
const KNOWN_AT: f64 = 0.8;

/// What a student is like; drawn once.
#[derive(Clone, Debug, PartialEq)]
pub struct Traits {
    /// How the first knowledge is spread.
    pub knowledge: Knowledge,
    /// Share of the course known at first, about.
    pub ability: f64,
    /// Chance that one occasion teaches.
    pub learn: f64,
    /// How much known neighbours add to it.
    pub transfer: f64,
    /// Chance of a typed right answer without knowing.
    pub guess: f64,
    /// Chance of a wrong answer in spite of knowing.
    pub slip: f64,
    /// How it fades.
    pub forgetting: Forgetting,
    /// The usual time of an answer (ms).
    pub tempo_ms: f64,
    /// Chance of opening a hint first.
    pub help_seeking: f64,
    /// Chance of trying again.
    pub persistence: f64,
    /// Chance of saying "I have not learned this".
    pub frankness: f64,
    /// Chance of answering without reading.
    pub hasty: f64,
}

/// A student with their truth.
#[derive(Clone, Debug)]
pub struct Student {
    /// What they are like.
    pub traits: Traits,
    landscape: Arc<Landscape>,
    model: Arc<Model>,
    skills: Vec<Held>,
    ideas: BTreeSet<MisconceptionId>,
    /// The first question (ms UTC).
    begun_at: Option<i64>,
    chance: Chance,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    /// Share of the skill that is there: 0 or 1 where it is learned at once.
    strength: f64,
    successes: u32,
    practised_at: Option<i64>,
}

impl Held {
    fn known(&self) -> bool {
        self.strength >= KNOWN_AT
    }
}

impl Student {
    /// Draws a student. The same model, landscape and seed always give the same one.
    pub fn new(model: &Arc<Model>, landscape: &Arc<Landscape>, seed: u64) -> Self {
        let mut chance = Chance::named(seed, "traits");
        let knowledge = Share::draw(&model.knowledge, &mut chance);
        let forgetting = Share::draw(&model.forgetting, &mut chance);
        let no_transfer = chance.happens(model.no_transfer);
        let is_hasty = chance.happens(model.hasty_students);
        let traits = Traits {
            knowledge,
            forgetting,
            ability: model.ability.draw(&mut chance),
            learn: model.learn.draw(&mut chance),
            transfer: if no_transfer { 0.0 } else { model.transfer.draw(&mut chance) },
            guess: model.guess.draw(&mut chance),
            slip: model.slip.draw(&mut chance),
            tempo_ms: model.tempo_ms.draw(&mut chance),
            help_seeking: model.help_seeking.draw(&mut chance),
            persistence: model.persistence.draw(&mut chance),
            frankness: model.frankness.draw(&mut chance),
            hasty: if is_hasty { model.hasty.draw(&mut chance) } else { 0.0 },
        };
        let holds = model.misconceptions.draw(&mut chance);
        let known = truth::draw(landscape, knowledge, traits.ability, &mut Chance::named(seed, "truth"));
        // What mends a wrong idea drives it out.
        let mended = |way_back: &Option<usize>| way_back.is_some_and(|place| known[place]);
        let ideas = landscape.misconceptions.iter().filter(|(_, way_back)| {
            let holds = chance.happens(holds);
            holds && !mended(way_back)
        });
        let ideas = ideas.map(|(idea, _)| idea.clone()).collect();
        let skills = first(model, &known, &mut Chance::named(seed, "strength"));
        Self {
            traits,
            landscape: landscape.clone(),
            model: model.clone(),
            skills,
            ideas,
            begun_at: None,
            chance: Chance::named(seed, "answers"),
        }
    }

    /// Makes the student hold a wrong idea, for planted cases.
    pub fn believe(&mut self, idea: &MisconceptionId) {
        self.ideas.insert(idea.clone());
    }

    /// Takes all wrong ideas away, for cases that are to show something else.
    pub fn drop_ideas(&mut self) {
        self.ideas.clear();
    }

    /// The truth: whether a skill is known, as learned and not as recalled at some hour. Unknown skills are not.
    pub fn knows(&self, skill: &SkillId) -> bool {
        self.landscape.place(skill).is_some_and(|place| self.skills[place].known())
    }

    /// How many skills are truly known.
    pub fn known(&self) -> usize {
        self.skills.iter().filter(|held| held.known()).count()
    }

    /// Chance that the skill comes to mind at this time: the share of it that is there, as far as it has not faded. 0
    /// for what was never learned. Before the first practice it is as fresh as on the day of the first question, or
    /// fades from then on, as the model says.
    pub fn recall(&self, skill: &SkillId, at: i64) -> f64 {
        let Some(place) = self.landscape.place(skill) else { return 0.0 };
        let held = &self.skills[place];
        let since = held.practised_at.or(self.begun_at.filter(|_| self.model.first_fades));
        held.strength * self.traits.forgetting.recall(since.map_or(0, |last| at - last), held.successes)
    }

    /// Tries to answer a part of a presented item. Nothing: the item has no such part.
    pub fn attempt(&mut self, keyed: &KeyedItem, part: &PartId, occasion: Occasion) -> Option<Attempt> {
        let asked = keyed.part(part)?;
        self.begun_at.get_or_insert(occasion.at);
        let hasty = occasion.tries == 0 && self.chance.happens(self.traits.hasty);
        let comes_to_mind = !hasty && self.comes_to_mind(&asked.skills, occasion.at);
        let idea = if comes_to_mind { None } else { self.idea_for(keyed, part) };
        let seeks = self.chance.happens(self.traits.help_seeking);
        let hint_first = seeks && !comes_to_mind && !occasion.pre_test && !occasion.helped && !asked.hints.is_empty();
        let right = self.chance_right(keyed, part, comes_to_mind, occasion);
        let means_right = idea.is_none() && !hasty && self.chance.happens(right);
        let frank = self.chance.happens(self.traits.frankness);
        let says_so = frank && occasion.pre_test && !comes_to_mind && !means_right && idea.is_none() && !hasty;
        let aim = match idea {
            _ if says_so => Aim::DontKnow,
            Some(idea) => Aim::Misled(idea),
            None if means_right => Aim::Right,
            None => Aim::Wrong,
        };
        Some(Attempt {
            response: answer(asked, &keyed.lang, &aim, &mut self.chance),
            elapsed_ms: self.elapsed_ms(hasty, occasion.tries),
            hint_first,
            means_right,
            tries_again: self.chance.happens(self.traits.persistence),
        })
    }

    /// What practising does: an occasion to learn the skills of a part, whether or not the answer was right. Help
    /// read with it makes the occasion better.
    pub fn practised(&mut self, skills: &[SkillId], at: i64, right: bool, helped: bool) {
        let places: Vec<usize> = skills.iter().filter_map(|skill| self.landscape.place(skill)).collect();
        for place in places {
            let chance = self.learn_chance(place, at, helped);
            let learns = match self.model.learning {
                Learning::AtOnce => self.chance.happens(chance),
                Learning::Gradual => true,
            };
            let held = &mut self.skills[place];
            match self.model.learning {
                Learning::AtOnce if learns => held.strength = 1.0,
                Learning::AtOnce => {}
                Learning::Gradual => held.strength += (1.0 - held.strength) * chance,
            }
            if held.strength > 0.0 && (right || learns) {
                held.successes = held.successes.saturating_add(u32::from(right));
                held.practised_at = Some(at);
            }
            if held.known() {
                self.mend(place);
            }
        }
    }

    fn learn_chance(&self, place: usize, at: i64, helped: bool) -> f64 {
        let spot = &self.landscape.skills[place];
        let share_known = |of: &[usize]| {
            of.iter().filter(|below| self.skills[**below].known()).count() as f64 / of.len().max(1) as f64
        };
        let ready = spot.needs.iter().all(|below| self.skills[*below].known());
        let mut chance = self.traits.learn * if ready { 1.0 } else { self.model.learn_unready };
        chance *= 1.0 + self.traits.transfer * share_known(&spot.helped_by);
        if helped {
            chance *= 1.3;
        }
        // Met before the pre-test and forgotten since: it comes back sooner.
        if self.skills[place].known() && self.recall(&spot.id, at) < 0.5 {
            chance *= RELEARN;
        }
        chance.min(0.9)
    }

    /// Learning the way back drives a wrong idea out, most of the time.
    fn mend(&mut self, place: usize) {
        let mended: Vec<MisconceptionId> = self
            .landscape
            .misconceptions
            .iter()
            .filter(|(idea, way_back)| *way_back == Some(place) && self.ideas.contains(idea))
            .map(|(idea, _)| idea.clone())
            .collect();
        for idea in mended {
            if self.chance.happens(0.5) {
                self.ideas.remove(&idea);
            }
        }
    }

    /// All skills that the part rests on are known and recalled just now.
    fn comes_to_mind(&mut self, skills: &[SkillId], at: i64) -> bool {
        let recall: f64 = skills.iter().map(|skill| self.recall(skill, at)).fold(1.0, f64::min);
        self.chance.happens(recall)
    }

    fn chance_right(&self, keyed: &KeyedItem, part: &PartId, comes_to_mind: bool, occasion: Occasion) -> f64 {
        if occasion.told {
            return 0.97;
        }
        let asked = keyed.part(part).map(|asked| &asked.question.interaction);
        let guess = match asked {
            Some(Interaction::Choice { options, .. }) => 1.0 / options.len().max(1) as f64,
            _ => self.traits.guess,
        };
        // The truth of an item is the same for all students.
        let difficulty = self.model.item_spread * Chance::named(0, keyed.item.id.as_str()).normal();
        let base = if comes_to_mind { 1.0 - self.traits.slip } else { guess };
        let shifted = shift(base, -difficulty);
        // Help and what was said about the last try narrow down what is left.
        let nearer = if occasion.helped { 0.35 } else { 0.0 } + 0.12 * f64::from(occasion.tries.min(4));
        shifted + (1.0 - shifted) * nearer.min(0.7)
    }

    /// A wrong idea that this student holds and that decides the answer of this part.
    fn idea_for(&mut self, keyed: &KeyedItem, part: &PartId) -> Option<MisconceptionId> {
        let asked = keyed.part(part)?;
        let options = match &asked.question.interaction {
            Interaction::Choice { options, .. } => options.as_slice(),
            _ => &[],
        };
        let of_options = options.iter().filter_map(|option| option.misconception.as_ref());
        let offered = asked.buggy.iter().map(|buggy| &buggy.misconception).chain(of_options);
        let held: Vec<&MisconceptionId> = offered.filter(|idea| self.ideas.contains(*idea)).collect();
        if held.is_empty() || !self.chance.happens(self.model.misconception_shows) {
            return None;
        }
        self.chance.pick(&held).map(|idea| (*idea).clone())
    }

    fn elapsed_ms(&mut self, hasty: bool, tries: u32) -> i64 {
        if hasty {
            return (HASTY_MS.0 + (HASTY_MS.1 - HASTY_MS.0) * self.chance.unit()) as i64;
        }
        let varies = libm::exp(self.model.tempo_spread * self.chance.normal());
        // The question was read already when it is tried again.
        let again = if tries > 0 { 0.6 } else { 1.0 };
        (self.traits.tempo_ms * varies * again).clamp(2_500.0, 600_000.0) as i64
    }
}

/// What is there at first. Little by little, something known is there for the most part and something unknown in part.
fn first(model: &Model, known: &[bool], chance: &mut Chance) -> Vec<Held> {
    let mut strength = |known: bool| match (model.learning, known) {
        (Learning::AtOnce, known) => f64::from(u8::from(known)),
        (Learning::Gradual, true) => KNOWN_AT + (1.0 - KNOWN_AT) * chance.unit(),
        (Learning::Gradual, false) => 0.5 * KNOWN_AT * chance.unit(),
    };
    let held = |known: &bool| Held { strength: strength(*known), successes: model.first_successes, practised_at: None };
    known.iter().map(held).collect()
}

/// A chance moved by logits.
fn shift(chance: f64, logits: f64) -> f64 {
    let chance = chance.clamp(1e-6, 1.0 - 1e-6);
    1.0 / (1.0 + libm::exp(-(libm::log(chance / (1.0 - chance)) + logits)))
}

/// A plain "I have not learned this".
pub(crate) const DONT_KNOW: Response = Response::DontKnow {};
