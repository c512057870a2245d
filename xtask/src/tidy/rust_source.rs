//! Reading Rust just far enough: which paths and methods a file names, without comments, strings and test code.

use super::tree::{File, Tree};
use std::collections::BTreeSet;

/// What a file names in its own code.
pub struct Source {
    tokens: Vec<Token>,
}

struct Token {
    line: usize,
    text: String,
}

/// A path as written, `use` trees taken apart: `use std::{fs, io}` gives `std::fs` and `std::io`.
pub struct NamedPath {
    pub line: usize,
    pub steps: Vec<String>,
}

impl NamedPath {
    pub fn starts_with(&self, steps: &[&str]) -> bool {
        self.steps.len() >= steps.len() && self.steps.iter().zip(steps).all(|(mine, other)| mine == other)
    }

    pub fn names(&self, step: &str) -> bool {
        self.steps.iter().any(|mine| mine == step)
    }
}

impl std::fmt::Display for NamedPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.steps.join("::"))
    }
}

/// The sources of a crate's own code with their files; tests are left out, wherever they stand.
pub fn own_code<'a>(tree: &'a Tree, folder: &'a str) -> Vec<(&'a File, Source)> {
    let mut test_modules = BTreeSet::new();
    let mut sources = Vec::new();
    for file in tree.under(folder, &["rs"]).filter(|file| !is_test_file(file)) {
        let (code, modules) = without_tests(&without_comments_and_strings(&file.text));
        test_modules.extend(modules.iter().map(|module| format!("{}/{module}", folder_of_modules(&file.path))));
        sources.push((file, Source { tokens: tokens(&code) }));
    }
    let in_test_module = |file: &File| {
        test_modules
            .iter()
            .any(|module| file.path == format!("{module}.rs") || file.path.starts_with(&format!("{module}/")))
    };
    sources.retain(|(file, _)| !in_test_module(file));
    sources
}

fn is_test_file(file: &File) -> bool {
    file.name() == "tests.rs" || file.folders().any(|folder| ["tests", "benches", "examples"].contains(&folder))
}

/// Where the modules lie that a file declares.
fn folder_of_modules(path: &str) -> String {
    let stem = path.trim_end_matches(".rs");
    ["/mod", "/lib", "/main"].iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(stem).to_owned()
}

impl Source {
    /// Every path and every single name, in order.
    pub fn paths(&self) -> Vec<NamedPath> {
        let mut paths = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            // `use<'a>` in a type says what it captures, and imports nothing.
            let imports = self.text(at) == "use" && self.text(at + 1) != "<";
            if imports && !self.follows(at, &[".", "::"]) {
                at = self.use_tree(at + 1, &[], &mut paths);
            } else if is_name(self.text(at)) && !self.follows(at, &[".", "::"]) {
                let (steps, next) = self.steps(at);
                paths.push(NamedPath { line: self.tokens[at].line, steps });
                at = next;
            } else {
                at += 1;
            }
        }
        paths
    }

    /// Every method that is called: `x.exp()` gives `exp`, with its line.
    pub fn methods(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..self.tokens.len()).filter_map(|at| {
            let called = self.text(at - 1) == "." && self.text(at + 1) == "(" && is_name(self.text(at));
            called.then(|| (self.tokens[at].line, self.text(at)))
        })
    }

    /// Every function that is defined.
    pub fn functions(&self) -> impl Iterator<Item = &str> {
        (0..self.tokens.len()).filter(|at| self.text(*at) == "fn").map(|at| self.text(at + 1))
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    fn follows(&self, at: usize, before: &[&str]) -> bool {
        at > 0 && before.contains(&self.text(at - 1))
    }

    /// `a::b::c` from its first name, and where it ends.
    fn steps(&self, mut at: usize) -> (Vec<String>, usize) {
        let mut steps = vec![self.text(at).to_owned()];
        at += 1;
        while self.text(at) == "::" && is_name(self.text(at + 1)) {
            steps.push(self.text(at + 1).to_owned());
            at += 2;
        }
        (steps, at)
    }

    /// Takes a `use` tree apart; returns where it ends.
    fn use_tree(&self, mut at: usize, before: &[String], paths: &mut Vec<NamedPath>) -> usize {
        let mut steps = before.to_vec();
        let line = self.tokens.get(at).map_or(0, |token| token.line);
        loop {
            match self.text(at) {
                "::" => at += 1,
                "{" => {
                    at += 1;
                    while !["}", ";", ""].contains(&self.text(at)) {
                        at = self.use_tree(at, &steps, paths);
                        if self.text(at) == "," {
                            at += 1;
                        }
                    }
                    return at + 1;
                }
                "as" => at += 2,
                "*" => {
                    steps.push("*".to_owned());
                    at += 1;
                }
                name if is_name(name) => {
                    if name != "self" || steps.is_empty() {
                        steps.push(name.to_owned());
                    }
                    at += 1;
                }
                _ => {
                    paths.push(NamedPath { line, steps });
                    return at;
                }
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let length = if is_word(first) {
                rest.find(|c| !is_word(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push(Token { line: index + 1, text: rest[..length].to_owned() });
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// The same text with spaces in place of comments and of what stands in quotes; lines stay where they are.
pub fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after_name = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let hidden = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if first == '"' {
            quoted(rest)
        } else if first == '\'' {
            character(rest)
        } else if !after_name && (rest.starts_with("r\"") || rest.starts_with("r#") || rest.starts_with("br")) {
            raw_string(rest)
        } else {
            0
        };
        let length = if hidden == 0 { first.len_utf8() } else { hidden };
        if hidden == 0 {
            code.push(first);
        } else {
            code.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        rest = &rest[length..];
    }
    code
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// A character in quotes; 0 for a lifetime.
fn character(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1);
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), Some(_)) => rest[3..].find('\'').map_or(0, |at| at + 4),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

/// `r"…"`, `r#"…"#`, `br"…"`; 0 where it only looks like one.
fn raw_string(rest: &str) -> usize {
    let begin = rest.find('r').map_or(0, |at| at + 1);
    let hashes = rest[begin..].len() - rest[begin..].trim_start_matches('#').len();
    if !rest[begin + hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let inside = begin + hashes + 1;
    rest[inside..].find(&end).map_or(rest.len(), |at| inside + at + end.len())
}

/// Blanks the items under `#[cfg(test)]`; hands back the names of modules that only tests have.
fn without_tests(code: &str) -> (String, Vec<String>) {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut modules = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        kept.push_str(&rest[..at]);
        let item = &rest[at..];
        let end = item.find([';', '{']).unwrap_or(item.len());
        let length = if item[end..].starts_with('{') { end + braced(&item[end..]) } else { (end + 1).min(item.len()) };
        let words: Vec<_> = item[..end].split_whitespace().collect();
        if let Some(name) = words.iter().position(|word| *word == "mod").and_then(|at| words.get(at + 1)) {
            modules.push((*name).to_owned());
        }
        kept.extend(item[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &item[length..];
    }
    (kept + rest, modules)
}

fn braced(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        let (code, _) = without_tests(&without_comments_and_strings(text));
        Source { tokens: tokens(&code) }
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let paths: Vec<_> =
            source(text).paths().iter().filter(|path| path.steps.len() > 1).map(ToString::to_string).collect();
        assert_eq!(paths, expected, "{text}");
    }

    #[test]
    fn use_trees_are_taken_apart() {
        check("use std::fs;", &["std::fs"]);
        check("use std::{fs, time::{self, Instant}};", &["std::fs", "std::time", "std::time::Instant"]);
        check(
            "pub(crate) use crate::learning::http::{answer as judged, *};",
            &["crate::learning::http::answer", "crate::learning::http::*"],
        );
        check("use ::std::fs as files;\nuse crate::b::C;", &["std::fs", "crate::b::C"]);
    }

    #[test]
    fn paths_in_code_are_seen_with_their_lines() {
        check("fn a() { let t = std::time::Instant::now(); }", &["std::time::Instant::now"]);
        let paths = source("\n\nfn a() -> std::fs::File {}").paths();
        assert_eq!(paths.iter().find(|path| path.names("fs")).unwrap().line, 3);
    }

    #[test]
    fn a_captured_lifetime_is_no_import() {
        check("fn a<'a>(b: &'a B) -> impl Iterator<Item = u8> + use<'a> { std::fs::read(b) }", &["std::fs::read"]);
    }

    #[test]
    fn comments_strings_and_tests_name_nothing() {
        check("// std::fs\n/* std::fs /* std::fs */ std::fs */", &[]);
        check(r##"fn a<'a>() { ("std::fs \" std::fs", r#"std::fs"#, b"std::fs", '"', '\'', "std::fs") }"##, &[]);
        check("#[cfg(test)]\nmod tests { use std::fs; fn a() { {} } }\nuse std::io;", &["std::io"]);
        check("#[cfg(test)]\nuse std::fs;\nuse std::io;", &["std::io"]);
    }

    #[test]
    fn methods_are_seen_where_they_are_called() {
        let source = source("fn exp(x: f64) { x.exp(); x.powi(2); x.len; exp(x) }");
        assert_eq!(source.methods().map(|(_, name)| name).collect::<Vec<_>>(), ["exp", "powi"]);
        assert_eq!(source.functions().collect::<Vec<_>>(), ["exp"]);
    }
}
