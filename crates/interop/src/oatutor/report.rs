//! What an import says about itself: counts, everything that was changed on the way, and everything that a person
//! should look at. Nothing is repaired in silence.

use math::Form;
use serde::{Deserialize, Serialize};

/// The report on one imported course.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The course's id here.
    pub course: String,
    /// The course's name upstream.
    pub title: String,
    /// Problems read; all but those held out became items.
    pub problems: usize,
    /// Of these, problems of which nothing is asked since all of their steps are held out.
    pub problems_held_out: usize,
    /// Steps read; all but those held out became parts.
    pub steps: usize,
    /// Hints that tell, those within scaffolds counted.
    pub hints: usize,
    /// Hints that ask, those within scaffolds counted.
    pub scaffolds: usize,
    /// Skills after merging.
    pub skills: usize,
    /// Skills before merging.
    pub skills_upstream: usize,
    /// Units.
    pub units: usize,
    /// Lessons.
    pub lessons: usize,
    /// Steps answered by choosing.
    pub steps_chosen: usize,
    /// Steps answered by typing.
    pub steps_typed: usize,
    /// Pictures carried over, each once.
    pub figures: usize,
    /// Problems of skills with fewer than six: they serve practice and checks alike.
    pub problems_in_both_pools: usize,
    /// Edges "helps" between skills that came from the section graph.
    pub helping_edges: usize,
    /// What was mended.
    pub repaired: Vec<Repair>,
    /// Steps whose words ask for a form, by its name: only an answer in that form is taken.
    pub formed: Vec<Note>,
    /// Skills that became one.
    pub merged: Vec<Merge>,
    /// Steps that were read and are not asked, since their key provably disagrees with their question.
    pub held_out: Vec<Note>,
    /// Keys and options that look wrong and were left as they are.
    pub disputed: Vec<Note>,
    /// What the source does not have: help, alternative texts, licences.
    pub lacking: Vec<Note>,
    /// What the source has and we leave behind.
    pub not_carried_over: Vec<LeftBehind>,
    /// Skills that cannot become ready, or only on a later school day.
    pub cannot_become_ready: Vec<ThinSkill>,
    /// Files that could not be read; what they hold is not in the course.
    pub refused: Vec<FileProblem>,
    /// All of it again, a line each, worst first.
    pub warnings: Vec<String>,
}

/// One thing that was mended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Repair {
    /// Which step, hint or lesson.
    pub place: String,
    /// A short stable name, such as `power_sign`.
    pub code: String,
    /// As it stood.
    pub before: String,
    /// As it stands now.
    pub after: String,
    /// Why that is what was meant.
    pub reason: String,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// Which step, problem or file.
    pub place: String,
    /// A short stable name, such as `no_help`.
    pub code: String,
    /// The particulars.
    pub detail: String,
}

/// Skills that became one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// The skill's id here.
    pub skill: String,
    /// Its name.
    pub name: String,
    /// The upstream ids.
    pub pieces: Vec<String>,
    /// What shows that they are one.
    pub reason: String,
}

/// A kind of thing that was left behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftBehind {
    /// What.
    pub what: String,
    /// How many.
    pub count: usize,
    /// Why.
    pub reason: String,
}

/// A skill with too few problems.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThinSkill {
    /// Its id.
    pub skill: String,
    /// How many problems ask for it.
    pub problems: usize,
    /// `never`, or `only_on_a_later_school_day`.
    pub code: String,
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileProblem {
    /// Its path.
    pub file: String,
    /// Why, in plain English.
    pub reason: String,
}

impl Report {
    /// Notes a repair.
    pub(super) fn repair(&mut self, place: &str, code: &str, before: &str, after: &str, reason: &str) {
        self.repaired.push(Repair {
            place: place.to_owned(),
            code: code.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
            reason: reason.to_owned(),
        });
    }

    /// Notes a step that is not asked, and why.
    pub(super) fn hold_out(&mut self, place: &str, code: &str, detail: impl Into<String>) {
        self.held_out.push(Note { place: place.to_owned(), code: code.to_owned(), detail: detail.into() });
    }

    /// Notes a key or option that looks wrong.
    pub(super) fn dispute(&mut self, place: &str, code: &str, detail: impl Into<String>) {
        self.disputed.push(Note { place: place.to_owned(), code: code.to_owned(), detail: detail.into() });
    }

    /// Notes the form that an answer must have.
    pub(super) fn form(&mut self, place: &str, form: Form, key: &str) {
        let detail = format!("the words ask for it, and `{key}` has it");
        self.formed.push(Note { place: place.to_owned(), code: form.to_string(), detail });
    }

    /// Notes something that is missing.
    pub(super) fn lack(&mut self, place: &str, code: &str, detail: impl Into<String>) {
        self.lacking.push(Note { place: place.to_owned(), code: code.to_owned(), detail: detail.into() });
    }

    /// Notes something that is left behind; nothing when there is none of it.
    pub(super) fn leave(&mut self, what: &str, count: usize, reason: &str) {
        if count > 0 {
            self.not_carried_over.push(LeftBehind { what: what.to_owned(), count, reason: reason.to_owned() });
        }
    }

    /// Notes a file that could not be read.
    pub(super) fn refuse(&mut self, file: &str, reason: impl Into<String>) {
        self.refused.push(FileProblem { file: file.to_owned(), reason: reason.into() });
    }

    /// Writes the lines of [`Report::warnings`] from all the rest.
    pub(super) fn write_warnings(&mut self) {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.refused.iter().map(|it| format!("refused {}: {}", it.file, it.reason)));
        lines.extend(self.held_out.iter().map(|it| format!("held out {} ({}): {}", it.place, it.code, it.detail)));
        lines.extend(self.disputed.iter().map(|it| format!("disputed {} ({}): {}", it.place, it.code, it.detail)));
        lines.extend(
            self.cannot_become_ready
                .iter()
                .map(|it| format!("thin skill {} ({}): {} problem(s)", it.skill, it.code, it.problems)),
        );
        lines.extend(self.lacking.iter().map(|it| format!("lacking {} ({}): {}", it.place, it.code, it.detail)));
        lines.extend(self.repaired.iter().map(|it| {
            format!("repaired {} ({}): `{}` is now `{}`; {}", it.place, it.code, it.before, it.after, it.reason)
        }));
        lines.extend(self.formed.iter().map(|it| format!("form {} ({}): {}", it.place, it.code, it.detail)));
        lines.extend(
            self.merged.iter().map(|it| format!("merged {}: {}; {}", it.skill, it.pieces.join(" + "), it.reason)),
        );
        lines.extend(
            self.not_carried_over
                .iter()
                .map(|it| format!("not carried over: {} ({}); {}", it.what, it.count, it.reason)),
        );
        self.warnings = lines;
    }
}
