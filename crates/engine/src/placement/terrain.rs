//! What a pre-test needs of a course or a graph: skills with topic and area, what they need, how high they lie.

use crate::facts::CourseFacts;
use curriculum::SkillId;
use std::collections::{BTreeMap, BTreeSet};

/// Lessons in one topic where a course has one unit only.
const LESSONS_PER_TOPIC: usize = 6;

/// The skills of a course or graph as a pre-test sees them. Numbers are places in `skills`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terrain {
    /// Ids, in the order given.
    pub skills: Vec<SkillId>,
    /// Topic of each skill; topics are taught as strands.
    pub topic: Vec<usize>,
    /// Area of each skill.
    pub area: Vec<usize>,
    /// What each skill needs.
    pub needs: Vec<Vec<usize>>,
    /// What helps with each skill and does not bind.
    pub helps: Vec<Vec<usize>>,
    /// The skills as they are taught; empty for a graph, which says nothing of it.
    pub taught: Vec<usize>,
    /// How high each skill lies, with mean 0 and deviation 1: by what it needs and by its place in the course.
    pub height: Vec<f32>,
    /// Skills, each after what it needs.
    pub order: Vec<usize>,
    /// The skills of each topic in teaching order.
    pub strands: Vec<Vec<usize>>,
    /// How many skills need each skill directly or further up.
    pub above: Vec<usize>,
    /// Edges that would close a cycle and so do not bind, depth first in the order given: a skill and what it named.
    pub dropped: Vec<(usize, usize)>,
    index: BTreeMap<SkillId, usize>,
}

/// One skill of a graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TerrainSkill {
    /// Its id.
    pub id: String,
    /// Its topic.
    pub topic: String,
    /// Its area.
    pub area: String,
    /// Ids of what it needs; unknown ids, repeated ones and edges that close a cycle are dropped.
    pub needs: Vec<String>,
}

impl Terrain {
    /// From a graph. Edges that close a cycle are dropped depth first in the order given.
    pub fn new(skills: &[TerrainSkill]) -> Self {
        let index: BTreeMap<SkillId, usize> =
            skills.iter().enumerate().map(|(place, skill)| (SkillId(skill.id.clone()), place)).collect();
        let needs = skills.iter().map(|skill| {
            let mut needs: Vec<usize> = Vec::new();
            for below in skill.needs.iter().filter_map(|id| index.get(&SkillId(id.clone())).copied()) {
                if !needs.contains(&below) {
                    needs.push(below);
                }
            }
            needs
        });
        let needs: Vec<Vec<usize>> = needs.collect();
        let topic = numbers(skills.iter().map(|skill| skill.topic.as_str()));
        let area = numbers(skills.iter().map(|skill| skill.area.as_str()));
        Self::build(skills.iter().map(|skill| SkillId(skill.id.clone())).collect(), topic, area, needs, index, &[])
    }

    /// From a course: units are topics (or runs of lessons, where there is one unit only), and a skill's place in the
    /// course counts for its height beside what it needs.
    pub fn of(facts: &CourseFacts) -> Self {
        let units = facts.lessons.iter().map(|lesson| lesson.unit_nth).max().map_or(0, |last| last + 1);
        let topic_of =
            |lesson: usize| if units > 1 { facts.lessons[lesson].unit_nth } else { lesson / LESSONS_PER_TOPIC };
        let topic = facts.skills.iter().map(|skill| skill.lesson.map_or(usize::MAX, topic_of));
        let topic = numbers(topic.map(|number| format!("{number:08}")).collect::<Vec<_>>().iter().map(String::as_str));
        let place = facts.skills.iter().map(|skill| skill.lesson.unwrap_or(facts.lessons.len()) as f32);
        let place: Vec<f32> = place.collect();
        let index = facts.skills.iter().enumerate().map(|(place, skill)| (skill.id.clone(), place)).collect();
        let needs = facts.skills.iter().map(|skill| skill.needs.iter().map(|(below, _)| *below).collect()).collect();
        let skills: Vec<SkillId> = facts.skills.iter().map(|skill| skill.id.clone()).collect();
        let area = vec![0; skills.len()];
        let mut taught: Vec<usize> = (0..skills.len()).collect();
        taught.sort_by(|a, b| place[*a].total_cmp(&place[*b]).then(a.cmp(b)));
        let helps =
            facts.skills.iter().map(|skill| skill.helped_by.iter().map(|(below, _)| *below).collect()).collect();
        Self { helps, taught, ..Self::build(skills, topic, area, needs, index, &place) }
    }

    /// The skill's place.
    pub fn place(&self, skill: &SkillId) -> Option<usize> {
        self.index.get(skill).copied()
    }

    /// Enough needed edges, one to four skills, that what is known of a skill tells of others.
    pub(super) fn hangs_together(&self) -> bool {
        self.needs.iter().map(Vec::len).sum::<usize>() * 4 >= self.skills.len()
    }

    /// The places of these skills, ordered by id: both are, so that they are gone through side by side.
    pub(super) fn places(&self, skills: &BTreeSet<SkillId>) -> impl Iterator<Item = usize> {
        let mut own = self.index.iter().peekable();
        skills.iter().filter_map(move |skill| {
            while own.next_if(|(id, _)| *id < skill).is_some() {}
            own.next_if(|(id, _)| *id == skill).map(|(_, place)| *place)
        })
    }

    fn build(
        skills: Vec<SkillId>,
        topic: Vec<usize>,
        area: Vec<usize>,
        needs: Vec<Vec<usize>>,
        index: BTreeMap<SkillId, usize>,
        place: &[f32],
    ) -> Self {
        let Sorted { needs, order, dropped } = without_cycles(needs);
        let mut depth = vec![0.0f32; skills.len()];
        for skill in &order {
            depth[*skill] = 1.0 + needs[*skill].iter().map(|below| depth[*below]).fold(0.0, f32::max);
        }
        let mut height = standardized(&depth);
        if !place.is_empty() {
            let place = standardized(place);
            let sum: Vec<f32> = height.iter().zip(&place).map(|(depth, place)| depth + place).collect();
            height = standardized(&sum);
        }
        let mut strands = vec![Vec::new(); topic.iter().max().map_or(0, |last| last + 1)];
        let mut by_height: Vec<usize> = order.clone();
        by_height.sort_by(|a, b| depth_key(place, &depth, *a).total_cmp(&depth_key(place, &depth, *b)).then(a.cmp(b)));
        for skill in by_height {
            strands[topic[skill]].push(skill);
        }
        let above = above(&needs);
        let helps = vec![Vec::new(); skills.len()];
        Self { skills, topic, area, needs, helps, taught: Vec::new(), height, order, strands, above, dropped, index }
    }
}

fn depth_key(place: &[f32], depth: &[f32], skill: usize) -> f32 {
    place.get(skill).copied().unwrap_or(0.0) * 1000.0 + depth[skill]
}

/// Numbers names in the order of their first appearance.
fn numbers<'n>(names: impl Iterator<Item = &'n str>) -> Vec<usize> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    names
        .map(|name| {
            let next = known.len();
            *known.entry(name.to_owned()).or_insert(next)
        })
        .collect()
}

/// Mean 0, deviation 1; all 0 where there is nothing to tell apart.
fn standardized(values: &[f32]) -> Vec<f32> {
    let count = values.len().max(1) as f32;
    let mean = values.iter().sum::<f32>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / count;
    let deviation = libm::sqrtf(variance);
    values.iter().map(|value| if deviation > 1e-6 { (value - mean) / deviation } else { 0.0 }).collect()
}

/// A graph without cycles.
struct Sorted {
    needs: Vec<Vec<usize>>,
    order: Vec<usize>,
    dropped: Vec<(usize, usize)>,
}

/// Drops edges that close a cycle, depth first in the order given, and returns an order in which each skill
/// comes after what it needs, and what was dropped. Written without recursion, since graphs may be deep.
fn without_cycles(mut needs: Vec<Vec<usize>>) -> Sorted {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut mark = vec![Mark::New; needs.len()];
    let mut order = Vec::with_capacity(needs.len());
    let mut dropped = Vec::new();
    for start in 0..needs.len() {
        let mut path = vec![(start, 0)];
        while let Some((skill, next)) = path.pop() {
            if next == 0 && mark[skill] != Mark::New {
                continue;
            }
            mark[skill] = Mark::Open;
            match needs[skill].get(next).copied() {
                None => {
                    mark[skill] = Mark::Done;
                    order.push(skill);
                }
                Some(below) if mark[below] == Mark::Open => {
                    dropped.push((skill, needs[skill].remove(next)));
                    // The place now holds the next edge; `next` may be 0, so the mark is set anew.
                    if next == 0 {
                        mark[skill] = Mark::New;
                    }
                    path.push((skill, next));
                }
                Some(below) => {
                    path.push((skill, next + 1));
                    path.push((below, 0));
                }
            }
        }
    }
    Sorted { needs, order, dropped }
}

fn above(needs: &[Vec<usize>]) -> Vec<usize> {
    let mut counts = vec![0; needs.len()];
    let mut seen = vec![usize::MAX; needs.len()];
    for start in 0..needs.len() {
        let mut open = needs[start].clone();
        while let Some(below) = open.pop() {
            if std::mem::replace(&mut seen[below], start) != start {
                counts[below] += 1;
                open.extend_from_slice(&needs[below]);
            }
        }
    }
    counts
}
