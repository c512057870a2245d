//! After three misses on one question, help changes its form.

use super::HelpForm;
use crate::record::HeadState;
use curriculum::PartId;
use uuid::Uuid;

/// Misses from which help changes its form.
pub const FORM_CHANGES: u32 = 3;
/// Misses from which it is the teacher's turn.
const TEACHER: u32 = 6;

/// The form of help to offer now, if it should change: a worked example after three misses; another problem of
/// the skill once the example was seen or declined; the teacher after six.
pub fn help_after(head: &HeadState, presentation: Uuid, part: &PartId) -> Option<HelpForm> {
    let progress = head.progress(presentation, part)?;
    if progress.right || progress.misses < FORM_CHANGES {
        return None;
    }
    Some(match (progress.misses >= TEACHER, progress.example, progress.declined) {
        (true, _, _) | (_, _, 2..) => HelpForm::Teacher,
        (_, true, _) | (_, _, 1) => HelpForm::OtherItem,
        _ => HelpForm::Example,
    })
}
