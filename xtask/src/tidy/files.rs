//! What any file may be called and hold.

use super::rust_source::without_comments_and_strings;
use super::tree::File;
use super::{House, Place, Rule};

const CODE: &[&str] = &["rs", "ts", "js", "mjs", "svelte", "css", "sql", "sh", "run"];
/// Lines of code beyond which a file no longer fits in a head, however well it is written.
const LINES_MAX: usize = 600;

pub const RULES: &[Rule] = &[
    Rule {
        name: "file-names",
        reason: "a file takes the noun it holds; a bucket takes everything and is found by nobody",
        check: |house| {
            let buckets = |file: &&File| {
                let stem = file.name().split('.').next().unwrap_or_default();
                CODE.contains(&file.end()) && std::iter::once(stem).chain(file.folders()).any(is_bucket)
            };
            house
                .tree
                .files
                .iter()
                .filter(buckets)
                .map(|file| Place::new(&file.path, 0, "is named for nothing"))
                .collect()
        },
    },
    Rule {
        name: "no-unfinished-marks",
        reason: "what is to be done stands in an issue, where somebody looks; what is not to be done is not to be said",
        check: |house| {
            lines(house, CODE, |line| {
                let marks = [concat!("TO", "DO"), concat!("FIX", "ME")];
                marks.into_iter().find(|mark| has_word(line, mark)).map(|mark| format!("says {mark}"))
            })
        },
    },
    Rule {
        name: "no-machine-paths",
        reason: "a path of one machine is wrong on every other",
        check: |house| {
            let all = [CODE, &["toml", "md", "json", "html", "yml", "yaml"]].concat();
            lines(house, &all, |line| machine_path(line).map(|path| format!("names {path}")))
        },
    },
    Rule {
        name: "file-length",
        reason: "split by idea; a file that is one long table of data says `// A table of data` at its top",
        check: |house| {
            let long =
                |file: &&File| ["rs", "ts", "js", "mjs", "svelte", "css"].contains(&file.end()) && !is_table(file);
            let long = house.tree.files.iter().filter(long).map(|file| (file, lines_of_code(file)));
            long.filter(|(_, lines)| *lines > LINES_MAX)
                .map(|(file, lines)| {
                    Place::new(&file.path, 0, format!("has {lines} lines of code, {LINES_MAX} at most"))
                })
                .collect()
        },
    },
];

fn is_bucket(name: &str) -> bool {
    ["util", "utils", "helper", "helpers"].contains(&name.to_ascii_lowercase().as_str())
}

/// Every line of such files in which that is found.
fn lines(house: &House, ends: &[&str], look: impl Fn(&str) -> Option<String>) -> Vec<Place> {
    let files = house.tree.files.iter().filter(|file| ends.contains(&file.end()) && file.name() != "package-lock.json");
    files
        .flat_map(|file| {
            file.lines().filter_map(|(line, text)| Some(Place::new(&file.path, line, look(text)?))).collect::<Vec<_>>()
        })
        .collect()
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        !line[..at].ends_with(is_part) && !line[at + word.len()..].starts_with(is_part)
    })
}

/// A path that begins at somebody's home: the folder of a person or of a work place, and something in it.
fn machine_path(line: &str) -> Option<String> {
    for home in [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/"), concat!("/wo", "rk/")] {
        for (at, _) in line.match_indices(home) {
            let inside_another = |c: char| c.is_alphanumeric() || "/._-~}$)]:*".contains(c);
            let rest: String =
                line[at + home.len()..].chars().take_while(|c| c.is_alphanumeric() || "/._-".contains(*c)).collect();
            if !line[..at].ends_with(inside_another) && !rest.is_empty() {
                return Some(format!("{home}{rest}"));
            }
        }
    }
    None
}

/// Tables of data and generated files are not written, and not read, line by line.
fn is_table(file: &File) -> bool {
    file.lines().take(10).any(|(_, line)| line.contains("A table of data") || line.contains("auto-generated"))
}

fn lines_of_code(file: &File) -> usize {
    let code = if file.end() == "rs" { without_comments_and_strings(&file.text) } else { file.text.clone() };
    code.lines()
        .zip(file.text.lines())
        .filter(|(code, text)| {
            // A line inside a long string is blank in `code`; it still has to be read.
            !code.trim().is_empty() || !(text.trim().is_empty() || text.trim_start().starts_with("//"))
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::super::planted::{Planted, check};
    use super::*;

    #[test]
    fn a_bucket_is_found() {
        for path in ["crates/engine/src/utils.rs", "web/src/ui/helpers/dates.ts", "crates/engine/src/util/mod.rs"] {
            check(&Planted::clean().file(path, ""), &[&format!("{path}: is named for nothing | file-names")]);
        }
        check(&Planted::clean().file("crates/engine/src/utility.rs", ""), &[]);
    }

    #[test]
    fn an_unfinished_mark_is_found() {
        let text = format!("\n// {}: later", concat!("TO", "DO"));
        check(
            &Planted::clean().file("crates/engine/src/a.rs", &text),
            &[&format!("crates/engine/src/a.rs:2: says {} | no-unfinished-marks", concat!("TO", "DO"))],
        );
        check(&Planted::clean().file("crates/engine/src/a.rs", "const METODOS: u8 = 1;"), &[]);
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        let path = concat!("/ho", "me/ana/tandem");
        check(
            &Planted::clean().file("docs/guides/a.md", &format!("Look in `{path}`.")),
            &[&format!("docs/guides/a.md:1: names {path} | no-machine-paths")],
        );
        check(
            &Planted::clean().file("docs/guides/a.md", concat!("`$HOME/wo", "rk/a`, `api/wo", "rk/a`, `/ho", "me/`")),
            &[],
        );
    }

    #[test]
    fn a_file_that_fits_in_no_head_is_found() {
        let long = "fn a() {}\n".repeat(LINES_MAX + 1);
        check(
            &Planted::clean().file("crates/engine/src/a.rs", &long),
            &["crates/engine/src/a.rs: has 601 lines of code, 600 at most | file-length"],
        );
        check(&Planted::clean().file("crates/engine/src/a.rs", &format!("// A table of data: primes.\n{long}")), &[]);
        check(&Planted::clean().file("crates/engine/src/a.rs", &"// Why.\n\n".repeat(LINES_MAX)), &[]);
    }
}
