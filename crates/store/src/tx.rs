//! A unit of work under way: one method a query, the same on both databases.

use crate::{StoreError, error::ConstraintNames};
use sqlx::PgConnection;
use store_rows::*;
use store_sqlite::Conn;
use uuid::Uuid;

/// A unit of work under way, or a reader at one moment. Every method takes the school first.
///
/// On SQLite some writes of which nothing is asked go with the statement after them; one of them that fails fails that
/// statement, or else the unit at its end.
pub struct Tx<'a> {
    connection: Connection<'a>,
    names: &'a ConstraintNames,
    fate: Fate,
}

enum Connection<'a> {
    Sqlite(&'a mut Conn),
    Postgres(&'a mut PgConnection),
}

/// What the statements so far mean for the unit.
pub(crate) enum Fate {
    Sound,
    /// A statement failed, and so will the unit.
    Failed,
    /// The transaction around the unit may be lost, with all that share it.
    Lost(StoreError),
}

impl<'a> Tx<'a> {
    pub(crate) fn sqlite(connection: &'a mut Conn, names: &'a ConstraintNames) -> Self {
        Self { connection: Connection::Sqlite(connection), names, fate: Fate::Sound }
    }

    pub(crate) fn postgres(connection: &'a mut PgConnection, names: &'a ConstraintNames) -> Self {
        Self { connection: Connection::Postgres(connection), names, fate: Fate::Sound }
    }

    pub(crate) fn into_fate(self) -> Fate {
        self.fate
    }

    /// A unit cannot succeed after a statement of it failed: PostgreSQL has given up the transaction by then.
    pub(crate) fn judge<T, E: From<StoreError>>(&self, outcome: Result<T, E>) -> Result<T, E> {
        match &self.fate {
            Fate::Sound => outcome,
            _ => outcome.and(Err(self.after_failure().into())),
        }
    }

    fn after_failure(&self) -> StoreError {
        match &self.fate {
            Fate::Lost(error) => error.clone(),
            _ => StoreError::Bug("a unit of work went on after a statement failed".into()),
        }
    }

    /// Writes what a statement to come would have taken along, so that the outcome is known; or forgets it, where the
    /// work failed.
    pub(crate) async fn end<T, E: From<StoreError>>(&mut self, outcome: Result<T, E>) -> Result<T, E> {
        let Connection::Sqlite(connection) = &mut self.connection else { return outcome };
        if outcome.is_err() {
            connection.forget_writes();
            return outcome;
        }
        let done = connection.flush().await;
        self.note(done)?;
        outcome
    }

    fn note<T>(&mut self, done: sqlx::Result<T>) -> Result<T, StoreError> {
        done.map_err(|error| {
            let error = StoreError::from_sqlx(error, self.names);
            self.fate = match &error {
                StoreError::Unavailable(_) => Fate::Lost(error.clone()),
                _ => Fate::Failed,
            };
            error
        })
    }
}

/// Calls the query of the same name on whichever database the unit runs on.
macro_rules! dispatch {
    ($($slice:ident { $($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),* $(,)?) -> $out:ty;)* })*) => {
        impl Tx<'_> {$($(
            $(#[$doc])*
            pub async fn $name(&mut self, $($arg: $type),*) -> Result<$out, StoreError> {
                if !matches!(self.fate, Fate::Sound) {
                    return Err(self.after_failure());
                }
                let done = match &mut self.connection {
                    Connection::Sqlite(c) => store_sqlite::$slice::$name(c, $($arg),*).await,
                    Connection::Postgres(c) => store_postgres::$slice::$name(c, $($arg),*).await,
                };
                self.note(done)
            }
        )*)*}
    };
}

impl Tx<'_> {
    /// Locks the student's stream until the unit ends and tells where it stands. A student's first head has position 0;
    /// `Missing` means that there is no such person, `Erased` that the record was erased. Take this lock before writing
    /// anything else of the student, and the locks of several students in the order of their ids.
    pub async fn lock_student_head(&mut self, tenant: TenantId, student: StudentId) -> Result<StudentHead, StoreError> {
        if let Some(head) = self.lock_head(tenant, student).await? {
            return Ok(head);
        }
        // An erased record has no head, so only here need it be asked.
        if self.erased_at(tenant, student).await?.is_some() {
            return Err(StoreError::Erased);
        }
        self.open_student_head(tenant, student).await?;
        self.lock_head(tenant, student).await?.ok_or(StoreError::Missing)
    }

    /// As [`Tx::lock_student_head`], but without what is long, and with whether the stream has an event, and the states of
    /// some skills by their ids.
    pub async fn lock_head_and_skills(
        &mut self,
        tenant: TenantId,
        student: StudentId,
        event: Uuid,
        course: &str,
        skills: &[&str],
    ) -> Result<Locked, StoreError> {
        let rows = self.lock_head_beside_skills(tenant, student, event, course, first_eight(skills)).await?;
        let event_known = rows.first().is_some_and(|row| row.event_known);
        let rows = rows.into_iter().map(LockedBesideSkill::beside_skill).collect();
        match self.with_more_skills(tenant, student, course, skills, rows).await? {
            Some((line, skills)) => Ok(Locked { line, event_known, skills }),
            None => {
                // Without a head there is nothing of any skill, and no event.
                let line = self.lock_student_head(tenant, student).await?.line();
                Ok(Locked { line, event_known: false, skills: Vec::new() })
            }
        }
    }

    /// Where a student's stream stands, without what is long and without a lock, and the states of some skills by their
    /// ids; none before the first event.
    pub async fn head_and_skills(
        &mut self,
        tenant: TenantId,
        student: StudentId,
        course: &str,
        skills: &[&str],
    ) -> Result<Option<(HeadLine, Vec<(String, Vec<u8>)>)>, StoreError> {
        let rows = self.head_beside_skills(tenant, student, course, first_eight(skills)).await?;
        self.with_more_skills(tenant, student, course, skills, rows).await
    }

    async fn with_more_skills(
        &mut self,
        tenant: TenantId,
        student: StudentId,
        course: &str,
        skills: &[&str],
        rows: Vec<HeadBesideSkill>,
    ) -> Result<Option<(HeadLine, Vec<(String, Vec<u8>)>)>, StoreError> {
        let (mut lines, mut states): (Vec<_>, Vec<_>) = rows.into_iter().map(HeadBesideSkill::apart).unzip();
        let Some(line) = lines.pop() else { return Ok(None) };
        let more = self.some_skill_states(tenant, student, course, skills.get(8..).unwrap_or_default()).await?;
        states.extend(more.into_iter().map(|row| Some((row.skill_id, row.state))));
        Ok(Some((line, states.into_iter().flatten().collect())))
    }

    /// As [`Tx::touched_skill_states`], for any number of skills.
    pub async fn some_skill_states(
        &mut self,
        tenant: TenantId,
        student: StudentId,
        course: &str,
        skills: &[&str],
    ) -> Result<Vec<SkillState>, StoreError> {
        let mut states = Vec::new();
        for some in skills.chunks(8) {
            states.extend(self.touched_skill_states(tenant, student, course, first_eight(some)).await?);
        }
        Ok(states)
    }
}

/// The first of these, one of them named again to fill the places.
fn first_eight<'s>(skills: &[&'s str]) -> [&'s str; 8] {
    let first = skills.first().copied().unwrap_or_default();
    std::array::from_fn(|at| skills.get(at).copied().unwrap_or(first))
}

dispatch! {
    identity {
        /// Adds a school.
        insert_organization(tenant: TenantId, row: &Organization) -> ();
        /// A school by its id.
        organization(tenant: TenantId) -> Option<Organization>;
        /// All schools, by id. The one way to find a tenant without a host name.
        organizations() -> Vec<Organization>;
        /// The school that is reached by this host name.
        organization_by_host(host: &str) -> Option<Organization>;
        /// Changes a school; 0 when there is none.
        update_organization(tenant: TenantId, name: &str, host: Option<&str>, zone: &str) -> u64;
        /// Adds a person. Conflicts: `person_pk`, `person_email`, `person_sign_in_name`.
        insert_person(tenant: TenantId, row: &Person) -> ();
        /// A person by id, archived or not.
        person(tenant: TenantId, id: PersonId) -> Option<Person>;
        /// A person by e-mail address, upper and lower case alike.
        person_by_email(tenant: TenantId, email: &str) -> Option<Person>;
        /// A person by sign-in name, which the caller has folded.
        person_by_sign_in_name(tenant: TenantId, sign_in_name: &str) -> Option<Person>;
        /// A student enrolled now in the class with this code.
        student_by_class_code(tenant: TenantId, code: &str, sign_in_name: &str, now: i64) -> Option<Person>;
        /// Everyone with this role in the school who is not archived, by id.
        people_by_role(tenant: TenantId, role: &str) -> Vec<Person>;
        /// A page of all people, archived or not, by id.
        people(tenant: TenantId, after: Option<PersonId>, limit: i64) -> Vec<Person>;
        /// Rewrites a person but for `created_at`; 0 when there is none.
        update_person(tenant: TenantId, row: &Person) -> u64;
        /// Sets or removes a password.
        set_password_hash(tenant: TenantId, id: PersonId, password_hash: Option<&str>) -> u64;
        /// Sets or removes what a student's PIN is derived from.
        set_pin_nonce(tenant: TenantId, id: PersonId, pin_nonce: Option<&[u8]>) -> u64;
        /// Sets language and preferences (JSON).
        set_preferences(tenant: TenantId, id: PersonId, locale: &str, preferences: &str) -> u64;
        /// Archives a person, or brings them back.
        archive_person(tenant: TenantId, id: PersonId, at: Option<i64>) -> u64;
        /// A setting's value.
        setting(tenant: TenantId, key: &str) -> Option<String>;
        /// Sets a setting.
        save_setting(tenant: TenantId, key: &str, value: &str) -> ();
        /// Removes a setting.
        delete_setting(tenant: TenantId, key: &str) -> u64;
    }
    sign_in {
        /// Adds a session.
        insert_session(tenant: TenantId, row: &Session) -> ();
        /// The session of a token, even if expired or revoked.
        session(tenant: TenantId, token_hash: &[u8]) -> Option<Session>;
        /// Notes that a session was used; 0 when it is revoked.
        touch_session(tenant: TenantId, token_hash: &[u8], last_seen_at: i64, expires_at: i64) -> u64;
        /// A person's sessions, newest first.
        sessions_of_person(tenant: TenantId, person: PersonId) -> Vec<Session>;
        /// Sessions begun with a class's code, newest first.
        sessions_of_class(tenant: TenantId, class: ClassId) -> Vec<Session>;
        /// Revokes a session by its id; 0 when there is none to revoke.
        revoke_session(tenant: TenantId, id: Uuid, at: i64) -> u64;
        /// Revokes all sessions of a person and says how many.
        revoke_sessions_of_person(tenant: TenantId, person: PersonId, at: i64) -> u64;
        /// Revokes all sessions begun with a class's code and says how many.
        revoke_sessions_of_class(tenant: TenantId, class: ClassId, at: i64) -> u64;
        /// Forgets sessions that expired before a time.
        delete_expired_sessions(tenant: TenantId, before: i64) -> u64;
        /// Failed sign-ins under a key.
        sign_in_miss(tenant: TenantId, key: &str) -> Option<SignInMiss>;
        /// Sets the failed sign-ins under a key.
        save_sign_in_miss(tenant: TenantId, row: &SignInMiss) -> ();
        /// Adds one failed sign-in and tells how many there are now.
        count_sign_in_miss(tenant: TenantId, key: &str, at: i64) -> i64;
        /// Forgets the failed sign-ins under a key.
        clear_sign_in_miss(tenant: TenantId, key: &str) -> u64;
        /// Forgets failed sign-ins that are old and block nobody.
        delete_old_sign_in_misses(tenant: TenantId, before: i64) -> u64;
        /// Adds a link that works once.
        insert_one_time_link(tenant: TenantId, row: &OneTimeLink) -> ();
        /// A link, even if used or expired.
        one_time_link(tenant: TenantId, token_hash: &[u8]) -> Option<OneTimeLink>;
        /// Uses a link up; true for the one caller for whom it works.
        use_one_time_link(tenant: TenantId, token_hash: &[u8], now: i64) -> bool;
        /// Forgets links that expired before a time.
        delete_expired_one_time_links(tenant: TenantId, before: i64) -> u64;
    }
    roster {
        /// Adds a class. Conflicts: `class_pk`, `class_code`.
        insert_class(tenant: TenantId, row: &Class) -> ();
        /// A class by id.
        class(tenant: TenantId, id: ClassId) -> Option<Class>;
        /// A class by the code that students type.
        class_by_code(tenant: TenantId, code: &str) -> Option<Class>;
        /// All classes, by id.
        classes(tenant: TenantId) -> Vec<Class>;
        /// Rewrites a class but for `created_at`; 0 when there is none. Conflict: `class_code`.
        update_class(tenant: TenantId, row: &Class) -> u64;
        /// Puts a person into a class in a role, or changes from when until when. `Missing`: no such class or person.
        enroll(tenant: TenantId, row: &Enrollment) -> ();
        /// Ends an enrollment; 0 when there is none.
        end_enrollment(tenant: TenantId, class: ClassId, person: PersonId, role: &str, ends_at: i64) -> u64;
        /// What a person is or was in a class, by role.
        enrollments(tenant: TenantId, class: ClassId, person: PersonId) -> Vec<Enrollment>;
        /// All that a person is or was in any class.
        enrollments_of_person(tenant: TenantId, person: PersonId) -> Vec<Enrollment>;
        /// The classes in which a person is enrolled now, with the role, oldest first.
        classes_of_person(tenant: TenantId, person: PersonId, now: i64) -> Vec<ClassOfPerson>;
        /// Everyone enrolled in a class now, with the role, by id.
        class_people(tenant: TenantId, class: ClassId, now: i64) -> Vec<ClassPerson>;
    }
    library {
        /// Adds a course or changes its title; never what is published.
        save_course(tenant: TenantId, row: &Course) -> ();
        /// A course by id.
        course(tenant: TenantId, id: &str) -> Option<Course>;
        /// All courses, by id.
        courses(tenant: TenantId) -> Vec<Course>;
        /// Adds a version, seen by nobody until it is published. One that is there already stays as it is.
        insert_course_version(tenant: TenantId, row: &CourseVersion) -> ();
        /// One version, whole.
        course_version(tenant: TenantId, course: &str, version: &str) -> Option<CourseVersion>;
        /// The version that students see, whole.
        published_course_version(tenant: TenantId, course: &str) -> Option<CourseVersion>;
        /// All versions, newest first.
        course_versions(tenant: TenantId, course: &str) -> Vec<CourseVersionLine>;
        /// Shows a version to students; 0 when there is no such version.
        publish_course(tenant: TenantId, course: &str, version: &str, at: i64) -> u64;
        /// Adds a piece of content. One with the same hash stays as it is.
        insert_content(tenant: TenantId, row: &Content) -> ();
        /// A piece of content by the hash of its bytes.
        content(tenant: TenantId, hash: &str) -> Option<Content>;
        /// A page of all content, by hash.
        contents(tenant: TenantId, after_hash: &str, limit: i64) -> Vec<Content>;
        /// A page of the hashes of all content.
        content_hashes(tenant: TenantId, after_hash: &str, limit: i64) -> Vec<String>;
    }
    learning {
        /// Adds what was put before a student.
        insert_presentation(tenant: TenantId, row: &Presentation) -> ();
        /// What was put before this student under this id.
        presentation(tenant: TenantId, student: StudentId, id: Uuid) -> Option<Presentation>;
        /// What was put before a student before a time, newest first.
        presentations(tenant: TenantId, student: StudentId, before: i64, limit: i64) -> Vec<Presentation>;
        /// The items last put before a student, newest first.
        recent_items(tenant: TenantId, student: StudentId, limit: i64) -> Vec<RecentItem>;
        /// Adds an event. Conflicts: `event_id`, when the student has an event of this id; `event_pk`, when its position is
        /// taken, since it was not read under [`Tx::lock_student_head`].
        insert_event(tenant: TenantId, row: &Event) -> ();
        /// A student's event by its id.
        event_by_id(tenant: TenantId, student: StudentId, id: Uuid) -> Option<Event>;
        /// A page of a student's events in the order in which things happened.
        events_in_order(tenant: TenantId, student: StudentId, after: &EventOrder, limit: i64) -> Vec<Event>;
        /// A page of a student's events in the order in which they arrived.
        events_after_position(tenant: TenantId, student: StudentId, after: i64, limit: i64) -> Vec<Event>;
        /// A student's events of one kind before a position, newest first. `i64::MAX` begins at the end.
        newest_events(tenant: TenantId, student: StudentId, kind: &str, before: i64, limit: i64) -> Vec<Event>;
        /// As `newest_events`, for up to four kinds; name one twice to fill the places.
        newest_events_of_kinds(
            tenant: TenantId, student: StudentId, kinds: [&str; 4], before: i64, limit: i64,
        ) -> Vec<Event>;
        /// Where a student's stream stands, without a lock: nothing may be written from it.
        student_head(tenant: TenantId, student: StudentId) -> Option<StudentHead>;
        /// A page of all students with a stream, by id.
        students_with_record(tenant: TenantId, after: Option<StudentId>, limit: i64) -> Vec<StudentId>;
        /// Moves a head that this unit has locked. `Missing` when it was never locked.
        save_student_head(tenant: TenantId, row: &StudentHead) -> ();
        /// All skills of a student in a course, by skill.
        skill_states(tenant: TenantId, student: StudentId, course: &str) -> Vec<SkillState>;
        /// Some skills of a student; name one twice to fill the places.
        touched_skill_states(
            tenant: TenantId, student: StudentId, course: &str, skills: [&str; 8],
        ) -> Vec<SkillState>;
        /// Adds or replaces what is concluded about a student and a skill.
        save_skill_state(tenant: TenantId, row: &SkillState) -> ();
        /// Forgets what is concluded about a student in a course, before a refold writes it anew.
        delete_skill_states(tenant: TenantId, student: StudentId, course: &str) -> u64;
        /// Adds a snapshot, or replaces the one at the same position.
        insert_snapshot(tenant: TenantId, row: &Snapshot) -> ();
        /// The newest snapshot that holds only events before a time.
        snapshot_before(tenant: TenantId, student: StudentId, effective_at: i64) -> Option<Snapshot>;
        /// Forgets the snapshots that hold events at or after a time, which a late event has made untrue.
        delete_snapshots_from(tenant: TenantId, student: StudentId, effective_at: i64) -> u64;
    }
    live {
        /// One line for each student enrolled now in a class, in one query, by id. Lines whose position a caller knows
        /// already are the same as before.
        class_rows(tenant: TenantId, class: ClassId, now: i64) -> Vec<ClassRow>;
        /// All skills of all students enrolled now in a class, by student and skill.
        class_skill_states(tenant: TenantId, class: ClassId, course: &str, now: i64) -> Vec<SkillState>;
        /// The same as a class page shows it, which is quicker to read.
        class_skills(tenant: TenantId, class: ClassId, course: &str, now: i64) -> Vec<ClassSkill>;
        /// A student asks for the teacher.
        raise_hand(tenant: TenantId, row: &Hand) -> ();
        /// The student's hand goes down; 0 when it was not up.
        lower_hand(tenant: TenantId, class: ClassId, student: StudentId, at: i64) -> u64;
        /// Hands that are up in a class, longest first.
        raised_hands(tenant: TenantId, class: ClassId) -> Vec<Hand>;
        /// All hands that a student ever raised.
        hands_of_student(tenant: TenantId, student: StudentId) -> Vec<Hand>;
    }
    plans {
        /// Adds an assignment, of nobody yet.
        insert_assignment(tenant: TenantId, row: &Assignment) -> ();
        /// Asks it of a student; again changes nothing.
        assign_student(tenant: TenantId, row: &AssignmentStudent) -> ();
        /// An assignment by id.
        assignment(tenant: TenantId, id: Uuid) -> Option<Assignment>;
        /// A class's assignments, newest first.
        assignments_of_class(tenant: TenantId, class: ClassId) -> Vec<Assignment>;
        /// Of whom a class's assignments are asked, newest assignment first.
        assignment_students_of_class(tenant: TenantId, class: ClassId) -> Vec<AssignmentStudent>;
        /// What is asked of a student, newest first.
        assignments_of_student(tenant: TenantId, student: StudentId) -> Vec<StudentAssignment>;
        /// Cancels an assignment, or brings it back.
        cancel_assignment(tenant: TenantId, id: Uuid, at: Option<i64>) -> u64;
        /// Notes that a student did it; 0 when it was done already or never asked.
        finish_assignment(tenant: TenantId, id: Uuid, student: StudentId, at: i64) -> u64;
    }
    insight {
        /// A page of a class's events of one kind, newest first.
        class_events(tenant: TenantId, page: &ClassEventsPage<'_>) -> Vec<Event>;
        /// Adds what a teacher said about an alert.
        insert_alert_verdict(tenant: TenantId, row: &AlertVerdict) -> ();
        /// What teachers said about a class's alerts since a time, newest first.
        alert_verdicts(tenant: TenantId, class: ClassId, since: i64) -> Vec<AlertVerdict>;
        /// What teachers said about a student's alerts, newest first.
        alert_verdicts_of_student(tenant: TenantId, student: StudentId) -> Vec<AlertVerdict>;
        /// Adds a line to the audit.
        insert_audit(tenant: TenantId, row: &AuditEntry) -> ();
        /// A page of the audit before a line's time and id, newest first. `(i64::MAX, Uuid::max())` begins at the end.
        audit_page(tenant: TenantId, before: (i64, Uuid), limit: i64) -> Vec<AuditEntry>;
        /// As `audit_page`, for what was done to one person or thing.
        audit_of_subject(tenant: TenantId, subject: Uuid, before: (i64, Uuid), limit: i64) -> Vec<AuditEntry>;
    }
    jobs {
        /// Adds a job.
        insert_job(tenant: TenantId, row: &Job) -> ();
        /// A job by id.
        job(tenant: TenantId, id: Uuid) -> Option<Job>;
        /// A school's jobs of a kind, newest first.
        newest_jobs(tenant: TenantId, kind: &str, limit: i64) -> Vec<Job>;
        /// The oldest job that a server may take now; none while another one works for this school.
        next_job(tenant: TenantId, now: i64) -> Option<Job>;
        /// Takes a job that nobody has, until a time; true for the one caller, on any node, who may run it.
        take_job(tenant: TenantId, id: Uuid, now: i64, until: i64) -> bool;
        /// Notes how far a job is and keeps it; false when it was cancelled, or taken by another since.
        move_job(tenant: TenantId, row: &Job) -> bool;
        /// Ends a job in the row's state; false when it was taken by another since.
        end_job(tenant: TenantId, row: &Job) -> bool;
        /// Leaves a job to the next who looks for one.
        let_go_of_job(tenant: TenantId, id: Uuid, started_at: i64) -> u64;
        /// Ends a waiting job and asks a running one to stop; 0 when it is over.
        cancel_job(tenant: TenantId, id: Uuid, at: i64) -> u64;
    }
    parameters {
        /// Adds a version of a course's constants. Conflict: `parameter_version_pk`.
        insert_parameter_version(tenant: TenantId, row: &ParameterVersion) -> ();
        /// One version, whole.
        parameter_version(tenant: TenantId, course: &str, number: i64) -> Option<ParameterVersion>;
        /// All versions of a course, newest first.
        parameter_versions(tenant: TenantId, course: &str) -> Vec<ParameterVersionLine>;
        /// Puts a version in force. Conflict: `parameter_publication_pk`, when somebody else was quicker.
        insert_parameter_publication(tenant: TenantId, row: &ParameterPublication) -> ();
        /// What was in force in a course, newest first.
        parameter_publications(tenant: TenantId, course: &str) -> Vec<ParameterPublication>;
        /// What is in force, by course; courses that never had a publication are absent.
        parameters_in_force(tenant: TenantId) -> Vec<ParameterPublication>;
        /// A page of students whose state was folded under other versions (engine, parameters) than these, by id.
        students_folded_otherwise(
            tenant: TenantId, versions: (&str, &str), after: Option<StudentId>, limit: i64,
        ) -> Vec<StudentId>;
        /// How many there are.
        count_students_folded_otherwise(tenant: TenantId, versions: (&str, &str)) -> i64;
        /// Who has answers in a course that are evidence, and how many, by id.
        course_evidence(tenant: TenantId, course: &str) -> Vec<StudentEvidence>;
    }
    erase {
        /// Enters a student in the register and takes the head away: from here on nothing is written to the stream.
        /// Says how many heads went.
        begin_erasure(tenant: TenantId, row: &Erasure) -> u64;
        /// Erases a student's record and person, and enters them in the register. Says how many rows went.
        erase_student(tenant: TenantId, student: StudentId, at: i64) -> u64;
        /// Erases up to this many of a student's events, else presentations, else a few snapshots, and says how many
        /// rows went. After `begin_erasure` and before `erase_student`, for a record so long that others would wait for it.
        erase_some_rows(tenant: TenantId, student: StudentId, limit: i64) -> u64;
        /// Enters a student in the register alone.
        insert_erasure(tenant: TenantId, row: &Erasure) -> ();
        /// The register, oldest first.
        erasures(tenant: TenantId) -> Vec<Erasure>;
        /// When a student's record was erased, if it was.
        erased_at(tenant: TenantId, student: StudentId) -> Option<i64>;
    }
}

/// Steps of the methods above, not for callers.
mod steps {
    use super::*;

    dispatch! {
        lock {
            /// The head under a lock, if there is one.
            lock_head(tenant: TenantId, student: StudentId) -> Option<StudentHead>;
            /// The head's line under a lock, beside each of some skills, or alone.
            lock_head_beside_skills(
                tenant: TenantId, student: StudentId, event: Uuid, course: &str, skills: [&str; 8],
            ) -> Vec<LockedBesideSkill>;
        }
        learning {
            /// An empty head, so that there is something to lock.
            open_student_head(tenant: TenantId, student: StudentId) -> ();
            /// The head's line beside each of some skills, or alone.
            head_beside_skills(
                tenant: TenantId, student: StudentId, course: &str, skills: [&str; 8],
            ) -> Vec<HeadBesideSkill>;
        }
        jobs {
            /// Asks the database for nothing.
            ping() -> ();
        }
    }
}
