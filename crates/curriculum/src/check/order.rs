//! The skills graph, the order of lessons, and hubs.

use super::Findings;
use crate::{Course, EdgeKind, SkillGraph, SkillId};
use std::collections::{BTreeMap, BTreeSet};

/// A skill that so many rest on is a hub.
const HUB_SKILLS_MIN: usize = 10;

pub(super) fn check(course: &Course, findings: &mut Findings) {
    let graph = course.graph();
    let cycles = cycles(&graph);
    for cycle in &cycles {
        let mut names: Vec<String> = cycle.iter().map(|skill| format!("`{skill}`")).collect();
        names.push(names[0].clone());
        let place = format!("skill {}", names[0]);
        findings.error("cycle", &place, format!("the needs close a circle: {}", names.join(" needs ")));
    }
    both_kinds(course, findings);
    lessons(course, &graph, findings);
    if cycles.is_empty() {
        hubs(course, &graph, findings);
    }
}

/// Each circle once, starting at its smallest id.
fn cycles(graph: &SkillGraph) -> BTreeSet<Vec<SkillId>> {
    let stuck: BTreeSet<SkillId> = graph.on_cycles().into_iter().collect();
    let mut cycles = BTreeSet::new();
    let mut walked: BTreeSet<SkillId> = BTreeSet::new();
    for start in &stuck {
        let mut path: Vec<SkillId> = Vec::new();
        let mut steps: BTreeMap<SkillId, usize> = BTreeMap::new();
        let mut here = start.clone();
        // Every stuck skill needs another stuck one, so this walk ends by meeting itself or an earlier walk.
        while !walked.contains(&here) && !steps.contains_key(&here) {
            steps.insert(here.clone(), path.len());
            path.push(here.clone());
            match graph.needs(&here).iter().find(|(below, _)| stuck.contains(below)) {
                Some((below, _)) => here = below.clone(),
                None => break,
            }
        }
        if let Some(from) = steps.get(&here).filter(|_| !walked.contains(&here)) {
            let mut cycle = path[*from..].to_vec();
            let smallest = (0..cycle.len()).min_by_key(|at| &cycle[*at]).unwrap_or(0);
            cycle.rotate_left(smallest);
            cycles.insert(cycle);
        }
        walked.extend(path);
    }
    cycles
}

fn both_kinds(course: &Course, findings: &mut Findings) {
    for skill in &course.skills {
        let mut seen: BTreeMap<&SkillId, EdgeKind> = BTreeMap::new();
        for edge in &skill.rests_on {
            if seen.insert(&edge.skill, edge.kind).is_some() {
                let text = format!("it rests on `{}` twice", edge.skill);
                findings.warning("edge_twice", &format!("skill `{}`", skill.id), text);
            }
        }
    }
}

/// No lesson may teach a skill before what it needs.
fn lessons(course: &Course, graph: &SkillGraph, findings: &mut Findings) {
    let mut place_of: BTreeMap<&SkillId, usize> = BTreeMap::new();
    let mut taught: Vec<(&SkillId, String)> = Vec::new();
    for lesson in course.lessons() {
        for skill in &lesson.skills {
            place_of.entry(skill).or_insert(taught.len());
            taught.push((skill, format!("lesson `{}`", lesson.id)));
        }
    }
    for (at, (skill, place)) in taught.iter().enumerate() {
        for (needed, _) in graph.needs(skill) {
            match place_of.get(needed) {
                Some(before) if *before < at => {}
                Some(_) => {
                    let text = format!("it teaches `{skill}` before `{needed}`, which it needs");
                    findings.error_about("lesson_order", place, skill.as_str(), text);
                }
                None => {
                    let text = format!("it teaches `{skill}`, but no lesson teaches `{needed}`, which it needs");
                    findings.error_about("never_taught", place, skill.as_str(), text);
                }
            }
        }
    }
    for skill in course.skills.iter().filter(|skill| !place_of.contains_key(&skill.id)) {
        findings.warning("never_taught", &format!("skill `{}`", skill.id), "no lesson teaches it");
    }
}

fn hubs(course: &Course, graph: &SkillGraph, findings: &mut Findings) {
    let mut above: BTreeMap<SkillId, usize> = BTreeMap::new();
    for skill in &course.skills {
        for below in graph.all_beneath(&skill.id) {
            *above.entry(below).or_default() += 1;
        }
    }
    for skill in course.skills.iter().filter(|skill| !skill.hub) {
        let count = above.get(&skill.id).copied().unwrap_or(0);
        if count >= HUB_SKILLS_MIN {
            let text =
                format!("{count} skills rest on it; mark it `hub = true` so that it opens them at the higher bar");
            findings.warning("hub", &format!("skill `{}`", skill.id), text);
        }
    }
}
