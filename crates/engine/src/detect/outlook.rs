//! How the answers on a skill let it go on: the chance of three unaided rights in a row within the next ten tries.
//!
//! Knowledge tracing alone never sees a wheel spin: it supposes that every try teaches alike, so hope comes back after every
//! miss. So the same model is kept for several kinds of students side by side: who cannot learn the skill from here, who
//! learns it half as fast as most, as most, or twice as fast; who guesses as well as chance lets them, or worse, drawn by
//! what looks right; who slips as most do, or gets only two of three once there. Every answer tells what each of them
//! would know by now, and how likely it is that the student is one of them (Bayes). The chance is their mean.
//! Between two sittings somebody may have helped, so half of what was learned of the kind is open again.
//!
//! Worked numbers, by the defaults and typed answers: six misses .22; the same with a right after three of them .28; wrong and
//! right twice in turn, then two misses .38.

use crate::{
    mastery::{self, GuessSlip},
    parameters::SkillParameters,
};
use serde::{Deserialize, Serialize};

/// Tries that are kept.
pub const TRIES_KEPT: usize = 24;
/// Tries that are looked ahead.
const HORIZON: u32 = 10;
/// Kinds of students: times the skill's own rate of learning, and how likely at first.
const LEARNS: [(f64, f64); 4] = [(0.0, 0.4), (0.5, 0.2), (1.0, 0.2), (2.0, 0.2)];
/// Times the question's chance to be guessed; as likely at first.
const GUESSES: [f64; 2] = [1.0, 0.4];
/// Chance of a miss in spite of knowing, at least; as likely at first.
const SLIPS: [f64; 2] = [0.0, 0.35];
/// Share of what was learned of the kind that is open again in another sitting.
const OPEN_AGAIN: f64 = 0.5;

/// A first answer on a skill, kept as a row of numbers: what came, guess and slip in thousandths, whether a sitting began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u8, u16, u16, u8)", into = "(u8, u16, u16, u8)")]
pub struct Tried {
    /// What came of it.
    pub came: Came,
    guess_thousandths: u16,
    slip_thousandths: u16,
    /// It was the first of its sitting.
    pub begins_sitting: bool,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// A miss.
    Miss,
    /// Right, without help.
    Right,
    /// Right after help, which proves nothing.
    Helped,
}

impl Tried {
    /// A try at a question of this guess and slip.
    pub fn new(came: Came, question: GuessSlip, begins_sitting: bool) -> Self {
        let thousandths = |chance: f64| (chance.clamp(0.0, 1.0) * 1000.0 + 0.5) as u16;
        let (guess_thousandths, slip_thousandths) = (thousandths(question.guess), thousandths(question.slip));
        Self { came, guess_thousandths, slip_thousandths, begins_sitting }
    }

    fn question(self) -> GuessSlip {
        let chance = |thousandths: u16| f64::from(thousandths) / 1000.0;
        GuessSlip { guess: chance(self.guess_thousandths), slip: chance(self.slip_thousandths) }
    }
}

impl From<(u8, u16, u16, u8)> for Tried {
    fn from((came, guess_thousandths, slip_thousandths, begins): (u8, u16, u16, u8)) -> Self {
        let came = match came {
            1 => Came::Right,
            2 => Came::Helped,
            _ => Came::Miss,
        };
        Self { came, guess_thousandths, slip_thousandths, begins_sitting: begins > 0 }
    }
}

impl From<Tried> for (u8, u16, u16, u8) {
    fn from(tried: Tried) -> Self {
        let came = match tried.came {
            Came::Miss => 0,
            Came::Right => 1,
            Came::Helped => 2,
        };
        (came, tried.guess_thousandths, tried.slip_thousandths, u8::from(tried.begins_sitting))
    }
}

/// One kind of student.
struct Kind {
    learn: f64,
    guess_times: f64,
    slip_min: f64,
    likely_first: f64,
    /// How likely the student is of this kind.
    likely: f64,
    /// Chance that the skill is known by now to a student of this kind.
    known: f64,
}

impl Kind {
    fn all(constants: SkillParameters) -> Vec<Self> {
        let mut kinds = Vec::with_capacity(LEARNS.len() * GUESSES.len() * SLIPS.len());
        for (times, likely) in LEARNS {
            for guess_times in GUESSES {
                for slip_min in SLIPS {
                    let likely_first = likely / (GUESSES.len() * SLIPS.len()) as f64;
                    let (learn, known) = (times * constants.learn, mastery::bounded(constants.known_first));
                    kinds.push(Self { learn, guess_times, slip_min, likely_first, likely: likely_first, known });
                }
            }
        }
        kinds
    }

    fn meets(&self, question: GuessSlip) -> GuessSlip {
        GuessSlip { guess: question.guess * self.guess_times, slip: question.slip.max(self.slip_min) }
    }

    fn takes(&mut self, tried: Tried, constants: SkillParameters) {
        if tried.begins_sitting {
            self.likely += (self.likely_first - self.likely) * OPEN_AGAIN;
        }
        if tried.came != Came::Helped {
            let (question, right) = (self.meets(tried.question()), tried.came == Came::Right);
            let success = mastery::success_next(self.known, question);
            self.likely *= if right { success } else { 1.0 - success };
            self.known = mastery::update(self.known, right, question);
        }
        let learn = SkillParameters { learn: self.learn, ..constants };
        self.known = mastery::bounded(mastery::learn(self.known, learn));
    }
}

/// Chance of three unaided rights in a row within the next ten tries at questions like the last one, having `in_a_row`
/// now; `constants.known_first` is the chance that the skill was known before the first of `tries`.
pub fn three_soon(tries: &[Tried], in_a_row: u32, constants: SkillParameters) -> f64 {
    let Some(last) = tries.last() else { return 1.0 };
    let mut kinds = Kind::all(constants);
    for tried in tries {
        kinds.iter_mut().for_each(|kind| kind.takes(*tried, constants));
        let total: f64 = kinds.iter().map(|kind| kind.likely).sum();
        kinds.iter_mut().for_each(|kind| kind.likely /= total.max(f64::MIN_POSITIVE));
    }
    let of_kind = |kind: &Kind| {
        let question = kind.meets(last.question());
        kind.likely * three_rights_within(kind.known, kind.learn, question, in_a_row, HORIZON)
    };
    kinds.iter().map(of_kind).sum()
}

/// The same for one student who knows the skill with chance `known` and learns it at a try with chance `learn`.
fn three_rights_within(known: f64, learn: f64, question: GuessSlip, in_a_row: u32, tries: u32) -> f64 {
    // Chances by rights in a row, with and without knowing the skill.
    let (mut with, mut without) = ([0.0; 3], [0.0; 3]);
    match in_a_row {
        0..=2 => (with[in_a_row as usize], without[in_a_row as usize]) = (known, 1.0 - known),
        _ => return 1.0,
    }
    let (slip, guess) = (question.slip, question.guess);
    let mut reached = 0.0;
    for _ in 0..tries {
        reached += with[2] * (1.0 - slip) + without[2] * guess;
        with = [(with[0] + with[1] + with[2]) * slip, with[0] * (1.0 - slip), with[1] * (1.0 - slip)];
        without = [(without[0] + without[1] + without[2]) * (1.0 - guess), without[0] * guess, without[1] * guess];
        for (with, without) in with.iter_mut().zip(&mut without) {
            *with += *without * learn;
            *without *= 1.0 - learn;
        }
    }
    reached
}

/// Chance of three rights in a row within the next `tries`, having `in_a_row` now, each right with chance `success`.
/// Worked number: success .3, none now, ten tries: .155.
pub fn three_in_a_row_within(success: f64, in_a_row: u32, tries: u32) -> f64 {
    three_rights_within(1.0, 0.0, GuessSlip { guess: 0.0, slip: 1.0 - success }, in_a_row, tries)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After `x` a miss, `R` a right, `h` a right after help, `|` another sitting.
    fn soon(words: &str, guess: f64) -> f64 {
        let constants = SkillParameters::default();
        let (mut tries, mut begins, mut in_a_row) = (Vec::new(), true, 0);
        for word in words.chars() {
            let came = match word {
                'x' => Came::Miss,
                'R' => Came::Right,
                'h' => Came::Helped,
                _ => {
                    begins = true;
                    continue;
                }
            };
            in_a_row = if came == Came::Right { in_a_row + 1 } else { 0 };
            tries.push(Tried::new(came, GuessSlip { guess, slip: constants.slip }, std::mem::take(&mut begins)));
        }
        three_soon(&tries, in_a_row, constants)
    }

    #[test]
    fn the_worked_numbers_hold() {
        let near = |found: f64, said: f64| assert!((found - said).abs() < 0.005, "{found} {said}");
        near(soon("xxxxxx", 0.2), 0.22);
        near(soon("xxxRxx", 0.2), 0.28);
        near(soon("xRxRxx", 0.2), 0.38);
        near(three_in_a_row_within(0.3, 0, 10), 0.155);
        assert_eq!((three_in_a_row_within(0.3, 3, 10), three_soon(&[], 0, SkillParameters::default())), (1.0, 1.0));
    }

    #[test]
    fn every_miss_makes_it_less_likely_and_every_right_more_so() {
        for before in ["", "x", "xxRx", "RxRx", "xxxxxxxx", "xxh", "xxx|xx"] {
            let now = soon(&format!("{before}x"), 0.2);
            assert!(soon(&format!("{before}xx"), 0.2) < now, "{before}");
            assert!(soon(&format!("{before}xR"), 0.2) > now, "{before}");
        }
    }

    #[test]
    fn help_proves_nothing_and_another_sitting_opens_the_question_again() {
        assert!(soon("xxxxxh", 0.2) < 0.35 && soon("xxxxxR", 0.2) > 0.35);
        assert!(soon("xxxxxxxxxx|x", 0.2) > soon("xxxxxxxxxxx", 0.2));
    }

    #[test]
    fn systematic_misses_among_options_are_seen_although_guessing_would_do_better() {
        assert!(soon("xxxxxxxx", 0.5) < 0.25);
        assert!(soon("xRxxRxRx", 0.5) > 0.25, "as guessing would have it");
    }

    #[test]
    fn what_is_kept_of_a_try_can_be_read_again() {
        let tried = Tried::new(Came::Helped, GuessSlip { guess: 0.25, slip: 0.1 }, true);
        let text = serde_json::to_string(&tried).unwrap();
        assert_eq!((text.as_str(), serde_json::from_str(&text).ok()), ("[2,250,100,1]", Some(tried)));
    }
}
