//! A simulated student at work: home, an offer, its questions, help, answers. The same walk goes through the rules
//! directly (a demo's history, a trial) and through HTTP (live students): see [`Way`].

use curriculum::{HintId, ItemId, KeyedItem, LessonId, Part, PartId, SkillId};
use serde::Deserialize;
use serde_json::{Value, json};
use simulation::{Aim, Chance, Occasion, Response, Student, answer};
use std::{collections::BTreeSet, future::Future};
use uuid::Uuid;

/// What the walk needs of home.
#[derive(Clone, Debug, Deserialize)]
pub struct HomeRead {
    pub offers: Vec<OfferRead>,
    #[serde(default)]
    pub something_else: Vec<OfferRead>,
    pub done_for_today: Option<Value>,
}

/// What the walk needs of an offer.
#[derive(Clone, Debug, Deserialize)]
pub struct OfferRead {
    pub id: String,
    pub kind: String,
    pub lesson: Option<Named<LessonId>>,
}

/// A thing by its id.
#[derive(Clone, Debug, Deserialize)]
pub struct Named<Id> {
    pub id: Id,
}

/// What the walk needs of a run as it is begun.
#[derive(Clone, Debug, Deserialize)]
pub struct RunRead {
    pub work: Uuid,
    pub next: Option<Asked>,
}

/// What the walk needs of how a run or a pre-test goes on.
#[derive(Clone, Debug, Deserialize)]
pub struct NextRead {
    pub next: Option<Asked>,
}

/// What the walk needs of a presentation.
#[derive(Clone, Debug, Deserialize)]
pub struct Asked {
    pub id: Uuid,
    pub item: ItemRead,
}

/// See [`Asked`].
#[derive(Clone, Debug, Deserialize)]
pub struct ItemRead {
    pub item: ItemId,
}

/// What the walk needs of a verdict.
#[derive(Clone, Debug, Deserialize)]
pub struct VerdictRead {
    pub status: String,
    pub problem: Option<Value>,
    pub judgement: Option<JudgementRead>,
    pub part_done: bool,
}

/// See [`VerdictRead`].
#[derive(Clone, Debug, Deserialize)]
pub struct JudgementRead {
    pub verdict: String,
    pub counts: bool,
}

/// How a student reaches the school. Which work is meant: an offer's id or a skill.
pub trait Way: Send {
    /// Now (ms UTC), as this student's day goes.
    fn now(&self) -> i64;
    /// Time passes.
    fn wait(&mut self, ms: i64) -> impl Future<Output = ()> + Send;
    /// The first page.
    fn home(&mut self) -> impl Future<Output = anyhow::Result<HomeRead>> + Send;
    /// Begins the work of an offer or on a skill.
    fn start(&mut self, wanted: Wanted) -> impl Future<Output = anyhow::Result<RunRead>> + Send;
    /// Goes on with a run.
    fn go_on(&mut self, work: Uuid, skip: bool) -> impl Future<Output = anyhow::Result<NextRead>> + Send;
    /// Begins the pre-test or goes on with it.
    fn placement(&mut self) -> impl Future<Output = anyhow::Result<NextRead>> + Send;
    /// Sends one event.
    fn send(&mut self, kind: &'static str, body: Value) -> impl Future<Output = anyhow::Result<VerdictRead>> + Send;
    /// The question with its key: a simulated student decides with it whether to be right.
    fn keyed(&mut self, presentation: Uuid) -> impl Future<Output = anyhow::Result<KeyedItem>> + Send;
}

/// Which work to start.
#[derive(Clone, Debug)]
pub enum Wanted {
    Offer(String),
    Skill(SkillId),
}

/// A simulated student on their way.
pub struct Walk<W> {
    pub way: W,
    pub student: Student,
    /// Questions answered so far, pre-test included.
    pub questions: usize,
    chance: Chance,
}

/// How a question ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every part is done.
    Done,
    /// Left for another one.
    Left,
}

impl<W: Way> Walk<W> {
    /// Sets out.
    pub fn new(way: W, student: Student, seed: u64) -> Self {
        Self { way, student, questions: 0, chance: Chance::named(seed, "walk") }
    }

    /// Takes the pre-test to its end.
    pub async fn place(&mut self) -> anyhow::Result<()> {
        while let Some(asked) = self.way.placement().await?.next {
            self.question(&asked, true).await?;
        }
        Ok(())
    }

    /// Works until the time is up or enough is answered; what is offered decides. Returns the questions answered.
    pub async fn sit(&mut self, until: i64, enough: usize) -> anyhow::Result<usize> {
        let mut done = 0;
        let mut empty = 0;
        while done < enough && self.way.now() < until && empty < 3 {
            let home = self.way.home().await?;
            self.pause(6_000).await;
            let Some(offer) = self.choose(&home) else { break };
            if offer.kind == "placement" {
                self.place().await?;
                continue;
            }
            let reads = offer.kind == "read";
            let run = self.way.start(Wanted::Offer(offer.id)).await?;
            empty += usize::from(run.next.is_none());
            if reads {
                self.pause(90_000).await;
            }
            done += self.run(run, until, enough - done).await?;
        }
        Ok(done)
    }

    /// Answers the questions of a run.
    pub async fn run(&mut self, run: RunRead, until: i64, enough: usize) -> anyhow::Result<usize> {
        let mut done = 0;
        let mut next = run.next;
        while let Some(asked) = next {
            let ended = self.question(&asked, false).await?;
            done += 1;
            if done >= enough || self.way.now() >= until {
                break;
            }
            self.pause(4_000).await;
            next = self.way.go_on(run.work, ended == Ended::Left).await?.next;
        }
        Ok(done)
    }

    /// Mostly the first offer, as people do.
    fn choose(&mut self, home: &HomeRead) -> Option<OfferRead> {
        let others = home.offers.iter().chain(&home.something_else);
        match self.chance.unit() {
            draw if draw < 0.65 => home.offers.first().cloned(),
            draw if draw < 0.97 => self.chance.pick(&home.offers).cloned(),
            _ => self.chance.pick(&others.collect::<Vec<_>>()).map(|offer| (*offer).clone()),
        }
    }

    /// One question with all of its parts.
    pub async fn question(&mut self, asked: &Asked, pre_test: bool) -> anyhow::Result<Ended> {
        let keyed = self.way.keyed(asked.id).await?;
        self.questions += 1;
        for part in &keyed.item.parts {
            if self.part(asked.id, &keyed, part, pre_test).await? == Ended::Left {
                return Ok(Ended::Left);
            }
        }
        Ok(Ended::Done)
    }

    async fn part(&mut self, id: Uuid, keyed: &KeyedItem, part: &Part, pre_test: bool) -> anyhow::Result<Ended> {
        const TRIES_MAX: u32 = 4;
        let mut occasion = Occasion { pre_test, ..Occasion::practice(self.way.now()) };
        let mut opened = BTreeSet::new();
        let mut learned = false;
        loop {
            occasion.at = self.way.now();
            let Some(attempt) = self.student.attempt(keyed, &part.id, occasion) else { return Ok(Ended::Left) };
            if attempt.hint_first {
                occasion.helped |= self.hint(id, part, &mut opened).await?;
            }
            self.way.wait(attempt.elapsed_ms).await;
            let verdict = self.answer(id, &part.id, &attempt.response, attempt.elapsed_ms).await?;
            let judged = verdict.judgement.as_ref();
            if !learned && !pre_test && judged.is_some_and(|judged| judged.counts) {
                learned = true;
                let right = judged.is_some_and(|judged| judged.verdict == "right");
                self.student.practised(&part.skills, self.way.now(), right, occasion.helped);
            }
            if verdict.part_done {
                return Ok(Ended::Done);
            }
            occasion.tries += 1;
            if pre_test {
                // It could not be read: say so plainly rather than type on.
                self.answer(id, &part.id, &Response::DontKnow {}, 2_000).await?;
                return Ok(Ended::Done);
            }
            if occasion.tries > TRIES_MAX {
                return Ok(Ended::Left);
            }
            if occasion.tries == TRIES_MAX || !attempt.tries_again {
                if occasion.told || self.chance.happens(0.4) {
                    return Ok(Ended::Left);
                }
                self.way.send("solution_opened", json!({ "presentation": id, "part": part.id })).await?;
                self.pause(12_000).await;
                (occasion.told, occasion.helped) = (true, true);
            } else if self.chance.happens(self.student.traits.help_seeking) {
                occasion.helped |= self.hint(id, part, &mut opened).await?;
            }
        }
    }

    /// Answers as aimed, whatever the student knows: planted cases.
    pub async fn answer_as(&mut self, asked: &Asked, aim: &Aim, elapsed_ms: i64) -> anyhow::Result<VerdictRead> {
        let keyed = self.way.keyed(asked.id).await?;
        let part = keyed.item.parts.first().ok_or_else(|| anyhow::anyhow!("an item has a part"))?;
        let response = answer(part, &keyed.lang, aim, &mut self.chance);
        self.way.wait(elapsed_ms).await;
        self.answer(asked.id, &part.id, &response, elapsed_ms).await
    }

    async fn answer(
        &mut self,
        id: Uuid,
        part: &PartId,
        response: &Response,
        elapsed_ms: i64,
    ) -> anyhow::Result<VerdictRead> {
        let body = json!({ "presentation": id, "part": part, "response": response, "elapsed_ms": elapsed_ms });
        let verdict = self.way.send("answered", body).await?;
        if let Some(problem) = verdict.problem.as_ref().filter(|_| verdict.status == "refused") {
            anyhow::bail!("an answer was refused: {problem}");
        }
        Ok(verdict)
    }

    /// Opens the next hint; false when there is none left.
    async fn hint(&mut self, id: Uuid, part: &Part, opened: &mut BTreeSet<HintId>) -> anyhow::Result<bool> {
        let may = |hint: &&curriculum::Hint| {
            !opened.contains(&hint.id) && hint.after.iter().all(|before| opened.contains(before))
        };
        let Some(hint) = part.hints.iter().find(may) else { return Ok(false) };
        let reads_ms = 5_000 + (self.chance.unit() * 12_000.0) as i64;
        let since = if opened.is_empty() { 0 } else { reads_ms };
        let body = json!({ "presentation": id, "part": part.id, "hint": hint.id, "since_last_ms": since.max(2_000) });
        self.way.send("hint_opened", body).await?;
        opened.insert(hint.id.clone());
        self.way.wait(reads_ms).await;
        Ok(true)
    }

    async fn pause(&mut self, about_ms: i64) {
        let ms = (about_ms as f64 * (0.5 + self.chance.unit())) as i64;
        self.way.wait(ms).await;
    }
}
