//! Plans and forecasts at the edge: nothing to do, no time to do it in, one student, three hundred.

mod support;

use engine::{
    CourseFacts, Parameters,
    plan::{
        Ask, Calendar, Day, Demand, Forecast, Ground, Impossible, Pace, Plan, Request, Stretch, Target, Wishes,
        forecast, left, paces, solve,
    },
    record::Author,
};
use std::collections::BTreeMap;
use support::{course, skills};

/// 2026-09-07, a Monday.
const MONDAY: Day = 20_703;

/// A plan over a course in which every lesson is one skill, with the forecasts of its lessons.
fn planned(text: &str, calendar: Calendar, asks: Vec<Ask>, pace: Pace) -> (Plan, Vec<Forecast>) {
    let skills = skills(text);
    let lessons: Vec<Vec<String>> = skills.iter().map(|skill| vec![skill.id.clone()]).collect();
    let facts = CourseFacts::new(&course(&skills, &lessons));
    let ground = Ground::new(&facts);
    let demand = Demand { asks, minutes_per_week: 60, calendar, time_factor: 1.0, ..Demand::default() };
    let request = Request {
        student: Author::Student(uuid::Uuid::nil()),
        skills: &BTreeMap::new(),
        demand: &demand,
        wishes: &Wishes::default(),
        pace,
        before: None,
    };
    let plan = solve(&ground, &Parameters::default(), &request);
    let wanted: Vec<Target> = facts.lessons.iter().map(|lesson| Target::Lesson(lesson.id.clone())).collect();
    let said = forecast(&ground, &Parameters::default(), &request, &plan, &wanted, 7);
    (plan, said)
}

fn no_time(plan: &Plan) -> usize {
    plan.impossible.iter().filter(|one| matches!(one, Impossible::NoTime { .. })).count()
}

#[test]
fn where_everything_is_excused_nothing_is_planned_and_nothing_forecast() {
    let excused = ["a", "b", "c"].map(|skill| Ask::Excused { what: Target::Skill(skill.into()) });
    let term = Calendar::new(MONDAY, MONDAY + 90, &[]);
    assert_eq!(planned("a:8 b:8(a) c:8", term, excused.to_vec(), Pace::default()), (Plan::default(), vec![]));
}

#[test]
fn a_term_in_the_past_and_holidays_every_day_name_what_there_is_no_time_for() {
    let past = Calendar::new(MONDAY, MONDAY - 30, &[]);
    let holidays = Calendar::new(MONDAY, MONDAY + 90, &[(MONDAY - 5, MONDAY + 200)]);
    for calendar in [past, holidays, Calendar::default()] {
        let (plan, said) = planned("a:8 b:8(a)", calendar, vec![], Pace::default());
        assert_eq!((plan.entries.len(), no_time(&plan)), (0, 2));
        assert!(said.iter().all(|one| one.from.is_none() && one.to.is_none()), "{said:?}");
        assert_eq!(said.len(), 2);
    }
}

#[test]
fn a_course_of_one_skill_has_a_range_on_lesson_days() {
    let mondays = Calendar::on_days(MONDAY, MONDAY + 200, &[], 0b1);
    let (plan, said) = planned("a:8", mondays, vec![], Pace { own: 12.0, spread: 0.3 });
    assert_eq!(plan.entries.len(), 1);
    let days = [said[0].from, said[0].likely, said[0].to].map(|day| day.expect("within the term"));
    assert!(days[0] < days[2] && days.iter().all(|day| (day - MONDAY) % 7 == 0), "{days:?}");
}

#[test]
fn who_is_quicker_than_the_plan_may_reach_what_it_has_no_time_for() {
    let term = Calendar::new(MONDAY, MONDAY + 11, &[]);
    let text = (0..40).map(|nth| format!("s{nth:02}:8")).collect::<Vec<_>>().join(" ");
    let (plan, said) = planned(&text, term, vec![], Pace { own: 1.0, spread: 0.8 });
    let first_without_time = plan.entries.len();
    assert!(no_time(&plan) > 10);
    let beyond = &said[first_without_time];
    assert!(beyond.from.is_some() && beyond.to.is_none(), "{beyond:?}");
}

#[test]
fn a_wider_pace_makes_wider_ranges_and_a_slower_one_later_ones() {
    let text = (0..30).map(|nth| format!("s{nth:02}:8")).collect::<Vec<_>>().join(" ");
    let of = |own, spread| {
        let term = Calendar::new(MONDAY, MONDAY + 900, &[]);
        let last = planned(&text, term, vec![], Pace { own, spread }).1.pop().expect("a forecast");
        let day = |day: Option<Day>| day.expect("within the term");
        (day(last.to) - day(last.from), day(last.likely))
    };
    let ((narrow, soon), (wide, _), (_, late)) = (of(1.0, 0.1), of(1.0, 0.6), of(2.0, 0.1));
    assert!(narrow < wide && soon < late, "{narrow} {wide} {soon} {late}");
}

#[test]
fn a_class_of_one_and_a_class_of_three_hundred_have_paces() {
    let stretches = |done: f64| vec![Stretch { minutes: 40.0, done }; 6];
    let alone = paces(&[stretches(20.0)]);
    assert!(alone[0].own > 1.2 && alone[0].own < 2.0, "{alone:?}");
    let class: Vec<Vec<Stretch>> = (0..300).map(|nth| stretches(10.0 + f64::from(nth % 50))).collect();
    let found = paces(&class);
    assert_eq!(found.len(), 300);
    assert!(found[0].own > found[49].own && found.iter().all(|pace| pace.own.is_finite() && pace.spread < 0.5));
}

#[test]
fn what_is_left_is_the_work_of_all_that_is_not_open() {
    let skills = skills("a:8 b:8 c:0");
    let facts = CourseFacts::new(&course(&skills, &[]));
    let (ground, parameters) = (Ground::new(&facts), Parameters::default());
    let found = left(&ground, &parameters, &BTreeMap::new());
    assert!((found - 14.5).abs() < 1e-9, "{found}");
}
