//! Readiness edges of the books behind a course (`section-graph.json`): which section says "if you missed this,
//! review that one". They help and never bind, so they become `Helps` edges between the skills of two lessons.

use super::ImportError;
use super::text::bare;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Deserialize)]
struct Graph {
    books: Vec<Book>,
}

#[derive(Debug, Deserialize)]
struct Book {
    book: String,
    #[serde(default)]
    chapters: Vec<Chapter>,
}

#[derive(Debug, Deserialize)]
struct Chapter {
    #[serde(default)]
    chapter: u32,
    #[serde(default)]
    title: String,
    #[serde(default)]
    sections: Vec<Section>,
}

#[derive(Debug, Deserialize)]
struct Section {
    module: String,
    number: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    learning_objectives: Vec<String>,
    #[serde(default)]
    be_prepared: Vec<Readiness>,
}

#[derive(Debug, Deserialize)]
struct Readiness {
    #[serde(default)]
    review: Vec<Review>,
}

#[derive(Debug, Deserialize)]
struct Review {
    module: String,
}

/// What the books say about the lessons of one course.
#[derive(Debug, Default)]
pub struct Sections {
    /// Titles of chapters, by number.
    pub chapters: BTreeMap<u32, String>,
    /// The books' own words for what is learned.
    pub objectives: Vec<String>,
    /// For each lesson (its place in the course) the earlier lessons that its section reviews.
    pub reviews: BTreeMap<usize, BTreeSet<usize>>,
    /// Lessons without a section, with what stood nearest.
    pub unmatched: Vec<(usize, String)>,
    /// Lessons whose section has a longer or other title, which is theirs too.
    pub matched_loosely: Vec<(usize, String)>,
}

/// Reads the graph and finds the sections of the lessons, each given as number ("1.1") and title.
pub fn sections(text: &str, lessons: &[(String, String)]) -> Result<Sections, ImportError> {
    let graph: Graph = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| ImportError::new("section graph", &error.to_string()))?;
    let Some(book) = graph.books.iter().max_by_key(|book| titles_shared(book, lessons)) else {
        return Err(ImportError::new("section graph", "names no book"));
    };
    if titles_shared(book, lessons) == 0 {
        return Err(ImportError::new("section graph", "no section has the number and title of a lesson"));
    }
    let mut found = Sections {
        chapters: book.chapters.iter().map(|chapter| (chapter.chapter, chapter.title.clone())).collect(),
        ..Sections::default()
    };
    let mut module_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut section_of: BTreeMap<usize, &Section> = BTreeMap::new();
    for (at, (number, title)) in lessons.iter().enumerate() {
        let Some(section) = book_sections(book).find(|section| section.number == *number) else {
            found.unmatched.push((at, format!("{} has no section {number}", book.book)));
            continue;
        };
        if !alike(&section.title, title) {
            found.unmatched.push((at, format!("section {number} is \"{}\"", section.title)));
            continue;
        }
        if bare(&section.title) != bare(title) {
            found.matched_loosely.push((at, with_powers(&section.title)));
        }
        module_of.insert(&section.module, at);
        section_of.insert(at, section);
    }
    for (at, section) in section_of {
        found.objectives.extend(section.learning_objectives.iter().cloned());
        let reviewed = section.be_prepared.iter().flat_map(|ready| &ready.review);
        let lessons = reviewed.filter_map(|review| module_of.get(review.module.as_str()).copied());
        found.reviews.entry(at).or_default().extend(lessons.filter(|lesson| *lesson != at));
    }
    Ok(found)
}

fn book_sections(book: &Book) -> impl Iterator<Item = &Section> {
    book.chapters.iter().flat_map(|chapter| &chapter.sections)
}

fn titles_shared(book: &Book, lessons: &[(String, String)]) -> usize {
    let titles: BTreeSet<(&str, String)> =
        book_sections(book).map(|section| (section.number.as_str(), bare(&section.title))).collect();
    lessons.iter().filter(|(number, title)| titles.contains(&(number.as_str(), bare(title)))).count()
}

/// Powers that lost their place in a title: `ax 2 +bx+c` becomes `ax²+bx+c`.
fn with_powers(title: &str) -> String {
    let signs: Vec<char> = title.trim().chars().collect();
    let mut mended = String::new();
    let mut at = 0;
    while at < signs.len() {
        let raised = match signs[at..] {
            [letter, ' ', '2', ' ', '+' | '-' | '−', ..] if letter.is_ascii_lowercase() => Some('²'),
            [letter, ' ', '3', ' ', '+' | '-' | '−', ..] if letter.is_ascii_lowercase() => Some('³'),
            _ => None,
        };
        mended.push(signs[at]);
        mended.extend(raised);
        at += if raised.is_some() { 4 } else { 1 };
    }
    mended
}

/// Titles of one number are alike when they begin alike for half of their length (upstream cuts and rewords them).
fn alike(section: &str, lesson: &str) -> bool {
    let (a, b) = (bare(section), bare(lesson));
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let shorter = a.chars().count().min(b.chars().count());
    shorter > 0 && shared * 10 >= shorter * 5
}
