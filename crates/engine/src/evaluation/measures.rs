//! Four measures of predictions: do they rank, how far are they off, what do they cost, do they mean what they say.

use super::Predicted;
use libm::{log, sqrt};
use serde::{Deserialize, Serialize};

/// Bins of the calibration error, of equal width.
const BINS: usize = 15;
/// Chances are kept that far from certainty before a logarithm is taken.
const CERTAIN: f64 = 1e-6;

/// The measures; of no answers all 0, and AUC .5 where there is nothing to rank.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// Chance that a right answer was given more than a wrong one (ties count half).
    pub auc: f64,
    /// Root of the mean squared error.
    pub rmse: f64,
    /// Mean negative log likelihood (nats).
    pub log_loss: f64,
    /// Mean distance of chance and share of rights over 15 bins of equal width, weighted by answers.
    pub ece: f64,
}

/// Measures predictions.
pub fn measure(predicted: &[Predicted]) -> Measures {
    let answers = predicted.len().max(1) as f64;
    let (mut squares, mut loss) = (0.0, 0.0);
    for one in predicted {
        let right = f64::from(u8::from(one.right));
        let p = one.p.clamp(CERTAIN, 1.0 - CERTAIN);
        squares += (right - p) * (right - p);
        loss -= log(if one.right { p } else { 1.0 - p });
    }
    let off: f64 = bins(predicted).iter().map(|(_, chance, right)| (chance - right).abs()).sum();
    Measures { auc: auc(predicted), rmse: sqrt(squares / answers), log_loss: loss / answers, ece: off / answers }
}

/// Answers, and the sums of their chances and rights, in bins of equal width.
pub(super) fn bins(predicted: &[Predicted]) -> [(u32, f64, f64); BINS] {
    let mut bins = [(0, 0.0, 0.0); BINS];
    for one in predicted {
        let p = one.p.clamp(CERTAIN, 1.0 - CERTAIN);
        let bin = &mut bins[((p * BINS as f64) as usize).min(BINS - 1)];
        *bin = (bin.0 + 1, bin.1 + p, bin.2 + f64::from(u8::from(one.right)));
    }
    bins
}

/// By ranks (Mann and Whitney 1947), ties at their mean rank.
fn auc(predicted: &[Predicted]) -> f64 {
    let mut order: Vec<&Predicted> = predicted.iter().collect();
    order.sort_by(|one, other| one.p.total_cmp(&other.p));
    let (mut ranks, mut before) = (0.0, 0.0);
    for tied in order.chunk_by(|one, other| one.p == other.p) {
        let rank = before + (tied.len() as f64 + 1.0) / 2.0;
        ranks += rank * tied.iter().filter(|one| one.right).count() as f64;
        before += tied.len() as f64;
    }
    let right = predicted.iter().filter(|one| one.right).count() as f64;
    let wrong = predicted.len() as f64 - right;
    if right == 0.0 || wrong == 0.0 { 0.5 } else { (ranks - right * (right + 1.0) / 2.0) / (right * wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(predicted: &[(f64, bool)]) -> Measures {
        measure(&predicted.iter().map(|(p, right)| Predicted { row: 0, p: *p, right: *right }).collect::<Vec<_>>())
    }

    #[test]
    fn ranks_ties_and_distances_are_counted_by_hand() {
        let measures = of(&[(0.9, true), (0.6, false), (0.6, true), (0.1, false)]);
        assert!((measures.auc - 0.875).abs() < 1e-12, "three pairs of four in order, one tied");
        assert!((measures.rmse - sqrt((0.01 + 0.36 + 0.16 + 0.01) / 4.0)).abs() < 1e-12);
        assert!((measures.ece - (0.1 + 0.2 + 0.1) / 4.0).abs() < 1e-12, "the two at .6 share a bin");
        assert!((measures.log_loss - (-(2.0 * log(0.9) + log(0.4) + log(0.6)) / 4.0)).abs() < 1e-12);
    }

    #[test]
    fn nothing_to_rank_is_half() {
        assert_eq!(of(&[]), Measures { auc: 0.5, rmse: 0.0, log_loss: 0.0, ece: 0.0 });
        let measures = of(&[(1.0, true), (1.0, true)]);
        assert!(measures.auc == 0.5 && measures.log_loss < 1e-5);
    }
}
