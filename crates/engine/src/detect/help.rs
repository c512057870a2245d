//! After three misses on one idea, or a wrong idea found on two different numbers, help changes its form.

use super::{HelpForm, is_found_idea};
use crate::{
    detour::Phase,
    record::{HeadState, PartProgress},
};
use curriculum::PartId;
use uuid::Uuid;

/// Misses from which help changes its form.
const FORM_CHANGES: u32 = 3;
/// Misses from which it is the teacher's turn.
const TEACHER: u32 = 6;

/// The form of help to offer now, if it should change: a detour where one was offered; else a worked example; another
/// problem of the skill once the example was seen or declined; the teacher after six misses, or after a detour that
/// did not help.
pub fn help_after(head: &HeadState, presentation: Uuid, part: &PartId) -> Option<HelpForm> {
    let progress = head.progress(presentation, part)?;
    if progress.right || !progress.changed {
        return None;
    }
    if progress.misses >= TEACHER {
        return Some(HelpForm::Teacher);
    }
    if let Some(detour) = head.detour_of(presentation, part) {
        match detour.phase {
            Phase::Offered | Phase::Running => return Some(HelpForm::Detour),
            Phase::Failed => return Some(HelpForm::Teacher),
            // Back from what was learned, the question comes before any more help.
            Phase::Learned if progress.misses <= detour.misses => return None,
            Phase::Learned | Phase::Known | Phase::Declined | Phase::Left => {}
        }
    }
    Some(match (progress.example, progress.declined) {
        (_, 2..) => HelpForm::Teacher,
        (true, _) | (_, 1) => HelpForm::OtherItem,
        _ => HelpForm::Example,
    })
}

/// After an answer to a part: marks it when help is to change its form. It stays so, whatever comes later.
pub(crate) fn note_form(head: &mut HeadState, presentation: Uuid, part: &PartId) {
    let here = |open: &PartProgress| open.presentation == presentation && open.part == *part;
    let Some(at) = head.open.iter().rposition(here) else { return };
    let changes = !head.open[at].right && changes_form(head, &head.open[at]);
    head.open[at].changed |= changes;
}

fn changes_form(head: &HeadState, progress: &PartProgress) -> bool {
    progress.misses >= FORM_CHANGES || is_finding(head, progress) || missed_in_a_row(head, progress)
}

/// The wrong idea that an answer here matched was seen on different numbers.
fn is_finding(head: &HeadState, progress: &PartProgress) -> bool {
    let Some(idea) = progress.misconception.as_ref().filter(|_| progress.misses > 0) else { return false };
    is_found_idea(&head.counters, &progress.course, idea)
}

/// The last first answers on the skill in this sitting, this one among them, were all misses.
fn missed_in_a_row(head: &HeadState, progress: &PartProgress) -> bool {
    let Some(skill) = progress.skills.first().filter(|_| progress.misses > 0) else { return false };
    let of_skill = head.recent.iter().rev().filter(|answer| {
        answer.course == progress.course
            && answer.at >= head.sitting.started_at
            && answer.skills.contains(skill)
            && answer.purpose != crate::record::Purpose::Placement
    });
    of_skill.take_while(|answer| !answer.right).count() >= FORM_CHANGES as usize
}
