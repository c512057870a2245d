//! Builders for tests: a small course, and histories written as a line of words.

#![allow(dead_code)]

use curriculum::{
    Course, CourseId, Edge, EdgeKind, HintId, Interaction, Item, ItemHash, ItemId, KeyKind, Lang, Lesson, LessonId,
    MathKey, Part, PartId, Pool, Question, Skill, SkillId, Text, Unit, UnitId,
};
use engine::{
    CourseFacts, Parameters,
    grading::{Judgement, Response, Verdict},
    record::{Answered, Author, Body, Context, Event, Folded, HintOpened, Loaded, Purpose, SolutionOpened, fold, step},
};
use std::collections::BTreeMap;
use uuid::Uuid;

pub const COURSE: &str = "course";
pub const DAY_MS: i64 = 86_400_000;
/// 2026-11-02, a Monday, at nine.
pub const START_MS: i64 = 1_793_955_600_000;

/// One skill of a test course: id, items, what it needs, what helps.
pub struct TestSkill {
    pub id: String,
    pub items: usize,
    pub needs: Vec<String>,
    pub helps: Vec<String>,
}

/// Reads `a:8 b:2(a) c:3[a]`: skills with their number of items, needed skills in round, helping ones in square brackets.
pub fn skills(text: &str) -> Vec<TestSkill> {
    let list = |part: &str, open: char, close: char| -> Vec<String> {
        let inner = part.split_once(open).and_then(|(_, rest)| rest.split_once(close)).map_or("", |(inner, _)| inner);
        inner.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect()
    };
    text.split_whitespace()
        .map(|part| {
            let (id, rest) = part.split_once(':').expect("a skill is `id:items`");
            let count: String = rest.chars().take_while(char::is_ascii_digit).collect();
            TestSkill {
                id: id.to_owned(),
                items: count.parse().expect("a number of items"),
                needs: list(rest, '(', ')'),
                helps: list(rest, '[', ']'),
            }
        })
        .collect()
}

/// A course with one lesson for each group of skills, four lessons a unit.
pub fn course(all: &[TestSkill], lessons: &[Vec<String>]) -> Course {
    let edge = |kind: EdgeKind| move |id: &String| Edge { skill: id.as_str().into(), kind, strength: 0.5 };
    let skills = all.iter().map(|skill| Skill {
        code: String::new(),
        id: skill.id.as_str().into(),
        name: Text::en(&skill.id),
        can: Text::default(),
        standards: vec![],
        rests_on: skill
            .needs
            .iter()
            .map(edge(EdgeKind::Needed))
            .chain(skill.helps.iter().map(edge(EdgeKind::Helps)))
            .collect(),
        hub: false,
    });
    let items = all.iter().flat_map(|skill| {
        (1..=skill.items).map(|nth| {
            // The sixth item and every sixth after it is held back, where there are enough for two pools.
            let pool = match (skill.items < 6, nth % 6 == 0) {
                (true, _) => Pool::Both,
                (false, true) => Pool::Check,
                (false, false) => Pool::Practice,
            };
            item(&format!("{}{nth}", skill.id), &skill.id, pool)
        })
    });
    let lesson = |(nth, skills): (usize, &Vec<String>)| Lesson {
        id: LessonId(format!("lesson-{nth}")),
        title: Text::en("A lesson"),
        skills: skills.iter().map(|id| id.as_str().into()).collect(),
        activities: vec![],
    };
    let lessons: Vec<Lesson> = lessons.iter().enumerate().map(lesson).collect();
    let units = lessons.chunks(7).enumerate().map(|(nth, lessons)| Unit {
        id: UnitId(format!("unit-{nth}")),
        title: Text::en("A unit"),
        lessons: lessons.to_vec(),
    });
    Course {
        id: COURSE.into(),
        title: Text::en("A course"),
        languages: vec![Lang::en()],
        attribution: vec![],
        units: units.collect(),
        skills: skills.collect(),
        misconceptions: BTreeMap::new(),
        items: items.map(|item| (item.id.clone(), item)).collect(),
        aliases: BTreeMap::new(),
    }
}

fn item(id: &str, skill: &str, pool: Pool) -> Item {
    let key = MathKey {
        accepted: vec!["1".into()],
        kind: "number".parse::<KeyKind>().expect("a kind of key"),
        form: None,
        tolerance: None,
        unit: None,
    };
    let part = Part {
        id: "a".into(),
        skills: vec![skill.into()],
        question: Question { prompt: Text::en("?"), interaction: Interaction::Numeric(key) },
        hints: vec![],
        buggy: vec![],
        solution: Text::default(),
    };
    Item {
        id: id.into(),
        title: Text::default(),
        stem: Text::default(),
        parts: vec![part],
        depth: curriculum::Depth::Apply,
        pool,
        parameters: vec![],
        conditions: vec![],
        figures: vec![],
        attribution: None,
    }
}

/// A course of one lesson for each skill.
pub fn facts(text: &str) -> CourseFacts {
    let all = skills(text);
    let lessons: Vec<Vec<String>> = all.iter().map(|skill| vec![skill.id.clone()]).collect();
    CourseFacts::new(&course(&all, &lessons))
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub fn judged(verdict: Verdict) -> Judgement {
    Judgement { verdict, score: f64::from(u8::from(verdict == Verdict::Right)), message: None, misconception: None }
}

/// A history in the making. Each event takes a minute unless said otherwise.
#[derive(Clone)]
pub struct History {
    pub events: Vec<Event>,
    pub now: i64,
    pub day: u32,
    pub presentation: u128,
    pub item: String,
    pub next: u128,
}

impl Default for History {
    fn default() -> Self {
        Self { events: vec![], now: START_MS, day: 2, presentation: 0, item: String::new(), next: 1000 }
    }
}

impl History {
    /// Reads words such as `right a1, wrong a2, hint, right, day, mixed right a3`: an item begins a new
    /// presentation, no item stays in the last one. Also `quick wrong a1`, `bad-idea wrong a1`, `solution`, `wait 5` (minutes).
    pub fn read(words: &str) -> Self {
        let mut history = Self::default();
        for sentence in words.split(',').map(str::trim).filter(|sentence| !sentence.is_empty()) {
            history.sentence(sentence);
        }
        history
    }

    pub fn sentence(&mut self, sentence: &str) {
        let mut words: Vec<&str> = sentence.split_whitespace().collect();
        let mut flag = |name: &str| match words.first() {
            Some(first) if *first == name => {
                words.remove(0);
                true
            }
            _ => false,
        };
        let (mixed, quick, idea) = (flag("mixed"), flag("quick"), flag("bad-idea"));
        let verb = words.remove(0);
        match verb {
            "day" => {
                self.day += 1;
                self.now = START_MS + i64::from(self.day - 2) * DAY_MS;
                return;
            }
            "wait" => {
                self.now += words[0].parse::<i64>().expect("minutes") * 60_000;
                return;
            }
            _ => {}
        }
        if let Some(item) = words.first() {
            self.presentation += 1;
            self.item = (*item).to_owned();
        }
        let body = match verb {
            "hint" | "bottom" | "flick" | "flick-bottom" => self.hint(verb),
            "solution" => self.solution(),
            _ => self.answer(verb, mixed, quick, idea),
        };
        self.push(Author::Student(id(1)), body);
    }

    pub fn push(&mut self, actor: Author, body: Body) -> Uuid {
        self.next += 1;
        self.now += 60_000;
        let event = Event {
            id: id(self.next),
            effective_at: self.now,
            school_day: format!("2026-11-{:02}", self.day),
            actor,
            body,
        };
        self.events.push(event);
        id(self.next)
    }

    fn skill(&self) -> SkillId {
        SkillId(self.item.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned())
    }

    pub fn answer(&self, verb: &str, mixed: bool, quick: bool, idea: bool) -> Body {
        let verdict = match verb {
            "right" => Verdict::Right,
            "wrong" => Verdict::Wrong,
            "dontknow" => Verdict::DontKnow,
            "unreadable" => Verdict::Unreadable,
            "form" => Verdict::RightValueWrongForm,
            other => panic!("unknown word {other}"),
        };
        let mut judgement = judged(verdict);
        judgement.misconception = idea.then(|| "adds-instead".into());
        Body::Answered(Answered {
            presentation: id(self.presentation),
            course: CourseId(COURSE.into()),
            item: ItemId(self.item.clone()),
            item_hash: ItemHash("hash".into()),
            seed: self.presentation as i64,
            part: PartId("a".into()),
            skills: vec![self.skill()],
            lesson: None,
            purpose: if mixed { Purpose::Review } else { Purpose::Practice },
            mixed_set: mixed.then(|| id(77)),
            response: Response::Text { text: "1".into() },
            judgement,
            grader_version: "1".into(),
            elapsed_ms: if quick { 900 } else { 30_000 },
            options_shown: 0,
            pool: Pool::Practice,
            lang: Lang::en(),
            listened: false,
            supports: vec![],
            detour: None,
        })
    }

    fn hint(&self, verb: &str) -> Body {
        Body::HintOpened(HintOpened {
            presentation: id(self.presentation),
            course: CourseId(COURSE.into()),
            item: ItemId(self.item.clone()),
            part: PartId("a".into()),
            skills: vec![self.skill()],
            hint: HintId("h".into()),
            bottom_out: verb.ends_with("bottom"),
            since_last_ms: if verb.starts_with("flick") { 500 } else { 9000 },
        })
    }

    fn solution(&self) -> Body {
        Body::SolutionOpened(SolutionOpened {
            presentation: id(self.presentation),
            course: CourseId(COURSE.into()),
            item: ItemId(self.item.clone()),
            part: PartId("a".into()),
            skills: vec![self.skill()],
        })
    }

    pub fn fold(&self, facts: &CourseFacts) -> Folded {
        fold_all(facts, &self.events)
    }
}

pub fn fold_all(facts: &CourseFacts, events: &[Event]) -> Folded {
    let parameters = Parameters::default();
    let contexts = BTreeMap::from([(facts.id.clone(), Context { parameters: &parameters, course: facts })]);
    fold(&contexts, events)
}

/// Steps over a stream, keeping only the rows that each event touches, as the server does.
pub fn step_all(facts: &CourseFacts, events: &[Event]) -> (Loaded, Vec<engine::record::Derived>) {
    let parameters = Parameters::default();
    let context = Context { parameters: &parameters, course: facts };
    let (mut rows, mut derived) = (BTreeMap::new(), vec![]);
    let mut head = engine::record::HeadState::default();
    for event in events {
        let touched = engine::record::touches(&event.body);
        let mut loaded = Loaded { head, skills: BTreeMap::new() };
        for key in touched {
            if let Some(row) = rows.get(&key) {
                loaded.skills.insert(key, Clone::clone(row));
            }
        }
        derived.extend(step(&context, &mut loaded, event));
        head = through_json(&loaded.head);
        rows.extend(loaded.skills.iter().map(|(key, row)| (key.clone(), through_json(row))));
    }
    (Loaded { head, skills: rows }, derived)
}

/// As a row is stored and read.
pub fn through_json<T: serde::Serialize + serde::de::DeserializeOwned>(row: &T) -> T {
    serde_json::from_str(&serde_json::to_string(row).expect("a row is plain data"))
        .expect("what was written can be read")
}
