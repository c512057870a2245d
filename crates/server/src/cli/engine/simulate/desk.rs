//! A simulated student with a record: questions shown, answered, judged and folded by the functions that the server
//! calls, without HTTP or a store.

use super::clock::{Clock, SITTING_MS, WEEKDAYS, day_of_sitting};
use curriculum::{Course, HintId, Interaction, ItemHash, ItemId, KeyedItem, Lang, Part, SkillId, template};
use engine::{
    CourseFacts, Parameters,
    grading::{GRADER_VERSION, Judgement, Response, grade},
    next_activity::{ItemChoice, Situation, Work},
    placement::{Prior, Terrain},
    record::{
        Answered, AskReason, Author, Body, Context, Event, HeadState, HintOpened, Loaded, PlanAsked, PlanChange,
        Purpose, SkillState, SolutionOpened, WorkStarted, step, touches,
    },
};
use simulation::{Chance, Occasion, Student};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Tries at one part before it is left.
const TRIES_MAX: u32 = 4;
/// Between two questions, and over a solution, about (ms).
const BETWEEN_MS: f64 = 4_000.0;
const SOLUTION_MS: f64 = 12_000.0;

/// The walk looks at a solution only of the question in hand, never at an example of another.
static NONE_SOLVED: BTreeSet<ItemId> = BTreeSet::new();

/// What all students of a class share.
pub struct Room<'a> {
    pub course: &'a Course,
    pub facts: CourseFacts,
    pub parameters: Parameters,
    pub prior: Prior,
    pub hashes: BTreeMap<ItemId, ItemHash>,
}

impl<'a> Room<'a> {
    /// A class in this course, by the constants that ship.
    pub fn new(course: &'a Course) -> Self {
        let (facts, parameters) = (CourseFacts::new(course), Parameters::default());
        let prior = Prior::new(Terrain::of(&facts), &parameters);
        Self { course, facts, parameters, prior, hashes: course.hashes() }
    }
}

/// One student at work.
pub struct Desk<'r> {
    pub room: &'r Room<'r>,
    pub student: Student,
    pub clock: Clock,
    pub head: HeadState,
    pub skills: BTreeMap<SkillId, SkillState>,
    /// Questions, by what they were for.
    pub questions: BTreeMap<Purpose, usize>,
    pub chance: Chance,
    ids: u128,
    seed: u64,
}

impl<'r> Desk<'r> {
    /// A student who has done nothing yet.
    pub fn new(room: &'r Room<'r>, student: Student, seed: u64) -> Self {
        Self {
            room,
            student,
            clock: Clock::new(),
            head: HeadState::default(),
            skills: BTreeMap::new(),
            questions: BTreeMap::new(),
            chance: Chance::named(seed, "desk"),
            ids: 0,
            seed,
        }
    }

    /// What a choice looks at.
    pub fn situation(&self, seed: u64) -> Situation<'_> {
        Situation {
            facts: &self.room.facts,
            parameters: &self.room.parameters,
            head: &self.head,
            skills: &self.skills,
            now: self.clock.now(),
            school_day: self.clock.school_day(),
            seed,
            solved: &NONE_SOLVED,
            placement_first: true,
        }
    }

    /// Folds one event into the record.
    pub fn take(&mut self, actor: Author, body: Body) {
        let event = Event {
            id: self.fresh(),
            effective_at: self.clock.now(),
            school_day: self.clock.school_day().to_owned(),
            actor,
            body,
        };
        let rows = touches(&event.body).into_iter();
        let rows = rows.filter_map(|key| self.skills.remove(&key.1).map(|row| (key, row)));
        let mut loaded = Loaded { skills: rows.collect(), head: std::mem::take(&mut self.head) };
        let context = Context { parameters: &self.room.parameters, course: &self.room.facts };
        // What is concluded stands in the rows already; only a stored stream needs it as events.
        step(&context, &mut loaded, &event);
        self.head = loaded.head;
        self.skills.extend(loaded.skills.into_iter().map(|((_, skill), row)| (skill, row)));
    }

    /// A fresh id.
    pub fn fresh(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    /// The student's own hand in the record.
    pub fn hand(&self) -> Author {
        Author::Student(Uuid::from_u64_pair(1, self.seed))
    }

    /// A teacher says how much time there is: so many sittings from the first one on.
    pub fn name_time(&mut self, sittings: usize) {
        let change = PlanChange::Time {
            minutes_per_week: WEEKDAYS.len() as u32 * (SITTING_MS / 60_000) as u32,
            until: day_of_sitting(sittings.saturating_sub(1)),
            away: Vec::new(),
            on: WEEKDAYS.iter().fold(0, |on, day| on | 1 << day),
        };
        let (course, ask) = (self.room.facts.id.clone(), self.fresh());
        let asked = PlanAsked { course, ask, change, reason: AskReason::NotSaid };
        self.take(Author::Teacher(Uuid::nil()), Body::PlanAsked(asked));
    }

    /// Time passes, about so long.
    pub fn pause(&mut self, about_ms: f64) {
        let ms = about_ms * (0.5 + self.chance.unit());
        self.clock.pass(ms as i64);
    }

    /// Shows a question and works at all of its parts.
    pub fn question(&mut self, choice: &ItemChoice, work: &Work) {
        let Some(keyed) = self.keyed(choice) else { return };
        let presentation = self.fresh();
        let started = WorkStarted {
            course: self.room.facts.id.clone(),
            work: work.clone(),
            lesson: choice.lesson.clone(),
            skill: Some(choice.skill.clone()),
            item: Some(choice.item.clone()),
            presentation: Some(presentation),
        };
        self.take(self.hand(), Body::WorkStarted(started));
        *self.questions.entry(choice.purpose).or_default() += 1;
        for part in &keyed.item.parts {
            if !self.part(presentation, &keyed, part, choice) {
                break;
            }
        }
        self.pause(BETWEEN_MS);
    }

    fn keyed(&self, choice: &ItemChoice) -> Option<KeyedItem> {
        let item = self.room.course.items.get(&choice.item)?;
        let seed = Chance::named(self.seed.wrapping_add(u64::from(choice.nth)), choice.item.as_str()).bits() >> 11;
        let hash = self.room.hashes.get(&choice.item)?.clone();
        Some(KeyedItem { item: template::instantiate(item, seed).ok()?, hash, seed, lang: Lang::en() })
    }

    /// Works at a part; false when the question is left.
    fn part(&mut self, presentation: Uuid, keyed: &KeyedItem, part: &Part, choice: &ItemChoice) -> bool {
        let pre_test = choice.purpose == Purpose::Placement;
        let mut occasion = Occasion { pre_test, ..Occasion::practice(self.clock.now()) };
        let mut opened = BTreeSet::new();
        let mut learned = pre_test;
        loop {
            occasion.at = self.clock.now();
            let Some(attempt) = self.student.attempt(keyed, &part.id, occasion) else { return false };
            if attempt.hint_first {
                occasion.helped |= self.hint(presentation, keyed, part, &mut opened);
            }
            self.clock.pass(attempt.elapsed_ms);
            let response = response(attempt.response);
            let Some(judgement) = grade(keyed, &part.id, &response) else { return false };
            let verdict = judgement.verdict;
            let body = self.answered(presentation, keyed, part, choice, (response, judgement, attempt.elapsed_ms));
            self.take(self.hand(), body);
            if !learned && verdict.counts() {
                learned = true;
                self.student.practised(&part.skills, self.clock.now(), verdict.is_right(), occasion.helped);
            }
            if verdict.is_right() || (pre_test && verdict.counts()) {
                return true;
            }
            occasion.tries += 1;
            if pre_test {
                // It could not be read: the student says so plainly rather than type on.
                let response = Response::DontKnow {};
                let Some(judgement) = grade(keyed, &part.id, &response) else { return false };
                let body = self.answered(presentation, keyed, part, choice, (response, judgement, 2_000));
                self.clock.pass(2_000);
                self.take(self.hand(), body);
                return true;
            }
            if occasion.tries > TRIES_MAX {
                return false;
            }
            if occasion.tries == TRIES_MAX || !attempt.tries_again {
                if occasion.told || self.chance.happens(0.4) {
                    return false;
                }
                self.solution(presentation, keyed, part);
                (occasion.told, occasion.helped) = (true, true);
            } else if self.chance.happens(self.student.traits.help_seeking) {
                occasion.helped |= self.hint(presentation, keyed, part, &mut opened);
            }
        }
    }

    fn answered(
        &self,
        presentation: Uuid,
        keyed: &KeyedItem,
        part: &Part,
        choice: &ItemChoice,
        (response, judgement, elapsed_ms): (Response, Judgement, i64),
    ) -> Body {
        let template = self.room.facts.items.get(&choice.item).is_some_and(|item| item.template);
        let options_shown = match &part.question.interaction {
            Interaction::Choice { options, .. } => options.len() as u16,
            _ => 0,
        };
        Body::Answered(Answered {
            presentation,
            course: self.room.facts.id.clone(),
            item: choice.item.clone(),
            item_hash: keyed.hash.clone(),
            seed: if template { keyed.seed as i64 } else { 0 },
            part: part.id.clone(),
            skills: part.skills.clone(),
            lesson: choice.lesson.clone(),
            purpose: choice.purpose,
            mixed_set: choice.mixed_set,
            response,
            judgement,
            grader_version: GRADER_VERSION.to_owned(),
            elapsed_ms,
            options_shown,
            pool: keyed.item.pool,
            lang: keyed.lang.clone(),
            listened: false,
            supports: Vec::new(),
            detour: None,
        })
    }

    /// Opens the next hint; false when there is none left.
    fn hint(&mut self, presentation: Uuid, keyed: &KeyedItem, part: &Part, opened: &mut BTreeSet<HintId>) -> bool {
        let may = |hint: &&curriculum::Hint| {
            !opened.contains(&hint.id) && hint.after.iter().all(|before| opened.contains(before))
        };
        let Some(hint) = part.hints.iter().find(may) else { return false };
        let reads_ms = 5_000 + (self.chance.unit() * 12_000.0) as i64;
        let body = Body::HintOpened(HintOpened {
            presentation,
            course: self.room.facts.id.clone(),
            item: keyed.item.id.clone(),
            part: part.id.clone(),
            skills: part.skills.clone(),
            hint: hint.id.clone(),
            bottom_out: hint.bottom_out,
            since_last_ms: reads_ms,
        });
        self.take(self.hand(), body);
        opened.insert(hint.id.clone());
        self.clock.pass(reads_ms);
        true
    }

    fn solution(&mut self, presentation: Uuid, keyed: &KeyedItem, part: &Part) {
        let body = Body::SolutionOpened(SolutionOpened {
            presentation,
            course: self.room.facts.id.clone(),
            item: keyed.item.id.clone(),
            part: part.id.clone(),
            skills: part.skills.clone(),
        });
        self.take(self.hand(), body);
        self.pause(SOLUTION_MS);
    }
}

/// A simulated student's answer as the service takes it.
fn response(said: simulation::Response) -> Response {
    match said {
        simulation::Response::Choice { option } => Response::Choice { option },
        simulation::Response::MultipleChoice { options } => Response::MultipleChoice { options },
        simulation::Response::Text { text } => Response::Text { text },
        simulation::Response::DontKnow {} => Response::DontKnow {},
    }
}
