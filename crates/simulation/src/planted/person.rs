//! Who a student with a planted history is: tempo, supports, and what is known so far.

use crate::Chance;

/// Skills of the course.
pub(super) const SKILLS: usize = 12;
/// Items of a skill.
pub(super) const ITEMS: u32 = 8;

/// A student.
pub(super) struct Person {
    /// The usual time of an answer (ms).
    pub usual_ms: f64,
    /// Spread of the own times, on the logarithm.
    pub spread: f64,
    /// How fast hints are read (words a second).
    pub words_per_s: f64,
    pub time_factor: f64,
    pub reads_aloud: bool,
    pub slow: bool,
    /// Chance of a slip of the finger that sends an answer too early.
    pub slips_early: f64,
    pub skills: Vec<SkillOf>,
    /// Questions shown so far.
    pub shown: u32,
}

/// What a student can do of a skill.
pub(super) struct SkillOf {
    pub known: bool,
    /// Tries so far without having learned it.
    pub tries: u32,
    /// Chance to learn it at one try.
    pub learns: f64,
    pub guess: f64,
    pub slip: f64,
    /// Options of its questions; 0 for typed answers.
    pub options: u16,
}

impl Person {
    pub(super) fn new(chance: &mut Chance) -> Self {
        let (slow, extra, reads_aloud) = (chance.happens(0.12), chance.happens(0.1), chance.happens(0.06));
        let time_factor = if extra { 1.5 } else { 1.0 };
        let pace = if slow { 2.2 } else { 1.0 };
        let able = 0.25 + 0.5 * chance.unit();
        let skills = (0..SKILLS).map(|_| {
            let options = if chance.happens(0.4) { 2 + chance.below(4) as u16 } else { 0 };
            SkillOf {
                known: chance.happens(able),
                tries: 0,
                learns: 0.12 + 0.3 * chance.unit(),
                guess: if options > 0 { 1.0 / f64::from(options) } else { 0.02 + 0.1 * chance.unit() },
                slip: 0.03 + 0.09 * chance.unit(),
                options,
            }
        });
        let skills = skills.collect();
        Self {
            usual_ms: 22_000.0 * libm::exp(0.55 * chance.normal()) * pace * time_factor,
            spread: 0.3 + 0.3 * chance.unit(),
            words_per_s: (4.0 * libm::exp(0.3 * chance.normal()) / pace).min(7.0),
            time_factor,
            reads_aloud,
            slow,
            slips_early: 0.02 * chance.unit(),
            skills,
            shown: 0,
        }
    }

    /// A skill that cannot be done yet, the one tried least.
    pub(super) fn unknown(&self) -> Option<usize> {
        (0..SKILLS).filter(|skill| !self.skills[*skill].known).min_by_key(|skill| self.skills[*skill].tries)
    }

    /// A time of thinking of one's own (ms).
    pub(super) fn thinks(&self, chance: &mut Chance) -> i64 {
        (self.usual_ms * libm::exp(self.spread * chance.normal())).max(1_200.0) as i64
    }

    /// A time of reading a hint of eight to twenty-five words (ms), at rates of silent reading: 4 words a second are usual.
    pub(super) fn reads_hint(&self, chance: &mut Chance) -> i64 {
        let words = 8.0 + 17.0 * chance.unit();
        (1_000.0 * words / self.words_per_s * libm::exp(0.15 * chance.normal())) as i64 + 300
    }
}
