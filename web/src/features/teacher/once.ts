/** Each skill once, in the order in which the lessons name them: two lessons may teach the same one. */
export const once = <Skill extends { id: string }>(skills: Skill[]): Skill[] => [
  ...new Map(skills.map((one) => [one.id, one])).values(),
];
