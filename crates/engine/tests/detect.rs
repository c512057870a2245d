//! What a teacher would be told after a history, a minute later.

mod support;

use engine::{
    detect::{Profile, Rule, alerts, help_after, see_first},
    record::Body,
};
use expect_test::{Expect, expect};
use support::{History, facts, id};

fn check_with(words: &str, profile: Profile, expected: Expect) {
    let history = History::read(words);
    let head = history.fold(&facts("a:20 b:20 c:20")).loaded.head;
    let mut lines = String::new();
    for alert in alerts(&head, history.now + 1000, &profile) {
        let args = serde_json::to_string(&alert.args).expect("plain data");
        lines.push_str(&format!("{:?} {args}\n", alert.rule));
    }
    let form = help_after(&head, id(history.presentation), &"a".into());
    lines.push_str(&form.map_or(String::new(), |form| format!("help: {form:?}\n")));
    expected.assert_eq(&lines);
}

fn check(words: &str, expected: Expect) {
    check_with(words, Profile::default(), expected);
}

#[test]
fn two_misses_on_a_question_raise_nothing() {
    check("wrong a1, wrong", expect![[""]]);
}

#[test]
fn three_misses_raise_a_name_and_help_changes_its_form() {
    check(
        "wrong a1, wrong, wrong",
        expect![[r#"
        ThreeMisses {"course":"course","skill":"a","item":"a1","count":3}
        help: Example
    "#]],
    );
    check(
        "wrong a1, wrong, wrong, solution",
        expect![[r#"
        ThreeMisses {"course":"course","skill":"a","item":"a1","count":3}
        Stuck {"course":"course","skill":"a","item":"a1","minutes":3}
        help: OtherItem
    "#]],
    );
    check(
        "wrong a1, wrong, wrong, wrong, wrong, wrong",
        expect![[r#"
        ThreeMisses {"course":"course","skill":"a","item":"a1","count":6}
        Stuck {"course":"course","skill":"a","item":"a1","minutes":5}
        help: Teacher
    "#]],
    );
}

#[test]
fn getting_it_settles_the_three_misses() {
    check("wrong a1, wrong, wrong, right", expect![[""]]);
    check("wrong a1, wrong, wrong, right a2", expect![[""]]);
}

#[test]
fn where_help_changed_its_form_is_still_known_after_the_next_right_answers() {
    let head = |words: &str| History::read(words).fold(&facts("a:20")).loaded.head;
    let changed = |words: &str| -> Vec<String> {
        head(words).open.iter().filter(|open| open.changed).map(|open| open.item.0.clone()).collect()
    };
    assert_eq!(changed("wrong a1, right a2, wrong a3"), [""; 0]);
    // The third first miss in a row, though each question was missed only once.
    assert_eq!(changed("wrong a1, wrong a2, wrong a3, right a3, right a4, right a5"), ["a3"]);
    assert_eq!(changed("wrong a1, wrong, wrong, right, right a2"), ["a1"]);
}

#[test]
fn six_tries_without_getting_there_are_a_spinning_wheel() {
    check(
        "wrong a1, wrong a2, wrong a3, wrong a4, wrong a5, wrong a6",
        expect![[r#"
        WheelSpinning {"course":"course","skill":"a","count":6}
        help: Example
    "#]],
    );
    check("wrong a1, wrong a2, right a3, right a4, right a5, wrong a6, wrong a7", expect![[""]]);
}

fn told(history: &History) -> Vec<Rule> {
    let head = history.fold(&facts("a:20 b:20 c:20")).loaded.head;
    alerts(&head, history.now + 1000, &Profile::default()).into_iter().map(|alert| alert.rule).collect()
}

#[test]
fn whoever_gets_some_right_on_the_way_is_not_going_in_circles_yet() {
    assert_eq!(told(&History::read("wrong a1, right a2, wrong a3, right a4, wrong a5, wrong a6")), []);
    assert_eq!(
        told(&History::read("right a1, right a2, right a3, wrong a4, wrong a5, wrong a6, wrong a7, wrong a8")),
        []
    );
}

#[test]
fn answers_without_reading_are_no_tries_and_earlier_sittings_alone_raise_nothing() {
    let quick =
        "quick wrong a1, quick wrong a2, quick wrong a3, quick wrong a4, quick wrong a5, quick wrong a6, wrong a7";
    assert_eq!(told(&History::read(quick)), [Rule::Quick]);
    let six = "wrong a1, wrong a2, wrong a3, wrong a4, wrong a5, wrong a6";
    assert_eq!(told(&History::read(&format!("{six}, day, wrong a7, wrong a8"))), []);
    assert_eq!(told(&History::read(&format!("{six}, day, wrong a7, wrong a8, wrong a9"))), [Rule::WheelSpinning]);
}

#[test]
fn what_a_wrong_idea_explains_is_told_as_the_idea_alone() {
    let idea: Vec<String> = (1..=8).map(|nth| format!("bad-idea wrong a{nth}")).collect();
    assert_eq!(told(&History::read(&idea.join(", "))), [Rule::Misconception]);
}

#[test]
fn among_few_options_two_matches_may_be_chance() {
    let among = |words: &str, options: u16| {
        let mut history = History::read(words);
        for event in &mut history.events {
            if let Body::Answered(answer) = &mut event.body {
                answer.options_shown = options;
            }
        }
        told(&history).contains(&Rule::Misconception)
    };
    let two = "bad-idea wrong a1, bad-idea wrong a2";
    assert!(among(two, 4) && among(two, 0) && !among(two, 3) && !among(two, 2));
    let two_of_three = "bad-idea wrong a1, right a2, bad-idea wrong a3";
    assert!(among(two_of_three, 0) && !among(two_of_three, 4));
    let four = "bad-idea wrong a1, bad-idea wrong a2, bad-idea wrong a3, bad-idea wrong a4";
    assert!(among(four, 2), "between two options four of four are more than chance");
}

#[test]
fn one_errand_is_not_stuck_however_long_and_work_after_a_long_silence_is() {
    let before = "right a1, right b1, right a2, right b2, right a3";
    let after = |minutes: i64, words: &str| {
        let mut history = History::read(before);
        let silent_ms = minutes * 60_000;
        history.now += silent_ms;
        history.sentence("wrong b3");
        if let Some(Body::Answered(answer)) = history.events.last_mut().map(|event| &mut event.body) {
            answer.elapsed_ms = silent_ms;
        }
        if !words.is_empty() {
            history.sentence(words);
        }
        told(&history).contains(&Rule::Stuck)
    };
    assert!(!after(3, "") && !after(12, ""), "a silence alone");
    assert!(after(3, "wrong"), "three minutes of thought and another miss");
    assert!(!after(12, "wrong"), "twelve minutes are an errand: a usual time and another minute are not two minutes");
}

#[test]
fn a_hint_on_a_question_that_no_event_began_is_a_sign_of_work_there() {
    let history = History::read("right a1, right b1, right a2, right b2, right a3, hint b3, hint, hint");
    assert_eq!(told(&history), [Rule::Stuck]);
}

#[test]
fn one_wrong_idea_on_two_numbers_is_a_finding() {
    check("bad-idea wrong a1, bad-idea wrong", expect![[""]]);
    check(
        "bad-idea wrong a1, bad-idea wrong a2",
        expect![[r#"
        Misconception {"course":"course","skill":"a","misconception":"adds-instead","count":2}
        help: Example
    "#]],
    );
}

#[test]
fn quick_and_wrong_three_times_in_ten() {
    check(
        "quick wrong a1, quick wrong b1, right c1, quick wrong b2",
        expect![[r#"
        Quick {"course":"course","skill":"b","count":3}
    "#]],
    );
    check("quick right a1, quick right b1, right c1, quick right b2", expect![[""]]);
}

#[test]
fn rules_on_time_are_off_with_a_screen_reader() {
    let profile = Profile { time_rules_off: true, time_factor: 1.0 };
    check_with("quick wrong a1, quick wrong b1, right c1, quick wrong b2, wait 4", profile, expect![[""]]);
}

#[test]
fn hints_opened_to_the_last_without_reading() {
    check(
        "flick a1, flick, flick-bottom, flick b1, flick-bottom, flick c1, flick, flick-bottom, right",
        expect![[r#"
        HintsUnread {"count":3}
    "#]],
    );
    check("hint a1, hint, bottom, hint b1, bottom, hint c1, hint, bottom, right", expect![[""]]);
}

#[test]
fn much_longer_than_usual_is_stuck_and_silence_is_idle() {
    check(
        "right a1, right b1, right a2, right b2, right a3, wrong b3, wait 3",
        expect![[r#"
        Stuck {"course":"course","skill":"b","item":"b3","minutes":3}
    "#]],
    );
    check(
        "right a1, right b1, right a2, right b2, right a3, wrong b3, wait 8",
        expect![[r#"
        Idle {"course":"course","skill":"b","item":"b3","minutes":8}
    "#]],
    );
    check("right a1, right b1, right a2, right b2, right a3, wrong b3, wait 45", expect![[""]]);
    let extra_time = Profile { time_rules_off: false, time_factor: 3.0 };
    check_with("right a1, right b1, right a2, right b2, right a3, wrong b3, wait 3", extra_time, expect![[""]]);
}

#[test]
fn eight_unaided_rights_in_a_row_are_ready_to_move_up() {
    check(
        "right a1, right a2, right a3, right a4, right b1, right b2, right b3, right b4",
        expect![[r#"
        ReadyToMoveUp {"course":"course","skill":"b","count":8}
    "#]],
    );
}

#[test]
fn alerts_fade_within_a_day() {
    check(
        "wrong a1, wrong, wrong, wait 900",
        expect![[r#"
        help: Example
    "#]],
    );
}

#[test]
fn whatever_was_found_is_gone_a_day_later_though_nothing_else_happened() {
    let histories = [
        ("wrong a1, wrong, wrong", Rule::ThreeMisses),
        ("wrong a1, wrong a2, wrong a3, wrong a4, wrong a5, wrong a6", Rule::WheelSpinning),
        ("bad-idea wrong a1, bad-idea wrong a2", Rule::Misconception),
        ("wrong a1, hint, hint, hint, hint", Rule::Stuck),
        ("quick wrong a1, quick wrong b1, quick wrong a2", Rule::Quick),
        ("flick a1, flick-bottom, flick b1, flick-bottom, flick c1, flick-bottom", Rule::HintsUnread),
        ("right a1, right a2, right a3, right a4, right b1, right b2, right b3, right b4", Rule::ReadyToMoveUp),
    ];
    for (words, rule) in histories {
        let history = History::read(words);
        assert!(told(&history).contains(&rule), "{rule:?}");
        let head = history.fold(&facts("a:20 b:20 c:20")).loaded.head;
        assert_eq!(alerts(&head, history.now + 86_400_000, &Profile::default()), [], "{rule:?}");
    }
}

#[test]
fn at_most_three_names_the_most_urgent_first() {
    let facts = facts("a:20 b:20");
    let student = |words: &str| {
        let history = History::read(words);
        alerts(&history.fold(&facts).loaded.head, history.now, &Profile::default())
    };
    let rows = [
        ("calm", student("right a1")),
        ("quick", student("quick wrong a1, quick wrong b1, quick wrong a2")),
        ("missing", student("wrong a1, wrong, wrong")),
        ("idea", student("bad-idea wrong a1, bad-idea wrong a2")),
        ("missing-longer", student("wrong a1, wrong, wrong, wrong")),
        ("quick-too", student("quick wrong a1, quick wrong b1, quick wrong a2")),
    ];
    let first: Vec<_> = see_first(&rows).into_iter().map(|(name, alert)| (name, alert.rule)).collect();
    expect![[r#"
        [
            (
                "missing",
                ThreeMisses,
            ),
            (
                "missing-longer",
                ThreeMisses,
            ),
            (
                "idea",
                Misconception,
            ),
        ]
    "#]]
    .assert_debug_eq(&first);
}

#[test]
fn a_question_at_which_nothing_was_done_is_not_called_stuck() {
    check("right a1, right b1, right a2, right b2, right a3, wait 4", expect![[""]]);
}

#[test]
fn after_an_answer_that_was_listened_to_rules_about_time_are_off() {
    let mut history = History::read("right a1, right b1, right a2, right b2, right a3, wrong b3");
    let later = history.now + 3 * 60_000;
    let rules = |history: &History| {
        let head = history.fold(&facts("a:20 b:20 c:20")).loaded.head;
        alerts(&head, later, &Profile::default()).into_iter().map(|alert| alert.rule).collect::<Vec<_>>()
    };
    assert_eq!(rules(&history), [engine::detect::Rule::Stuck]);
    let last = history.events.last_mut().expect("an answer");
    if let engine::record::Body::Answered(answer) = &mut last.body {
        answer.listened = true;
    }
    assert_eq!(rules(&history), []);
}

#[test]
fn two_matches_of_a_wrong_idea_many_answers_apart_are_chance() {
    let between = |answers: usize| {
        let rest: Vec<String> = (0..answers).map(|nth| format!("right a{}", nth + 3)).collect();
        format!("bad-idea wrong a1, {}, bad-idea wrong a2", rest.join(", "))
    };
    let found = |answers: usize| {
        let history = History::read(&between(answers));
        let head = history.fold(&facts("a:20")).loaded.head;
        let told = alerts(&head, history.now, &Profile::default());
        told.iter().any(|alert| alert.rule == engine::detect::Rule::Misconception)
    };
    assert!(found(9) && !found(10));
}

#[test]
fn hints_that_are_read_today_do_not_bring_back_what_was_skimmed_yesterday() {
    let skimmed = "flick a1, flick, flick-bottom, flick b1, flick-bottom, flick c1, flick, flick-bottom, right";
    let history = History::read(&format!("{skimmed}, day, hint a2, hint, bottom, right"));
    let head = history.fold(&facts("a:20 b:20 c:20")).loaded.head;
    assert_eq!(alerts(&head, history.now, &Profile::default()), []);
}
