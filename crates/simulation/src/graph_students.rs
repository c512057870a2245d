//! Simulated students of a bare graph of skills, for judging a pre-test where there is no course: four populations,
//! none of which is what an engine likes to assume.
//!
//! *Blim*: skills learned one after the other, each drawn evenly from what is ready. *Cutoff*: every topic is a fixed
//! teaching order, cut at a place of the student's own; then closed downward or completed. *Irt*: a two-parameter
//! curve with topic effects, on which answers near the threshold are right by halves. *Swiss*: cutoff with holes and
//! islands. Slips and guesses vary by skill, and not knowing is said openly a third of the time.

use crate::Chance;
use std::collections::BTreeMap;

/// Chance that one who knows says "I have not learned this", and that one who does not says so.
const SAYS_SO: (f64, f64) = (0.01, 0.35);
/// Share of what is known that a swiss student has forgotten, and of the rest that is known all the same.
const SWISS: (f64, f64) = (0.06, 0.02);

/// A population.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Generator {
    /// Random growth along the graph.
    Blim,
    /// Topic by topic up to a point.
    Cutoff,
    /// Item-response thresholds.
    Irt,
    /// Cutoff with holes and islands.
    Swiss,
}

/// A skill of the graph. Numbers are places; edges that close a cycle do not bind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphSkill {
    /// Number of its topic.
    pub topic: usize,
    /// What it needs.
    pub needs: Vec<usize>,
}

/// What a simulated student says to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphAnswer {
    /// A right answer.
    Right,
    /// A wrong one.
    Wrong,
    /// "I have not learned this".
    DontKnow,
}

/// One generator on one graph.
#[derive(Clone, Debug)]
pub struct GraphWorld {
    generator: Generator,
    seed: u64,
    topic: Vec<usize>,
    needs: Vec<Vec<usize>>,
    opens: Vec<Vec<usize>>,
    /// Places, each after what it needs.
    order: Vec<usize>,
    /// The teaching order of each topic.
    strands: BTreeMap<usize, Vec<usize>>,
    slip: Vec<f64>,
    guess: Vec<f64>,
    difficulty: Vec<f64>,
    steepness: Vec<f64>,
}

/// A student of such a world.
#[derive(Clone, Debug)]
pub struct GraphStudent<'w> {
    world: &'w GraphWorld,
    /// The truth by place.
    pub known: Vec<bool>,
    /// Chance of being on the known side by place, where answers follow a curve.
    curve: Vec<f64>,
    chance: Chance,
}

impl GraphWorld {
    /// What all students of it share: teaching orders, difficulties, slips and guesses.
    pub fn new(skills: &[GraphSkill], generator: Generator, seed: u64) -> Self {
        let mut chance = Chance::named(seed, &format!("world {generator:?}"));
        let count = skills.len();
        let (needs, order) = sorted(skills);
        let mut opens = vec![Vec::new(); count];
        let mut depth = vec![0_usize; count];
        for place in &order {
            depth[*place] = 1 + needs[*place].iter().map(|below| depth[*below]).max().unwrap_or(0);
            needs[*place].iter().for_each(|below| opens[*below].push(*place));
        }
        let slip = (0..count).map(|_| between(&mut chance, 0.02, 0.14)).collect();
        let guess = (0..count).map(|_| between(&mut chance, 0.02, 0.22)).collect();
        let ties: Vec<f64> = (0..count).map(|_| chance.unit()).collect();
        let mut taught: Vec<usize> = (0..count).collect();
        taught.sort_by(|a, b| depth[*a].cmp(&depth[*b]).then(ties[*a].total_cmp(&ties[*b])));
        let mut strands: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in taught {
            strands.entry(skills[place].topic).or_default().push(place);
        }
        // Above the hardest need by an exponential step; what needs nothing is spread.
        let mut difficulty = vec![0.0; count];
        for place in &order {
            let below = needs[*place].iter().map(|below| difficulty[*below]).reduce(f64::max);
            difficulty[*place] =
                below.unwrap_or_else(|| -1.5 + chance.normal()) - 0.35 * libm::log(1.0 - chance.unit());
        }
        let (mean, deviation) = moments(&difficulty);
        difficulty.iter_mut().for_each(|value| *value = (*value - mean) / deviation * 1.2);
        let steepness = (0..count).map(|_| between(&mut chance, 1.2, 3.0)).collect();
        let topic = skills.iter().map(|skill| skill.topic).collect();
        Self { generator, seed, topic, needs, opens, order, strands, slip, guess, difficulty, steepness }
    }

    /// Draws a student: the same number is always the same one.
    pub fn student(&self, number: u64) -> GraphStudent<'_> {
        let mut chance = Chance::named(self.seed ^ number.wrapping_mul(0x9e37_79b9), &format!("{:?}", self.generator));
        let mut curve = Vec::new();
        let known = match self.generator {
            Generator::Blim => self.grown(&mut chance),
            Generator::Cutoff => self.cut(&mut chance),
            Generator::Irt => {
                curve = self.curve(&mut chance);
                self.closed(curve.iter().map(|share| *share > 0.5).collect())
            }
            Generator::Swiss => {
                let cut = self.cut(&mut chance);
                cut.iter().map(|known| *known != chance.happens(if *known { SWISS.0 } else { SWISS.1 })).collect()
            }
        };
        GraphStudent { world: self, known, curve, chance }
    }

    fn grown(&self, chance: &mut Chance) -> Vec<bool> {
        let mut known = vec![false; self.needs.len()];
        let mut missing: Vec<usize> = self.needs.iter().map(Vec::len).collect();
        let mut ready: Vec<usize> = (0..known.len()).filter(|place| missing[*place] == 0).collect();
        let size = (known.len() as f64 * between(chance, 0.05, 0.95)).round() as usize;
        for _ in 0..size {
            let place = ready.swap_remove(chance.below(ready.len()));
            known[place] = true;
            for above in &self.opens[place] {
                missing[*above] -= 1;
                if missing[*above] == 0 {
                    ready.push(*above);
                }
            }
        }
        known
    }

    fn cut(&self, chance: &mut Chance) -> Vec<bool> {
        let mut known = vec![false; self.needs.len()];
        let place = between(chance, 0.05, 0.95);
        for strand in self.strands.values() {
            let share = (place + 0.2 * chance.normal()).clamp(0.0, 1.0);
            let taught = (strand.len() as f64 * share).round() as usize;
            strand[..taught].iter().for_each(|skill| known[*skill] = true);
        }
        // Half the students lose what lacks a need, half have learned the needs of what they know.
        if chance.happens(0.5) {
            return self.closed(known);
        }
        for place in self.order.iter().rev() {
            if known[*place] {
                self.needs[*place].iter().for_each(|below| known[*below] = true);
            }
        }
        known
    }

    fn curve(&self, chance: &mut Chance) -> Vec<f64> {
        let ability = 1.2 * chance.normal();
        let effects: BTreeMap<usize, f64> = self.strands.keys().map(|topic| (*topic, 0.5 * chance.normal())).collect();
        let level = |place: usize| ability + effects[&self.topic[place]] - self.difficulty[place];
        (0..self.needs.len())
            .map(|place| 1.0 / (1.0 + libm::exp(-(self.steepness[place] * level(place)).clamp(-30.0, 30.0))))
            .collect()
    }

    fn closed(&self, mut known: Vec<bool>) -> Vec<bool> {
        for place in &self.order {
            known[*place] &= self.needs[*place].iter().all(|below| known[*below]);
        }
        known
    }
}

impl GraphStudent<'_> {
    /// Answers a question on a skill.
    pub fn answer(&mut self, place: usize) -> GraphAnswer {
        let (world, known) = (self.world, self.known[place]);
        if self.chance.happens(if known { SAYS_SO.0 } else { SAYS_SO.1 }) {
            return GraphAnswer::DontKnow;
        }
        let (slip, guess) = (world.slip[place], world.guess[place]);
        let right = match self.curve.get(place) {
            Some(share) => guess + (1.0 - guess - slip) * share,
            None if known => 1.0 - slip,
            None => guess,
        };
        if self.chance.happens(right) { GraphAnswer::Right } else { GraphAnswer::Wrong }
    }
}

fn between(chance: &mut Chance, from: f64, to: f64) -> f64 {
    from + (to - from) * chance.unit()
}

fn moments(values: &[f64]) -> (f64, f64) {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let deviation = (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count).sqrt();
    (mean, if deviation > 0.0 { deviation } else { 1.0 })
}

/// Needs without repetition, unknown places and edges that close a cycle (met depth first), and an order in which
/// each place comes after its needs.
fn sorted(skills: &[GraphSkill]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let (mut needs, mut order) = (vec![Vec::new(); skills.len()], Vec::new());
    // 0: not met, 1: on the path, 2: done.
    let mut mark = vec![0_u8; skills.len()];
    for start in 0..skills.len() {
        if mark[start] != 0 {
            continue;
        }
        mark[start] = 1;
        let mut path = vec![(start, 0)];
        while let Some((place, nth)) = path.last_mut() {
            let place = *place;
            let Some(below) = skills[place].needs.get(*nth).copied() else {
                mark[place] = 2;
                order.push(place);
                path.pop();
                continue;
            };
            *nth += 1;
            if below >= skills.len() || mark[below] == 1 || needs[place].contains(&below) {
                continue;
            }
            needs[place].push(below);
            if mark[below] == 0 {
                mark[below] = 1;
                path.push((below, 0));
            }
        }
    }
    (needs, order)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Generator; 4] = [Generator::Blim, Generator::Cutoff, Generator::Irt, Generator::Swiss];

    /// Six chains of ten, each its own topic; every chain's fifth also needs the fourth of the chain before it.
    fn chains() -> Vec<GraphSkill> {
        let needs = |chain: usize, nth: usize| {
            let below = (nth > 0).then(|| chain * 10 + nth - 1);
            let across = (nth == 5 && chain > 0).then(|| (chain - 1) * 10 + 4);
            below.into_iter().chain(across).collect()
        };
        let skill = |chain, nth| GraphSkill { topic: chain, needs: needs(chain, nth) };
        (0..6).flat_map(|chain| (0..10).map(move |nth| skill(chain, nth))).collect()
    }

    fn broken(skills: &[GraphSkill], known: &[bool]) -> usize {
        let lacks = |place: usize| known[place] && skills[place].needs.iter().any(|below| !known[*below]);
        (0..skills.len()).filter(|place| lacks(*place)).count()
    }

    #[test]
    fn only_swiss_students_know_what_lacks_a_need() {
        for generator in ALL {
            let world = GraphWorld::new(&chains(), generator, 3);
            let found: usize = (0..100).map(|number| broken(&chains(), &world.student(number).known)).sum();
            assert_eq!(found > 0, generator == Generator::Swiss, "{generator:?}: {found}");
        }
    }

    #[test]
    fn about_half_is_known_and_the_same_number_is_the_same_student() {
        for generator in ALL {
            let world = GraphWorld::new(&chains(), generator, 3);
            let known = (0..400).map(|number| world.student(number).known.iter().filter(|known| **known).count());
            let share = known.sum::<usize>() as f64 / (400.0 * 60.0);
            assert!((0.38..0.62).contains(&share), "{generator:?}: {share}");
            let answers =
                |mut student: GraphStudent<'_>| (0..60).map(|place| student.answer(place)).collect::<Vec<_>>();
            assert_eq!(answers(world.student(9)), answers(world.student(9)));
        }
    }

    #[test]
    fn who_knows_is_mostly_right_and_who_does_not_says_so_a_third_of_the_time() {
        let world = GraphWorld::new(&chains(), Generator::Swiss, 3);
        let mut counts = [[0.0_f64; 3]; 2];
        for number in 0..300 {
            let mut student = world.student(number);
            for place in 0..60 {
                let known = student.known[place];
                counts[usize::from(known)][student.answer(place) as usize] += 1.0;
            }
        }
        let share =
            |known: usize, answer: GraphAnswer| counts[known][answer as usize] / counts[known].iter().sum::<f64>();
        assert!((share(1, GraphAnswer::Right) - 0.91).abs() < 0.02, "{counts:?}");
        assert!((share(0, GraphAnswer::DontKnow) - 0.35).abs() < 0.02, "{counts:?}");
        assert!((share(0, GraphAnswer::Right) - 0.65 * 0.12).abs() < 0.02, "{counts:?}");
    }

    #[test]
    fn cycles_and_an_empty_graph_are_no_trouble() {
        assert!(GraphWorld::new(&[], Generator::Irt, 1).student(0).known.is_empty());
        let loops = [GraphSkill { topic: 0, needs: vec![1, 0] }, GraphSkill { topic: 0, needs: vec![0] }];
        for generator in ALL {
            assert_eq!(GraphWorld::new(&loops, generator, 1).student(0).known.len(), 2);
        }
    }
}
