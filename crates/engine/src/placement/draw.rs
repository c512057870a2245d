//! Seeded draws, fast enough for millions: quantile tables instead of logarithms.

use curriculum::template::Draw;
use libm::{log, sqrt};
use std::sync::LazyLock;

const NORMAL_BITS: u32 = 12;
const LOGISTIC_BITS: u32 = 10;

/// The tables, computed once: constants too long to write down.
static QUANTILES: LazyLock<Quantiles> = LazyLock::new(Quantiles::new);

/// Quantiles at the middles of equal slices, so that a few random bits are a draw.
struct Quantiles {
    normal: Vec<f32>,
    logistic: Vec<f32>,
    exponential: Vec<f32>,
}

impl Quantiles {
    fn new() -> Self {
        let slices = |bits: u32, quantile: fn(f64) -> f64| {
            let count = 1u32 << bits;
            (0..count).map(|slice| quantile((f64::from(slice) + 0.5) / f64::from(count)) as f32).collect()
        };
        Self {
            normal: slices(NORMAL_BITS, normal_quantile),
            logistic: slices(LOGISTIC_BITS, |u| log(u / (1.0 - u))),
            exponential: slices(LOGISTIC_BITS, |u| -log(1.0 - u)),
        }
    }
}

/// A stream of draws.
pub(super) struct Chance {
    source: Draw,
    quantiles: &'static Quantiles,
    held: u64,
    held_bits: u32,
}

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self { source: Draw::new(seed), quantiles: &QUANTILES, held: 0, held_bits: 0 }
    }

    pub(super) fn bits64(&mut self) -> u64 {
        self.source.bits()
    }

    fn bits(&mut self, count: u32) -> usize {
        if self.held_bits < count {
            self.held = self.source.bits();
            self.held_bits = 64;
        }
        let bits = self.held & ((1 << count) - 1);
        self.held >>= count;
        self.held_bits -= count;
        bits as usize
    }

    /// Mean 0, deviation 1.
    pub(super) fn normal(&mut self) -> f32 {
        let slice = self.bits(NORMAL_BITS);
        self.quantiles.normal[slice]
    }

    /// Within 0..1, in steps of 1/1024.
    pub(super) fn share(&mut self) -> f32 {
        (self.bits(LOGISTIC_BITS) as f32 + 0.5) / (1u32 << LOGISTIC_BITS) as f32
    }
}

/// Draws that belong to skills: what a skill draws does not depend on which others do.
#[derive(Clone, Copy)]
pub(super) struct OfSkills {
    seed: u64,
    quantiles: &'static Quantiles,
}

impl OfSkills {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, quantiles: &QUANTILES }
    }

    fn bits(self, skill: usize) -> usize {
        Draw::new(self.seed.wrapping_add((skill as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15))).bits() as u32 as usize
    }

    /// Mean 0, deviation 1; apart from the other draws of that skill.
    pub(super) fn normal(self, skill: usize) -> f32 {
        self.quantiles.normal[self.bits(skill) >> 20]
    }

    /// Mean 0, scale 1.
    pub(super) fn logistic(self, skill: usize) -> f32 {
        self.quantiles.logistic[self.bits(skill) % (1 << LOGISTIC_BITS)]
    }

    /// Mean 1.
    pub(super) fn exponential(self, skill: usize) -> f32 {
        self.quantiles.exponential[self.bits(skill) % (1 << LOGISTIC_BITS)]
    }
}

/// Chance that a normal draw is below `z` (by `erfc`).
pub(super) fn normal_share(z: f32) -> f32 {
    0.5 * libm::erfcf(-z * std::f32::consts::FRAC_1_SQRT_2)
}

/// The normal quantile after Acklam (2003), error below 1.2e-9 relative. `u` lies strictly within 0..1.
fn normal_quantile(u: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] =
        [0.007_784_695_709_041_462, 0.322_467_129_070_039_8, 2.445_134_137_142_996, 3.754_408_661_907_416];
    let tail = |u: f64| {
        let q = sqrt(-2.0 * log(u));
        (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
            / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0)
    };
    if u < 0.02425 {
        return tail(u);
    }
    if u > 1.0 - 0.02425 {
        return -tail(1.0 - u);
    }
    let (q, r) = (u - 0.5, (u - 0.5) * (u - 0.5));
    (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
        / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
}
