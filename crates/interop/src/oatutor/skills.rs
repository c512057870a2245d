//! Knowledge components as skills: names that can be read, and one skill again of what was split at its commas.

use super::report::Report;
use super::text::bare;
use std::collections::{BTreeMap, BTreeSet};

/// Upstream ids by the id that they have here, with names.
#[derive(Debug, Default)]
pub struct Skills {
    /// Here, by upstream id.
    pub id_of: BTreeMap<String, String>,
    /// Names, by id here.
    pub names: BTreeMap<String, String>,
}

/// Names, merges and ids for the skills of a course. `steps` are the upstream skills of each step; `objectives` the
/// book's own words, where there are any.
pub fn skills(steps: &[Vec<String>], listed: &BTreeSet<String>, objectives: &[String], report: &mut Report) -> Skills {
    let mut all: BTreeSet<String> = steps.iter().flatten().cloned().collect();
    all.extend(listed.iter().cloned());
    report.skills_upstream = all.len();
    let words_of: BTreeMap<String, &str> = objectives.iter().map(|words| (bare(words), words.as_str())).collect();
    let mut skills = Skills::default();
    for group in split_at_commas(steps) {
        let (pieces, reason) = match objective(&group, &words_of) {
            Some(words) => (group, format!("their words joined are the book's objective \"{words}\"")),
            None => (group, "they stand on the same steps, never apart, and the last begins with \"and\"".to_owned()),
        };
        let longest = longest(&pieces);
        let id = tidy_id(&longest.join("_"));
        let name = objective(&pieces, &words_of).map_or_else(|| readable(&with_commas(&longest)), str::to_owned);
        for piece in &pieces.all {
            skills.id_of.insert(piece.clone(), id.clone());
        }
        report.merged.push(super::report::Merge {
            skill: id.clone(),
            name: name.clone(),
            pieces: pieces.all.iter().cloned().collect(),
            reason,
        });
        skills.names.insert(id, name);
    }
    for upstream in &all {
        if !skills.id_of.contains_key(upstream) {
            single(upstream, &words_of, &mut skills, report);
        }
    }
    skills
}

fn single(upstream: &str, words_of: &BTreeMap<String, &str>, skills: &mut Skills, report: &mut Report) {
    let same = skills
        .id_of
        .iter()
        .find(|(other, _)| letters(other) == letters(upstream))
        .map(|(other, id)| (other.clone(), id.clone()));
    if let Some((other, id)) = same {
        report.merged.push(super::report::Merge {
            skill: id.clone(),
            name: skills.names[&id].clone(),
            pieces: vec![other, upstream.to_owned()],
            reason: "the same words but for spaces".to_owned(),
        });
        skills.id_of.insert(upstream.to_owned(), id);
        return;
    }
    let id = tidy_id(upstream);
    // The book's words are nicer, but powers and fractions are lost in them.
    let own = readable(upstream);
    let name = words_of.get(&bare(upstream)).filter(|_| !own.contains('$')).map_or(own, |words| (*words).to_owned());
    skills.id_of.insert(upstream.to_owned(), id.clone());
    skills.names.insert(id, name);
}

fn letters(id: &str) -> String {
    id.chars().filter(|sign| !matches!(sign, '_' | ' ')).collect()
}

/// Skills that belong together, and the orders in which steps name them.
struct Group {
    all: BTreeSet<String>,
    orders: BTreeSet<Vec<String>>,
}

/// Groups of skills that were one before a comma split them: they stand on the same steps and never apart from
/// their first piece, and some order of them ends in a piece with "and".
fn split_at_commas(steps: &[Vec<String>]) -> Vec<Group> {
    let orders: BTreeSet<&Vec<String>> = steps.iter().filter(|skills| skills.len() > 1).collect();
    let mut by_head: BTreeMap<&String, Group> = BTreeMap::new();
    for order in orders {
        let group = by_head.entry(&order[0]).or_insert_with(|| Group { all: BTreeSet::new(), orders: BTreeSet::new() });
        group.all.extend(order.iter().cloned());
        group.orders.insert(order.clone());
    }
    by_head.into_values().filter(|group| group.is_sound(steps)).collect()
}

impl Group {
    fn is_sound(&self, steps: &[Vec<String>]) -> bool {
        let never_apart = steps.iter().all(|skills| {
            let touches = skills.iter().any(|skill| self.all.contains(skill));
            !touches || self.orders.contains(skills)
        });
        let has_and = |piece: &String| piece.starts_with("and_") || piece.starts_with("or_") || piece.contains("_and_");
        never_apart && self.orders.iter().all(|order| order.last().is_some_and(has_and))
    }
}

fn objective<'a>(group: &Group, words_of: &BTreeMap<String, &'a str>) -> Option<&'a str> {
    group.orders.iter().find_map(|order| words_of.get(&bare(&order.concat())).copied())
}

fn longest(group: &Group) -> Vec<String> {
    group.orders.iter().max_by_key(|order| order.len()).cloned().unwrap_or_default()
}

fn with_commas(pieces: &[String]) -> String {
    pieces.join(",_")
}

/// Letters, digits, `_`, `-` and `.`; ids stand in addresses.
fn tidy_id(upstream: &str) -> String {
    let mut id = String::new();
    for sign in upstream.chars().flat_map(char::to_lowercase) {
        match sign {
            'a'..='z' | '0'..='9' | '-' | '.' => id.push(sign),
            '\'' | '’' | ',' | ':' => {}
            _ if id.ends_with('_') || id.is_empty() => {}
            _ => id.push('_'),
        }
    }
    id.trim_matches(['_', '.']).to_owned()
}

/// `use_m=rise/run_to_find...` as words: spaces, a capital, and formulas between dollar signs.
pub fn readable(upstream: &str) -> String {
    let spaced = upstream.replace("___", " - ").replace("__", "- ").replace('_', " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut name: Vec<String> = Vec::new();
    let mut formula: Vec<&str> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if in_formula(&words, at) {
            formula.push(word);
            continue;
        }
        end_formula(&mut name, &mut formula);
        name.push(proper(word));
    }
    end_formula(&mut name, &mut formula);
    let joined = name.join(" ").replace("simplify: ", "simplify ").replace(" y intercept", " y-intercept");
    let joined = joined.trim_end_matches('.').to_owned();
    let mut signs = joined.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + signs.as_str())
}

/// A word with a power or a relation, an operator, or what stands beside an operator.
fn in_formula(words: &[&str], at: usize) -> bool {
    let sign = |at: usize| words.get(at).is_some_and(|word| matches!(*word, "+" | "=" | "-"));
    let word = words[at];
    let power = word.contains("**") || (word.contains('=') && word.len() > 1);
    power || sign(at) || sign(at + 1) || (at > 0 && sign(at - 1))
}

fn end_formula(name: &mut Vec<String>, formula: &mut Vec<&str>) {
    if formula.is_empty() {
        return;
    }
    let mut latex = String::new();
    for word in formula.drain(..) {
        latex.push_str(&powers(word));
    }
    name.push(super::formula::markup(&latex));
}

/// `a**(m/n)` as `a^{m/n}`.
fn powers(word: &str) -> String {
    let mut latex = String::new();
    let mut rest = word;
    while let Some((base, power)) = rest.split_once("**") {
        latex.push_str(base);
        let bracketed = power.strip_prefix('(').and_then(|inner| inner.split_once(')'));
        match bracketed {
            Some((inner, tail)) => {
                latex.push_str(&format!("^{{{inner}}}"));
                rest = tail;
            }
            None => {
                latex.push('^');
                rest = power;
            }
        }
    }
    latex + rest
}

fn proper(word: &str) -> String {
    match word {
        "u.s." => "U.S.".into(),
        "gcf" | "lcd" | "lcm" => word.to_uppercase(),
        "'ac'" => "\u{2018}ac\u{2019}".into(),
        "fahrenheit" => "Fahrenheit".into(),
        "celsius" => "Celsius".into(),
        "gaussian" => "Gaussian".into(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_as_words_with_formulas_apart() {
        assert_eq!(readable("use_the_rule_of_multiplication"), "Use the rule of multiplication");
        assert_eq!(
            readable("factor_trinomials_of_the_form_ax**2_+_bx_+_c_with_a_gcf"),
            "Factor trinomials of the form $ax^2+bx+c$ with a GCF"
        );
        assert_eq!(readable("simplify_expressions_with_a**(m/n)"), "Simplify expressions with $a^{m/n}$");
        assert_eq!(
            readable("solve_quadratic_equations_of_the_form_a(x___h)**2_=_k"),
            "Solve quadratic equations of the form $a(x-h)^2=k$"
        );
    }
}
