//! One student's traces, and what a model with known weights says of them.

use engine::response::{Asked, Cell, Count, Easiness, Fitted, ItemTrace, Model, Reach, SkillTrace, StudentTrace};
use expect_test::expect;

/// One skill of two items, the first answered right six times in eight; a few plain weights.
fn fitted() -> Fitted {
    let item = |id: &str, right: u32| Easiness { id: id.into(), count: Count { answers: 8, right }, skill: 0 };
    let weights = [("item_easiness", 1.0), ("skill_wins", 0.3), ("student_surprise", 1.5), ("item_after_two", 1.0)];
    Fitted {
        all: Count { answers: 16, right: 10 },
        skills: vec![Easiness { id: "k".into(), count: Count { answers: 16, right: 10 }, skill: 0 }],
        items: vec![item("easy", 6), item("hard", 4)],
        // Right after a right answer on the skill (state 6: newest right, none before) the first item goes well.
        contexts: [(
            "item_after_two".to_owned(),
            vec![Cell { whose: 0, state: 6, count: Count { answers: 4, right: 4 } }],
        )]
        .into(),
        usual: [("item_after_two".to_owned(), vec![0.0, 0.0, 0.0, -0.2, 0.0, 0.0, 0.2, 0.0, 0.0])].into(),
        weights: weights.map(|(name, weight)| (name.to_owned(), weight)).into(),
        constant: 0.1,
        reach: Reach::default(),
        calibration: Some((0.9, 0.05)),
    }
}

/// The chances before each answer of a history: items by number, right or wrong.
fn history(model: &Model, answers: &[(u32, bool)]) -> Vec<f64> {
    let (mut student, mut skill) = (StudentTrace::default(), SkillTrace::default());
    let mut items = vec![ItemTrace::default(); 8];
    let mut chances = Vec::new();
    for (nth, (item, right)) in (1..).zip(answers) {
        let asked = Asked { item: *item, skill: 0, at: f64::from(nth) * 60.0, options: 0 };
        chances.push(model.predict(asked, &student, &skill, &items[*item as usize]));
        model.take(asked, *right, &mut student, &mut skill, &mut items[*item as usize]);
        // As rows that are stored and read between any two answers.
        student = stored(&student);
        skill = stored(&skill);
        items[*item as usize] = stored(&items[*item as usize]);
    }
    chances
}

fn stored<T: serde::Serialize + serde::de::DeserializeOwned>(row: &T) -> T {
    serde_json::from_str(&serde_json::to_string(row).expect("plain data")).expect("what was written can be read")
}

#[test]
fn beyond_what_was_met_a_count_says_no_more() {
    let reach = Reach { student: 40, skill: 20, item: 10 };
    let (free, held) = (Model::new(&fitted()), Model::new(&Fitted { reach, ..fitted() }));
    let answers: Vec<(u32, bool)> = (0..200).map(|nth| (nth % 8, nth % 3 != 0)).collect();
    let (free, held) = (history(&free, &answers), history(&held, &answers));
    assert_eq!(free[..30], held[..30], "20 right answers come after 30 in all");
    assert!(free[199] > held[199] + 0.02, "{} and {}", free[199], held[199]);
}

#[test]
fn a_golden_history_has_golden_chances_to_the_last_bit() {
    let chances =
        history(&Model::new(&fitted()), &[(0, true), (0, true), (1, false), (1, true), (0, false), (7, true)]);
    expect![[r#"
        0.6970952822946079
        0.8683159544859075
        0.7172825407503925
        0.6588824457191947
        0.7927816276706792
        0.7080592948254597
    "#]]
    .assert_eq(&chances.iter().map(|p| format!("{p}\n")).collect::<String>());
}

#[test]
fn options_that_are_shown_leave_a_chance_to_guess() {
    let mut fitted = fitted();
    fitted.constant = -50.0;
    let model = Model::new(&fitted);
    let chance = |options| {
        let asked = Asked { item: 1, skill: 0, at: 0.0, options };
        model.predict(asked, &StudentTrace::default(), &SkillTrace::default(), &ItemTrace::default())
    };
    assert!(chance(0) < 0.001);
    assert!((chance(4) - 0.25).abs() < 0.001 && (chance(2) - 0.5).abs() < 0.001);
}

#[test]
fn a_question_of_several_skills_lies_between_them() {
    let model = Model::new(&fitted());
    let asked = Asked { item: 1, skill: 0, at: 0.0, options: 0 };
    let (student, item) = (StudentTrace::default(), ItemTrace::default());
    let practised = SkillTrace { wins: 9, ..SkillTrace::default() };
    let skills = [(0, SkillTrace::default()), (0, practised)];
    let [low, high] = skills.map(|(_, trace)| model.predict(asked, &student, &trace, &item));
    let both = model.predict_several(asked, &student, &skills, &item);
    assert!(low < both && both < high, "{low} {both} {high}");
    assert_eq!(model.predict_several(asked, &student, &skills[1..], &item), high);
    assert!(model.predict_several(asked, &student, &[], &item) > 0.0);
}

#[test]
fn a_model_of_nothing_says_half_and_a_damaged_one_still_says_a_chance() {
    let blank = Model::new(&Fitted::default());
    assert_eq!(history(&blank, &[(3, true), (3, true)]), [0.5, 0.5]);
    let mut damaged = fitted();
    damaged.items[0].skill = 99;
    damaged.items[0].count = Count { answers: 1, right: 7 };
    damaged.contexts.insert("item_after_two".into(), vec![Cell { whose: 77, state: 600, count: Count::default() }]);
    damaged.contexts.insert("item_after_item".into(), vec![Cell { whose: 1, state: 600, count: Count::default() }]);
    assert!(history(&Model::new(&damaged), &[(0, true), (1, false), (0, true)]).iter().all(|p| *p > 0.0 && *p < 1.0));
}
