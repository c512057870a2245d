//! The detour: when it is offered, where it leads, how it ends, and what comes after it.

mod support;

use curriculum::{Misconception, SkillId, Text};
use engine::{
    CourseFacts, Parameters,
    detect::{HelpForm, Profile, Rule, alerts, help_after},
    detour::{
        Because, DetourDeclined, DetourOffered, DetourStarted, Ending, Phase, candidates, offer, offer_id, target,
    },
    next_activity::Situation,
    record::{Answered, Author, Body, Context, Event, HeadState, Loaded, SkillState, step},
};
use std::collections::{BTreeMap, BTreeSet};
use support::{History, course, fold_all, id, skills};
use uuid::Uuid;

/// `top` needs `near` and `far`; `side` only helps with it. `adds-instead` leads back to `side`.
const COURSE: &str = "near:8 far:8 side:8 top:8(near,far)[side]";

fn facts() -> CourseFacts {
    with(COURSE, Some("side"), |_| ())
}

fn with(text: &str, way_back: Option<&str>, change: impl FnOnce(&mut curriculum::Course)) -> CourseFacts {
    let all = skills(text);
    let lessons: Vec<Vec<String>> = all.iter().map(|skill| vec![skill.id.clone()]).collect();
    let mut made = course(&all, &lessons);
    if let Some(skill) = way_back {
        let idea = Misconception {
            id: "adds-instead".into(),
            name: Text::en("adds"),
            truth: Text::default(),
            conflict: Text::default(),
            way_back: skill.into(),
        };
        made.misconceptions.insert(idea.id.clone(), idea);
    }
    change(&mut made);
    CourseFacts::new(&made)
}

/// A student at work, as the server sees one: each event stepped over, its conclusions stored, detours offered.
struct Desk {
    facts: CourseFacts,
    state: Loaded,
    events: Vec<Event>,
    words: History,
    minutes: i64,
    support: Option<&'static str>,
}

impl Desk {
    fn new(facts: CourseFacts) -> Self {
        let words = History::default();
        Self { facts, state: Loaded::default(), events: vec![], words, minutes: 1, support: None }
    }

    fn push(&mut self, body: Body) -> Uuid {
        let at = self.words.now + (self.minutes - 1) * 60_000;
        self.words.now = at;
        let event = self.words.push(Author::Student(id(1)), body);
        let event = self.words.events.iter().find(|known| known.id == event).expect("it was pushed").clone();
        self.take(event.clone());
        event.id
    }

    fn take(&mut self, event: Event) {
        let parameters = Parameters::default();
        let derived = step(&Context { parameters: &parameters, course: &self.facts }, &mut self.state, &event);
        self.events.push(event.clone());
        for conclusion in derived {
            let stored =
                Event { id: conclusion.id(id(1)), actor: Author::Engine, body: conclusion.body, ..event.clone() };
            step(&Context { parameters: &parameters, course: &self.facts }, &mut self.state, &stored);
            self.events.push(stored);
        }
    }

    fn skills(&self) -> BTreeMap<SkillId, SkillState> {
        self.state.of_course(&self.facts.id)
    }

    fn offer(&self, cause: Uuid) -> Option<DetourOffered> {
        let (parameters, skills, solved) = (Parameters::default(), self.skills(), BTreeSet::new());
        let situation = Situation {
            facts: &self.facts,
            parameters: &parameters,
            head: &self.state.head,
            skills: &skills,
            now: self.words.now,
            school_day: &format!("2026-11-{:02}", self.words.day),
            seed: 1,
            solved: &solved,
            placement_first: false,
        };
        offer(&situation, id(self.words.presentation), &"a".into(), cause)
    }

    /// Answers in words (`wrong top1`, `bad-idea wrong top2`, `wrong`), takes what is offered into the record.
    fn answer(&mut self, words: &str) -> Option<DetourOffered> {
        let (idea, words) = words.strip_prefix("bad-idea ").map_or((false, words), |words| (true, words));
        let (verb, item) = words.split_once(' ').map_or((words, None), |(verb, item)| (verb, Some(item)));
        if let Some(item) = item {
            self.words.presentation += 1;
            self.words.item = item.to_owned();
        }
        let cause = self.push(self.words.answer(verb, false, false, idea));
        let offered = self.offer(cause);
        if let Some(offered) = &offered {
            let event = Event {
                id: offer_id(id(1), cause),
                effective_at: self.words.now,
                school_day: format!("2026-11-{:02}", self.words.day),
                actor: Author::Engine,
                body: Body::DetourOffered(offered.clone()),
            };
            self.take(event);
        }
        offered
    }

    fn detour(&self) -> engine::detour::Detour {
        self.state.head.detours.last().expect("a detour").clone()
    }

    fn start(&mut self) {
        let (detour, presentation) = (self.detour(), id(900 + self.words.presentation));
        self.push(Body::DetourStarted(DetourStarted {
            detour: detour.id,
            course: detour.course,
            skill: detour.skill,
            presentation,
        }));
    }

    fn decline(&mut self) {
        let detour = self.detour();
        self.push(Body::DetourDeclined(DetourDeclined {
            presentation: detour.presentation,
            part: detour.part,
            detour: detour.id,
            course: detour.course,
            skill: detour.skill,
        }));
    }

    /// Answers a question of the detour that is under way.
    fn on_the_way(&mut self, verb: &str, nth: usize) -> Phase {
        let detour = self.detour();
        let (waits, item) = (self.words.presentation, self.words.item.clone());
        self.words.presentation = 500 + self.words.next;
        self.words.item = format!("{}{nth}", detour.skill);
        let Body::Answered(answer) = self.words.answer(verb, false, false, false) else { panic!("an answer") };
        let supports = self.support.iter().map(|support| (*support).to_owned()).collect();
        self.push(Body::Answered(Answered { detour: Some(detour.id), supports, ..answer }));
        (self.words.presentation, self.words.item) = (waits, item);
        self.detour().phase
    }

    fn help(&self) -> Option<HelpForm> {
        help_after(&self.state.head, id(self.words.presentation), &"a".into())
    }

    fn rules(&self) -> Vec<Rule> {
        let told = alerts(&self.state.head, self.words.now + 1000, &Profile::default());
        told.into_iter().map(|alert| alert.rule).collect()
    }
}

fn missed_thrice(facts: CourseFacts) -> Desk {
    let mut desk = Desk::new(facts);
    assert_eq!((desk.answer("wrong top1"), desk.answer("wrong")), (None, None));
    assert!(desk.answer("wrong").is_some(), "the third miss changes the form of help");
    desk
}

#[test]
fn the_third_miss_offers_the_weakest_needed_prerequisite() {
    let mut desk = Desk::new(facts());
    for words in ["right near1", "right near2", "wrong top1", "wrong", "wrong"] {
        desk.answer(words);
    }
    let detour = desk.detour();
    assert_eq!((detour.skill.as_str(), detour.from.as_str(), &detour.because), ("far", "top", &Because::Needed {}));
    assert_eq!((detour.phase, detour.misses, desk.help()), (Phase::Offered, 3, Some(HelpForm::Detour)));
}

#[test]
fn a_weak_edge_is_passed_over_for_a_strong_one() {
    let strength = |course: &mut curriculum::Course| {
        let top = course.skills.iter_mut().find(|skill| skill.id.as_str() == "top").expect("it is there");
        for edge in &mut top.rests_on {
            edge.strength = if edge.skill.as_str() == "near" { 0.9 } else { 0.3 };
        }
    };
    let facts = with(COURSE, None, strength);
    let p = |skill: &SkillId| if skill.as_str() == "near" { 0.5 } else { 0.2 };
    let found = target(&facts, &"top".into(), None, p, |_| true).expect("a way");
    // .5 x .9 = .45 beats .8 x .3 = .24.
    assert_eq!(found.skill.as_str(), "near");
}

#[test]
fn a_wrong_idea_leads_to_its_way_back_even_along_a_helping_edge() {
    let mut desk = Desk::new(facts());
    assert_eq!(desk.answer("bad-idea wrong top1"), None, "once is a hint");
    let offered = desk.answer("bad-idea wrong top2").expect("twice on different numbers is a finding");
    let because = Because::WayBack { misconception: "adds-instead".into() };
    assert_eq!((offered.skill.as_str(), offered.because, offered.misses), ("side", because, 1));
}

#[test]
fn the_same_wrong_idea_on_the_same_numbers_is_no_finding() {
    let mut desk = Desk::new(facts());
    assert_eq!((desk.answer("bad-idea wrong top1"), desk.answer("bad-idea wrong")), (None, None));
    assert_eq!(desk.help(), None);
}

#[test]
fn where_edges_only_help_nothing_but_a_wrong_idea_leads_down() {
    let only_helps = || with("side:8 top:8[side]", Some("side"), |_| ());
    let mut desk = Desk::new(only_helps());
    for words in ["wrong top1", "wrong", "wrong"] {
        assert_eq!(desk.answer(words), None);
    }
    assert_eq!(desk.help(), Some(HelpForm::Example), "the representation changes instead");
    let mut desk = Desk::new(only_helps());
    desk.answer("bad-idea wrong top1");
    assert!(desk.answer("bad-idea wrong top2").is_some());
}

#[test]
fn an_idea_that_belongs_to_the_skill_itself_changes_the_form_and_leads_nowhere() {
    let mut desk = Desk::new(with(COURSE, Some("top"), |_| ()));
    desk.answer("bad-idea wrong top1");
    assert_eq!(desk.answer("bad-idea wrong top2"), None);
    assert_eq!(desk.help(), Some(HelpForm::Example));
}

#[test]
fn what_is_surely_known_or_cannot_be_asked_is_not_probed() {
    let facts = facts();
    let from = "top".into();
    assert_eq!(target(&facts, &from, None, |_| 0.97, |_| true), None);
    assert_eq!(target(&facts, &from, None, |_| 0.2, |_| false), None);
    let far = target(&facts, &from, None, |_| 0.2, |skill| skill.as_str() == "far");
    assert_eq!(far.map(|target| target.skill.0), Some("far".to_owned()));
    assert!(facts.skill(&"top".into()).expect("a skill").helped_by.len() == 1);
    assert_eq!(candidates(&facts, &from, None), ["near".into(), "far".into()]);
}

#[test]
fn a_right_probe_shows_the_idea_is_there_and_the_questions_own_help_changes_its_form() {
    let mut desk = missed_thrice(facts());
    desk.start();
    assert_eq!(desk.on_the_way("right", 1), Phase::Known);
    assert_eq!(desk.help(), Some(HelpForm::Example));
    assert!(!desk.rules().contains(&Rule::DetourFailed));
}

#[test]
fn a_missed_probe_goes_on_and_a_fresh_right_ends_it_as_learned() {
    let mut desk = missed_thrice(facts());
    desk.start();
    assert_eq!(desk.on_the_way("wrong", 1), Phase::Running);
    assert_eq!(desk.on_the_way("right", 2), Phase::Learned);
    assert_eq!(desk.help(), None, "back at the question, the question comes first");
    assert_eq!(desk.answer("wrong"), None, "once an item");
    assert_eq!(desk.help(), Some(HelpForm::Example));
    let skill = &desk.skills()[&SkillId::from("near")];
    assert_eq!((skill.attempts, skill.wins, skill.fails), (2, 1, 1), "it counts as any practice does");
}

#[test]
fn a_detour_that_does_not_help_goes_to_the_teacher_and_to_no_other_detour() {
    let mut desk = missed_thrice(facts());
    desk.start();
    let phases = [1, 2, 3].map(|nth| desk.on_the_way("wrong", nth));
    assert_eq!(phases, [Phase::Running, Phase::Running, Phase::Failed]);
    assert_eq!(desk.rules().first(), Some(&Rule::DetourFailed));
    assert_eq!(desk.help(), Some(HelpForm::Teacher));
    for words in ["wrong top2", "wrong", "wrong"] {
        assert_eq!(desk.answer(words), None, "not another one of that skill today");
    }
    assert_eq!(desk.help(), Some(HelpForm::Example));
}

#[test]
fn the_alert_rests_once_the_waiting_question_is_right() {
    let mut desk = missed_thrice(facts());
    desk.start();
    let _ = [1, 2, 3].map(|nth| desk.on_the_way("wrong", nth));
    desk.answer("right");
    assert!(!desk.rules().contains(&Rule::DetourFailed));
}

#[test]
fn three_minutes_are_the_limit_unless_times_mislead() {
    let mut desk = missed_thrice(facts());
    desk.start();
    desk.minutes = 4;
    assert_eq!(desk.on_the_way("wrong", 1), Phase::Failed);
    let ended = desk.events.iter().find_map(|event| match &event.body {
        Body::DetourFailed(ended) => Some(ended.ending),
        _ => None,
    });
    assert_eq!(ended, Some(Ending::OutOfTime));
    for support in ["read_aloud", "screen_reader", "extra_time"] {
        let mut desk = missed_thrice(facts());
        desk.start();
        desk.minutes = 4;
        desk.support = Some(support);
        assert_eq!(desk.on_the_way("wrong", 1), Phase::Running, "{support}");
    }
}

#[test]
fn declined_or_left_it_is_no_failure_and_the_form_changes_instead() {
    let mut desk = missed_thrice(facts());
    desk.decline();
    assert_eq!((desk.detour().phase, desk.help()), (Phase::Declined, Some(HelpForm::Example)));
    let mut desk = missed_thrice(facts());
    desk.start();
    desk.on_the_way("wrong", 1);
    desk.decline();
    assert_eq!((desk.detour().phase, desk.help()), (Phase::Left, Some(HelpForm::Example)));
    assert!(!desk.rules().contains(&Rule::DetourFailed));
    assert_eq!(desk.on_the_way("right", 2), Phase::Left, "what was left does not end later");
}

#[test]
fn one_deep_a_question_of_a_detour_offers_none() {
    // `near` itself needs `base`.
    let mut desk = missed_thrice(with("base:8 near:8(base) far:8 side:8 top:8(near,far)", None, |_| ()));
    desk.start();
    let detour = desk.detour();
    assert_eq!(detour.skill.as_str(), "near");
    desk.words.presentation = 600;
    desk.words.item = "near1".into();
    for miss in 1..=3 {
        let Body::Answered(answer) = desk.words.answer("wrong", false, false, false) else { panic!("an answer") };
        let cause = desk.push(Body::Answered(Answered { detour: Some(detour.id), ..answer }));
        assert_eq!(desk.offer(cause), None, "miss {miss}");
    }
    assert_eq!(desk.help(), Some(HelpForm::Example), "its own help changes its form");
}

#[test]
fn once_an_item_another_item_may_have_its_own() {
    let mut desk = missed_thrice(facts());
    desk.decline();
    for words in ["wrong top1", "wrong", "wrong"] {
        assert_eq!(desk.answer(words), None);
    }
    for words in ["right top2", "wrong top3", "wrong"] {
        assert_eq!(desk.answer(words), None);
    }
    assert!(desk.answer("wrong").is_some());
}

#[test]
fn three_questions_of_one_skill_missed_in_a_row_are_three_misses_on_one_idea() {
    let mut desk = Desk::new(facts());
    assert_eq!((desk.answer("wrong top1"), desk.answer("wrong top2")), (None, None));
    assert!(desk.answer("wrong top3").is_some());
}

#[test]
fn six_misses_are_the_teachers_turn_even_while_a_detour_is_offered() {
    let mut desk = missed_thrice(facts());
    for _ in 0..3 {
        desk.answer("wrong");
    }
    assert_eq!(desk.help(), Some(HelpForm::Teacher));
}

#[test]
fn a_fold_of_the_stored_stream_gives_the_same_head_and_concludes_nothing_new() {
    let mut failed = missed_thrice(facts());
    failed.start();
    let _ = [1, 2, 3].map(|nth| failed.on_the_way("wrong", nth));
    let mut learned = missed_thrice(facts());
    learned.start();
    learned.on_the_way("wrong", 1);
    learned.on_the_way("right", 2);
    learned.answer("right");
    for desk in [failed, learned] {
        let folded = fold_all(&desk.facts, &desk.events);
        assert_eq!(folded.loaded, desk.state);
        assert_eq!((folded.derived.len(), folded.basis_changed.len()), (0, 0));
        let head: HeadState = support::through_json(&desk.state.head);
        assert_eq!(head, desk.state.head);
        // Without its stored conclusions a stream concludes them again.
        let bare: Vec<Event> = desk
            .events
            .iter()
            .filter(|event| engine::record::Derived::in_body(&event.body).is_none())
            .cloned()
            .collect();
        let again = fold_all(&desk.facts, &bare);
        assert_eq!((again.loaded.head, again.derived.len()), (desk.state.head.clone(), desk.events.len() - bare.len()));
    }
}
