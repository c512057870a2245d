//! The skills graph: order, what a skill needs, what it opens, and cycles.

use crate::{EdgeKind, Skill, SkillId};
use std::collections::{BTreeMap, BTreeSet};

/// Skills by id with their edges both ways.
#[derive(Clone, Debug, Default)]
pub struct SkillGraph {
    needs: BTreeMap<SkillId, Vec<(SkillId, f64)>>,
    helped_by: BTreeMap<SkillId, Vec<SkillId>>,
    opens: BTreeMap<SkillId, Vec<SkillId>>,
}

impl SkillGraph {
    /// Builds the graph; edges to unknown skills are left out (the static check names them).
    pub fn new(skills: &[Skill]) -> Self {
        let known: BTreeSet<&SkillId> = skills.iter().map(|skill| &skill.id).collect();
        let mut graph = Self::default();
        for skill in skills {
            graph.needs.entry(skill.id.clone()).or_default();
            for edge in skill.rests_on.iter().filter(|edge| known.contains(&edge.skill)) {
                match edge.kind {
                    EdgeKind::Needed => {
                        graph.needs.entry(skill.id.clone()).or_default().push((edge.skill.clone(), edge.strength));
                        graph.opens.entry(edge.skill.clone()).or_default().push(skill.id.clone());
                    }
                    EdgeKind::Helps => {
                        graph.helped_by.entry(skill.id.clone()).or_default().push(edge.skill.clone());
                    }
                }
            }
        }
        graph
    }

    /// Skills that `skill` needs, with the strength of each edge.
    pub fn needs(&self, skill: &SkillId) -> &[(SkillId, f64)] {
        self.needs.get(skill).map_or(&[], Vec::as_slice)
    }

    /// Skills that help with `skill` without being needed.
    pub fn helped_by(&self, skill: &SkillId) -> &[SkillId] {
        self.helped_by.get(skill).map_or(&[], Vec::as_slice)
    }

    /// Skills that need `skill` directly.
    pub fn opens(&self, skill: &SkillId) -> &[SkillId] {
        self.opens.get(skill).map_or(&[], Vec::as_slice)
    }

    /// Every skill beneath `skill` along needed edges, itself left out.
    pub fn all_beneath(&self, skill: &SkillId) -> BTreeSet<SkillId> {
        let mut beneath = BTreeSet::new();
        let mut open = vec![skill.clone()];
        while let Some(next) = open.pop() {
            for (below, _) in self.needs(&next) {
                if beneath.insert(below.clone()) {
                    open.push(below.clone());
                }
            }
        }
        beneath
    }

    /// All skills, each after what it needs; ties by id. Skills on a cycle come last.
    pub fn order(&self) -> Vec<SkillId> {
        let mut waiting: BTreeMap<&SkillId, usize> =
            self.needs.iter().map(|(skill, needs)| (skill, needs.len())).collect();
        let mut free: BTreeSet<&SkillId> =
            waiting.iter().filter(|(_, count)| **count == 0).map(|(skill, _)| *skill).collect();
        let mut order = Vec::with_capacity(self.needs.len());
        while let Some(skill) = free.pop_first() {
            waiting.remove(skill);
            order.push(skill.clone());
            for above in self.opens(skill) {
                if let Some(count) = waiting.get_mut(above) {
                    *count -= 1;
                    if *count == 0 {
                        free.insert(above);
                    }
                }
            }
        }
        order.extend(waiting.keys().map(|skill| (*skill).clone()));
        order
    }

    /// The skills that lie on or above a cycle of needed edges; empty in a sound course.
    pub fn on_cycles(&self) -> Vec<SkillId> {
        let mut waiting: BTreeMap<&SkillId, usize> =
            self.needs.iter().map(|(skill, needs)| (skill, needs.len())).collect();
        loop {
            let free: Vec<&SkillId> =
                waiting.iter().filter(|(_, count)| **count == 0).map(|(skill, _)| *skill).collect();
            if free.is_empty() {
                return waiting.keys().map(|skill| (*skill).clone()).collect();
            }
            for skill in free {
                waiting.remove(skill);
                for above in self.opens(skill) {
                    if let Some(count) = waiting.get_mut(above) {
                        *count -= 1;
                    }
                }
            }
        }
    }
}
