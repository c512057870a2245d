//! What must hold of every plan holds for classes drawn at random: 300, or as many as CLASSES says.

mod support;

use curriculum::{Course, SkillId, template::Draw};
use engine::{
    CourseFacts, Parameters,
    plan::{
        Ask, Calendar, ChoiceLevel, Day, Demand, Ground, Impossible, Pace, Plan, PlanReason, Request, Target, Wishes,
        apply, forecast, solve, swaps,
    },
    record::{Author, Latched, SkillState},
};
use std::collections::{BTreeMap, BTreeSet};
use support::{TestSkill, course, id};

/// 2026-09-07, a Monday.
const MONDAY: Day = 20_703;
const STUDENT: Author = Author::Student(uuid::Uuid::nil());

fn teacher() -> Author {
    Author::Teacher(id(9))
}

fn ready() -> SkillState {
    let latched = Latched { at: 0, day: "2026-09-01".into(), cause: id(1), basis_changed: false };
    SkillState { p: 0.97, ready: Some(latched), ..SkillState::default() }
}

fn name(nth: usize) -> String {
    format!("s{nth:04}")
}

/// Skills in lessons of three, standards of four skills; edges to earlier skills, some of them back.
fn any_course(draw: &mut Draw, count: usize) -> Course {
    let skills: Vec<TestSkill> = (0..count)
        .map(|nth| {
            let mut needs: Vec<String> = Vec::new();
            for _ in 0..draw.below(3) {
                let far = draw.below(12) + 1;
                let back = draw.below(25) == 0;
                let below = if back { (nth + far) % count } else { nth.saturating_sub(far) };
                let below = name(below);
                if below != name(nth) && !needs.contains(&below) {
                    needs.push(below);
                }
            }
            TestSkill { id: name(nth), items: [0, 4, 6, 8, 8, 9][draw.below(6)], needs, helps: vec![] }
        })
        .collect();
    let lessons: Vec<Vec<String>> =
        (0..count).collect::<Vec<_>>().chunks(3).map(|three| three.iter().map(|nth| name(*nth)).collect()).collect();
    let mut course = course(&skills, &lessons);
    for (nth, skill) in course.skills.iter_mut().enumerate() {
        skill.standards = if nth % 5 == 4 { vec![] } else { vec![format!("st{:03}", nth / 4)] };
    }
    course
}

fn any_target(draw: &mut Draw, count: usize) -> Target {
    match draw.below(8) {
        0 => Target::Skill("no such skill".into()),
        1 => Target::Standard(format!("st{:03}", draw.below(count / 4 + 1))),
        2 => Target::Lesson(format!("lesson-{}", draw.below(count / 3 + 1)).as_str().into()),
        _ => Target::Skill(name(draw.below(count.max(1))).as_str().into()),
    }
}

fn any_demand(draw: &mut Draw, count: usize, calm: bool) -> Demand {
    let days = draw.below(200) as Day;
    let holiday = MONDAY + draw.below(60) as Day;
    let asks = if calm { 0 } else { draw.below(7) };
    let asks = (0..asks).map(|_| {
        let what = any_target(draw, count);
        let day = MONDAY - 5 + draw.below(120) as Day;
        match draw.below(3) {
            0 => Ask::Excused { what },
            1 => Ask::Locked { what, week: day, by: teacher() },
            _ => Ask::Must { what, due: (draw.below(2) == 0).then_some(day), by: teacher() },
        }
    });
    let asks = asks.collect();
    let standards = (0..draw.below(5)).map(|_| format!("st{:03}", draw.below(count / 4 + 2))).collect();
    Demand {
        standards: if draw.below(2) == 0 { BTreeSet::new() } else { standards },
        asks,
        minutes_per_week: [0, 20, 90, 200][draw.below(4)],
        calendar: Calendar::new(MONDAY, MONDAY + days, &[(holiday, holiday + 9)]),
        time_factor: if draw.below(3) == 0 { 1.5 } else { 1.0 },
    }
}

fn any_wishes(draw: &mut Draw, count: usize) -> Wishes {
    Wishes {
        first: (0..draw.below(3)).map(|_| any_target(draw, count)).collect(),
        later: (0..draw.below(2)).map(|_| any_target(draw, count)).collect(),
        goals: (0..draw.below(2)).map(|_| (any_target(draw, count), MONDAY + draw.below(90) as Day)).collect(),
        liked: (0..draw.below(3)).map(|_| format!("lesson-{}", draw.below(count / 3 + 1)).as_str().into()).collect(),
        choice: [ChoiceLevel::None, ChoiceLevel::Near, ChoiceLevel::Open][draw.below(3)],
    }
}

/// What was finally said of each skill: excused, a date, a lock.
#[derive(Default)]
struct Said {
    excused: BTreeSet<usize>,
    due: BTreeMap<usize, Day>,
    lock: BTreeMap<usize, Day>,
}

fn said(ground: &Ground<'_>, demand: &Demand) -> Said {
    let mut said = Said::default();
    for ask in &demand.asks {
        let (Ask::Must { what, .. } | Ask::Excused { what } | Ask::Locked { what, .. }) = ask;
        let places = match what {
            Target::Skill(skill) => ground.facts.place(skill).into_iter().collect(),
            Target::Lesson(lesson) => ground.of_lesson(lesson).to_vec(),
            Target::Standard(standard) => ground.of_standard(standard).to_vec(),
        };
        for place in places {
            said.excused.remove(&place);
            match ask {
                Ask::Excused { .. } => {
                    said.excused.insert(place);
                    said.due.remove(&place);
                    said.lock.remove(&place);
                }
                Ask::Must { due, .. } => {
                    said.due.remove(&place);
                    said.due.extend(due.map(|due| (place, due)));
                }
                Ask::Locked { week, .. } => drop(said.lock.insert(place, *week)),
            }
        }
    }
    said
}

/// What must hold of a plan; a sentence where it does not.
fn broken(ground: &Ground<'_>, request: &Request<'_>, plan: &Plan) -> Option<String> {
    let said = said(ground, request.demand);
    let at: BTreeMap<usize, usize> =
        plan.entries.iter().enumerate().map(|(nth, entry)| (ground.facts.place(&entry.skill).unwrap(), nth)).collect();
    if at.len() != plan.entries.len() {
        return Some("a skill stands twice".into());
    }
    let is_open = |place: usize| request.skills.get(&ground.facts.skills[place].id).is_some_and(SkillState::opens);
    let passed = |place: usize| is_open(place) || said.excused.contains(&place) || !ground.has_items(place);
    let named = |holds: &dyn Fn(&Impossible) -> bool| plan.impossible.iter().any(holds);
    for (place, nth) in &at {
        if is_open(*place) || !ground.has_items(*place) {
            return Some(format!("{place} needs no entry"));
        }
        for below in &ground.needs[*place] {
            if !passed(*below) && at.get(below).is_none_or(|before| before > nth) {
                return Some(format!("{place} comes before {below}, which it needs"));
            }
        }
    }
    let no_time = |place: usize| {
        let id = ground.facts.skills[place].id.clone();
        named(&|one| matches!(one, Impossible::NoTime { skill, .. } if *skill == id))
    };
    for (place, day) in said.lock.iter().filter(|(place, _)| !passed(**place)) {
        let id = &ground.facts.skills[*place].id;
        let kept = at.get(place).is_some_and(|nth| {
            let entry = &plan.entries[*nth];
            entry.locked && (0..7).contains(&(day - entry.week))
        });
        if !kept
            && !no_time(*place)
            && !named(&|one| matches!(one, Impossible::LockNotKept { skill, .. } if skill == id))
        {
            return Some(format!("the lock of {id} is broken and not named"));
        }
    }
    for (place, due) in said.due.iter().filter(|(place, _)| !passed(**place)) {
        let id = &ground.facts.skills[*place].id;
        let kept = at.get(place).is_some_and(|nth| plan.entries[*nth].week <= *due);
        if !kept && !no_time(*place) && !named(&|one| matches!(one, Impossible::Late { skill, .. } if skill == id)) {
            return Some(format!("the date of {id} is missed and not named"));
        }
    }
    let all: Vec<String> = match request.demand.standards.is_empty() {
        true => ground.standards().map(str::to_owned).collect(),
        false => request.demand.standards.iter().cloned().collect(),
    };
    for standard in all {
        let skills = ground.of_standard(&standard);
        let target = Target::Standard(standard.clone());
        if skills.is_empty() && !named(&|one| *one == Impossible::NotTaught { target: target.clone() }) {
            return Some(format!("{standard} is not taught and not named"));
        }
        for place in
            skills.iter().filter(|place| !is_open(**place) && !said.excused.contains(place) && !at.contains_key(place))
        {
            let id = &ground.facts.skills[*place].id;
            let is_named = |one: &Impossible| matches!(one, Impossible::StandardNotMet { standard: of, skills } if *of == standard && skills.contains(id));
            if !named(&is_named) {
                return Some(format!("{id} of {standard} is neither planned nor named"));
            }
        }
    }
    let minutes = request.demand.calendar.minutes(request.demand.minutes_per_week);
    let has: u64 = minutes.iter().map(|minutes| u64::from(*minutes)).sum();
    let takes: u64 = plan.entries.iter().map(|entry| u64::from(entry.minutes)).sum();
    if takes > has {
        return Some(format!("{takes} minutes in {has}"));
    }
    let by_week = plan.entries.windows(2).all(|two| two[0].week <= two[1].week || two[0].locked || two[1].locked);
    (!by_week).then(|| "a later entry is done in an earlier week".into())
}

fn check(seed: u64) {
    let mut draw = Draw::new(seed);
    let count = [1, 2, 7, 25, 60][draw.below(5)];
    let course = any_course(&mut draw, count);
    let facts = CourseFacts::new(&course);
    let ground = Ground::new(&facts);
    let parameters = Parameters::default();
    let calm = draw.below(4) == 0;
    let demand = any_demand(&mut draw, count, calm);
    for _ in 0..2 {
        let mut skills: BTreeMap<SkillId, SkillState> = BTreeMap::new();
        for skill in &facts.skills {
            match draw.below(4) {
                0 => drop(skills.insert(skill.id.clone(), ready())),
                1 => drop(skills.insert(
                    skill.id.clone(),
                    SkillState { p: draw.below(100) as f64 / 100.0, ..SkillState::default() },
                )),
                _ => {}
            }
        }
        let wishes = any_wishes(&mut draw, count);
        let request = Request {
            student: STUDENT,
            skills: &skills,
            demand: &demand,
            wishes: &wishes,
            pace: Pace::default(),
            before: None,
        };
        let plan = solve(&ground, &parameters, &request);
        assert_eq!(broken(&ground, &request, &plan), None, "seed {seed}");
        for nth in 0..plan.entries.len().min(6) {
            for swap in swaps(&ground, &parameters, &request, &plan, nth) {
                let swapped = apply(&ground, &parameters, &request, &plan, &swap).expect("an offered swap can be made");
                assert_eq!(broken(&ground, &request, &swapped), None, "seed {seed}, {swap:?}");
                assert_eq!(swapped.entries.len(), plan.entries.len());
                let again = Request { before: Some(&swapped), ..request };
                assert_eq!(
                    broken(&ground, &again, &solve(&ground, &parameters, &again)),
                    None,
                    "seed {seed}, {swap:?}"
                );
            }
        }
        let again = solve(&ground, &parameters, &Request { before: Some(&plan), ..request });
        assert_eq!(again.entries, plan.entries, "seed {seed}: planned again, nothing moves");
        if let Some(first) = plan.entries.first().filter(|_| calm) {
            let mut more = skills.clone();
            more.insert(first.skill.clone(), ready());
            let next = solve(&ground, &parameters, &Request { before: Some(&plan), skills: &more, ..request });
            let common = |of: &Plan, with: &Plan| {
                let skills = of.entries.iter().map(|entry| entry.skill.clone());
                skills.filter(|skill| with.entry(skill).is_some()).collect::<Vec<_>>()
            };
            assert!(next.entry(&first.skill).is_none());
            assert_eq!(common(&next, &plan), common(&plan, &next), "seed {seed}: the rest stands in its order");
        }
    }
}

#[test]
fn every_plan_of_random_classes_keeps_or_names_what_was_asked() {
    let classes = std::env::var("CLASSES").ok().and_then(|count| count.parse().ok()).unwrap_or(300);
    (0..classes).for_each(check);
}

/// A request of one student over a course written as `support::skills` reads it, each lesson one skill.
fn plan_of(text: &str, minutes: u32, asks: Vec<Ask>, wishes: &Wishes) -> Plan {
    let skills = support::skills(text);
    let lessons: Vec<Vec<String>> = skills.iter().map(|skill| vec![skill.id.clone()]).collect();
    let facts = CourseFacts::new(&course(&skills, &lessons));
    let demand = Demand {
        asks,
        minutes_per_week: minutes,
        calendar: Calendar::new(MONDAY, MONDAY + 40, &[]),
        time_factor: 1.0,
        ..Demand::default()
    };
    let request = Request {
        student: STUDENT,
        skills: &BTreeMap::new(),
        demand: &demand,
        wishes,
        pace: Pace::default(),
        before: None,
    };
    solve(&Ground::new(&facts), &Parameters::default(), &request)
}

fn told(plan: &Plan) -> String {
    let entries: Vec<String> = plan.entries.iter().map(|e| format!("{}@{}", e.skill, (e.week - MONDAY) / 7)).collect();
    entries.join(" ")
}

#[test]
fn the_authors_order_holds_where_nobody_asks_for_anything() {
    assert_eq!(told(&plan_of("a:8 b:8(a) c:8", 8, vec![], &Wishes::default())), "a@0 b@1 c@2");
}

#[test]
fn a_date_comes_first_with_all_that_it_needs() {
    let due = Ask::Must { what: Target::Skill("d".into()), due: Some(MONDAY + 13), by: teacher() };
    let plan = plan_of("a:8 b:8 c:8 d:8(c)", 8, vec![due], &Wishes::default());
    assert_eq!(told(&plan), "c@0 d@1 a@2 b@3");
    let reasons: Vec<&PlanReason> = plan.entries.iter().map(|entry| &entry.reason).collect();
    assert_eq!((&plan.entries[1].by, reasons[1]), (&teacher(), &PlanReason::Required {}));
    assert_eq!(plan.impossible, []);
}

#[test]
fn a_lock_holds_its_week_and_one_that_cannot_is_named() {
    let lock = |skill: &str, week: Day| Ask::Locked { what: Target::Skill(skill.into()), week, by: teacher() };
    let plan = plan_of("a:8 b:8 c:8", 8, vec![lock("a", MONDAY + 15)], &Wishes::default());
    assert_eq!(told(&plan), "b@0 c@1 a@2");
    let plan = plan_of("a:8 b:8(a) c:8(b)", 8, vec![lock("c", MONDAY)], &Wishes::default());
    assert_eq!(told(&plan), "a@0 b@1 c@2");
    assert_eq!(plan.impossible, [Impossible::LockNotKept { skill: "c".into(), week: MONDAY }]);
}

#[test]
fn a_wish_is_the_students_and_brings_what_it_needs() {
    let wishes = Wishes { first: vec![Target::Skill("d".into())], ..Wishes::default() };
    let plan = plan_of("a:8 b:8 c:8 d:8(c)", 8, vec![], &wishes);
    assert_eq!(told(&plan), "c@0 d@1 a@2 b@3");
    assert_eq!((plan.entries[1].by, &plan.entries[1].reason), (STUDENT, &PlanReason::Chosen {}));
}

#[test]
fn courses_at_the_edge_have_plans() {
    assert_eq!(plan_of("", 8, vec![], &Wishes::default()), Plan::default());
    assert_eq!(told(&plan_of("a:0", 8, vec![], &Wishes::default())), "");
    let circle = plan_of("a:8(b) b:8(a)", 100, vec![], &Wishes::default());
    assert_eq!(told(&circle), "b@0 a@0");
    assert_eq!(circle.impossible, [Impossible::Circle { skill: "b".into(), needs: "a".into() }]);
    let chain: String =
        (0..2_000).map(|nth| if nth == 0 { "s0:8".into() } else { format!(" s{nth}:8(s{})", nth - 1) }).collect();
    assert_eq!(plan_of(&chain, 100_000, vec![], &Wishes::default()).entries.len(), 2_000);
}

#[test]
fn a_forecast_holds_what_is_likely_and_is_the_same_for_a_seed() {
    let mut draw = Draw::new(3);
    let course = any_course(&mut draw, 60);
    let facts = CourseFacts::new(&course);
    let (ground, parameters) = (Ground::new(&facts), Parameters::default());
    let demand = Demand {
        minutes_per_week: 60,
        calendar: Calendar::new(MONDAY, MONDAY + 100, &[]),
        time_factor: 1.0,
        ..Demand::default()
    };
    let request = Request {
        student: STUDENT,
        skills: &BTreeMap::new(),
        demand: &demand,
        wishes: &Wishes::default(),
        pace: Pace::default(),
        before: None,
    };
    let plan = solve(&ground, &parameters, &request);
    let wanted: Vec<Target> = ground.standards().map(|standard| Target::Standard(standard.to_owned())).collect();
    let found = forecast(&ground, &Parameters::default(), &request, &plan, &wanted, 1);
    assert_eq!(found, forecast(&ground, &Parameters::default(), &request, &plan, &wanted, 1));
    let day = |day: Option<Day>| day.unwrap_or(Day::MAX);
    assert!(found.len() > 8);
    assert!(found.iter().all(|one| day(one.from) <= day(one.likely) && day(one.likely) <= day(one.to)), "{found:?}");
    assert!(found.iter().any(|one| day(one.from) < day(one.to)));
}
