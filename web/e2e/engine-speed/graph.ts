// A graph of skills from a table with the columns name, prerequisites, topic and area, as `tandem engine place` reads it.

export type Skill = { id: string; topic: string; area: string; prerequisites: string[] };

/** Rows of one name are one skill. */
export function skillsOf(table: string): Skill[] {
  const [head = [], ...rows] = cells(table.replace(/^\u{feff}/u, ""));
  const column = (name: string) => {
    const place = head.indexOf(name);
    if (place < 0) throw new Error(`there is no column ${name}`);
    return place;
  };
  const [id, needs, topic, area] = ["name", "prerequisites", "topic", "area"].map(column) as [
    number,
    number,
    number,
    number,
  ];
  const skills = new Map<string, Skill>();
  for (const row of rows) {
    const name = row[id]!;
    const skill = skills.get(name) ?? { id: name, topic: row[topic]!, area: row[area]!, prerequisites: [] };
    skill.prerequisites.push(...row[needs]!.split(",").filter(Boolean));
    skills.set(name, skill);
  }
  return [...skills.values()];
}

/** Comma-separated values; a quoted cell may hold commas, and quotes when doubled. */
function cells(table: string): string[][] {
  const rows = table.split(/\r?\n/).filter(Boolean);
  return rows.map((row) =>
    [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
      quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'),
    ),
  );
}
