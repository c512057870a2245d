//! The line protocol: a skill id is asked, `1`, `0` or `dontknow` is answered, and one JSON line ends a student.

use engine::Parameters;
use engine::placement::{Outcome, Placement, PlacementResult, Prior, Step, Stopped};
use serde_json::json;
use std::{
    collections::BTreeSet,
    io::{self, BufRead, Write},
};

/// Speaks the protocol until the input ends. `report` tells the result as it would be now and leaves the question
/// open; `new` begins the next student at any time; any other line is named on `errors` and passed over.
pub fn speak(
    prior: &Prior,
    parameters: &Parameters,
    seed: i64,
    input: impl BufRead,
    mut output: impl Write,
    mut errors: impl Write,
) -> io::Result<()> {
    let askable: BTreeSet<_> = prior.terrain.skills.iter().cloned().collect();
    let begin = || Placement::resume(prior, parameters, None, seed, &[]);
    let mut run = begin();
    let mut step = run.next(&askable);
    say(&mut output, &step)?;
    for line in input.split(b'\n') {
        let line = line?;
        let outcome = match line.trim_ascii() {
            b"" => continue,
            b"report" => {
                let now = match &step {
                    Step::Done(result) => told(result),
                    Step::Ask(_) => told(&run.result(Stopped::Limit)),
                };
                writeln!(output, "{now}")?;
                output.flush()?;
                continue;
            }
            b"new" => {
                run = begin();
                step = run.next(&askable);
                say(&mut output, &step)?;
                continue;
            }
            b"1" => Outcome::Right,
            b"0" => Outcome::Wrong,
            b"dontknow" => Outcome::DontKnow,
            other => {
                let other = String::from_utf8_lossy(other);
                writeln!(errors, "tandem: `{other}` is none of 1, 0, dontknow, report, new")?;
                continue;
            }
        };
        match &step {
            Step::Ask(skill) => run.answer(skill, outcome, 0),
            Step::Done(_) => {
                writeln!(errors, "tandem: this student is done; `new` begins the next one")?;
                continue;
            }
        }
        step = run.next(&askable);
        say(&mut output, &step)?;
    }
    Ok(())
}

fn say(output: &mut impl Write, step: &Step) -> io::Result<()> {
    match step {
        Step::Ask(skill) => writeln!(output, "{}", skill.as_str())?,
        Step::Done(result) => writeln!(output, "{}", told(result))?,
    }
    output.flush()
}

fn told(result: &PlacementResult) -> serde_json::Value {
    json!({
        "p": result.p0,
        "known": result.known,
        "frontier": result.frontier,
        "uncertain": result.uncertain,
        "asked": result.asked,
        "stopped": result.stopped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::placement::{Terrain, TerrainSkill};

    fn chain(count: usize) -> Vec<TerrainSkill> {
        let needs = |nth: usize| if nth == 0 { vec![] } else { vec![format!("s{}", nth - 1)] };
        (0..count).map(|nth| TerrainSkill { id: format!("s{nth}"), needs: needs(nth), ..Default::default() }).collect()
    }

    fn spoken(skills: &[TerrainSkill], questions: usize, input: &str) -> (Vec<String>, String) {
        let parameters =
            Parameters { placement_questions: (questions.min(8), questions), particles: 500, ..Default::default() };
        let prior = Prior::new(Terrain::new(skills), &parameters);
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        speak(&prior, &parameters, 1, input.as_bytes(), &mut output, &mut errors).expect("memory can be written");
        let lines = String::from_utf8(output).expect("text").lines().map(str::to_owned).collect();
        (lines, String::from_utf8(errors).expect("text"))
    }

    fn json_of(line: &str) -> serde_json::Value {
        serde_json::from_str(line).expect("a JSON line")
    }

    #[test]
    fn a_student_is_asked_and_told_in_one_line_with_these_keys() {
        let (lines, _) = spoken(&chain(30), 3, "1\n0\ndontknow\n");
        assert_eq!(lines.len(), 4, "{lines:?}");
        let result = json_of(&lines[3]);
        let keys: Vec<&str> = result.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(keys, ["asked", "frontier", "known", "p", "stopped", "uncertain"]);
        assert_eq!((result["asked"].as_u64(), result["stopped"].as_str()), (Some(3), Some("limit")));
        assert_eq!(result["p"].as_object().expect("by skill").len(), 30);
    }

    #[test]
    fn a_report_leaves_the_question_open_and_new_begins_the_same_way() {
        let (lines, _) = spoken(&chain(30), 4, "1\nreport\n1\nnew\n1\n1\nnew\n");
        assert_eq!(json_of(&lines[2])["asked"], 1);
        assert_eq!((&lines[0], &lines[1], &lines[3]), (&lines[4], &lines[5], &lines[6]));
        assert_eq!(lines[7], lines[0]);
    }

    #[test]
    fn what_is_no_answer_is_named_and_passed_over() {
        let (lines, errors) = spoken(&chain(5), 1, "yes\n\n1\r\n1\n");
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(errors.contains("`yes`") && errors.contains("done"), "{errors}");
    }

    #[test]
    fn no_skill_and_one_skill_have_a_result() {
        let (lines, _) = spoken(&[], 25, "");
        assert_eq!(json_of(&lines[0])["asked"], 0);
        let (lines, _) = spoken(&chain(1), 25, "1\nnew\n0\n");
        let p = |line: &String| json_of(line)["p"]["s0"].as_f64().expect("a number");
        assert!(p(&lines[1]) > 0.5 && p(&lines[3]) < 0.5, "{lines:?}");
    }
}
