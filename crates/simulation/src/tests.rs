//! What others may rely on: the same seed gives the same student, traits do what they are called, the truth fits.

use crate::{
    Aim, Attempt, Chance, Forgetting, Knowledge, Landscape, Model, Occasion, Range, Response, Share, Student, answer,
};
use curriculum::{Course, ItemId, KeyedItem, Lang, MisconceptionId, PartId, format};
use std::{collections::BTreeMap, sync::Arc};

const COURSE: &str = r#"
id = "tiny"
title.en = "Tiny"
languages = ["en"]

[[attribution]]
author = "Tandem"

[[units]]
id = "one"
title.en = "One"

[[units.lessons]]
id = "first"
title.en = "First"
skills = ["add", "scale"]
activities = ["practise"]
"#;

const SKILLS: &str = r#"
[[skills]]
id = "add"
name.en = "Add"

[[skills]]
id = "scale"
name.en = "Scale"
needs = ["add"]
"#;

const MISCONCEPTIONS: &str = r#"
[[misconceptions]]
id = "adds-instead"
name.en = "adds instead of scaling"
truth.en = "The gap is the same."
conflict.en = "Is it the same taste?"
way_back = "scale"
"#;

const ITEMS: &str = r#"+++
id = "practise"
kind = "practise"
title.en = "Practise"
skills = ["scale"]
minutes = 5
+++

```item
id = "soup"
skills = ["scale"]
kind = "numeric"
prompt.en = "Three cups feed 4; how many cups feed 12?"
answer = "9"

[[hints]]
tell.en = "How many times 4 is 12?"

[[buggy]]
misconception = "adds-instead"
answer = "11"
```

```item
id = "pick"
skills = ["scale"]
kind = "choice"
prompt.en = "Which is the same taste?"
options = [
  { text.en = "6 to 8", correct = true },
  { text.en = "5 to 6", misconception = "adds-instead" },
  { text.en = "3 to 8" },
]
```
"#;

fn course() -> Course {
    let files = [
        ("course.toml", COURSE),
        ("skills.toml", SKILLS),
        ("misconceptions.toml", MISCONCEPTIONS),
        ("activities/first/practise.md", ITEMS),
    ];
    let files: BTreeMap<String, String> = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    let (course, problems) = format::read(&files);
    assert!(problems.is_empty(), "{problems:?}");
    course.expect("the files hold a course")
}

fn keyed(item: &str) -> KeyedItem {
    KeyedItem::new(&course().items[&ItemId::from(item)], 1, Lang::en()).expect("the item fills")
}

/// A class in which everybody is the same but for what `change` says.
fn class(count: u64, change: impl Fn(&mut Model)) -> Vec<Student> {
    let mut model = Model { hasty_students: 0.0, item_spread: 0.0, ..Model::default() };
    change(&mut model);
    let (model, landscape) = (Arc::new(model), Arc::new(Landscape::of(&course())));
    (0..count).map(|seed| Student::new(&model, &landscape, seed)).collect()
}

fn first_try(student: &mut Student, item: &str) -> Attempt {
    let keyed = keyed(item);
    let part = keyed.item.parts[0].id.clone();
    student.attempt(&keyed, &part, Occasion::practice(0)).expect("the item has this part")
}

fn always(share: f64) -> Range {
    Range { from: share, to: share }
}

#[test]
fn the_same_seed_gives_the_same_student_and_the_same_answers() {
    let mut once = class(20, |_| {});
    let mut again = class(20, |_| {});
    for (once, again) in once.iter_mut().zip(&mut again) {
        assert_eq!(once.traits, again.traits);
        assert_eq!(first_try(once, "soup"), first_try(again, "soup"));
    }
}

#[test]
fn who_knows_answers_right_but_for_slips_and_who_does_not_hardly_ever() {
    let right = |ability: f64| {
        let mut all = class(300, |model| {
            model.ability = always(ability);
            model.knowledge = vec![Share { kind: Knowledge::Smooth, weight: 1.0 }];
            (model.slip, model.guess, model.misconceptions) = (always(0.05), always(0.05), always(0.0));
        });
        all.iter_mut()
            .filter(|student| student.knows(&"scale".into()) == (ability > 1.0))
            .map(|s| first_try(s, "soup"))
            .filter(|attempt| {
                attempt.response == Response::Text { text: "9".into() }
                    || attempt.response == Response::Text { text: " 9 ".into() }
            })
            .count()
    };
    assert!((270..=300).contains(&right(2.0)), "{}", right(2.0));
    assert!((3..=35).contains(&right(-2.0)), "{}", right(-2.0));
}

#[test]
fn a_wrong_idea_gives_its_own_wrong_answer_typed_or_chosen() {
    let idea = MisconceptionId::from("adds-instead");
    let mut all = class(100, |model| {
        (model.ability, model.misconception_shows, model.misconceptions) = (always(0.0), 1.0, always(0.0));
        model.guess = always(0.0);
    });
    for student in all.iter_mut().filter(|student| !student.knows(&"scale".into())) {
        student.believe(&idea);
        assert_eq!(first_try(student, "soup").response, Response::Text { text: "11".into() });
        let Response::Choice { option } = first_try(student, "pick").response else { panic!("an option was chosen") };
        let keyed = keyed("pick");
        let part = answer(&keyed.item.parts[0], &Lang::en(), &Aim::Misled(idea.clone()), &mut Chance::new(1));
        assert_eq!(part, Response::Choice { option });
    }
}

#[test]
fn practice_teaches_and_the_truth_tells_so() {
    let mut all = class(200, |model| (model.ability, model.learn) = (always(0.0), always(0.4)));
    let known = |all: &[Student]| all.iter().filter(|student| student.knows(&"add".into())).count();
    let before = known(&all);
    for student in &mut all {
        for try_ in 0..6 {
            student.practised(&["add".into()], try_, true, false);
        }
    }
    assert!(before < 80 && known(&all) > 180, "{before} {}", known(&all));
}

#[test]
fn help_is_sought_only_where_something_is_not_known_and_never_in_a_pre_test() {
    let mut all = class(100, |model| model.help_seeking = always(1.0));
    let (keyed, part) = (keyed("soup"), PartId::from("a"));
    let part = keyed.item.parts.first().map_or(part, |first| first.id.clone());
    for student in &mut all {
        let knows = student.knows(&"scale".into());
        let practice = student.attempt(&keyed, &part, Occasion::practice(0)).unwrap();
        assert_eq!(practice.hint_first, !knows);
        assert!(!student.attempt(&keyed, &part, Occasion::pre_test(0)).unwrap().hint_first);
    }
}

#[test]
fn the_three_ways_of_knowing_differ_in_how_often_a_need_is_skipped() {
    let skips = |kind| {
        let all = class(400, |model| {
            model.knowledge = vec![Share { kind, weight: 1.0 }];
            model.ability = always(0.5);
        });
        all.iter().filter(|student| student.knows(&"scale".into()) && !student.knows(&"add".into())).count()
    };
    assert!(skips(Knowledge::Smooth) <= skips(Knowledge::Patchy));
    assert!(skips(Knowledge::Patchy) < 60, "needed edges leak only a little");
}

#[test]
fn little_by_little_practice_brings_every_student_nearer() {
    let mut all = class(50, |model| {
        *model = Model { ability: always(0.0), learn: always(0.3), ..Model::named("gradual").expect("a known name") };
    });
    for student in &mut all {
        let mut last = student.recall(&"add".into(), 0);
        for at in 1..5 {
            student.practised(&["add".into()], at, true, false);
            let now = student.recall(&"add".into(), at);
            assert!(now > last && now < 1.0, "{last} {now}");
            last = now;
        }
    }
}

#[test]
fn what_is_known_at_first_fades_from_the_first_question_where_the_model_says_so() {
    const QUARTER_MS: i64 = 90 * 86_400_000;
    let kept = |first_fades| {
        let mut all = class(40, |model| {
            (model.ability, model.first_fades) = (always(2.0), first_fades);
            model.forgetting = vec![Share { kind: Forgetting::Power { half_life_days: 30.0 }, weight: 1.0 }];
        });
        all.iter_mut().for_each(|student| drop(first_try(student, "soup")));
        let knows: Vec<&Student> = all.iter().filter(|student| student.knows(&"scale".into())).collect();
        knows.iter().map(|student| student.recall(&"scale".into(), QUARTER_MS)).sum::<f64>() / knows.len() as f64
    };
    assert_eq!(kept(false), 1.0);
    assert!((kept(true) - 0.4).abs() < 1e-9, "60 days after one success: 1 / (1 + 90/60)");
}
