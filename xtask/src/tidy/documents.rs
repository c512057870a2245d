//! Documents: what they point to is there.

use super::{Place, Rule};

pub const RULES: &[Rule] = &[Rule {
    name: "documents-point-to-what-exists",
    reason: "a newcomer who follows a dead link stops trusting the page",
    check: |house| {
        let mut places = Vec::new();
        for file in house.tree.under("", &["md"]).filter(|file| is_living(&file.path)) {
            for (line, text) in file.lines() {
                let links = links(text).map(|target| beside(&file.path, target));
                let dead = links.chain(named_paths(text)).filter(|target| !house.tree.has(target) && !is_built(target));
                places.extend(dead.map(|target| Place::new(&file.path, line, format!("points to {target}"))));
            }
        }
        places
    },
}];

/// Decisions, reviews, courses and the changelog tell what was; only the others must be true today.
fn is_living(path: &str) -> bool {
    !["docs/adr/", "docs/review/", "courses/", "fixtures/", "CHANGELOG.md"].iter().any(|past| path.starts_with(past))
}

/// Folders that a build makes, or that hold no text; the tree does not know them.
fn is_built(path: &str) -> bool {
    path.contains("/dist") || path.contains("/.sqlx") || path.ends_with(".png") || path == "docs/performance.md"
}

/// The targets of `[words](target)` that are files of ours.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next())
        .filter(|target| !target.is_empty() && !target.contains(':') && !target.starts_with('/'))
}

/// Paths in backquotes that begin at a folder of ours and hold no blanks to fill in.
fn named_paths(line: &str) -> impl Iterator<Item = String> {
    const OURS: &[&str] = &["crates/", "web/", "xtask/", "docs/", "courses/", "fixtures/", ".ci/"];
    let quoted = line.split('`').skip(1).step_by(2);
    quoted
        .filter(|path| OURS.iter().any(|folder| path.starts_with(folder)))
        .filter(|path| !path.contains(['<', '*', '{', ' ', '…']) && !path.contains("NNNN"))
        .map(|path| path.split(':').next().unwrap_or(path).trim_end_matches('/').to_owned())
}

fn beside(file: &str, target: &str) -> String {
    let mut steps: Vec<&str> = file.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            other => steps.push(other),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::planted::{Planted, check};

    #[test]
    fn a_dead_link_is_found() {
        let page = |text| Planted::clean().file("docs/guides/start.md", text);
        check(
            &page("See [the rules](../rules.md#one)."),
            &["docs/guides/start.md:1: points to docs/rules.md | documents-point-to-what-exists"],
        );
        check(
            &page("It is in `crates/server/src/learning/judge.rs:12`."),
            &["docs/guides/start.md:1: points to crates/server/src/learning/judge.rs | documents-point-to-what-exists"],
        );
    }

    #[test]
    fn living_links_blanks_and_past_pages_are_fine() {
        let page =
            "[a](../../web/src/text/en.json) `crates/server/src/learning/` `crates/<one>/src` [b](https://example.org)";
        check(&Planted::clean().file("docs/guides/start.md", page), &[]);
        check(&Planted::clean().file("docs/adr/0001-a.md", "It was in `crates/old/src/lib.rs`."), &[]);
    }
}
