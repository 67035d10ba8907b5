//! Counts positive numbers in base-2 exponential buckets at scale 6, with the bounds of OpenTelemetry's exponential
//! histogram: bucket `i` holds numbers in (2^(i/64), 2^((i+1)/64)] and is 1.1 % wide. Every number falls into the same
//! bucket as in Go (`seamark.dev/go/histogram`) and TypeScript (`bucket.ts`): no logarithm is taken. Merging adds counts.

#[path = "histogram_gen.rs"]
mod layout;
use layout::BOUNDS;

const BUCKETS_PER_OCTAVE: i32 = 64;
const MANTISSA_BITS: u32 = 52;
/// The mantissa's highest bits choose one of 128 parts of an octave, none of which holds more than one bound.
const PART_BITS: u32 = 7;

/// A part of an octave: how many bounds lie below it, and the bound inside it.
#[derive(Clone, Copy)]
struct Part {
    before: i32,
    inside: u64,
}

static OCTAVE: [Part; 1 << PART_BITS] = cut_octave();

const fn cut_octave() -> [Part; 1 << PART_BITS] {
    let mut table = [Part {
        before: 0,
        inside: u64::MAX,
    }; 1 << PART_BITS];
    let width = 1 << (MANTISSA_BITS - PART_BITS);
    let mut part = 0;
    while part < table.len() {
        let start = part as u64 * width;
        let mut bound = 0;
        while bound < BOUNDS.len() {
            if BOUNDS[bound] < start {
                table[part].before += 1;
            } else if BOUNDS[bound] < start + width {
                table[part].inside = BOUNDS[bound];
            }
            bound += 1;
        }
        part += 1;
    }
    table
}

/// The index `i` with 2^(i/64) < value <= 2^((i+1)/64), for a positive and finite value; of others it means nothing.
#[must_use]
pub fn bucket(value: f64) -> i32 {
    // Subnormal numbers have no leading one: lifted by 54 octaves they have.
    let lifted = if value < f64::MIN_POSITIVE { 54 } else { 0 };
    let bits = if lifted > 0 {
        (value * (1_u64 << 54) as f64).to_bits()
    } else {
        value.to_bits()
    };
    let mantissa = bits & ((1 << MANTISSA_BITS) - 1);
    let exponent = (bits >> MANTISSA_BITS) as i32 - 1023 - lifted;
    if mantissa == 0 {
        return exponent * BUCKETS_PER_OCTAVE - 1; // a power of two ends the bucket before it
    }
    let part = OCTAVE[(mantissa >> (MANTISSA_BITS - PART_BITS)) as usize];
    exponent * BUCKETS_PER_OCTAVE + part.before + i32::from(mantissa > part.inside)
}

/// The counts of neighbouring buckets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// Zeros were counted by themselves.
    pub zeros: u64,
    /// Refused values were negative, infinite or not a number, and are in no bucket.
    pub refused: u64,
    /// Index of the first bucket of `counts`.
    pub offset: i32,
    /// Counts of neighbouring buckets; may begin and end with zeros.
    pub counts: Vec<u64>,
}

impl Histogram {
    /// Counts a value. Allocates only when it lies in an octave that none before it lay in or between.
    pub fn add(&mut self, value: f64) {
        if value > 0.0 && value.is_finite() {
            self.add_to(bucket(value), 1);
        } else if value == 0.0 {
            self.zeros += 1;
        } else {
            self.refused += 1;
        }
    }

    /// Adds another's counts: as if every value of both had been added to one.
    pub fn merge(&mut self, other: &Self) {
        self.zeros += other.zeros;
        self.refused += other.refused;
        for (index, &count) in (other.offset..).zip(&other.counts) {
            if count > 0 {
                self.add_to(index, count);
            }
        }
    }

    /// How many values were counted, zeros included.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.zeros + self.counts.iter().sum::<u64>()
    }

    fn add_to(&mut self, index: i32, count: u64) {
        if index < self.offset || index >= self.end() {
            self.reach(index);
        }
        self.counts[(index - self.offset) as usize] += count;
    }

    fn end(&self) -> i32 {
        self.offset + self.counts.len() as i32
    }

    /// Widens the counts to whole octaves that hold the index.
    fn reach(&mut self, index: i32) {
        let first = index & !(BUCKETS_PER_OCTAVE - 1);
        if self.counts.is_empty() {
            self.offset = first;
        }
        let missing = (self.offset - first).max(0) as usize;
        self.counts.splice(0..0, std::iter::repeat(0).take(missing));
        self.offset = self.offset.min(first);
        let end = self.end().max(first + BUCKETS_PER_OCTAVE);
        self.counts.resize((end - self.offset) as usize, 0);
    }
}

#[cfg(test)]
#[path = "histogram_test.rs"]
mod tests;
