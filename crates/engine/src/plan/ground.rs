//! What a plan needs of a course, made once.

use crate::facts::CourseFacts;
use curriculum::{LessonId, SkillId};
use std::collections::BTreeMap;

/// A course as plans see it. Numbers are places in [`CourseFacts::skills`].
pub struct Ground<'a> {
    /// The course.
    pub facts: &'a CourseFacts,
    /// What each skill needs, without the edges that close a cycle.
    pub needs: Vec<Vec<usize>>,
    /// What needs each skill.
    pub opens: Vec<Vec<usize>>,
    /// Skills, each after what it needs.
    pub order: Vec<usize>,
    /// Edges that close a cycle (skill, what it was to need), dropped.
    pub dropped: Vec<(usize, usize)>,
    /// Where the author put each skill: the lessons' order, then the skills without one.
    pub rank: Vec<usize>,
    by_standard: BTreeMap<&'a str, Vec<usize>>,
    lessons: BTreeMap<&'a LessonId, usize>,
}

impl<'a> Ground<'a> {
    /// Of a course. Edges that close a cycle are dropped depth first in the author's order.
    pub fn new(facts: &'a CourseFacts) -> Self {
        let all = facts.skills.iter().map(|skill| skill.needs.iter().map(|(below, _)| *below).collect()).collect();
        let (needs, order, dropped) = without_cycles(all);
        let mut opens = vec![Vec::new(); needs.len()];
        for (place, below) in needs.iter().enumerate().flat_map(|(place, needs)| needs.iter().map(move |b| (place, *b)))
        {
            opens[below].push(place);
        }
        let mut by_standard: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, skill) in facts.skills.iter().enumerate() {
            for standard in &skill.standards {
                by_standard.entry(standard).or_default().push(place);
            }
        }
        let lessons = facts.lessons.iter().enumerate().map(|(nth, lesson)| (&lesson.id, nth)).collect();
        Self { rank: ranks(facts), facts, needs, opens, order, dropped, by_standard, lessons }
    }

    /// Skills of a standard; none where the course does not teach it.
    pub fn of_standard(&self, standard: &str) -> &[usize] {
        self.by_standard.get(standard).map_or(&[], Vec::as_slice)
    }

    /// All standards of the course.
    pub fn standards(&self) -> impl Iterator<Item = &'a str> {
        self.by_standard.keys().copied()
    }

    /// Skills of a lesson.
    pub fn of_lesson(&self, lesson: &LessonId) -> &'a [usize] {
        self.lessons.get(lesson).map_or(&[], |nth| self.facts.lessons[*nth].skills.as_slice())
    }

    /// The lesson that first teaches a skill.
    pub fn lesson_of(&self, place: usize) -> Option<&'a LessonId> {
        self.facts.skills[place].lesson.map(|nth| &self.facts.lessons[nth].id)
    }

    /// A skill without questions can be neither learned nor shown here.
    pub fn has_items(&self, place: usize) -> bool {
        self.facts.skills[place].items > 0
    }

    pub(super) fn id(&self, place: usize) -> SkillId {
        self.facts.skills[place].id.clone()
    }
}

fn ranks(facts: &CourseFacts) -> Vec<usize> {
    let mut rank = vec![usize::MAX; facts.skills.len()];
    let of_lessons = facts.lessons.iter().flat_map(|lesson| lesson.skills.iter().copied());
    let mut next = 0;
    for place in of_lessons.chain(0..facts.skills.len()) {
        if rank[place] == usize::MAX {
            rank[place] = next;
            next += 1;
        }
    }
    rank
}

type Sound = (Vec<Vec<usize>>, Vec<usize>, Vec<(usize, usize)>);

/// Without recursion, since graphs may be deep: 0 new, 1 on the path, 2 done.
fn without_cycles(all: Vec<Vec<usize>>) -> Sound {
    let mut mark = vec![0_u8; all.len()];
    let (mut needs, mut order, mut dropped) = (vec![Vec::new(); all.len()], Vec::new(), Vec::new());
    for start in 0..all.len() {
        let mut path = if mark[start] == 0 { vec![(start, 0)] } else { Vec::new() };
        while let Some((place, next)) = path.pop() {
            mark[place] = 1;
            let Some(below) = all[place].get(next).copied() else {
                mark[place] = 2;
                order.push(place);
                continue;
            };
            path.push((place, next + 1));
            if mark[below] == 1 {
                dropped.push((place, below));
                continue;
            }
            needs[place].push(below);
            if mark[below] == 0 {
                path.push((below, 0));
            }
        }
    }
    (needs, order, dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_loses_one_edge_and_every_skill_comes_after_its_needs() {
        let (needs, order, dropped) = without_cycles(vec![vec![1], vec![2], vec![0], vec![3, 1]]);
        assert_eq!(dropped, [(2, 0), (3, 3)]);
        let at = |place: usize| order.iter().position(|other| *other == place).unwrap();
        assert!(order.iter().all(|place| needs[*place].iter().all(|below| at(*below) < at(*place))));
    }
}
