//! A whole course put together: its problems in their lessons, its skills with what helps them, and the last lines
//! of the report.

use super::problem::{Frame, attribution, item};
use super::raw::{CoursePlan, Problem, SkillModel};
use super::report::{Report, ThinSkill};
use super::text::{bare, convert, slug};
use super::tree::{ProblemFiles, Tree, natural};
use super::{ImportError, Imported, Options, prerequisites, skills};
use curriculum::{
    Activity, ActivityId, ActivityKind, Attribution, Course, CourseId, Edge, EdgeKind, Item, ItemId, Lang, Lesson,
    LessonId, Pool, Skill, SkillId, Text, Unit, UnitId,
};
use std::collections::{BTreeMap, BTreeSet};

/// A skill with fewer problems has one pool for practice and checks.
const ONE_POOL_BELOW: usize = 6;

/// Heads of all problems of a tree, and the files that hold none.
pub struct Heads {
    problems: Vec<Problem>,
    refused: Vec<super::FileProblem>,
}

/// Reads the head of every problem once, whichever course it is of.
pub fn heads(tree: &Tree<'_>) -> Heads {
    let mut heads = Heads { problems: Vec::new(), refused: Vec::new() };
    for id in tree.problem_ids() {
        match tree.problem(id) {
            Ok(problem) if problem.id == *id => heads.problems.push(problem),
            Ok(problem) => heads.refused.push(super::FileProblem {
                file: format!("{id}.json"),
                reason: format!("calls itself `{}`", problem.id),
            }),
            Err(problem) => heads.refused.push(problem),
        }
    }
    heads.problems.sort_by_cached_key(|problem| natural(&problem.id));
    heads
}

/// Imports one course of the tree.
pub fn course(tree: &Tree<'_>, plan: &CoursePlan, heads: &Heads, options: &Options) -> Result<Imported, ImportError> {
    let id = slug(&plan.name);
    let mut report = Report { course: id.clone(), title: plan.name.clone(), ..Report::default() };
    report.refused.extend(heads.refused.iter().cloned());
    let (model, broken) = tree.skill_model();
    report.refused.extend(broken);
    let files = problems(tree, plan, heads, &mut report);
    let lang = language(plan, &files, &mut report);
    let numbered: Vec<(String, String)> =
        plan.lessons.iter().map(|lesson| (number(&lesson.name), lesson.topics.clone())).collect();
    let sections = match &options.prerequisites {
        Some(text) => prerequisites::sections(text, &numbered)?,
        None => prerequisites::Sections::default(),
    };
    let named = name_skills(plan, &files, &model, &sections, &mut report);

    let attribution = attribution(&plan.oer, &plan.license);
    let frame = Frame { tree, lang: &lang, skill_of: &named.id_of, attribution: &attribution };
    let mut media = BTreeMap::new();
    let mut items = BTreeMap::new();
    let mut lesson_of: BTreeMap<ItemId, String> = BTreeMap::new();
    let mut order: Vec<ItemId> = Vec::new();
    for one in &files {
        if let Some(item) = item(one, &model, &frame, &mut media, &mut report) {
            order.push(item.id.clone());
            lesson_of.insert(item.id.clone(), one.problem.lesson_id.clone());
            items.insert(item.id.clone(), item);
        }
    }
    let units = units(plan, &lesson_of, &order, &items, &named, &sections, &lang, &mut report);
    let skills = skills_in_order(plan, &named, &sections, &lang, &mut report);
    set_pools(&mut items, &order, &mut report);
    count(&mut report, &items, &skills, &units, media.len());
    left_behind(tree, plan, &files, &mut report);
    loose_ends(plan, &sections, options, &mut report);
    report.write_warnings();

    let course = Course {
        id: CourseId(id),
        title: Text::one(lang.clone(), convert(&plan.name).markup),
        languages: vec![lang],
        attribution: all_attributions(attribution, &files),
        units,
        skills,
        misconceptions: BTreeMap::new(),
        items,
        aliases: named
            .id_of
            .iter()
            .filter(|(old, new)| old != new)
            .map(|(old, new)| (SkillId(old.clone()), SkillId(new.clone())))
            .collect(),
    };
    Ok(Imported { course, media, report })
}

/// The problems of this course, each with its lesson.
fn problems(tree: &Tree<'_>, plan: &CoursePlan, heads: &Heads, report: &mut Report) -> Vec<ProblemFiles> {
    let lessons: BTreeSet<&str> = plan.lessons.iter().map(|lesson| lesson.id.as_str()).collect();
    let mut refused = Vec::new();
    let mut found = Vec::new();
    for head in &heads.problems {
        if !head.course.is_empty() && bare(&head.course) != bare(&plan.name) {
            continue;
        }
        let mut head = head.clone();
        if !lessons.contains(head.lesson_id.as_str()) {
            let by_name = plan
                .lessons
                .iter()
                .find(|lesson| bare(&head.lesson) == bare(&format!("{}{}", number(&lesson.name), lesson.topics)));
            match by_name {
                Some(lesson) => head.lesson_id.clone_from(&lesson.id),
                // A tree of several courses may not say which course a problem is of; then its lesson does.
                None if head.course.is_empty() => continue,
                None => {
                    report.dispute(
                        &head.id,
                        "no_lesson",
                        format!("its lesson `{}` is not in the plan; it is left out", head.lesson),
                    );
                    continue;
                }
            }
        }
        found.push(tree.whole(head, &mut refused));
    }
    report.refused.extend(refused);
    found
}

/// The upstream field `language` is not to be trusted: the commonest small words decide, where they are clear.
fn language(plan: &CoursePlan, files: &[ProblemFiles], report: &mut Report) -> Lang {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in files.iter().flat_map(|one| {
        one.problem
            .title
            .split_whitespace()
            .chain(one.problem.body.split_whitespace())
            .chain(one.steps.iter().flat_map(|step| step.step.title.split_whitespace()))
    }) {
        let word = word.to_lowercase();
        for (lang, words) in SMALL_WORDS {
            *counts.entry(lang).or_default() += usize::from(words.contains(&word.as_str()));
        }
    }
    let says = plan.language.trim().to_lowercase();
    let said = says.split(['-', '_']).next().unwrap_or_default().to_owned();
    let best = counts.iter().max_by_key(|(_, count)| **count);
    match best {
        Some((lang, count)) if *count >= 20 && **lang != said => {
            let others: usize = counts.iter().filter(|(other, _)| *other != lang).map(|(_, count)| *count).sum();
            if *count < 3 * others {
                return Lang(if said.is_empty() { "en".into() } else { said });
            }
            report.repair(
                "coursePlans.json",
                "language",
                &plan.language,
                lang,
                "the words of its problems are in that language",
            );
            Lang((*lang).to_owned())
        }
        _ if said.len() == 2 || said.len() == 3 => Lang(said),
        _ => Lang::en(),
    }
}

const SMALL_WORDS: [(&str, &[&str]); 3] = [
    ("en", &["the", "of", "is", "what", "and", "each", "following", "find", "with"]),
    ("es", &["el", "los", "las", "que", "una", "cada", "siguiente", "halla", "con"]),
    ("sv", &["och", "att", "det", "som", "är", "vad", "följande", "med", "för"]),
];

fn name_skills(
    plan: &CoursePlan,
    files: &[ProblemFiles],
    model: &SkillModel,
    sections: &prerequisites::Sections,
    report: &mut Report,
) -> skills::Skills {
    let steps: Vec<Vec<String>> = files
        .iter()
        .flat_map(|one| &one.steps)
        .map(|step| model.get(&step.step.id).unwrap_or(&step.step.skills).clone())
        .collect();
    let listed: BTreeSet<String> = plan.lessons.iter().flat_map(|lesson| lesson.objectives.keys().cloned()).collect();
    skills::skills(&steps, &listed, &sections.objectives, report)
}

/// `1.1` of `Lesson 1.1`; empty where there is no number.
fn number(name: &str) -> String {
    name.split_whitespace()
        .find(|word| word.starts_with(|sign: char| sign.is_ascii_digit()))
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_owned()
}

#[expect(clippy::too_many_arguments, reason = "one call, and each is another map of the same course")]
fn units(
    plan: &CoursePlan,
    lesson_of: &BTreeMap<ItemId, String>,
    order: &[ItemId],
    items: &BTreeMap<ItemId, Item>,
    named: &skills::Skills,
    sections: &prerequisites::Sections,
    lang: &Lang,
    report: &mut Report,
) -> Vec<Unit> {
    let text = |words: &str| Text::one(lang.clone(), convert(words).markup);
    let mut units: Vec<Unit> = Vec::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (at, plan) in plan.lessons.iter().enumerate() {
        let chapter: Option<u32> = number(&plan.name).split('.').next().and_then(|chapter| chapter.parse().ok());
        let unit_id = chapter.map_or_else(|| "unit".to_owned(), |chapter| format!("chapter-{chapter}"));
        let title = chapter.map_or_else(
            || "Lessons".to_owned(),
            |chapter| sections.chapters.get(&chapter).cloned().unwrap_or_else(|| format!("Chapter {chapter}")),
        );
        let here: Vec<ItemId> = order
            .iter()
            .filter(|item| lesson_of.get(*item).is_some_and(|lesson| *lesson == plan.id))
            .cloned()
            .collect();
        if here.is_empty() {
            report.lack(&plan.name, "empty_lesson", "no problem belongs to it");
        }
        let mut id = slug(if plan.name.trim().is_empty() { &plan.id } else { &plan.name });
        while !ids.insert(id.clone()) {
            id.push_str("-again");
        }
        let skills = lesson_skills(&here, items, plan.objectives.keys(), named);
        let whole = sections.matched_loosely.iter().find(|(lesson, _)| *lesson == at);
        let words = match whole {
            Some((_, title)) => title.as_str(),
            None if plan.topics.trim().is_empty() => plan.name.trim(),
            None => plan.topics.trim(),
        };
        let minutes = u16::try_from(here.len().min(10) * 3).unwrap_or(30).max(5);
        let lesson = Lesson {
            id: LessonId(id.clone()),
            title: text(words),
            skills: skills.clone(),
            activities: vec![Activity {
                id: ActivityId(format!("{id}-practice")),
                title: text(words),
                kind: ActivityKind::Practise,
                skills,
                minutes,
                body: Text::default(),
                interests: Vec::new(),
                items: here,
            }],
        };
        match units.iter_mut().find(|unit| unit.id.0 == unit_id) {
            Some(unit) => unit.lessons.push(lesson),
            None => units.push(Unit { id: UnitId(unit_id), title: text(&title), lessons: vec![lesson] }),
        }
    }
    units
}

/// The skills of a lesson in the order in which its problems meet them, then those that only the plan names.
fn lesson_skills<'a>(
    here: &[ItemId],
    items: &BTreeMap<ItemId, Item>,
    planned: impl Iterator<Item = &'a String>,
    named: &skills::Skills,
) -> Vec<SkillId> {
    let met = here
        .iter()
        .filter_map(|id| items.get(id))
        .flat_map(|item| &item.parts)
        .flat_map(|part| part.skills.iter().cloned());
    let planned = planned.filter_map(|skill| named.id_of.get(skill)).map(|id| SkillId(id.clone()));
    let mut skills: Vec<SkillId> = Vec::new();
    for skill in met.chain(planned) {
        if !skills.contains(&skill) {
            skills.push(skill);
        }
    }
    skills
}

/// All skills in the order of the lessons, with the edges of the sections.
fn skills_in_order(
    plan: &CoursePlan,
    named: &skills::Skills,
    sections: &prerequisites::Sections,
    lang: &Lang,
    report: &mut Report,
) -> Vec<Skill> {
    let of_lesson: Vec<BTreeSet<&String>> = plan
        .lessons
        .iter()
        .map(|lesson| lesson.objectives.keys().filter_map(|skill| named.id_of.get(skill)).collect())
        .collect();
    let mut helps: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for (at, reviewed) in &sections.reviews {
        for skill in &of_lesson[*at] {
            let below = reviewed.iter().flat_map(|lesson| of_lesson[*lesson].iter().copied());
            helps.entry(skill).or_default().extend(below.filter(|below| below != skill));
        }
    }
    report.helping_edges = helps.values().map(BTreeSet::len).sum();
    let in_lessons = of_lesson.iter().flatten().copied();
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    in_lessons
        .chain(named.names.keys())
        .filter(|id| seen.insert(id))
        .map(|id| {
            let below = helps.get(id).into_iter().flatten();
            Skill {
                id: SkillId(id.clone()),
                code: String::new(),
                name: Text::one(lang.clone(), named.names[id].clone()),
                can: Text::default(),
                standards: Vec::new(),
                rests_on: below
                    .map(|below| Edge { skill: SkillId((*below).clone()), kind: EdgeKind::Helps, strength: 0.5 })
                    .collect(),
                hub: false,
            }
        })
        .collect()
}

/// Problems of skills that have few of them serve practice and checks alike.
fn set_pools(items: &mut BTreeMap<ItemId, Item>, order: &[ItemId], report: &mut Report) {
    let mut problems: BTreeMap<SkillId, usize> = BTreeMap::new();
    for item in items.values() {
        for skill in item_skills(item) {
            *problems.entry(skill).or_default() += 1;
        }
    }
    for id in order {
        let Some(item) = items.get_mut(id) else { continue };
        if item_skills(item).iter().any(|skill| problems[skill] < ONE_POOL_BELOW) {
            item.pool = Pool::Both;
            report.problems_in_both_pools += 1;
        }
    }
}

fn item_skills(item: &Item) -> BTreeSet<SkillId> {
    item.parts.iter().flat_map(|part| part.skills.iter().cloned()).collect()
}

fn count(report: &mut Report, items: &BTreeMap<ItemId, Item>, skills: &[Skill], units: &[Unit], figures: usize) {
    report.skills = skills.len();
    report.units = units.len();
    report.lessons = units.iter().map(|unit| unit.lessons.len()).sum();
    report.figures = figures;
    for skill in skills {
        let problems = items.values().filter(|item| item_skills(item).contains(&skill.id)).count();
        let code = match problems {
            0 => "never",
            1 => "only_on_a_later_school_day",
            _ => continue,
        };
        report.cannot_become_ready.push(ThinSkill { skill: skill.id.0.clone(), problems, code: code.to_owned() });
    }
}

fn left_behind(tree: &Tree<'_>, plan: &CoursePlan, files: &[ProblemFiles], report: &mut Report) {
    match tree.mastery_parameters() {
        Some((count, true)) => {
            report.leave("mastery parameters", count, "the same placeholder for every skill; our defaults are used")
        }
        Some((count, false)) => {
            report.leave("mastery parameters", count, "our defaults are used until they are fitted to answers")
        }
        None => {}
    }
    let lessons = &plan.lessons;
    report.leave(
        "chat mode of lessons",
        lessons.iter().filter(|lesson| lesson.chat_display_mode.is_some()).count(),
        "there is no chat here",
    );
    report.leave(
        "repeat mode of lessons",
        lessons.iter().filter(|lesson| lesson.allow_recycle.is_some()).count(),
        "the engine chooses what comes again and when",
    );
    report.leave(
        "mastery thresholds of lessons",
        lessons.iter().map(|lesson| lesson.objectives.len()).sum(),
        "readiness has one rule for all skills",
    );
    let steps = || files.iter().flat_map(|one| &one.steps);
    report.leave("other pathways", steps().map(|step| step.other_pathways).sum(), "one pathway a step is read");
    let typed_with_options =
        steps().filter(|step| step.step.problem_type != "MultipleChoice" && !step.step.choices.is_empty()).count();
    report.leave("options of typed steps", typed_with_options, "the step asks for typing");
    let varied = |value: &serde_json::Value| value.as_object().is_some_and(|map| !map.is_empty());
    let variables = files.iter().filter(|one| varied(&one.problem.variabilization)).count()
        + steps().filter(|step| varied(&step.step.variabilization)).count();
    report.leave("variables of problems", variables, "their values are not filled in; such problems show their marks");
    let in_hints: usize = report.lacking.iter().filter(|note| note.code == "figure_in_hint").count();
    report.leave("pictures within hints (problems)", in_hints, "a hint shows words only");
}

fn loose_ends(plan: &CoursePlan, sections: &prerequisites::Sections, options: &Options, report: &mut Report) {
    if plan.license.trim().is_empty() {
        report.lack("coursePlans.json", "no_licence", "the course names no licence");
    }
    if options.prerequisites.is_none() {
        report.lack("skills", "no_prerequisites", "no section graph was given, so no skill rests on another");
    }
    for (at, section) in &sections.unmatched {
        report.lack(&plan.lessons[*at].name, "no_section", section.clone());
    }
    for (at, title) in &sections.matched_loosely {
        report.repair(
            &plan.lessons[*at].name,
            "section_title",
            &plan.lessons[*at].topics,
            title,
            "the section of the same number, whose title begins alike",
        );
    }
}

/// The course's attribution first, then every other that its problems and hints name.
fn all_attributions(course: Attribution, files: &[ProblemFiles]) -> Vec<Attribution> {
    let mut others: BTreeSet<Attribution> = BTreeSet::new();
    for one in files {
        others.insert(attribution(&one.problem.oer, &one.problem.license));
        for help in one.steps.iter().flat_map(|step| step.help.iter().flatten()) {
            others.insert(attribution(&help.oer, &help.license));
        }
    }
    others.retain(|other| {
        *other != course && !(other.author.is_empty() && other.source.is_empty() && other.licence.is_empty())
    });
    std::iter::once(course).chain(others).collect()
}
