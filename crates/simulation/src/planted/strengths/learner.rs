//! Who a student is: tempo, habits, and how strong in each skill.

use crate::Chance;

/// Skills of the course, in its order; each needs the one before it or the one before that.
pub(super) const SKILLS: usize = 12;
/// Items of a skill.
pub(super) const ITEMS: usize = 8;
/// Strength from which a skill is done, and below which what needs it cannot be learned.
pub(super) const DONE: f64 = 1.6;
pub(super) const NEEDED: f64 = 0.0;
/// Chance that somebody helps between two sittings: with what is missing, or with a wrong idea.
const HELPED: f64 = 0.35;

/// A student.
pub(super) struct Learner {
    /// The usual time of an answer (ms).
    pub usual_ms: f64,
    /// Spread of the own times, on the logarithm.
    pub spread: f64,
    /// How fast hints are read (words a second).
    pub words_per_s: f64,
    pub time_factor: f64,
    pub reads_aloud: bool,
    pub slow: bool,
    /// Chance to open a hint before trying, where it is hard.
    pub asks_first: f64,
    /// Chance to leave a question unsolved after a miss.
    pub leaves: f64,
    pub skills: Vec<Strength>,
    /// Questions shown so far.
    pub shown: u32,
}

/// A skill, as this student has it.
pub(super) struct Strength {
    /// Logit of success on a question of middle difficulty.
    pub strength: f64,
    /// What one question adds.
    pub grows: f64,
    /// What it needs is missing: hardly anything is added until somebody helps.
    pub blocked: bool,
    /// A wrong idea and how often it decides.
    pub idea: Option<(u32, f64)>,
    /// First answers so far, unaided rights in a row, and whether there were three.
    pub tries: u32,
    pub row: u32,
    pub settled: bool,
    /// Options of its questions, 0 for typed answers, and how many of them stand for a wrong idea.
    pub options: u16,
    pub named: usize,
    /// Its questions take so many usual times.
    pub weight: f64,
    pub difficulties: [f64; ITEMS],
}

impl Learner {
    pub(super) fn new(chance: &mut Chance) -> Self {
        let (slow, extra, reads_aloud) = (chance.happens(0.15), chance.happens(0.1), chance.happens(0.06));
        let time_factor = if extra { 1.5 } else { 1.0 };
        let pace = if slow { 1.9 } else { 1.0 };
        let able = 0.8 * chance.normal();
        let grows = 0.3 * libm::exp(0.4 * chance.normal());
        Self {
            usual_ms: 25_000.0 * libm::exp(0.45 * chance.normal()) * pace * if extra { 1.3 } else { 1.0 },
            spread: 0.35 + 0.25 * chance.unit(),
            words_per_s: (4.0 * libm::exp(0.25 * chance.normal()) / pace).min(6.5),
            time_factor,
            reads_aloud,
            slow,
            asks_first: 0.25 * chance.unit() * chance.unit(),
            leaves: 0.1 + 0.3 * chance.unit(),
            skills: (0..SKILLS).map(|place| Strength::new(chance, able - 0.1 * place as f64, grows)).collect(),
            shown: 0,
        }
    }

    /// Between two sittings: what is missing may be mended, and an idea talked about.
    pub(super) fn somebody_helps(&mut self, chance: &mut Chance) {
        for skill in &mut self.skills {
            if skill.blocked && chance.happens(HELPED) {
                skill.blocked = false;
                skill.strength = skill.strength.max(-0.8);
            }
            if skill.idea.is_some() && chance.happens(HELPED) {
                skill.idea = None;
            }
        }
    }

    /// The next skill that is not done yet, and has what it needs: mostly the first in the course's order.
    pub(super) fn in_hand(&self, chance: &mut Chance) -> usize {
        let has_needs = |place: usize| place == 0 || self.skills[place - 1].strength > NEEDED;
        let open = |place: &usize| self.skills[*place].strength < DONE && has_needs(*place);
        let mut of_them = (0..SKILLS).filter(open);
        let skip = usize::from(chance.happens(0.3));
        of_them.nth(skip).unwrap_or_else(|| chance.below(SKILLS))
    }

    /// The time of an answer of a skill (ms).
    pub(super) fn thinks(&self, chance: &mut Chance, skill: usize) -> i64 {
        let usual = self.usual_ms * self.skills[skill].weight;
        (usual * libm::exp(self.spread * chance.normal())).max(1_000.0) as i64
    }

    /// A time of reading a hint of some words (ms), with finding the button.
    pub(super) fn reads_hint(&self, chance: &mut Chance, words: f64) -> i64 {
        (1_000.0 * words / self.words_per_s * libm::exp(0.15 * chance.normal())) as i64 + 600
    }
}

impl Strength {
    fn new(chance: &mut Chance, able: f64, grows: f64) -> Self {
        let options = if chance.happens(0.3) { 3 + chance.below(3) as u16 } else { 0 };
        let facts = chance.happens(0.1);
        Self {
            strength: able + chance.normal(),
            grows: grows * libm::exp(0.7 * chance.normal()),
            blocked: false,
            idea: None,
            tries: 0,
            row: 0,
            settled: false,
            options,
            named: if options > 0 { chance.below(3) } else { 0 },
            weight: if facts { 0.2 } else { libm::exp(0.3 * chance.normal()) },
            difficulties: std::array::from_fn(|_| 0.5 * chance.normal()),
        }
    }

    /// Chance of a right answer without help.
    pub(super) fn success(&self, difficulty: f64) -> f64 {
        success(self.strength - difficulty, self.options) * (1.0 - self.idea.map_or(0.0, |(_, holds)| holds))
    }

    /// What one more question adds now.
    pub(super) fn step(&self) -> f64 {
        let slowed = if self.blocked { 0.03 } else { 1.0 } * if self.idea.is_some() { 0.3 } else { 1.0 };
        self.grows * slowed
    }
}

/// Chance of a right answer by strength, with guessing among options; no one is ever above .97.
pub(super) fn success(logit: f64, options: u16) -> f64 {
    let guess = if options > 0 { 1.0 / f64::from(options) } else { 0.02 };
    (guess + (1.0 - guess) / (1.0 + libm::exp(-logit))).min(0.97)
}
