//! An activity's page: a TOML head between `+++` lines, the body by language, and items as fenced blocks.

use super::Problem;
use crate::{Lang, Text};

/// TOML found in a page, with the line of the file on which it starts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block<'a> {
    pub line: usize,
    pub toml: &'a str,
}

/// A page taken apart.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub head: Option<Block<'a>>,
    pub body: Text,
    /// The line on which each body block starts, the first for a page without any.
    pub body_line: usize,
    pub items: Vec<Block<'a>>,
}

/// Takes a page apart; what belongs to nothing is named.
pub(super) fn split<'a>(file: &str, text: &'a str, problems: &mut Vec<Problem>) -> Page<'a> {
    let mut page = Page { body_line: 1, ..Page::default() };
    let mut lines = Lines { text, at: 0, number: 0 };
    let mut say = |line: usize, text: String| problems.push(Problem { file: file.to_owned(), line, text });
    while let Some((line, number)) = lines.next() {
        let fence = line.trim_end();
        if fence.is_empty() {
            continue;
        }
        if fence == "+++" {
            let (toml, closed) = lines.until(|line| line.trim_end() == "+++");
            if !closed {
                say(number, "the head opened by `+++` is never closed".into());
            }
            if page.head.is_some() || !page.items.is_empty() {
                say(number, "a page has one head, at its start".into());
            }
            page.head.get_or_insert(Block { line: number + 1, toml });
        } else if let Some((marks, name)) = opening(fence, ':') {
            let (body, closed) = lines.until(|line| is_closing(line, ':', marks, true));
            if !closed {
                say(number, format!("the block opened by `::: {name}` is never closed"));
            }
            page.body_line = if page.body.0.is_empty() { number } else { page.body_line };
            if name.is_empty() {
                say(number, "a `:::` block needs a language, as in `::: en`".into());
            } else if page.body.0.insert(Lang(name.to_owned()), body.trim_matches('\n').to_owned()).is_some() {
                say(number, format!("this page has two `::: {name}` blocks"));
            }
        } else if let Some((marks, name)) = opening(fence, '`') {
            let (toml, closed) = lines.until(|line| is_closing(line, '`', marks, false));
            if !closed {
                say(number, "this fenced block is never closed".into());
            }
            match name {
                "item" => page.items.push(Block { line: number + 1, toml }),
                _ => say(number, "outside a language block only ```item blocks may stand".into()),
            }
        } else {
            say(number, "this line belongs to no block; text stands between `::: en` and `:::`".into());
        }
    }
    page
}

/// `::: en` or ```` ```item ````: at least three marks, then a name.
fn opening(line: &str, mark: char) -> Option<(usize, &str)> {
    let marks = line.chars().take_while(|c| *c == mark).count();
    (marks >= 3).then(|| (marks, line[marks..].trim()))
}

fn is_closing(line: &str, mark: char, marks: usize, exactly: bool) -> bool {
    let line = line.trim_end();
    let same = line.chars().all(|c| c == mark);
    same && if exactly { line.len() == marks } else { line.len() >= marks }
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: usize,
}

impl<'a> Lines<'a> {
    /// The next line without its end, and its number from 1.
    fn next(&mut self) -> Option<(&'a str, usize)> {
        if self.at >= self.text.len() {
            return None;
        }
        let rest = &self.text[self.at..];
        let line = rest.split('\n').next().unwrap_or(rest);
        self.at += line.len() + 1;
        self.number += 1;
        Some((line, self.number))
    }

    /// Everything before the line that closes, and whether one did.
    fn until(&mut self, closes: impl Fn(&str) -> bool) -> (&'a str, bool) {
        let start = self.at.min(self.text.len());
        loop {
            let end = self.at.min(self.text.len());
            match self.next() {
                None => return (&self.text[start..end], false),
                Some((line, _)) if closes(line) => return (&self.text[start..end], true),
                Some(_) => {}
            }
        }
    }
}
