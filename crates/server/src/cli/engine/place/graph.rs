//! Graph files: a table with the columns of Junyi's exercise table, or JSON `{"skills":[...]}`.

use anyhow::{Context, bail};
use engine::placement::TerrainSkill;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

#[derive(Deserialize)]
struct GraphFile {
    skills: Vec<GraphSkill>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GraphSkill {
    id: String,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    prerequisites: Vec<String>,
}

/// Reads a graph. Rows of one name are one skill with the needs of all. Errors name the line.
pub fn read_graph(path: &Path) -> anyhow::Result<Vec<TerrainSkill>> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let skills = parse(&bytes).with_context(|| path.display().to_string())?;
    let unknown = unknown_needs(&skills);
    if let [(skill, need), ..] = unknown[..] {
        let count = unknown.len();
        eprintln!(
            "{}: {count} prerequisites are no skills here and were left out, such as `{need}` of `{skill}`",
            path.display()
        );
    }
    Ok(skills)
}

/// Skills with a prerequisite that the graph does not have.
fn unknown_needs(skills: &[TerrainSkill]) -> Vec<(&str, &str)> {
    let known: BTreeSet<&str> = skills.iter().map(|skill| skill.id.as_str()).collect();
    let pairs = skills.iter().flat_map(|skill| skill.needs.iter().map(|need| (skill.id.as_str(), need.as_str())));
    pairs.filter(|(_, need)| !known.contains(need)).collect()
}

fn parse(bytes: &[u8]) -> anyhow::Result<Vec<TerrainSkill>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        anyhow::anyhow!("line {line}: not UTF-8 text")
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let skills = if text.trim_start().starts_with('{') { json(text)? } else { table(text)? };
    // A question is asked by its skill's id, on a line of its own.
    if let Some(skill) = skills.iter().find(|skill| skill.id.chars().any(char::is_control)) {
        bail!("the id {:?} holds a line end or another control character", skill.id);
    }
    Ok(merged(skills))
}

fn json(text: &str) -> anyhow::Result<Vec<TerrainSkill>> {
    let file: GraphFile =
        serde_json::from_str(text).map_err(|error| anyhow::anyhow!("line {}: {error}", error.line()))?;
    for (nth, skill) in file.skills.iter().enumerate() {
        if skill.id.trim().is_empty() {
            bail!("skill {}: its id is empty", nth + 1);
        }
    }
    let skill = |skill: GraphSkill| TerrainSkill {
        id: skill.id,
        topic: skill.topic,
        area: skill.area,
        needs: skill.prerequisites,
    };
    Ok(file.skills.into_iter().map(skill).collect())
}

fn table(text: &str) -> anyhow::Result<Vec<TerrainSkill>> {
    let mut rows = rows(text)?.into_iter();
    let (_, head) = rows.next().context("line 1: there is no head line")?;
    let column = |name: &str| {
        let place = head.iter().position(|cell| cell.trim() == name);
        place.with_context(|| format!("line 1: there is no column `{name}`"))
    };
    let [name, needs, topic, area] = [column("name")?, column("prerequisites")?, column("topic")?, column("area")?];
    rows.map(|(line, row)| {
        if row.len() != head.len() {
            bail!("line {line}: {} cells, and the head has {}", row.len(), head.len());
        }
        if row[name].trim().is_empty() {
            bail!("line {line}: the name is empty");
        }
        let needs = row[needs].split(',').map(str::trim).filter(|id| !id.is_empty());
        Ok(TerrainSkill {
            id: row[name].trim().to_owned(),
            topic: row[topic].clone(),
            area: row[area].clone(),
            needs: needs.map(str::to_owned).collect(),
        })
    })
    .collect()
}

/// Rows of cells with the line that each begins on; quoted cells may hold commas, quotes (doubled) and line ends.
/// Empty lines are passed over.
fn rows(text: &str) -> anyhow::Result<Vec<(usize, Vec<String>)>> {
    let mut rows = Vec::new();
    let (mut line, mut begun, mut quoted_since) = (1, 1, None);
    let (mut cells, mut cell, mut after_quote) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        line += usize::from(letter == '\n');
        match (letter, quoted_since) {
            ('"', Some(_)) if letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            ('"', Some(_)) => (quoted_since, after_quote) = (None, true),
            (other, Some(_)) => cell.push(other),
            ('"', None) if cell.is_empty() && !after_quote => quoted_since = Some(line),
            (',', None) => {
                cells.push(std::mem::take(&mut cell));
                after_quote = false;
            }
            ('\n', None) => {
                cells.push(std::mem::take(&mut cell));
                after_quote = false;
                let row = std::mem::take(&mut cells);
                if row != [""] {
                    rows.push((begun, row));
                }
                begun = line;
            }
            ('\r', None) if letters.peek().is_none_or(|next| *next == '\n') => {}
            (_, None) if after_quote => bail!("line {line}: text after a closing quote"),
            (other, None) => cell.push(other),
        }
    }
    if let Some(line) = quoted_since {
        bail!("line {line}: a quote is opened and never closed");
    }
    cells.push(cell);
    if cells != [""] {
        rows.push((begun, cells));
    }
    Ok(rows)
}

fn merged(skills: Vec<TerrainSkill>) -> Vec<TerrainSkill> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut merged: Vec<TerrainSkill> = Vec::with_capacity(skills.len());
    for skill in skills {
        match places.get(&skill.id) {
            Some(place) => merged[*place].needs.extend(skill.needs),
            None => {
                places.insert(skill.id.clone(), merged.len());
                merged.push(skill);
            }
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        match parse(text.as_bytes()) {
            Ok(skills) => {
                let of = |skill: TerrainSkill| format!("{}<{}>", skill.id, skill.needs.join(","));
                skills.into_iter().map(of).collect::<Vec<_>>().join(" ")
            }
            Err(error) => format!("{error:#}"),
        }
    }

    #[test]
    fn a_table_is_read_with_its_mark_quotes_and_repeated_names() {
        let text =
            "\u{feff}name,prerequisites,topic,area\r\na,,t,x\r\nb,\"a,c\",\"t, \"\"u\"\"\",x\r\n\r\nc,a,t,x\na,b,t,x";
        assert_eq!(told(text), "a<b> b<a,c> c<a>");
        assert_eq!(parse(text.as_bytes()).unwrap()[1].topic, "t, \"u\"");
    }

    #[test]
    fn json_is_read() {
        let text = r#"{"skills": [{"id": "a"}, {"id": "b", "topic": "t", "area": "x", "prerequisites": ["a"]}]}"#;
        assert_eq!(told(text), "a<> b<a>");
        assert_eq!(told(r#"{"skills": []}"#), "");
    }

    #[test]
    fn what_is_malformed_is_refused_with_its_line() {
        let head = "name,prerequisites,topic,area\n";
        assert_eq!(told("name,topic\n"), "line 1: there is no column `prerequisites`");
        assert_eq!(told(""), "line 1: there is no head line");
        assert_eq!(told(&format!("{head}a,,t,x\nb,t\n")), "line 3: 2 cells, and the head has 4");
        assert_eq!(told(&format!("{head},,t,x\n")), "line 2: the name is empty");
        assert_eq!(told(&format!("{head}a,\"b,t,x\nc,,t,x\n")), "line 2: a quote is opened and never closed");
        assert_eq!(told(&format!("{head}a,\"b\"c,t,x\n")), "line 2: text after a closing quote");
        assert!(told("{\"skills\": [\n{\"id\": 3}]}").starts_with("line 2: "));
        assert!(told("{\"skills\": [\n{\"id\": \"a\", \"needs\": []}]}").starts_with("line 2: unknown field"));
        assert_eq!(format!("{:#}", parse(b"name\n\xff").unwrap_err()), "line 2: not UTF-8 text");
    }
}
