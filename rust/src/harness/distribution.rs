use super::Error;
use std::f64::consts::LN_2;

/// How often each record of a population is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distribution {
    /// Always the same record.
    Constant {
        /// Its number.
        at: u32,
    },
    /// Every record as often.
    Uniform {
        /// Size of the population.
        of: u32,
    },
    /// The record of rank r, from 0, in proportion to (r+1)^-s.
    Zipf {
        /// Size of the population.
        of: u32,
        /// Exponent.
        s: f64,
    },
}

impl Default for Distribution {
    fn default() -> Self {
        Self::Constant { at: 0 }
    }
}

const MAX_POPULATION: u32 = 1 << 24;

impl Distribution {
    pub(super) fn check(&self) -> Result<(), Error> {
        let (name, size, s) = match *self {
            Self::Constant { at } => ("constant", at.saturating_add(1), 0.0),
            Self::Uniform { of } => ("uniform", of, 0.0),
            Self::Zipf { of, s } => ("zipf", of, s),
        };
        if !(1..=MAX_POPULATION).contains(&size) {
            return Err(
                format!("records: {name} needs 1 <= of <= {MAX_POPULATION}, not {size}").into(),
            );
        }
        if !(0.0..=16.0).contains(&s) {
            return Err(format!("records: zipf needs 0 <= s <= 16, not {s}").into());
        }
        Ok(())
    }

    /// Begins the sequence of a seed: an endless sequence of record numbers.
    pub fn draws(&self, seed: u64) -> Draws {
        let shares = match *self {
            Self::Zipf { of, s } => zipf_shares(s, of),
            _ => Vec::new(),
        };
        Draws {
            random: Random::new(seed),
            distribution: *self,
            shares,
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
/// The Go package draws the same numbers from the same seed, bit for bit.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Starts a sequence.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 random bits.
    #[allow(clippy::should_implement_trait)] // it never ends, and the Go side calls it so
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to n-1. Its bias, at most n in 2^64, is left in: a fixed number of draws a number keeps
    /// sequences aligned.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }
}

/// An endless sequence of record numbers.
#[derive(Debug, Clone)]
pub struct Draws {
    random: Random,
    distribution: Distribution,
    /// zipf: cumulated, ascending to 1.
    shares: Vec<f64>,
}

impl Draws {
    /// The number of the next record.
    #[allow(clippy::should_implement_trait)] // as in `Random`
    pub fn next(&mut self) -> u32 {
        match self.distribution {
            Distribution::Constant { at } => at,
            Distribution::Uniform { of } => self.random.below(u64::from(of)) as u32,
            Distribution::Zipf { of, .. } => {
                let point = (self.random.next() >> 11) as f64 * (0.5f64).powi(53);
                let rank = self.shares.partition_point(|share| *share <= point) as u32;
                rank.min(of - 1)
            }
        }
    }
}

fn zipf_shares(s: f64, of: u32) -> Vec<f64> {
    let mut total = 0.0;
    let mut shares: Vec<f64> = (1..=of)
        .map(|rank| {
            total += exponential(-s * logarithm(f64::from(rank)));
            total
        })
        .collect();
    for share in &mut shares {
        *share /= total;
    }
    shares
}

/// This and `exponential` use only correctly rounded operations in a fixed order, so that Go gets the same bits: the
/// libraries' own differ in the last place, which would move a draw.
fn logarithm(x: f64) -> f64 {
    // x = fraction * 2^exponent, 0.5 <= fraction < 1; x is a whole number, so never subnormal.
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i32 - 1022;
    let fraction = f64::from_bits((bits & !(0x7ff << 52)) | (1022 << 52));
    let z = (fraction - 1.0) / (fraction + 1.0);
    let square = z * z;
    let mut sum = 0.0;
    for k in (1..=39).rev().step_by(2) {
        sum = sum * square + 1.0 / f64::from(k);
    }
    2.0 * z * sum + f64::from(exponent) * LN_2
}

fn exponential(x: f64) -> f64 {
    let halvings = (x / LN_2).floor();
    let rest = x - halvings * LN_2;
    let mut sum = 1.0;
    for k in (1..=24).rev() {
        sum = 1.0 + sum * rest / f64::from(k);
    }
    // -16 ln 2^24 is about -266: the power is far from the subnormal numbers.
    sum * f64::from_bits(((1023 + halvings as i64) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn sequences_are_those_of_the_shared_vectors() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../../go/harness/testdata/sequences.json"))
                .unwrap();
        for case in vectors["sequences"].as_array().unwrap() {
            let seed: u64 = case["seed"].as_str().unwrap().parse().unwrap();
            let of = case["of"].as_u64().unwrap_or(0) as u32;
            let distribution = match case["distribution"].as_str().unwrap() {
                "constant" => Distribution::Constant {
                    at: case["at"].as_u64().unwrap() as u32,
                },
                "uniform" => Distribution::Uniform { of },
                _ => Distribution::Zipf {
                    of,
                    s: case["s"].as_f64().unwrap(),
                },
            };
            distribution.check().unwrap();
            let mut draws = distribution.draws(seed);
            for expected in case["draws"].as_array().unwrap() {
                assert_eq!(
                    u64::from(draws.next()),
                    expected.as_u64().unwrap(),
                    "{case}"
                );
            }
        }
        for case in vectors["bits"].as_array().unwrap() {
            let mut random = Random::new(case["seed"].as_str().unwrap().parse().unwrap());
            for expected in case["bits"].as_array().unwrap() {
                assert_eq!(random.next().to_string(), expected.as_str().unwrap());
            }
        }
    }

    #[test]
    fn shares_are_close_to_the_library_s_powers() {
        let shares = zipf_shares(1.1, 4096);
        let total: f64 = (1..=4096).map(|rank| f64::from(rank).powf(-1.1)).sum();
        assert!((shares[0] - 1.0 / total).abs() < 1e-13);
        assert_eq!(shares[4095], 1.0);
    }
}
