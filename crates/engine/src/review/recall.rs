//! How well a skill is recalled now, with credit for its use in what rests on it.

use crate::{facts::CourseFacts, parameters::Parameters, record::SkillState};
use curriculum::SkillId;
use std::collections::BTreeMap;

const DAY_MS: f64 = 86_400_000.0;
/// Credit that a right answer on a skill gives to what it needs, at strength 0 and 1 of the edge.
const CREDIT: (f64, f64) = (0.3, 0.5);

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
