//! Models side by side, in Markdown.

use serde_json::Value;
use std::fmt::Write as _;

/// Seconds of one fit.
#[derive(Clone, Copy, Default)]
pub struct Took {
    pub clock: Option<f64>,
    /// On the processor, where it is told.
    pub processor: Option<f64>,
}

/// One model on one log.
pub struct Row {
    log: String,
    model: String,
    /// AUC, RMSE, log loss and ECE.
    measures: [Option<f64>; 4],
    pub took: Vec<Took>,
    absent: Option<String>,
}

impl Row {
    pub fn measured(log: &str, model: &str, told: &Value, names: [&str; 4], took: Took) -> Self {
        let measures = names.map(|name| told[name].as_f64());
        Self { log: log.into(), model: model.into(), measures, took: vec![took], absent: None }
    }

    /// A part of the row before it, of which only the time is of interest.
    pub fn part(log: &str, model: &str, took: Took) -> Self {
        Self::measured(log, model, &Value::Null, [""; 4], took)
    }

    pub fn absent(log: &str, model: &str, why: &str) -> Self {
        Self { absent: Some(why.into()), took: vec![], ..Self::part(log, model, Took::default()) }
    }
}

/// The table; of several fits the median.
pub fn written(rows: &[Row]) -> String {
    let mut text = "| log | model | AUC | RMSE | log loss | ECE | fit, s | fit on the processor, s | fits |\n\
                    |---|---|---:|---:|---:|---:|---:|---:|---:|"
        .to_owned();
    for row in rows {
        write!(text, "\n| {} | {} |", row.log, row.model).expect("a string takes all");
        if let Some(why) = &row.absent {
            write!(text, " absent: {why} | | | | | | |").expect("a string takes all");
            continue;
        }
        for measure in row.measures {
            write!(text, " {} |", measure.map_or("".into(), |measure| format!("{measure:.4}"))).expect("as above");
        }
        for of in [|took: &Took| took.clock, |took: &Took| took.processor] {
            write!(text, " {} |", median(&row.took, of).map_or("".into(), |seconds| format!("{seconds:.3}")))
                .expect("as above");
        }
        write!(text, " {} |", row.took.len()).expect("a string takes all");
    }
    text
}

/// Nothing where one of them is not told.
fn median(took: &[Took], of: impl Fn(&Took) -> Option<f64>) -> Option<f64> {
    let mut all = took.iter().map(of).collect::<Option<Vec<f64>>>()?;
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_line_a_model_with_its_median_fit_and_what_is_absent_is_said_so() {
        let told = json!({"auc": 0.75, "rmse": 0.4, "log_loss": 0.5, "ece": 0.01});
        let took = |clock: f64| Took { clock: Some(clock), processor: None };
        let mut ours = Row::measured("a", "ours", &told, ["auc", "rmse", "log_loss", "ece"], took(3.0));
        ours.took.extend([took(1.0), took(2.0)]);
        let text = written(&[ours, Row::absent("a", "theirs", "no Python")]);
        let lines: Vec<&str> = text.lines().skip(2).collect();
        assert_eq!(
            lines,
            [
                "| a | ours | 0.7500 | 0.4000 | 0.5000 | 0.0100 | 2.000 |  | 3 |",
                "| a | theirs | absent: no Python | | | | | | |"
            ]
        );
    }
}
