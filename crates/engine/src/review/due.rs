//! What is due for review, the most faded first, within the day's cap.

use crate::{facts::CourseFacts, parameters::Parameters, record::SkillState};
use curriculum::SkillId;
use std::collections::BTreeMap;

const DAY_MS: f64 = 86_400_000.0;
/// Credit that a right answer on a skill gives to what it needs, at strength 0 and 1 of the edge.
const CREDIT: (f64, f64) = (0.3, 0.5);

/// A skill that is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// The skill.
    pub skill: SkillId,
    /// Chance that it is still recalled.
    pub recall: f64,
}

/// Chance that a skill is recalled now; none before its first answer. A right answer on a skill that needs it,
/// given since, counts for part of the time: the clock of this one is set forward by .3-.5 of the way
/// to that answer, by the strength of the edge.
///
/// Worked number: stability 10 days, last answered 10 days ago: R = .90. A skill that needs it with strength .5
/// was answered right today: 4 of the 10 days are credited, R = .935.
pub fn recall(
    facts: &CourseFacts,
    parameters: &Parameters,
    skills: &BTreeMap<SkillId, SkillState>,
    skill: &SkillId,
    now: i64,
) -> Option<f64> {
    let memory = skills.get(skill)?.memory?;
    let mut last = memory.last;
    let place = facts.place(skill)?;
    for above in &facts.skills[place].opens {
        let strength =
            facts.skills[*above].needs.iter().find(|(below, _)| *below == place).map_or(0.5, |(_, strength)| *strength);
        let used_at = skills.get(&facts.skills[*above].id).and_then(|state| state.rights.last()).map(|right| right.at);
        if let Some(used_at) = used_at.filter(|used_at| *used_at > memory.last) {
            let credit = CREDIT.0 + (CREDIT.1 - CREDIT.0) * strength.clamp(0.0, 1.0);
            let credited = memory.last.saturating_add(((used_at - memory.last) as f64 * credit) as i64);
            last = last.max(credited);
        }
    }
    let days = now.saturating_sub(last) as f64 / DAY_MS;
    Some(memory.recall_after(days, parameters.stability_scale))
}

/// Skills that are ready or placed known and whose recall fell below the wanted one, the lowest first, ties by
/// id, at most what is left of the day's cap. After two weeks away a day therefore holds no more than any other.
pub fn due(
    facts: &CourseFacts,
    parameters: &Parameters,
    skills: &BTreeMap<SkillId, SkillState>,
    now: i64,
    reviews_today: u32,
) -> Vec<Due> {
    let mut due: Vec<Due> = skills
        .iter()
        .filter(|(_, state)| state.opens())
        .filter_map(|(skill, _)| {
            Some(Due { skill: skill.clone(), recall: recall(facts, parameters, skills, skill, now)? })
        })
        .filter(|due| due.recall < parameters.recall_wanted)
        .collect();
    due.sort_by(|a, b| a.recall.total_cmp(&b.recall).then_with(|| a.skill.cmp(&b.skill)));
    due.truncate(parameters.reviews_per_day_max.saturating_sub(reviews_today) as usize);
    due
}
