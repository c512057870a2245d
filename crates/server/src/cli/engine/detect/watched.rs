//! A planted history through the real rules: each deed an event, the alerts read as a teacher's screen reads them.

use curriculum::{Course, CourseId, ItemHash, Lang, PartId, Pool, Skill, SkillId, Text};
use engine::{
    CourseFacts, Parameters,
    detect::{Profile, Rule, alerts},
    grading::{Judgement, Response, Verdict},
    next_activity::Work,
    record::{Answered, Author, Body, Context, Event, HintOpened, Loaded, Purpose, WorkStarted, step},
};
use simulation::planted::{Act, Deed, History, Sitting};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// 2026-11-02, a Monday, at nine, in ms UTC.
const BEGINNING_MS: i64 = 1_793_955_600_000;
/// Questions of a run.
const RUN: u32 = 5;
/// The screen is drawn at least so often.
const READ_EVERY_MS: i64 = 15_000;
/// How long after the last deed the sitting is still looked at.
const AFTER_MS: i64 = 30_000;

/// The course that planted histories are about.
pub struct Ground {
    facts: CourseFacts,
    parameters: Parameters,
}

impl Ground {
    pub fn new(skills: usize) -> Self {
        let skill = |nth: usize| Skill {
            id: SkillId(format!("skill-{nth}")),
            code: String::new(),
            name: Text::en("A skill"),
            can: Text::default(),
            standards: vec![],
            rests_on: vec![],
            hub: false,
        };
        let course = Course {
            id: CourseId("planted".into()),
            title: Text::en("A course"),
            languages: vec![Lang::en()],
            attribution: vec![],
            units: vec![],
            skills: (0..skills).map(skill).collect(),
            misconceptions: BTreeMap::new(),
            items: BTreeMap::new(),
            aliases: BTreeMap::new(),
        };
        Self { facts: CourseFacts::new(&course), parameters: Parameters::default() }
    }
}

/// The rules that were raised in each sitting of a history, anew in that sitting.
pub fn raised(ground: &Ground, history: &History) -> Vec<BTreeSet<Rule>> {
    let profile = Profile { time_rules_off: history.reads_aloud, time_factor: history.time_factor };
    let mut state = Loaded::default();
    let context = Context { parameters: &ground.parameters, course: &ground.facts };
    history.sittings.iter().map(|sitting| in_sitting(&context, &mut state, history, sitting, &profile)).collect()
}

fn in_sitting(
    context: &Context<'_>,
    state: &mut Loaded,
    history: &History,
    sitting: &Sitting,
    profile: &Profile,
) -> BTreeSet<Rule> {
    let mut raised = BTreeSet::new();
    let begins = sitting.deeds.first().map_or(0, |deed| deed.at) + BEGINNING_MS;
    let mut look = |state: &Loaded, now: i64| {
        let found = alerts(&state.head, now, profile).into_iter().filter(|alert| alert.since >= begins);
        raised.extend(found.map(|alert| alert.rule));
    };
    for (nth, deed) in sitting.deeds.iter().enumerate() {
        // As in the product: only the first question of a run is an event by being shown.
        if deed.act == Act::Begin && deed.question % RUN != 1 {
            continue;
        }
        let event = event(context, history, sitting, deed, nth);
        let now = event.effective_at;
        step(context, state, &event);
        look(state, now);
        let next = sitting.deeds.get(nth + 1).map_or(now + AFTER_MS, |next| next.at + BEGINNING_MS);
        let mut at = now + READ_EVERY_MS;
        while at < next {
            look(state, at);
            at += READ_EVERY_MS;
        }
    }
    raised
}

fn event(context: &Context<'_>, history: &History, sitting: &Sitting, deed: &Deed, nth: usize) -> Event {
    let presentation = Uuid::from_u128(u128::from(deed.question));
    let course = context.course.id.clone();
    let skill = SkillId(format!("skill-{}", deed.skill));
    let item = curriculum::ItemId(format!("item-{}-{}", deed.skill, deed.item));
    let part = PartId("a".into());
    let body = match &deed.act {
        Act::Begin => Body::WorkStarted(WorkStarted {
            course,
            work: Work::Practise { skill: skill.clone() },
            lesson: None,
            skill: Some(skill),
            item: Some(item),
            presentation: Some(presentation),
        }),
        Act::Hint { last, after_ms } => Body::HintOpened(HintOpened {
            presentation,
            course,
            item,
            part,
            skills: vec![skill],
            hint: curriculum::HintId("h".into()),
            bottom_out: *last,
            since_last_ms: *after_ms,
        }),
        Act::Answer { right, idea, took_ms, options } => {
            let verdict = if *right { Verdict::Right } else { Verdict::Wrong };
            let judgement = Judgement {
                verdict,
                score: f64::from(u8::from(*right)),
                message: None,
                misconception: idea.map(|idea| curriculum::MisconceptionId(format!("idea-{idea}"))),
            };
            let supports = if history.reads_aloud { vec!["read_aloud".to_owned()] } else { vec![] };
            Body::Answered(Answered {
                presentation,
                course,
                item,
                item_hash: ItemHash("hash".into()),
                seed: i64::from(deed.question),
                part,
                skills: vec![skill],
                lesson: None,
                purpose: Purpose::Practice,
                mixed_set: None,
                response: Response::Text { text: "1".into() },
                judgement,
                grader_version: "1".into(),
                elapsed_ms: *took_ms,
                options_shown: *options,
                pool: Pool::Practice,
                lang: Lang::en(),
                listened: history.reads_aloud,
                supports,
                detour: None,
            })
        }
    };
    Event {
        id: Uuid::from_u128((u128::from(sitting.day) + 1) << 64 | nth as u128),
        effective_at: deed.at + BEGINNING_MS,
        school_day: format!("2026-11-{:02}", 2 + sitting.day),
        actor: Author::Student(Uuid::from_u128(1)),
        body,
    }
}
