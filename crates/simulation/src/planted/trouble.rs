//! What trouble looks like from outside.

use super::{
    Trouble,
    ordinary::{Pen, question},
    person::{Person, SKILLS},
};
use crate::Chance;

pub(super) fn write(person: &mut Person, chance: &mut Chance, pen: &mut Pen, trouble: Trouble) {
    let skill = chance.below(SKILLS);
    let out_of_reach = person.unknown().unwrap_or(skill);
    match trouble {
        Trouble::Hurries => hurries(person, chance, pen),
        Trouble::FlicksHints => flicks(person, chance, pen),
        Trouble::Stuck => stuck(person, chance, pen, skill),
        Trouble::Spins => spins(person, chance, pen, out_of_reach),
        Trouble::WrongIdea => wrong_idea(person, chance, pen, skill),
    }
}

/// Presses whatever is there, now and then with a look at the question.
fn hurries(person: &mut Person, chance: &mut Chance, pen: &mut Pen) {
    for _ in 0..6 + chance.below(9) {
        let skill = chance.below(SKILLS);
        if chance.happens(0.15) {
            question(person, chance, pen, skill);
            continue;
        }
        pen.begin(person, chance, skill);
        let took = 450.0 * libm::exp(0.5 * chance.normal()) + 400.0 * chance.unit();
        let right = chance.happens(person.skills[skill].guess.min(0.5));
        pen.answer(person, right, None, took as i64);
    }
}

/// Goes for the answer in the last hint.
fn flicks(person: &mut Person, chance: &mut Chance, pen: &mut Pen) {
    for _ in 0..4 + chance.below(6) {
        let skill = chance.below(SKILLS);
        if chance.happens(0.2) {
            question(person, chance, pen, skill);
            continue;
        }
        pen.begin(person, chance, skill);
        if chance.happens(0.5) {
            pen.answer(person, false, None, person.thinks(chance) / 3 + 800);
        }
        let hints = 2 + chance.below(3);
        for nth in 0..hints {
            let after =
                if nth == 0 { 600 + (chance.unit() * 5_000.0) as i64 } else { 250 + (chance.unit() * 1_050.0) as i64 };
            pen.hint(nth + 1 == hints, after);
        }
        pen.answer(person, true, None, 1_500 + (chance.unit() * 3_000.0) as i64);
    }
}

/// Stays with one question many times as long as usual, with a sign of life now and then.
fn stuck(person: &mut Person, chance: &mut Chance, pen: &mut Pen, skill: usize) {
    pen.begin(person, chance, skill);
    let until = pen.now + (person.usual_ms * (5.0 + 6.0 * chance.unit())).max(150_000.0 * person.time_factor) as i64;
    while pen.now < until {
        let pause = 25_000 + (chance.unit() * 80_000.0) as i64;
        if chance.happens(0.25) {
            pen.hint(false, pause);
        } else {
            pen.answer(person, false, None, pause);
        }
    }
    pen.answer(person, chance.happens(0.5), None, 8_000);
}

/// The skill is out of reach today: every question of it is a guess.
fn spins(person: &mut Person, chance: &mut Chance, pen: &mut Pen, skill: usize) {
    let reach = 0.02 + 0.16 * chance.unit();
    for _ in 0..8 + chance.below(7) {
        pen.begin(person, chance, skill);
        person.skills[skill].tries += 1;
        let right = chance.happens(reach);
        pen.answer(person, right, None, person.thinks(chance));
        if !right {
            for nth in 0..chance.below(3) {
                pen.hint(nth == 2, person.reads_hint(chance));
            }
            pen.answer(person, chance.happens(0.5), None, person.thinks(chance) / 2);
        }
    }
}

/// Most answers follow the wrong idea, on new numbers each time.
fn wrong_idea(person: &mut Person, chance: &mut Chance, pen: &mut Pen, skill: usize) {
    let idea = skill as u32 * 2 + chance.below(2) as u32;
    let holds = 0.6 + 0.35 * chance.unit();
    for _ in 0..4 + chance.below(5) {
        pen.begin(person, chance, skill);
        let by_idea = chance.happens(holds);
        let right = !by_idea && chance.happens(0.4);
        pen.answer(person, right, by_idea.then_some(idea), person.thinks(chance));
        if !right {
            pen.answer(
                person,
                chance.happens(0.4),
                (by_idea && chance.happens(0.3)).then_some(idea),
                person.thinks(chance) / 2,
            );
        }
    }
}
