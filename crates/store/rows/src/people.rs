//! Every column that names a person: what erasing that person does to it, and whether their export holds it. A new table
//! that names a student comes with its line here; a test reads the schema and fails without it.

/// What erasing a student does to the rows that name them.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Erase {
    /// The rows go.
    Rows,
    /// The rows stay, for this reason.
    Keep(&'static str),
}

/// Whether a student's export holds the rows that name them.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// The rows are exported.
    Rows,
    /// They are not, for this reason.
    Leave(&'static str),
}

/// A column that names a person.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct PersonColumn {
    pub table: &'static str,
    pub column: &'static str,
    pub erase: Erase,
    pub export: Export,
}

const fn column(table: &'static str, column: &'static str, erase: Erase, export: Export) -> PersonColumn {
    PersonColumn { table, column, erase, export }
}

const FOLDED: Export = Export::Leave("it is folded from the events, which are exported");
const SECRET: Export = Export::Leave("it helps to sign in and tells nothing else");
const ADULT: Erase = Erase::Keep("it names the adult who did it");
const OTHERS: Export = Export::Leave("it belongs to the record of the one it was done to");

/// The erase list and the export list.
pub const PERSON_COLUMNS: &[PersonColumn] = &[
    column("person", "id", Erase::Rows, Export::Rows),
    column("enrollment", "person_id", Erase::Rows, Export::Rows),
    column("session", "person_id", Erase::Rows, SECRET),
    column("audit", "actor_id", Erase::Keep("it proves who looked, and holds ids only"), OTHERS),
    column("audit", "subject_id", Erase::Keep("it proves who looked, and holds ids only"), Export::Rows),
    column("presentation", "student_id", Erase::Rows, Export::Rows),
    column("event", "student_id", Erase::Rows, Export::Rows),
    column("student_head", "student_id", Erase::Rows, FOLDED),
    column("skill_state", "student_id", Erase::Rows, Export::Rows),
    column("snapshot", "student_id", Erase::Rows, FOLDED),
    column("assignment", "created_by", ADULT, OTHERS),
    column("assignment_student", "student_id", Erase::Rows, Export::Rows),
    column("hand", "student_id", Erase::Rows, Export::Rows),
    column("alert_verdict", "student_id", Erase::Rows, Export::Rows),
    column("alert_verdict", "by_id", ADULT, OTHERS),
    column("job", "asked_by", ADULT, OTHERS),
    column("parameter_version", "made_by", ADULT, OTHERS),
    column("parameter_publication", "published_by", ADULT, OTHERS),
    column("erasure", "student_id", Erase::Keep("later uploads for the student are refused by it"), OTHERS),
];
