//! Making a school without a browser: people, classes, courses. For demo, trial and load.

use super::direct::failed;
use crate::cli::{data::open, import::publication};
use crate::{
    app::{Problem, Shared, random},
    config::Settings,
    identity::{fold_sign_in_name, fresh_nonce, new_adult, pin_of},
    learning::Learner,
    library::{Publication, oatutor_source, publish},
    roster::{add_student, free_sign_in_name},
};
use anyhow::Context;
use curriculum::{Course, Lang, check, format};
use interop::{Memory, oatutor};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};
use store::{Class, ClassId, ClassOfPerson, Enrollment, Organization, Person, PersonId, TenantId};
use uuid::Uuid;

/// The course that ships with Tandem, in the binary.
#[derive(rust_embed::RustEmbed)]
#[folder = "../../courses/ratios-rates-percent"]
struct Starter;

/// A school being made.
pub struct School {
    pub app: Shared,
    pub tenant: TenantId,
    pub zone: String,
}

/// A class with its people.
#[derive(Clone)]
pub struct ClassMade {
    pub row: Class,
    pub teacher: Person,
    pub students: Vec<Person>,
}

/// How a student signs in.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    pub id: PersonId,
    pub given_name: String,
    pub family_name: String,
    pub sign_in_name: String,
    pub pin: String,
}

impl School {
    /// Makes the only school of a store, or goes on with it.
    pub async fn make(settings: Settings, name: &str, zone: &str, since: i64) -> anyhow::Result<Self> {
        let app = open(settings).await?;
        let row = Organization {
            tenant_id: TenantId(Uuid::now_v7()),
            name: name.to_owned(),
            host: None,
            zone: zone.to_owned(),
            created_at: since,
        };
        let school = Self { app, tenant: row.tenant_id, zone: zone.to_owned() };
        school
            .app
            .store
            .write(move |tx| Box::pin(async move { tx.insert_organization(row.tenant_id, &row).await }))
            .await?;
        school.app.reload_organizations().await?;
        Ok(school)
    }

    /// Adds a teacher or administrator.
    pub async fn add_adult(&self, role: &str, given: &str, family: &str, since: i64) -> anyhow::Result<Person> {
        let email = format!("{}.{}@example.org", fold_sign_in_name(given), fold_sign_in_name(family));
        let person = new_adult(role, given, family, &email, None, since).map_err(failed)?;
        let (tenant, row) = (self.tenant, person.clone());
        self.app.store.write(move |tx| Box::pin(async move { tx.insert_person(tenant, &row).await })).await?;
        Ok(person)
    }

    /// Adds a class with its teacher and students.
    pub async fn add_class(
        &self,
        name: &str,
        course: Option<&Course>,
        teacher: &Person,
        students: &[(String, String)],
        taken: &mut BTreeSet<String>,
        since: i64,
    ) -> anyhow::Result<ClassMade> {
        let row = Class {
            id: ClassId(Uuid::now_v7()),
            name: name.to_owned(),
            code: random::class_code(),
            course_id: course.map(|course| course.id.0.clone()),
            created_at: since,
            archived_at: None,
        };
        let students: Vec<Person> =
            students.iter().map(|(given, family)| self.student(given, family, taken, since)).collect();
        let made = ClassMade { row, teacher: teacher.clone(), students };
        let (tenant, class, teacher, people) = (self.tenant, made.row.clone(), teacher.id, made.students.clone());
        self.app
            .store
            .write(move |tx| {
                Box::pin(async move {
                    tx.insert_class(tenant, &class).await?;
                    let role = "teacher".to_owned();
                    let teaches =
                        Enrollment { class_id: class.id, person_id: teacher, role, starts_at: since, ends_at: None };
                    tx.enroll(tenant, &teaches).await?;
                    for person in &people {
                        add_student(tx, tenant, class.id, person, since).await?;
                    }
                    Ok::<_, Problem>(())
                })
            })
            .await
            .map_err(failed)?;
        Ok(made)
    }

    fn student(&self, given: &str, family: &str, taken: &mut BTreeSet<String>, since: i64) -> Person {
        let sign_in_name = free_sign_in_name(given, family, taken);
        taken.insert(sign_in_name.clone());
        let id = PersonId(Uuid::now_v7());
        Person {
            id,
            role: "student".to_owned(),
            given_name: given.to_owned(),
            family_name: family.to_owned(),
            sign_in_name: Some(sign_in_name),
            email: None,
            password_hash: None,
            pin_nonce: Some(fresh_nonce(&self.app.secret, self.tenant, id)),
            locale: "en".to_owned(),
            preferences: "{}".to_owned(),
            created_at: since,
            archived_at: None,
        }
    }

    /// How this student signs in.
    pub fn card(&self, person: &Person) -> Card {
        let nonce = person.pin_nonce.as_deref().unwrap_or_default();
        Card {
            id: person.id,
            given_name: person.given_name.clone(),
            family_name: person.family_name.clone(),
            sign_in_name: person.sign_in_name.clone().unwrap_or_default(),
            pin: pin_of(&self.app.secret, self.tenant, person.id, nonce),
        }
    }

    /// Publishes a course.
    pub async fn publish(&self, publication: Publication, since: i64) -> anyhow::Result<()> {
        publish(&self.app.store, &self.app.settings.media_folder(), self.tenant, publication, since).await?;
        self.app.library.clear();
        Ok(())
    }

    /// A student of a class as the rules take them.
    pub async fn learner(&self, class: &ClassMade, student: &Person, now: i64) -> anyhow::Result<Learner> {
        let row = class.row.clone();
        let course = row.course_id.clone().unwrap_or_default();
        let published = self.app.library.published(&self.app, self.tenant, &course).await;
        Ok(Learner {
            tenant: self.tenant,
            id: student.id.student(),
            zone: self.zone.clone(),
            lang: Lang::from(student.locale.as_str()),
            now,
            class: Some(ClassOfPerson {
                id: row.id,
                name: row.name,
                code: row.code,
                course_id: row.course_id,
                created_at: row.created_at,
                archived_at: None,
                role: "student".to_owned(),
                ends_at: None,
            }),
            classes: vec![class.row.id],
            published: published.map_err(failed)?,
            courses: self.app.library.all(&self.app, self.tenant).await.map_err(failed)?,
            shelf: self.app.parameters.clone(),
        })
    }
}

/// The course that ships with Tandem; what is wrong with it where it cannot be used.
pub fn starter_course() -> Result<Publication, Vec<String>> {
    let text = |path: &str| Starter::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    let files: BTreeMap<String, String> = Starter::iter()
        .filter(|path| path.ends_with(".toml") || path.ends_with(".md"))
        .filter_map(|path| Some((path.to_string(), text(&path)?)))
        .collect();
    read_course(&files)
}

/// A course in our own format; what is wrong with it where it cannot be used.
pub fn read_course(files: &BTreeMap<String, String>) -> Result<Publication, Vec<String>> {
    let (course, problems) = format::read(files);
    let mut wrong: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let Some(course) = course else { return Err(wrong) };
    let findings = check::check(&course, 1);
    let errors = findings.iter().filter(|finding| finding.severity == check::Severity::Error);
    wrong.extend(errors.map(ToString::to_string));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let report = serde_json::json!({
        "course": course.id, "skills": course.skills.len(), "lessons": course.lessons().count(), "items": course.items.len(),
    });
    Ok(Publication { course, report, media: BTreeMap::new() })
}

/// The first course of an OATutor tree, with the readiness edges that lie beside it where they do.
pub fn oatutor_course(path: &Path) -> anyhow::Result<Publication> {
    let source = Memory { files: oatutor_source(path).with_context(|| path.display().to_string())? };
    let edges = path.join("../openstax-algebra-ccby/section-graph.json");
    let prerequisites = std::fs::read_to_string(edges).ok();
    let courses = oatutor::import(&source, &oatutor::Options { course: None, prerequisites })?;
    courses.into_iter().next().map(publication).context("the tree holds no course")
}

/// Where the real course lies on a machine that has the shared folder.
pub fn oatutor_nearby() -> Option<PathBuf> {
    let shared = std::env::var_os("TANDEM_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let path = shared.join("content/oatutor-elementary-algebra");
    path.join("coursePlans.json").exists().then_some(path)
}

/// The time zone of this machine by its IANA name, or UTC.
pub fn zone_here() -> String {
    jiff::tz::TimeZone::system().iana_name().unwrap_or("UTC").to_owned()
}
