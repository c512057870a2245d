//! Where a curve meets the axes, as far as it can be shown: a key that says otherwise is wrong.

use super::agreement::{Disagreement, read, renamed};
use super::keys::Asked;
use super::text::{bare, formulas};
use curriculum::Interaction;
use math::{Kind, Same};

/// Whole numbers tried as roots: school books hardly ever leave them.
const ROOTS: std::ops::RangeInclusive<i32> = -20..=20;

/// Whether the key says that a curve has no root though it has one, or names another height on the y-axis.
pub fn disagreement(asked: &Asked<'_>, interaction: &Interaction) -> Option<Disagreement> {
    let curve = curve(asked.prompt)?;
    let height = |x: i32| {
        let at = renamed(curve, &[&"x".to_owned()], &[&format!("({x})")]);
        read(&at, Kind::Expression)
    };
    let equals = |x: i32, value: &str| Some(math::same(&height(x)?, &read(value, Kind::Expression)?));
    match interaction {
        Interaction::Choice { options, .. } => {
            let key = options.iter().find(|option| option.correct)?.text.get(asked.lang);
            let denies = bare(key).starts_with("noreal") || bare(key).starts_with("noxintercept");
            let root = ROOTS.into_iter().find(|x| equals(*x, "0") == Some(Same::Equal)).filter(|_| denies)?;
            let detail = format!("the key says `{key}`, but `{curve}` is 0 where x is {root}");
            Some(Disagreement { code: "key_denies_roots", detail })
        }
        Interaction::Numeric(key) if bare(asked.step).contains("findtheyintercept") => {
            let key = &key.accepted[0];
            let other = equals(0, key) == Some(Same::Different);
            let detail = format!("the key says `{key}`, but that is not the value of `{curve}` where x is 0");
            other.then_some(Disagreement { code: "key_not_intercept", detail })
        }
        _ => None,
    }
}

/// The right side of the one `y=...` in x of a prompt.
fn curve(prompt: &str) -> Option<&str> {
    let mut curves = formulas(prompt).into_iter().filter_map(|formula| formula.strip_prefix("y="));
    let first = curves.next()?;
    let letters: Vec<String> = read(first, Kind::Expression)?.letters().into_iter().collect();
    (letters == ["x"] && curves.all(|other| other == first)).then_some(first)
}
