//! What a refit finds in logs whose truth is known, and that it survives logs with nothing to find.

use engine::{
    Parameters,
    evaluation::{
        COURSE, Measures, Predicted, TracedSkills, elo, fit_elo, fit_pfa, measure, predict_response, predict_tracing,
    },
    parameters::{CourseParameters, SkillParameters},
    refit::{Circumstances, Folds, Log, LogBuilder, fit, fit_tracing},
    response::Model,
};
use proptest::prelude::*;

/// Knuth's numbers: chance that is the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.next() * n as f64) as usize).min(n - 1)
    }
}

/// Students who answer items of eight skills, right as often as `p(chance, student, skill, item, times before)` says.
fn log(students: usize, answers: usize, mut p: impl FnMut(usize, usize, usize, usize) -> f64) -> Log {
    let mut chance = Chance(7);
    let mut builder = LogBuilder::default();
    for student in 0..students {
        let mut before = [0; 8];
        for nth in 0..answers {
            let skill = chance.below(8);
            let item = chance.below(12);
            let right = chance.next() < p(student, skill, item, before[skill]);
            before[skill] += 1;
            builder.add(&format!("s{student}"), &format!("{skill}-{item}"), &skill.to_string(), nth as f64, right);
        }
    }
    builder.finish()
}

/// Every fifth student is held out.
fn learn_from(log: &Log) -> Vec<bool> {
    (0..log.students.len()).map(|nth| nth % 5 != 4).collect()
}

fn parameters(fitted: CourseParameters) -> Parameters {
    Parameters { fitted: true, courses: [(COURSE.into(), fitted)].into(), ..Parameters::default() }
}

/// What all four models predict of the held-out students.
fn predict_all(log: &Log, learn_from: &[bool]) -> [Vec<Predicted>; 4] {
    let fitted = fit(log, learn_from);
    let model = Model::new(fitted.response.as_ref().expect("a fit has a response model"));
    let constants = TracedSkills::new(log, &parameters(fitted), &COURSE.into());
    [
        predict_response(log, learn_from, &model),
        predict_tracing(log, learn_from, &constants),
        fit_pfa(log, learn_from).predict(log, learn_from),
        elo(log, learn_from, &fit_elo(log, learn_from)),
    ]
}

fn measures(log: &Log) -> [Measures; 4] {
    predict_all(log, &learn_from(log)).map(|predicted| measure(&predicted))
}

#[test]
fn coin_flips_cannot_be_predicted_and_nobody_pretends_to() {
    let log = log(400, 60, |_, _, _, _| 0.5);
    let [response, tracing, pfa, elo] = predict_all(&log, &learn_from(&log));
    for predicted in [&response, &tracing, &pfa, &elo] {
        let auc = measure(predicted).auc;
        assert!((auc - 0.5).abs() < 0.025, "{auc}");
    }
    let off = response.iter().map(|one| (one.p - 0.5).abs());
    assert!(off.clone().sum::<f64>() / (response.len() as f64) < 0.03 && off.fold(0.0, f64::max) < 0.15);
    let loss = measure(&response).log_loss;
    assert!(loss < std::f64::consts::LN_2 + 0.003, "hardly worse than always saying a half: {loss}");
}

#[test]
fn a_record_longer_than_any_before_is_predicted_by_what_was_met() {
    let mut chance = Chance(11);
    let mut builder = LogBuilder::default();
    for (student, answers) in (0..20).map(|nth| (nth, 100)).chain([(20, 20_000)]) {
        for nth in 0..answers {
            let item = chance.below(20);
            let (name, skill) = (format!("i{item}"), format!("{}", item % 5));
            builder.add(&format!("s{student}"), &name, &skill, 60.0 * f64::from(nth), chance.next() < 0.5);
        }
    }
    let log = builder.finish();
    let learn_from: Vec<bool> = log.students.iter().map(|student| student != "s20").collect();
    let [response, ..] = predict_all(&log, &learn_from);
    let Measures { log_loss, .. } = measure(&response);
    assert!(log_loss < std::f64::consts::LN_2 + 0.03, "{log_loss}");
}

#[test]
fn short_logs_of_chance_say_little() {
    let log = log(20, 30, |_, _, _, _| 0.5);
    let [response, ..] = measures(&log);
    assert!(response.log_loss < std::f64::consts::LN_2 + 0.08, "{response:?}");
}

#[test]
fn what_there_is_to_know_is_found() {
    // Ability, difficulty and practice, as in a Rasch model with learning.
    let log = log(400, 60, |student, skill, item, before| {
        let ability = (student % 9) as f64 / 4.0 - 1.0;
        let sum = ability + item as f64 / 4.0 - 1.4 - skill as f64 / 10.0 + before as f64 / 8.0;
        1.0 / (1.0 + libm::exp(-sum))
    });
    let [response, tracing, pfa, elo] = measures(&log);
    assert!(response.auc > 0.73 && response.ece < 0.03, "{response:?}");
    assert!(response.log_loss < elo.log_loss && response.log_loss < tracing.log_loss, "{elo:?} {tracing:?}");
    assert!(tracing.log_loss < pfa.log_loss, "items matter here, and performance factors do not see them");
}

#[test]
fn the_constants_of_knowledge_tracing_are_found_again() {
    let mut known = vec![[None::<bool>; 8]; 600];
    let mut chance = Chance(3);
    let log = log(600, 60, |student, skill, _, _| {
        let knows = known[student][skill].unwrap_or_else(|| chance.next() < 0.3);
        known[student][skill] = Some(knows || chance.next() < 0.12);
        if knows { 0.93 } else { 0.18 }
    });
    let fitted = fit(&log, &vec![true; log.students.len()]);
    assert_eq!(fitted.skills.len(), 8);
    let mean = |of: fn(&SkillParameters) -> f64| fitted.skills.values().map(of).sum::<f64>() / 8.0;
    let near = |found: f64, truth: f64| assert!((found - truth).abs() < 0.04, "{found} for {truth}");
    near(mean(|of| of.known_first), 0.3);
    near(mean(|of| of.learn), 0.12);
    near(mean(|of| of.guess), 0.18);
    near(mean(|of| of.slip), 0.07);
}

/// One skill, six answers a student: a pre-test's word, help, and questions of two options. The truth is that of
/// [`the_constants_of_knowledge_tracing_are_found_again`], but for guessing among two.
fn log_in_circumstances(told: bool) -> Log {
    let mut chance = Chance(5);
    let mut builder = LogBuilder::default();
    for student in 0..3_000 {
        let placed = student % 2 == 0;
        let mut knows = chance.next() < if placed { 0.8 } else { 0.2 };
        for nth in 0..6 {
            let (options, helped) = (if nth % 2 == 0 { 2 } else { 0 }, nth == 3 && !knows);
            let guess = if options == 2 { 0.5 } else { 0.1 };
            let right = helped || chance.next() < if knows { 0.93 } else { guess };
            let placed = if placed { 0.8 } else { 0.0 };
            let known = Circumstances { helped, options, placed };
            let known = if told { known } else { Circumstances::default() };
            builder.add_in(&student.to_string(), "i", "k", 0.0, right, known);
            knows |= chance.next() < 0.12;
        }
    }
    builder.finish()
}

#[test]
fn options_help_and_a_pre_tests_word_are_no_part_of_the_constants() {
    let of = |told| {
        let log = log_in_circumstances(told);
        let learn_from = vec![true; log.students.len()];
        fit_tracing(&log, &learn_from, &Folds::new(&log, &learn_from)).skills[&"k".into()]
    };
    let found = of(true);
    let near = |found: f64, truth: f64| assert!((found - truth).abs() < 0.03, "{found} for {truth}");
    near(found.known_first, 0.2);
    near(found.guess, 0.1);
    near(found.slip, 0.07);
    near(found.learn, 0.12);
    let blind = of(false);
    assert!(blind.known_first > 0.3 && blind.guess > 0.2, "without being told, it is misled: {blind:?}");
}

#[test]
fn guess_and_slip_keep_their_meaning() {
    // Nobody ever knows anything: a guess of .6 must not be believed.
    let log = log(60, 40, |_, _, _, _| 0.6);
    for of in fit(&log, &vec![true; log.students.len()]).skills.values() {
        assert!(of.guess <= 0.50 && of.slip <= 0.25, "{of:?}");
    }
}

#[test]
fn logs_with_nothing_to_learn_from_have_defined_results() {
    let mut backwards = LogBuilder::default();
    (0..50).for_each(|nth| backwards.add(["a", "b", "c"][nth % 3], "i", "k", 1e9 - nth as f64 * 1e6, nth % 4 == 0));
    let logs = [
        log(0, 0, |_, _, _, _| 0.5),
        log(1, 30, |_, _, _, _| 0.5),
        log(5, 1, |_, _, _, _| 0.5),
        log(20, 30, |_, _, _, _| 1.0),
        log(20, 30, |_, _, _, _| 0.0),
        backwards.finish(),
    ];
    for log in &logs {
        for held_out in [learn_from(log), vec![false; log.students.len()], vec![true; log.students.len()]] {
            let right = log.attempts.iter().filter(|attempt| attempt.right).count();
            let one_kind = !log.attempts.is_empty() && (right == 0 || right == log.attempts.len());
            for predicted in predict_all(log, &held_out) {
                assert!(predicted.iter().all(|one| one.p > 0.0 && one.p < 1.0));
                let measures = measure(&predicted);
                assert!(measures.auc.is_finite() && measures.log_loss.is_finite() && measures.ece.is_finite());
                if one_kind && held_out.contains(&true) && !predicted.is_empty() {
                    assert!(measures.log_loss < 0.3, "what always came is expected: {measures:?}");
                }
            }
        }
    }
}

#[test]
fn fifty_thousand_answers_of_one_student_stay_numbers() {
    let log = log(1, 50_000, |_, _, _, _| 0.7);
    let nobody = vec![false];
    for predicted in predict_all(&log, &nobody) {
        assert_eq!(predicted.len(), 50_000);
        assert!(predicted.iter().all(|one| one.p > 0.0 && one.p < 1.0));
    }
}

#[test]
fn the_same_log_gives_the_same_file_and_the_file_the_same_predictions() {
    let log = log(60, 40, |student, skill, _, _| if (student + skill) % 2 == 0 { 0.8 } else { 0.4 });
    let learn_from = learn_from(&log);
    let write = || serde_json::to_string(&parameters(fit(&log, &learn_from))).expect("plain data");
    let text = write();
    assert_eq!(text, write());
    let read: Parameters = serde_json::from_str(&text).expect("what was written can be read");
    let course = &read.courses[&COURSE.into()];
    let model = Model::new(course.response.as_ref().expect("a fit has a response model"));
    let [response, tracing, ..] = predict_all(&log, &learn_from);
    assert_eq!(predict_response(&log, &learn_from, &model), response);
    assert_eq!(predict_tracing(&log, &learn_from, &TracedSkills::new(&log, &read, &COURSE.into())), tracing);
}

#[test]
fn names_do_not_matter() {
    let log = log(60, 40, |student, _, item, _| if (student + item) % 3 == 0 { 0.8 } else { 0.4 });
    let mut renamed = log.clone();
    renamed.students.iter_mut().for_each(|name| *name = format!("other-{name}"));
    assert_eq!(fit(&log, &learn_from(&log)), fit(&renamed, &learn_from(&renamed)));
}

#[test]
fn an_answer_is_predicted_before_it_is_seen() {
    let log = log(50, 30, |student, skill, _, _| if (student + skill) % 2 == 0 { 0.9 } else { 0.3 });
    let learn_from = learn_from(&log);
    let before = predict_all(&log, &learn_from);
    // From the twentieth answer of each held-out student on everything comes out the other way round.
    let mut flipped = log.clone();
    let mut nth = 0;
    for at in 0..flipped.attempts.len() {
        nth = if at > 0 && flipped.attempts[at].student == flipped.attempts[at - 1].student { nth + 1 } else { 0 };
        if nth >= 20 && !learn_from[flipped.attempts[at].student as usize] {
            flipped.attempts[at].right = !flipped.attempts[at].right;
        }
    }
    for (one, other) in before.iter().zip(predict_all(&flipped, &learn_from)) {
        assert_eq!(one.len(), other.len());
        for (nth, (one, other)) in one.iter().zip(other).enumerate() {
            assert!(nth % 30 > 20 || one.p.to_bits() == other.p.to_bits(), "answer {nth} was seen too early");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn other_skills_and_more_rights_do_not_lower_knowledge_tracing(
        answers in proptest::collection::vec((0_u32..3, any::<bool>()), 1..40),
    ) {
        let build = |answers: &[(u32, bool)]| {
            let mut builder = LogBuilder::default();
            answers.iter().for_each(|(skill, right)| builder.add("s", &format!("i{skill}"), &skill.to_string(), 0.0, *right));
            builder.add("s", "i0", "0", 0.0, true);
            builder.finish()
        };
        let last = |answers: &[(u32, bool)]| {
            let log = build(answers);
            let constants = TracedSkills::new(&log, &Parameters::default(), &COURSE.into());
            predict_tracing(&log, &[false], &constants).last().expect("an answer").p
        };
        let alone: Vec<_> = answers.iter().copied().filter(|(skill, _)| *skill == 0).collect();
        prop_assert_eq!(last(&answers).to_bits(), last(&alone).to_bits());
        let mut more = answers.clone();
        more.push((0, true));
        prop_assert!(last(&more) >= last(&answers));
        for nth in 0..answers.len() {
            let mut better = answers.clone();
            better[nth].1 = true;
            prop_assert!(last(&better) >= last(&answers) - 1e-12);
        }
    }
}
