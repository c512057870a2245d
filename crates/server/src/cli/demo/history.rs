//! Weeks of a class, lived by simulated students through the real rules: the pre-test on the first day, a lesson
//! period on every weekday, today up to this minute; and a few planted cases, so that a teacher's screen has
//! something to say.

use super::{DemoPerson, note};
use crate::cli::simulated::{
    direct::{Direct, failed},
    school::{ClassMade, School},
    walk::{Walk, Wanted, Way},
};
use curriculum::{Course, LessonId, MisconceptionId, SkillId};
use engine::{
    detect::{Profile, alerts},
    record::{Assigned, Author, Body},
};
use jiff::{Timestamp, ToSpan, civil::Weekday, tz::TimeZone};
use simulation::{Aim, Chance, Landscape, Model, Student};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use store::{Assignment, AssignmentStudent, Hand, Person};
use uuid::Uuid;

const MINUTE_MS: i64 = 60_000;
/// A lesson period.
const PERIOD_MS: i64 = 45 * MINUTE_MS;

/// Until when, how long, and with which stories.
#[derive(Clone, Debug)]
pub struct Past {
    pub now: i64,
    pub days: i64,
    pub seed: u64,
    /// The first three students of the first class have their stories.
    pub stories: bool,
}

/// One class's history in the making.
pub struct History {
    school: Arc<SchoolParts>,
    past: Past,
    nth: usize,
}

struct SchoolParts {
    school: School,
    class: ClassMade,
    model: Arc<Model>,
    landscape: Arc<Landscape>,
    course: Course,
}

/// What is planted today, so that the rules find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Story {
    /// The same wrong idea on two different numbers.
    WrongIdea,
    /// Three misses on one question.
    ThreeMisses,
    /// Answers much quicker than usual, and wrong.
    Quick,
    /// None.
    Plain,
}

struct Asked {
    row: Assignment,
    at: i64,
}

impl History {
    /// Of one class.
    pub fn new(school: &School, class: &ClassMade, course: &Course, model: &Model, past: &Past, nth: usize) -> Self {
        let school = School { app: school.app.clone(), tenant: school.tenant, zone: school.zone.clone() };
        let parts = SchoolParts {
            school,
            class: class.clone(),
            model: Arc::new(model.clone()),
            landscape: Arc::new(Landscape::of(course)),
            course: course.clone(),
        };
        Self { school: Arc::new(parts), past: past.clone(), nth }
    }

    /// Lives it; who to be, the first students first.
    pub async fn make(&self) -> anyhow::Result<Vec<DemoPerson>> {
        let days = Arc::new(school_days(&self.past, &self.school.school.zone, 10 + 3 * self.nth as i8));
        let asked = Arc::new(self.assign(&days).await?);
        let total = self.school.class.students.len();
        let done = Arc::new(AtomicUsize::new(0));
        let began = std::time::Instant::now();
        let mut tasks = Vec::new();
        for (nth, student) in self.school.class.students.iter().enumerate() {
            let story = self.story(nth, total);
            let (parts, past, days, asked) = (self.school.clone(), self.past.clone(), days.clone(), asked.clone());
            let (student, done) = (student.clone(), done.clone());
            let seed = self.past.seed.wrapping_mul(1_000).wrapping_add((self.nth * 500 + nth) as u64);
            tasks.push(tokio::spawn(async move {
                let person = one_student(&parts, &past, &days, &asked, &student, seed, story).await;
                done.fetch_add(1, Ordering::Relaxed);
                person
            }));
        }
        let ticker = tokio::spawn(tell_progress(done, total, self.school.class.row.name.clone()));
        let mut people = Vec::new();
        for task in tasks {
            people.push(task.await??);
        }
        ticker.abort();
        let seconds = began.elapsed().as_secs_f64();
        note(&format!(
            "{}: {} students, {} school days, {seconds:.1} s",
            self.school.class.row.name,
            total,
            days.len()
        ));
        self.raise_a_hand().await?;
        Ok(people)
    }

    fn story(&self, nth: usize, total: usize) -> Story {
        match nth {
            _ if self.nth > 0 => Story::Plain,
            0 if self.past.stories => Story::WrongIdea,
            1 if self.past.stories => Story::ThreeMisses,
            2 if total > 2 => Story::Quick,
            _ => Story::Plain,
        }
    }

    /// Two lessons asked of all: one a while ago, one today for the end of the week.
    async fn assign(&self, days: &[Day]) -> anyhow::Result<Vec<Asked>> {
        let lessons: Vec<LessonId> = self.school.course.lessons().map(|lesson| lesson.id.clone()).collect();
        let wanted = [(0, days.len() * 2 / 3, "Before the quiz"), (1, days.len().saturating_sub(1), "")];
        let mut asked = Vec::new();
        for (nth, day, said) in wanted {
            let (Some(lesson), Some(day)) = (lessons.get(nth), days.get(day)) else { continue };
            let at = day.from - 20 * MINUTE_MS;
            let row = Assignment {
                id: Uuid::now_v7(),
                class_id: self.school.class.row.id,
                course_id: self.school.course.id.0.clone(),
                lesson_id: lesson.0.clone(),
                note: said.to_owned(),
                due_at: Some(at + 3 * 24 * 60 * MINUTE_MS),
                created_by: self.school.class.teacher.id,
                created_at: at,
                cancelled_at: None,
            };
            let (tenant, kept, students) = (self.school.school.tenant, row.clone(), self.school.class.students.clone());
            let write = self.school.school.app.store.write(move |tx| {
                Box::pin(async move {
                    tx.insert_assignment(tenant, &kept).await?;
                    for student in students {
                        let (assignment_id, student_id) = (kept.id, student.id.student());
                        let row = AssignmentStudent { assignment_id, student_id, done_at: None };
                        tx.assign_student(tenant, &row).await?;
                    }
                    Ok::<_, store::StoreError>(())
                })
            });
            write.await?;
            asked.push(Asked { row, at });
        }
        Ok(asked)
    }

    async fn raise_a_hand(&self) -> anyhow::Result<()> {
        const WHO: usize = 5;
        let Some(student) = self.school.class.students.get(WHO).filter(|_| self.past.stories && self.nth == 0) else {
            return Ok(());
        };
        let row = Hand {
            student_id: student.id.student(),
            class_id: self.school.class.row.id,
            raised_at: self.past.now - 2 * MINUTE_MS,
            note: String::new(),
            lowered_at: None,
        };
        let tenant = self.school.school.tenant;
        self.school
            .school
            .app
            .store
            .write(move |tx| Box::pin(async move { tx.raise_hand(tenant, &row).await }))
            .await?;
        Ok(())
    }
}

/// When a class has its lesson.
#[derive(Clone, Copy, Debug)]
struct Day {
    from: i64,
    until: i64,
}

/// The lessons of past weekdays at the class's hour, then today's, up to this minute.
fn school_days(past: &Past, zone: &str, hour: i8) -> Vec<Day> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let now = Timestamp::from_millisecond(past.now).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(zone.clone());
    let mut days = Vec::new();
    for back in (1..=past.days).rev() {
        let Ok(date) = now.date().checked_sub(back.days()) else { continue };
        if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            continue;
        }
        let Ok(begins) = zone.to_timestamp(date.at(hour, 5, 0, 0)) else { continue };
        let from = begins.as_millisecond();
        days.push(Day { from, until: from + PERIOD_MS });
    }
    days.push(Day { from: past.now - 18 * MINUTE_MS, until: past.now });
    days
}

async fn tell_progress(done: Arc<AtomicUsize>, total: usize, class: String) {
    loop {
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        note(&format!("{class}: {} of {total} students have their history", done.load(Ordering::Relaxed)));
    }
}

async fn one_student(
    parts: &SchoolParts,
    past: &Past,
    days: &[Day],
    asked: &[Asked],
    person: &Person,
    seed: u64,
    story: Story,
) -> anyhow::Result<DemoPerson> {
    let student = Student::new(&parts.model, &parts.landscape, seed);
    let mut chance = Chance::named(seed, "days");
    let first = days.first().map_or(past.now, |day| day.from);
    let learner = parts.school.learner(&parts.class, person, first).await?;
    let mut walk = Walk::new(Direct::new(parts.school.app.clone(), learner), student, seed);
    walk.way.latest = past.now;
    let teacher = Author::Teacher(parts.class.teacher.id.0);
    let mut told = 0;
    let a_day = questions_a_day(parts.landscape.len(), days.len());
    for (nth, day) in days.iter().enumerate() {
        let is_today = nth + 1 == days.len();
        // Somebody has to be the first.
        let late = if is_today && story == Story::WrongIdea { 0.0 } else { 4.0 * chance.unit() };
        walk.way.at(day.from + (late * MINUTE_MS as f64) as i64);
        while let Some(asked) = asked.get(told).filter(|asked| asked.at <= walk.way.now()) {
            let assigned = Assigned {
                assignment: asked.row.id,
                course: parts.course.id.clone(),
                lesson: LessonId(asked.row.lesson_id.clone()),
                due_at: asked.row.due_at,
            };
            walk.way.told(teacher, Body::Assigned(assigned)).await?;
            told += 1;
        }
        if !is_today && chance.happens(0.06) {
            continue;
        }
        if nth == 0 {
            walk.place().await?;
        }
        // Planted stories take the last minutes; the others are in the middle of their work.
        let until = if is_today && story != Story::Plain && story != Story::WrongIdea {
            day.until - 7 * MINUTE_MS
        } else {
            day.until
        };
        let until = until - (chance.unit() * 2.5 * MINUTE_MS as f64) as i64;
        if is_today && story == Story::WrongIdea {
            // First of all, so that nobody else shows a wrong idea for longer.
            plant_wrong_idea(&mut walk, &parts.course).await?;
        }
        if is_today {
            // The few names on top are to be those with a story.
            walk.student.drop_ideas();
        }
        let enough = if is_today { usize::MAX } else { a_day.saturating_sub(2) + chance.below(5) };
        walk.sit(until, enough).await?;
    }
    live_the_story(&mut walk, past, story).await?;
    let about = about(&walk.student, story, parts.landscape.len());
    let name = format!("{} {}", person.given_name, person.family_name);
    Ok(DemoPerson { id: person.id, role: person.role.clone(), name, about })
}

/// So many that a small course is not over before the weeks are, and a large one is not left untouched.
fn questions_a_day(skills: usize, days: usize) -> usize {
    const A_SKILL: usize = 9;
    (skills * A_SKILL / days.max(1)).clamp(4, 11)
}

fn about(student: &Student, story: Story, skills: usize) -> String {
    let share = student.known() as f64 / skills.max(1) as f64;
    let about = match story {
        Story::WrongIdea => "adds_instead_of_scaling",
        Story::ThreeMisses => "stuck_just_now",
        Story::Quick => "answers_faster_than_reading",
        Story::Plain if share > 0.9 => "knows_nearly_all",
        Story::Plain if student.traits.help_seeking > 0.35 => "opens_hints_first",
        Story::Plain if student.traits.persistence < 0.7 => "moves_on_after_a_miss",
        Story::Plain if student.traits.tempo_ms > 48_000.0 => "takes_time",
        Story::Plain if share > 0.6 => "well_on_the_way",
        Story::Plain => "keeps_at_it",
    };
    about.to_owned()
}

/// What the rules are to find today, in the last minutes.
async fn live_the_story(walk: &mut Walk<Direct>, past: &Past, story: Story) -> anyhow::Result<()> {
    match story {
        Story::WrongIdea | Story::Plain => settle(walk, past).await,
        Story::ThreeMisses => {
            walk.way.at(past.now - 4 * MINUTE_MS);
            let Some(asked) = a_question(walk).await? else { return Ok(()) };
            for _ in 0..3 {
                walk.answer_as(&asked, &Aim::Wrong, 35_000).await?;
            }
            Ok(())
        }
        Story::Quick => {
            walk.way.at(past.now - 40_000);
            plant_quick(walk).await
        }
    }
}

/// The few names on top are to be those with a story: others get over what a teacher would be told first.
async fn settle(walk: &mut Walk<Direct>, past: &Past) -> anyhow::Result<()> {
    const URGENT: u8 = 85;
    for _ in 0..6 {
        let state = walk.way.learner.state(&walk.way.app).await.map_err(failed)?;
        let told = alerts(&state.head, past.now, &Profile::default());
        if told.iter().all(|alert| alert.urgency < URGENT) {
            break;
        }
        let Some(asked) = a_question(walk).await? else { break };
        walk.answer_as(&asked, &Aim::Right, 9_000).await?;
    }
    Ok(())
}

/// The skill with most questions that the wrong idea has an answer to.
fn skill_with(course: &Course, idea: &MisconceptionId) -> Option<SkillId> {
    let count = |skill: &SkillId| {
        let parts = course.items.values().flat_map(|item| &item.parts);
        parts.filter(|part| part.skills.contains(skill) && part.buggy.iter().any(|b| b.misconception == *idea)).count()
    };
    let skills = course.skills.iter().map(|skill| (count(&skill.id), skill.id.clone()));
    skills.filter(|(count, _)| *count > 1).max_by_key(|(count, _)| *count).map(|(_, skill)| skill)
}

/// Two different questions answered as the wrong idea would.
async fn plant_wrong_idea(walk: &mut Walk<Direct>, course: &Course) -> anyhow::Result<()> {
    let idea = MisconceptionId::from("adds-instead-of-scaling");
    let Some(skill) = skill_with(course, &idea) else { return Ok(()) };
    let run = walk.way.start(Wanted::Skill(skill)).await?;
    let mut next = run.next;
    let mut shown = 0;
    while let Some(asked) = next.take().filter(|_| shown < 2) {
        let keyed = walk.way.keyed(asked.id).await?;
        let foreseen = keyed.item.parts.first().is_some_and(|part| part.buggy.iter().any(|b| b.misconception == idea));
        if foreseen {
            walk.answer_as(&asked, &Aim::Misled(idea.clone()), 45_000).await?;
            shown += 1;
        } else {
            walk.answer_as(&asked, &Aim::Right, 30_000).await?;
        }
        if shown < 2 {
            next = walk.way.go_on(run.work, true).await?.next;
        }
    }
    Ok(())
}

/// Four quick misses, on skills that are ready already: there they are a matter of reading, not of knowing.
async fn plant_quick(walk: &mut Walk<Direct>) -> anyhow::Result<()> {
    let state = walk.way.learner.state(&walk.way.app).await.map_err(failed)?;
    let ready = state.skills.iter().filter(|(_, skill)| skill.ready.is_some());
    let skills: Vec<SkillId> = ready.map(|(id, _)| id.clone()).collect();
    for nth in 0..4 {
        let asked = match skills.get(nth % skills.len().max(1)) {
            Some(skill) => walk.way.start(Wanted::Skill(skill.clone())).await?.next,
            None => a_question(walk).await?,
        };
        let Some(asked) = asked else { continue };
        walk.answer_as(&asked, &Aim::Wrong, 1_100).await?;
        walk.way.wait(4_000).await;
    }
    Ok(())
}

/// A practice question that is open now; the first offer's work.
async fn a_question(walk: &mut Walk<Direct>) -> anyhow::Result<Option<crate::cli::simulated::walk::Asked>> {
    let home = walk.way.home().await?;
    for offer in home.offers.iter().filter(|offer| offer.kind != "placement" && offer.kind != "read") {
        let run = walk.way.start(Wanted::Offer(offer.id.clone())).await?;
        if let Some(asked) = run.next {
            return Ok(Some(asked));
        }
    }
    Ok(None)
}
