//! `tandem demo`: a school with a past, to look around in.

mod history;
mod live_students;

use crate::{
    app::{Shared, clock},
    cli::{
        data::say,
        serve::{bind, serve},
        simulated::{
            names::names,
            school::{Card, ClassMade, School, oatutor_course, oatutor_nearby, starter_course, zone_here},
        },
    },
    config::Settings,
    library::Publication,
};
use anyhow::{Context, bail};
use clap::Args;
use history::{History, Past};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};
use store::{PersonId, TenantId};

/// Makes a demo school with weeks of history and serves it.
#[derive(Args)]
pub struct Demo {
    /// Students in the first class.
    #[arg(long, default_value_t = 30)]
    students: usize,
    /// Simulated students keep working, through the same HTTP API as everybody.
    #[arg(long)]
    live: bool,
    /// A real course for a second class: an OATutor tree.
    #[arg(long)]
    oatutor: Option<PathBuf>,
    /// Where to listen.
    #[arg(long, env = "TANDEM_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The data folder; a fresh temporary one when none is named. A demo school in it is taken up again.
    #[arg(long, env = "TANDEM_DATA")]
    data: Option<PathBuf>,
    /// PostgreSQL instead of the file in the data folder.
    #[arg(long, env = "TANDEM_DATABASE_URL")]
    database_url: Option<String>,
    /// Days of history before today.
    #[arg(long, default_value_t = 21)]
    days: i64,
    /// The simulated students' parameters, as JSON.
    #[arg(long)]
    model_file: Option<PathBuf>,
    /// Decides who the students are.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON line on standard output and nothing else there.
    #[arg(long)]
    json: bool,
}

/// Somebody to be with one click; `GET /demo/people` answers these as they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoPerson {
    pub id: PersonId,
    pub role: String,
    pub name: String,
    /// A code, such as `opens_hints_first`; the screen words it.
    pub about: String,
}

/// What a demo says of itself.
#[derive(Serialize)]
struct Introduction {
    url: String,
    people: Vec<DemoPerson>,
    class_code: String,
    students: Vec<Card>,
}

/// The setting that holds who to be.
const PEOPLE: &str = "demo_people";
/// Classes smaller than this have no second class unless a course is named.
const SECOND_CLASS_FROM: usize = 12;

impl Demo {
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let temporary = match &self.data {
            Some(_) => None,
            None => Some(tempfile::tempdir().context("a temporary folder cannot be made")?),
        };
        let folder = self.data.clone().or_else(|| temporary.as_ref().map(|folder| folder.path().to_owned()));
        let mut settings = Settings::in_folder(folder.context("a demo has a folder")?);
        std::fs::create_dir_all(&settings.data)?;
        settings.listen = self.listen;
        settings.database_url.clone_from(&self.database_url);
        settings.demo = true;
        // Somebody else's port is noticed before a school is made.
        let (listener, address) = bind(&settings).await?;
        let school = self.school(settings).await?;
        let url = format!("http://{address}");
        let people = demo_people(&school).await?.unwrap_or_default();
        let classes = first_class(&school).await?;
        let introduction = Introduction {
            url: url.clone(),
            people,
            class_code: classes.as_ref().map(|class| class.row.code.clone()).unwrap_or_default(),
            students: classes.iter().flat_map(|class| &class.students).map(|person| school.card(person)).collect(),
        };
        self.introduce(&introduction)?;
        keep_present(&school).await?;
        if self.live {
            live_students::start(&school, &url, self.seed).await?;
        }
        serve(school.app, listener).await?;
        Ok(ExitCode::SUCCESS)
    }

    fn introduce(&self, introduction: &Introduction) -> anyhow::Result<()> {
        if self.json {
            say(serde_json::to_string(introduction)?);
            return Ok(());
        }
        say(format!("Tandem demo: {}", introduction.url));
        say("Be anybody with one click on the first page, for example:");
        for person in introduction.people.iter().take(6) {
            say(format!("  {:<18} {:<8} {}", person.name, person.role, person.about.replace('_', " ")));
        }
        if let Some(card) = introduction.students.first() {
            say(format!(
                "Or sign in as a student does: class code {}, name {}, PIN {}",
                introduction.class_code, card.sign_in_name, card.pin
            ));
        }
        say("Press Ctrl+C to stop.");
        Ok(())
    }

    async fn school(&self, settings: Settings) -> anyhow::Result<School> {
        let app = super::data::open(settings.clone()).await?;
        let all = app.store.read(|tx| Box::pin(async move { tx.organizations().await })).await?;
        let Some(known) = all.into_iter().next() else {
            drop(app);
            return self.make(settings).await;
        };
        let school = School { app, tenant: known.tenant_id, zone: known.zone };
        if demo_people(&school).await?.is_none() {
            bail!("{} holds a school that is no demo; name another folder", settings.data.display());
        }
        Ok(school)
    }

    async fn make(&self, settings: Settings) -> anyhow::Result<School> {
        let now = clock::now();
        let since = now - (self.days + 2) * DAY_MS;
        let model = match &self.model_file {
            Some(path) => simulation::Model::read(&std::fs::read_to_string(path)?)?,
            None => simulation::Model::default(),
        };
        let school = School::make(settings, "Riverside Middle School", &zone_here(), since).await?;
        let admin = school.add_adult("admin", "Grace", "Okafor", since).await?;
        let rivera = school.add_adult("teacher", "Ana", "Rivera", since).await?;
        let chen = school.add_adult("teacher", "David", "Chen", since).await?;
        let mut taken = BTreeSet::new();
        let mut people = vec![adult(&rivera, "teaches_math")];
        let mut classes = Vec::new();
        if let Some(starter) = self.starter() {
            let course = starter.course.clone();
            school.publish(starter, since).await?;
            let students = names(self.students, 0);
            classes.push(
                school
                    .add_class("Math 6, 3rd period", Some(&course), &rivera, &students, &mut taken, since)
                    .await
                    .map(|class| (class, course))?,
            );
        }
        if let Some(path) = self.second_course(classes.is_empty()) {
            note(&format!("importing {}", path.display()));
            let real = oatutor_course(&path)?;
            let course = real.course.clone();
            school.publish(real, since).await?;
            let (name, teacher) =
                if classes.is_empty() { ("Math 6, 3rd period", &rivera) } else { ("Algebra 1, 5th period", &chen) };
            let count = if classes.is_empty() { self.students } else { (self.students / 3).clamp(1, 15) };
            let students = names(count, if classes.is_empty() { 0 } else { self.students });
            let class = school.add_class(name, Some(&course), teacher, &students, &mut taken, since).await?;
            classes.push((class, course));
            people.push(adult(&chen, "teaches_algebra"));
        } else {
            people.push(adult(&chen, "teaches_no_class_yet"));
        }
        people.push(adult(&admin, "runs_the_school"));
        if classes.is_empty() {
            note("no course could be read, so the school has no class");
        }
        let past = Past { now, days: self.days, seed: self.seed, stories: self.students >= SECOND_CLASS_FROM };
        for (nth, (class, course)) in classes.iter().enumerate() {
            let history = History::new(&school, class, course, &model, &past, nth);
            people.extend(history.make().await?);
        }
        // Teachers first, then the students with a story, so that the page needs no sorting.
        save_people(&school.app, school.tenant, &people).await?;
        Ok(school)
    }

    fn starter(&self) -> Option<Publication> {
        match starter_course() {
            Ok(publication) => Some(publication),
            Err(wrong) => {
                note(&format!("the starter course is left out, it has {} problems:", wrong.len()));
                wrong.iter().take(5).for_each(|problem| note(&format!("  {problem}")));
                None
            }
        }
    }

    fn second_course(&self, is_only: bool) -> Option<PathBuf> {
        let wanted = is_only || self.students >= SECOND_CLASS_FROM;
        self.oatutor.clone().or_else(|| oatutor_nearby().filter(|_| wanted))
    }
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn adult(person: &store::Person, about: &str) -> DemoPerson {
    DemoPerson {
        id: person.id,
        role: person.role.clone(),
        name: format!("{} {}", person.given_name, person.family_name),
        about: about.to_owned(),
    }
}

/// Progress goes to standard error, so that `--json` has standard output to itself.
pub fn note(line: &str) {
    eprintln!("tandem demo: {line}");
}

async fn save_people(app: &Shared, tenant: TenantId, people: &[DemoPerson]) -> anyhow::Result<()> {
    let text = serde_json::to_string(people)?;
    app.store.write(move |tx| Box::pin(async move { tx.save_setting(tenant, PEOPLE, &text).await })).await?;
    Ok(())
}

async fn demo_people(school: &School) -> anyhow::Result<Option<Vec<DemoPerson>>> {
    let tenant = school.tenant;
    let text = school.app.store.read(move |tx| Box::pin(async move { tx.setting(tenant, PEOPLE).await })).await?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// The class that a demo shows first, read from the store.
async fn first_class(school: &School) -> anyhow::Result<Option<ClassMade>> {
    Ok(classes_of(school).await?.into_iter().next())
}

/// Classes with their people, oldest first.
pub async fn classes_of(school: &School) -> anyhow::Result<Vec<ClassMade>> {
    let (tenant, now) = (school.tenant, clock::now());
    let made = school
        .app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let mut made = Vec::new();
                for row in tx.classes(tenant).await? {
                    let mut students = Vec::new();
                    let mut teacher = None;
                    for person in tx.class_people(tenant, row.id, now).await? {
                        let found = tx.person(tenant, person.id).await?;
                        if person.role == "student" {
                            students.extend(found);
                        } else {
                            teacher = teacher.or(found);
                        }
                    }
                    made.extend(teacher.map(|teacher| ClassMade { row, teacher, students }));
                }
                Ok::<_, store::StoreError>(made)
            })
        })
        .await?;
    Ok(made)
}

/// Most of the school is in its rooms for as long as the demo runs, whether or not anybody works.
async fn keep_present(school: &School) -> anyhow::Result<()> {
    let classes = classes_of(school).await?;
    let (app, tenant) = (school.app.clone(), school.tenant);
    tokio::spawn(async move {
        loop {
            let now = app.now();
            for class in &classes {
                // One in ten is absent.
                for (_, student) in class.students.iter().enumerate().filter(|(nth, _)| nth % 10 != 9) {
                    app.live.seen(tenant, student.id.student(), Some(class.row.id), now);
                }
            }
            tokio::time::sleep(Duration::from_secs(30)).await;
        }
    });
    Ok(())
}
