//! A plan as it is sent: in weeks, every entry with its author and reason, ids beside names.

use super::solving::{Made, Whose};
use crate::{learning::LessonName, library::Published};
use curriculum::{Lang, LessonId, SkillId};
use engine::{
    plan::{Day, Entry, Forecast, Target},
    record::{Author, PlanChange, Standing},
};
use serde_json::{Map, Value, json};
use store::{ClassPerson, PersonId};

/// The whole plan.
pub fn plan(whose: &Whose, made: &Made, lang: &Lang) -> Value {
    let words = Words { published: &whose.published, people: &made.people, lang };
    let calendar = &made.asked.demand.calendar;
    let minutes = calendar.minutes(made.asked.demand.minutes_per_week);
    let weeks = calendar.weeks.iter().zip(minutes);
    let weeks =
        weeks.map(|(week, minutes)| json!({ "monday": iso(week.monday), "days": week.days, "minutes": minutes }));
    let nobody = Vec::new();
    let entries = made.plan.entries.iter().enumerate();
    let entries = entries.map(|(nth, entry)| words.entry(entry, made.swaps.get(nth).unwrap_or(&nobody)));
    json!({
        "course": { "id": whose.published.course.id, "title": whose.published.course.title.words(lang) },
        "today": iso(whose.today()),
        "minutes_per_week": made.asked.demand.minutes_per_week,
        "short_of_time": made.short_of_time,
        "choice": made.asked.wishes.choice,
        "weeks": weeks.collect::<Vec<_>>(),
        "entries": entries.collect::<Vec<_>>(),
        "asks": made.standing.iter().map(|standing| words.ask(standing)).collect::<Vec<_>>(),
        "impossible": made.plan.impossible.iter().map(|one| words.tagged(one, "what")).collect::<Vec<_>>(),
        "forecasts": made.forecasts.iter().map(|one| words.forecast(one)).collect::<Vec<_>>(),
    })
}

struct Words<'a> {
    published: &'a Published,
    people: &'a [ClassPerson],
    lang: &'a Lang,
}

impl Words<'_> {
    fn skill(&self, skill: &SkillId) -> Value {
        let name = self.published.course.skill(skill).map(|skill| skill.name.words(self.lang));
        json!({ "id": skill, "name": name.unwrap_or_default() })
    }

    fn lesson(&self, lesson: &LessonId) -> Value {
        json!(LessonName::of(self.published, lesson, self.lang))
    }

    fn by(&self, by: Author) -> Value {
        let (kind, id) = match by {
            Author::Teacher(id) => ("teacher", Some(id)),
            Author::Student(id) => ("student", Some(id)),
            Author::Peer(id) => ("peer", Some(id)),
            Author::PreTest => ("pre_test", None),
            Author::Engine => ("engine", None),
            Author::Course => ("course", None),
        };
        let person = id.and_then(|id| self.people.iter().find(|person| person.id == PersonId(id)));
        let name = person.map(|person| format!("{} {}", person.given_name, person.family_name));
        json!({ "kind": kind, "name": name })
    }

    fn target(&self, target: &Target) -> Value {
        match target {
            Target::Skill(skill) => json!({ "target": "skill", "id": skill, "name": self.skill(skill)["name"] }),
            Target::Lesson(lesson) => json!({ "target": "lesson", "id": lesson, "name": self.lesson(lesson)["title"] }),
            Target::Standard(standard) => json!({ "target": "standard", "id": standard, "name": standard }),
        }
    }

    fn entry(&self, entry: &Entry, swaps: &[SkillId]) -> Value {
        json!({
            "skill": self.skill(&entry.skill),
            "lesson": entry.lesson.as_ref().map(|lesson| self.lesson(lesson)),
            "begins": iso(entry.begins),
            "week": iso(entry.week),
            "minutes": entry.minutes,
            "by": self.by(entry.by),
            "reason": self.tagged(&entry.reason, "why"),
            "locked": entry.locked,
            "swaps": swaps.iter().map(|skill| self.skill(skill)).collect::<Vec<_>>(),
        })
    }

    fn ask(&self, standing: &Standing) -> Value {
        let mut change = self.tagged(&standing.change, "kind");
        if let Some(what) = standing.change.target() {
            change["args"]["what"] = self.target(what);
        }
        if let PlanChange::Time { on, away, .. } = &standing.change {
            let weekdays: Vec<u8> = (1..=5).filter(|nth| on & (1_u8 << (nth - 1)) != 0).collect();
            change["args"]["weekdays"] = json!(weekdays);
            change["args"]["away"] = away.iter().map(|(first, last)| json!([iso(*first), iso(*last)])).collect();
            if let Some(args) = change["args"].as_object_mut() {
                args.remove("on");
            }
        }
        json!({
            "id": standing.ask,
            "change": change,
            "by": self.by(standing.by),
            "reason": standing.reason,
            "at": standing.at,
        })
    }

    fn forecast(&self, forecast: &Forecast) -> Value {
        let mut seen = self.target(&forecast.target);
        for (name, day) in [("from", forecast.from), ("likely", forecast.likely), ("to", forecast.to)] {
            seen[name] = json!(day.map(iso));
        }
        seen
    }

    /// A tagged value as code and places: skills by name, days as dates.
    fn tagged(&self, value: &impl serde::Serialize, tag: &str) -> Value {
        let mut args = match serde_json::to_value(value) {
            Ok(Value::Object(args)) => args,
            _ => Map::new(),
        };
        let code = args.remove(tag).unwrap_or(Value::Null);
        for (name, value) in &mut args {
            let day = value.as_i64().and_then(|day| Day::try_from(day).ok());
            match (name.as_str(), value.clone()) {
                ("skill" | "needs" | "entry" | "with", Value::String(id)) => *value = self.skill(&SkillId(id)),
                ("skills", Value::Array(ids)) => {
                    let ids = ids.iter().filter_map(Value::as_str);
                    *value = ids.map(|id| self.skill(&SkillId(id.to_owned()))).collect();
                }
                ("due" | "week" | "day" | "done_in" | "until", Value::Number(_)) => *value = json!(day.map(iso)),
                _ => {}
            }
        }
        json!({ "code": code, "args": args })
    }
}

/// A day as `2026-12-04`.
fn iso(day: Day) -> String {
    jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(day)).to_string()
}
