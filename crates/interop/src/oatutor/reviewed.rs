//! Keys that no rule can show to be wrong, and a person who solved the question did. Each is named with the key as it was read:
//! once it is mended upstream, the step is asked again.

use super::agreement::Disagreement;
use super::keys::Asked;

/// Step, key upstream, and what is wrong with it.
const WRONG: &[(&str, &str, &str)] = &[
    ("a2ef97dGrphingQuads11a", r"$$\frac{3}{2}$$", "the curve meets the axis where x is (3 ± 3√2)/2"),
    ("a3c2b68root6a", "a) $$16$$ b) $$25$$", "the second one is no real number, or -20"),
    ("a3e5c4cpercent15a", "$$26.1$$", "60 of 230 is 26.087 %, and nothing says how to round"),
    (
        "a4d2b33use16a",
        "$$19$$ and $$24$$, $$4x^3$$ and $$6x^3$$, $$3x^2$$ and $$8^2$$",
        "the terms are 3x² and 8x², which another option has",
    ),
    ("a53b893whole26a", "trillions", "the 9 of 519,711,641,328 stands for billions"),
    (
        "acf3da9gaussian10a",
        "x,(2−2x)/3,(1−x)/3",
        "y and z may as well be the letter that stays, and nothing says which",
    ),
    ("ae9e419IneqApp1a", "$$1875$$", "a third of 5,265 is 1,755"),
    ("afaf721inequalities2c", r"$$(-\infty,\frac{3}{4}]$$", "that is x at most 3/4, and no option is at least 3/4"),
    ("afaf721inequalities3c", r"$$(\infty,\frac{-2}{3})$$", "an interval does not begin at infinity"),
];

/// Whether the key is one of those.
pub fn disagreement(asked: &Asked<'_>) -> Option<Disagreement> {
    let key = asked.answers.first()?.trim();
    let (_, _, why) = WRONG.iter().find(|(place, wrong, _)| *place == asked.place && *wrong == key)?;
    Some(Disagreement { code: "key_reviewed", detail: format!("the key `{key}` is wrong: {why}") })
}
