//! Who might be sitting there: a mixture of populations, since no single one is right for every child.
//!
//! A possible student is a handful of normal numbers, and from them follows for every skill how likely it is known:
//! *levels* (ability, area, topic and height), *strands* (each topic learned up to its own place) or *growth* (skills
//! learned one by one along the needed edges). How sharp these shapes are, how much topics differ, how many holes
//! and islands there are is drawn for every possible student anew, from even to all but random, so that
//! the answers decide how far one answer speaks for skills that were never asked. Needed edges bind, with a small
//! leak; helping edges never do.

use super::{
    Terrain,
    draw::{Chance, normal_share},
    shape::{Curve, Near, Shapes},
};

/// Share of each kind: levels, strands, growth; growth only where edges give it a shape.
const MIX_ALONG_EDGES: [f32; 3] = [0.35, 0.15, 0.50];
const MIX_WITHOUT_EDGES: [f32; 3] = [0.60, 0.40, 0.0];
/// How much a grade above the seventh raises the expected ability (deviations), at most by `GRADE_MAX`.
const GRADE_STEP: f64 = 0.10;
const GRADE_MAX: f64 = 0.4;

/// Places of a possible student's numbers; areas and topics follow.
pub(super) const ABILITY: usize = 0;
pub(super) const SHARPNESS: usize = 1;
pub(super) const SPREAD: usize = 2;
pub(super) const AREA_SPREAD: usize = 3;
pub(super) const HOLINESS: usize = 4;
pub(super) const ISLANDNESS: usize = 5;
pub(super) const SLOPE: usize = 6;
pub(super) const ROUGHNESS: usize = 7;
pub(super) const AREAS: usize = 8;

/// How knowledge is shaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Easier skills first, everywhere.
    Levels,
    /// Topic by topic.
    Strands,
    /// One ready skill after the other.
    Growth,
}

/// What happens to skills known without what they need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closure {
    /// They are lost.
    Down,
    /// What they need is known too.
    Up,
    /// They stay.
    Open,
}

/// What is not a number about a possible student.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub kind: Kind,
    pub closure: Closure,
    /// Seed of what is drawn skill by skill.
    pub noise: u64,
}

/// Draws possible students over one terrain.
#[derive(Clone, Debug)]
pub(super) struct Population {
    mix: [f32; 3],
    numbers: usize,
    shapes: Shapes,
}

impl Population {
    pub(super) fn new(terrain: &Terrain) -> Self {
        let mix = if terrain.hangs_together() { MIX_ALONG_EDGES } else { MIX_WITHOUT_EDGES };
        let shapes = Shapes::new(terrain);
        Self { mix, numbers: AREAS + shapes.areas + terrain.strands.len(), shapes }
    }

    /// Numbers that make a possible student.
    pub(super) fn numbers(&self) -> usize {
        self.numbers
    }

    /// A possible student, its numbers written to `numbers`.
    pub(super) fn draw(&self, numbers: &mut [f32], chance: &mut Chance) -> Head {
        numbers.iter_mut().for_each(|number| *number = chance.normal());
        Head { kind: self.kind(chance), closure: closure(chance), noise: chance.bits64() }
    }

    fn kind(&self, chance: &mut Chance) -> Kind {
        let at = chance.share();
        match self.mix {
            [levels, ..] if at < levels => Kind::Levels,
            [levels, strands, _] if at < levels + strands => Kind::Strands,
            _ => Kind::Growth,
        }
    }

    /// A neighbour of a possible student: a proposal under which the population itself stays as it is
    /// (preconditioned Crank-Nicolson; Cotter, Roberts, Stuart and White 2013). It moves what holds for all skills,
    /// or the topics, or everything; now and then the kind.
    pub(super) fn neighbour(&self, of: (&[f32], Head), to: &mut [f32], chance: &mut Chance) -> Head {
        let (from, mut head) = of;
        let way = chance.share();
        // Keep and move are cosine and sine of one angle.
        let (all, topics) = match way {
            way if way < 0.40 => ((0.80, 0.60), (1.0, 0.0)),
            way if way < 0.70 => ((1.0, 0.0), (0.60, 0.80)),
            _ => ((0.92, 0.391_918_36), (0.80, 0.60)),
        };
        for (nth, (to, from)) in to.iter_mut().zip(from).enumerate() {
            let (keep, step) = if nth < AREAS { all } else { topics };
            *to = if step > 0.0 { keep * from + step * chance.normal() } else { *from };
        }
        if way >= 0.85 {
            head.kind = self.kind(chance);
            head.closure = closure(chance);
        }
        if chance.share() < 0.5 {
            head.noise = chance.bits64();
        }
        head
    }

    /// How likely each skill (or each near one) is known to this student: levels, written to `levels`, and the curve
    /// to read them on.
    pub(super) fn form(
        &self,
        terrain: &Terrain,
        student: (&[f32], Head),
        near: Option<&Near>,
        levels: &mut Vec<f32>,
    ) -> Curve {
        self.shapes.form(terrain, student, near, levels)
    }
}

fn closure(chance: &mut Chance) -> Closure {
    match chance.share() {
        at if at < 0.4 => Closure::Down,
        at if at < 0.8 => Closure::Up,
        _ => Closure::Open,
    }
}

/// How much likelier an ability is in a grade than over all grades: its mean is shifted a little.
pub(super) fn weight_in(grade: u8, ability: f32) -> f64 {
    let mean = ((f64::from(grade) - 7.0) * GRADE_STEP).clamp(-GRADE_MAX, GRADE_MAX);
    libm::exp(mean * f64::from(ability) - mean * mean / 2.0)
}

/// A normal number as a share within 0..1.
pub(super) fn share_of(number: f32) -> f32 {
    normal_share(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placement::TerrainSkill;

    /// Sixty skills in six topics; each from the fifth on needs two before it.
    fn terrain() -> Terrain {
        let needs = |nth: usize| if nth < 5 { vec![] } else { vec![nth / 2, nth - 5] };
        let skill = |nth: usize| TerrainSkill {
            id: format!("s{nth:02}"),
            topic: format!("t{}", nth % 6),
            area: format!("a{}", nth % 2),
            needs: needs(nth).into_iter().map(|below| format!("s{below:02}")).collect(),
        };
        Terrain::new(&(0..60).map(skill).collect::<Vec<_>>())
    }

    #[test]
    fn near_skills_alone_are_formed_as_among_all() {
        let terrain = terrain();
        let population = Population::new(&terrain);
        let mut chance = Chance::new(5);
        let mut numbers = vec![0.0; population.numbers()];
        let (mut all, mut few) = (Vec::new(), Vec::new());
        let asked = [3, 17, 30, 31, 52];
        let near = Near::new(&terrain, asked.into_iter());
        for _ in 0..400 {
            let head = population.draw(&mut numbers, &mut chance);
            let curve = population.form(&terrain, (&numbers, head), None, &mut all);
            let nearly = population.form(&terrain, (&numbers, head), Some(&near), &mut few);
            for skill in asked {
                assert_eq!(curve.byte(all[skill]), nearly.byte(few[skill]), "{head:?}, skill {skill}");
            }
        }
    }
}
