//! Chance from a seed (SplitMix64, Steele, Lea and Flood 2014): small, fast, the same on every machine.

/// A stream of draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Another stream, decided by this seed and a name: what is drawn from one never shifts the other.
    pub fn named(seed: u64, name: &str) -> Self {
        // FNV-1a spreads the name over the seed; the first draw mixes both.
        let hash = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        let mut chance = Self(seed ^ hash);
        chance.bits();
        chance
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but never, 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with this probability.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A place within a row of `count`; 0 where there is none.
    pub fn below(&mut self, count: usize) -> usize {
        ((self.unit() * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// One of a row.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let place = self.below(of.len());
        of.get(place)
    }

    /// Normally distributed around 0 with deviation 1 (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let (radius, angle) = (1.0 - self.unit(), self.unit());
        (-2.0 * libm::log(radius)).sqrt() * libm::cos(2.0 * std::f64::consts::PI * angle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_gives_the_same_stream_and_names_give_others() {
        let draw = |mut chance: Chance| (0..4).map(|_| chance.bits()).collect::<Vec<_>>();
        assert_eq!(draw(Chance::new(7)), draw(Chance::new(7)));
        assert_ne!(draw(Chance::named(7, "truth")), draw(Chance::named(7, "answers")));
    }

    #[test]
    fn draws_have_the_mean_and_spread_they_promise() {
        let mut chance = Chance::new(1);
        let units: f64 = (0..20_000).map(|_| chance.unit()).sum::<f64>() / 20_000.0;
        let normals: Vec<f64> = (0..20_000).map(|_| chance.normal()).collect();
        let spread = normals.iter().map(|draw| draw * draw).sum::<f64>() / 20_000.0;
        assert!((units - 0.5).abs() < 0.01 && (spread - 1.0).abs() < 0.05, "{units} {spread}");
    }
}
