//! What was said beside what came.

use engine::plan::{Day, Forecast, Target};
use serde::Serialize;

/// One forecast and what came.
pub struct Case {
    /// After so many sittings.
    pub moment: usize,
    pub kind: Kind,
    pub said: Forecast,
    pub naive: Forecast,
    /// The day on which it was met; none within the term.
    pub met: Option<Day>,
}

/// What a forecast is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Standard,
    Lesson,
    Skill,
}

impl Kind {
    /// Of a target.
    pub fn of(target: &Target) -> Self {
        match target {
            Target::Standard(_) => Self::Standard,
            Target::Lesson(_) => Self::Lesson,
            Target::Skill(_) => Self::Skill,
        }
    }
}

/// Some forecasts together.
#[derive(Debug, Serialize)]
pub struct Row {
    pub model: String,
    /// Hours of lessons before it was said; none: all moments.
    pub hours: Option<f64>,
    pub what: String,
    /// How far ahead the likely day lay.
    pub ahead: &'static str,
    /// Ranges that begin within the term.
    pub said: usize,
    /// Share of them that held what came, and that it came before or after.
    pub held: f64,
    pub sooner: f64,
    pub later: f64,
    /// Median width (Mondays to Fridays), what is beyond the term cut off.
    pub width_days: f64,
    pub naive_held: f64,
    pub naive_width_days: f64,
    /// Ranges that lie wholly after the term, and those of them of which nothing came within it.
    pub after_term_said: usize,
    pub after_term_right: usize,
}

/// How far ahead, in days.
const AHEAD: [(&str, Day, Day); 4] = [("any", 0, Day::MAX), ("week", 0, 7), ("month", 8, 30), ("later", 31, Day::MAX)];

/// The rows of a model: every kind, all moments and each, then by how far ahead.
pub fn rows(model: &str, moments: &[usize], cases: &[Case]) -> Vec<Row> {
    let mut rows = Vec::new();
    for kind in [Kind::Standard, Kind::Lesson, Kind::Skill] {
        for moment in std::iter::once(None).chain(moments.iter().copied().map(Some)) {
            for ahead in AHEAD.iter().filter(|ahead| ahead.0 == "any" || moment.is_none()) {
                let of = |case: &&Case| {
                    case.kind == kind && moment.is_none_or(|moment| case.moment == moment) && lies(case, ahead)
                };
                let some: Vec<&Case> = cases.iter().filter(of).collect();
                if !some.is_empty() {
                    rows.push(row(model, kind, moment, ahead.0, &some));
                }
            }
        }
    }
    rows
}

fn lies(case: &Case, (_, from, to): &(&str, Day, Day)) -> bool {
    let begun = super::day_of_sitting(case.moment - 1);
    (*from..=*to).contains(&case.said.likely.map_or(Day::MAX, |day| day - begun))
}

fn row(model: &str, kind: Kind, moment: Option<usize>, ahead: &'static str, cases: &[&Case]) -> Row {
    let (within, after): (Vec<&Case>, Vec<&Case>) = cases.iter().copied().partition(|case| case.said.from.is_some());
    let share =
        |of: &dyn Fn(&Case) -> bool| within.iter().filter(|case| of(case)).count() as f64 / within.len().max(1) as f64;
    let naively: Vec<&Case> = within.iter().copied().filter(|case| case.naive.from.is_some()).collect();
    let term_ends = cases.iter().filter_map(|case| case.said.to.max(case.met)).max().unwrap_or(0);
    Row {
        model: model.to_owned(),
        hours: moment.map(|moment| moment as f64 * f64::from(super::MINUTES) / 60.0),
        what: serde_json::to_value(kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default(),
        ahead,
        said: within.len(),
        held: share(&|case| held(&case.said, case.met)),
        sooner: share(&|case| sooner(&case.said, case.met)),
        later: share(&|case| !held(&case.said, case.met) && !sooner(&case.said, case.met)),
        width_days: median(within.iter().map(|case| width(&case.said, term_ends)).collect()),
        naive_held: naively.iter().filter(|case| held(&case.naive, case.met)).count() as f64
            / naively.len().max(1) as f64,
        naive_width_days: median(naively.iter().map(|case| width(&case.naive, term_ends)).collect()),
        after_term_said: after.len(),
        after_term_right: after.iter().filter(|case| case.met.is_none()).count(),
    }
}

/// A day that is none lies after the term, on both sides.
fn held(said: &Forecast, met: Option<Day>) -> bool {
    let day = |day: Option<Day>| day.unwrap_or(Day::MAX);
    (day(said.from)..=day(said.to)).contains(&day(met))
}

fn sooner(said: &Forecast, met: Option<Day>) -> bool {
    met.is_some_and(|met| said.from.is_none_or(|from| met < from))
}

fn width(said: &Forecast, term_ends: Day) -> f64 {
    let Some(from) = said.from else { return 0.0 };
    let to = said.to.unwrap_or(term_ends);
    // Day 0 was a Thursday.
    (from..=to).filter(|day| (day + 3).rem_euclid(7) < 5).count() as f64
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(from: Option<Day>, to: Option<Day>) -> Forecast {
        Forecast { target: Target::Standard("6.RP.1".into()), from, likely: from, to }
    }

    #[test]
    fn a_range_holds_what_came_on_its_days_and_a_term_without_it_only_where_it_is_open() {
        let range = said(Some(10), Some(20));
        assert!(held(&range, Some(10)) && held(&range, Some(20)) && !held(&range, None) && !held(&range, Some(9)));
        assert!(sooner(&range, Some(9)) && !sooner(&range, Some(21)) && !sooner(&range, None));
        let open = said(Some(10), None);
        assert!(held(&open, None) && held(&open, Some(99)) && !held(&said(None, None), Some(3)));
    }

    #[test]
    fn a_width_counts_mondays_to_fridays() {
        assert_eq!(width(&said(Some(20_703), Some(20_710)), 0), 6.0);
        assert_eq!(width(&said(Some(20_703), None), 20_704), 2.0);
    }
}
