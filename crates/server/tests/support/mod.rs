//! A whole school to test through HTTP: the real router over a fresh store, asked in-process, with people signed in and
//! a clock that can be moved. Every answer is held to what no answer may lack: security headers, no failure of ours,
//! and a problem that can be read.

mod client;
mod event_stream;
mod pupil;

pub use client::{Client, Reply};
pub use event_stream::EventStream;
pub use pupil::{Pupil, right_response, wrong_response};

use axum::{Router, http::HeaderMap};
use serde_json::{Value, json};
use server::{
    app::{Shared, routes::router, secret::Secret},
    config::Settings,
    identity::{new_adult, open_session},
    library::{Publication, course_files, publish},
};
use std::{collections::BTreeMap, path::Path, sync::Arc};
use store::{Options, Organization, Person, Store, TenantId};
use tempfile::TempDir;
use uuid::Uuid;

/// The host of the school that most tests are about.
pub const HOST: &str = "school.test";

/// Where the record is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    /// The address of a fresh store, or none where PostgreSQL is not installed (and then it said so).
    pub fn fresh(self, folder: &Path) -> Option<String> {
        match self {
            Self::Sqlite => Some(format!("sqlite:{}", folder.join("tandem.db").display())),
            Self::Postgres => Some(store_testing::shared_postgres()?.new_database()),
        }
    }
}

/// Runs a story on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both {
    ($name:ident, $story:path) => {
        mod $name {
            use super::*;
            use $crate::support::Database;

            #[tokio::test]
            async fn on_sqlite() {
                $story(Database::Sqlite).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                if store_testing::shared_postgres().is_some() {
                    $story(Database::Postgres).await;
                }
            }
        }
    };
}

/// A grown-up who is signed in.
#[derive(Clone)]
pub struct Adult {
    pub id: String,
    pub person: Person,
    pub client: Client,
}

/// A class.
#[derive(Clone)]
pub struct Class {
    pub id: String,
    pub code: String,
}

impl Class {
    /// A path under this class, such as `students`.
    pub fn path(&self, rest: &str) -> String {
        format!("/classes/{}/{rest}", self.id)
    }
}

/// A server with a school: an administrator, a teacher, a class on the tiny course, students.
pub struct TestApp {
    pub app: Shared,
    pub router: Router,
    pub tenant: TenantId,
    pub url: String,
    pub admin: Adult,
    pub teacher: Adult,
    pub class: Class,
    pub students: Vec<Pupil>,
    pub folder: Arc<TempDir>,
}

impl TestApp {
    /// A class of so many students, signed in, on SQLite.
    pub async fn with_class(students: usize) -> Self {
        Self::on(Database::Sqlite, students).await
    }

    /// The same on a database.
    pub async fn on(database: Database, students: usize) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
        let url = database.fresh(folder.path()).expect("a database");
        let app = node(&folder, &url, |_| ()).await;
        Self::school(app, folder, url, HOST, students).await
    }

    /// A second school on the same server, by its own host name.
    pub async fn neighbour(&self, host: &str, students: usize) -> Self {
        Self::school(self.app.clone(), self.folder.clone(), self.url.clone(), host, students).await
    }

    async fn school(app: Shared, folder: Arc<TempDir>, url: String, host: &str, students: usize) -> Self {
        let organization = Organization {
            tenant_id: TenantId(Uuid::now_v7()),
            name: format!("School at {host}"),
            host: Some(host.to_owned()),
            zone: "UTC".to_owned(),
            created_at: app.now(),
        };
        let tenant = organization.tenant_id;
        app.store
            .write(move |tx| Box::pin(async move { tx.insert_organization(tenant, &organization).await }))
            .await
            .expect("a school");
        app.reload_organizations().await.expect("schools are read");
        publish_course(&app, tenant, "fixtures/course/tiny").await;
        let router = router(app.clone());
        let admin = adult(&app, &router, tenant, host, "admin", "Ada", "Mbeki").await;
        let teacher = adult(&app, &router, tenant, host, "teacher", "Tomas", "Rivera").await;
        let mut school = Self {
            class: Class { id: String::new(), code: String::new() },
            students: Vec::new(),
            app,
            router,
            tenant,
            url,
            admin,
            teacher,
            folder,
        };
        school.class = school.new_class(&school.teacher, "4b").await;
        school.students = school.add_students(&school.teacher, &school.class, students).await;
        school
    }

    /// Another teacher of the school.
    pub async fn another_teacher(&self) -> Adult {
        adult(&self.app, &self.router, self.tenant, self.host(), "teacher", "Nadia", "Okafor").await
    }

    /// The school's host name.
    pub fn host(&self) -> &str {
        &self.admin.client.host
    }

    /// Somebody who is not signed in.
    pub fn nobody(&self) -> Client {
        Client::new(self.router.clone(), self.host())
    }

    /// A class on the tiny course.
    pub async fn new_class(&self, teacher: &Adult, name: &str) -> Class {
        let made = teacher.client.post("/classes", json!({ "name": name, "course": "tiny" })).await.json(201);
        Class { id: text(&made["id"]), code: text(&made["code"]) }
    }

    /// Adds students by a pasted list and signs them in.
    pub async fn add_students(&self, teacher: &Adult, class: &Class, count: usize) -> Vec<Pupil> {
        const NAMES: [&str; 6] =
            ["Ana Quispe", "Ben Lindqvist", "Chidi Nwosu", "Dara Petrov", "Emil Haddad", "Fay Zhou"];
        let lines: Vec<String> = (0..count)
            .map(|nth| match NAMES.get(nth) {
                Some(name) => (*name).to_owned(),
                None => format!("Pupil{nth} Number{nth}"),
            })
            .collect();
        if lines.is_empty() {
            return Vec::new();
        }
        let added = teacher.client.post(&class.path("students"), json!({ "lines": lines.join("\n") })).await.json(201);
        assert_eq!(added["problems"], json!([]));
        let mut pupils = Vec::new();
        for student in added["added"].as_array().expect("a list") {
            pupils.push(Pupil::sign_in(self, class, student).await);
        }
        pupils
    }

    /// Moves the clock of this server.
    pub fn move_clock(&self, by_ms: i64) {
        self.app.move_clock(by_ms);
    }

    /// Moves the clock to the same time tomorrow; nobody is signed out by it.
    pub async fn night(&self) {
        for _ in 0..4 {
            self.move_clock(6 * 60 * 60 * 1000);
            for student in &self.students {
                student.client.get("/me").await.json(200);
            }
        }
    }

    /// A replay of the whole school finds nothing.
    pub async fn assert_replay_agrees(&self) {
        let (students, differences) = server::learning::replay_all(&self.app, self.tenant).await.expect("a replay");
        let told: Vec<String> =
            differences.iter().map(|difference| format!("{}: {}", difference.student, difference.what)).collect();
        assert!(students > 0, "nobody was replayed");
        assert_eq!(told, Vec::<String>::new());
    }
}

/// A server over a store, with its settings changed.
pub async fn node(folder: &TempDir, url: &str, change: impl FnOnce(&mut Settings)) -> Shared {
    node_with(folder, url, Options::default(), change).await
}

/// The same over a store with these options.
pub async fn node_with(folder: &TempDir, url: &str, options: Options, change: impl FnOnce(&mut Settings)) -> Shared {
    let mut settings = Settings::in_folder(folder.path());
    settings.database_url = Some(url.to_owned());
    change(&mut settings);
    let store = Store::open(url, options).await.expect("an open store");
    let secret = Secret::open(folder.path()).expect("a secret");
    server::app::App::new(settings, store, secret).await.expect("a server")
}

/// Publishes a course of the repository for a school.
pub async fn publish_course(app: &Shared, tenant: TenantId, path: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    let (course, problems) = curriculum::format::read(&course_files(&folder).expect("files of a course"));
    assert!(problems.is_empty(), "{problems:?}");
    let publication = Publication { course: course.expect("a course"), report: Value::Null, media: BTreeMap::new() };
    publish(&app.store, &app.settings.media_folder(), tenant, publication, app.now()).await.expect("a publication");
    app.library.clear();
}

/// A signed-in adult. Their password is not hashed, since that is slow on purpose; see the stories of signing in.
pub async fn adult(
    app: &Shared,
    router: &Router,
    tenant: TenantId,
    host: &str,
    role: &str,
    given_name: &str,
    family_name: &str,
) -> Adult {
    let email = format!("{}@{host}", given_name.to_lowercase());
    let person = new_adult(role, given_name, family_name, &email, None, app.now()).expect("an adult");
    let row = person.clone();
    app.store
        .write(move |tx| Box::pin(async move { tx.insert_person(tenant, &row).await }))
        .await
        .expect("a person is stored");
    let cookie = open_session(app, tenant, &person, None, &HeaderMap::new(), app.now()).await.expect("a session");
    let client = Client::new(router.clone(), host).with_cookie(cookie.to_str().expect("plain text"));
    Adult { id: person.id.to_string(), person, client }
}

/// The text of a JSON string.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is not a string")).to_owned()
}
