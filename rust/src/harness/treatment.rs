use super::{Distribution, Error};
use std::collections::BTreeMap;

/// What a workload is prepared for: one level of each factor.
#[derive(Debug, Clone, Default)]
pub struct Treatment {
    path: String,
    seed: u64,
    records: Distribution,
    values: BTreeMap<String, Value>,
}

/// A level of a parameter: as it was written, and as a number in the base unit of its dimension (bytes, seconds, a
/// fraction, per second, a count) when it is one.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// As it was written.
    pub text: String,
    /// In base units.
    pub number: Option<f64>,
}

impl Treatment {
    /// A treatment without parameters.
    pub fn new(path: &str, seed: u64, records: Distribution) -> Self {
        Self {
            path: path.to_owned(),
            seed,
            records,
            values: BTreeMap::new(),
        }
    }

    /// Sets a parameter.
    pub fn set(&mut self, name: &str, value: Value) {
        self.values.insert(name.to_owned(), value);
    }

    /// Empty when the workload knows none.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Seed of the inputs.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Which records of a population the inputs are made of.
    pub fn records(&self) -> &Distribution {
        &self.records
    }

    /// A parameter as it was written, or the fallback when it was not set.
    pub fn text<'a>(&'a self, name: &str, fallback: &'a str) -> &'a str {
        self.values.get(name).map_or(fallback, |value| &value.text)
    }

    /// A parameter as a whole number in base units: `4 KiB` is 4096; the fallback when it was not set.
    pub fn int(&self, name: &str, fallback: usize) -> Result<usize, Error> {
        match self.values.get(name) {
            None => Ok(fallback),
            Some(Value {
                number: Some(number),
                ..
            }) if *number >= 0.0 && number.fract() == 0.0 => Ok(*number as usize),
            Some(value) => {
                Err(format!("{name} must be a whole number, not {:?}", value.text).into())
            }
        }
    }

    /// A parameter as a number in base units: `20 µs` is 0.00002; the fallback when it was not set.
    pub fn float(&self, name: &str, fallback: f64) -> Result<f64, Error> {
        match self.values.get(name) {
            None => Ok(fallback),
            Some(Value {
                number: Some(number),
                ..
            }) => Ok(*number),
            Some(value) => Err(format!("{name} must be a number, not {:?}", value.text).into()),
        }
    }

    /// The parameters that were set, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }
}

impl Value {
    /// Reads a level as a spec writes it: `64 KiB`, `20 µs`, `3`, or any word.
    pub fn read(text: &str) -> Self {
        let trimmed = text.trim();
        let end = trimmed
            .rfind(|c: char| c.is_ascii_digit() || c == '.')
            .map_or(0, |last| last + 1);
        let number = match (trimmed[..end].parse::<f64>(), factor(trimmed[end..].trim())) {
            (Ok(number), Some(factor)) => Some(number * factor),
            _ => None,
        };
        Self {
            text: text.to_owned(),
            number,
        }
    }
}

/// The spellings of a spec, over the base unit of their dimension.
fn factor(unit: &str) -> Option<f64> {
    Some(match unit {
        "" | "B" | "s" | "/s" | "/op" => 1.0,
        "kB" | "KB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        "KiB" => 1024.0,
        "MiB" => 1_048_576.0,
        "GiB" => 1_073_741_824.0,
        "ns" => 1e-9,
        "us" | "\u{b5}s" | "\u{3bc}s" => 1e-6,
        "ms" => 1e-3,
        "min" => 60.0,
        "h" => 3600.0,
        "%" => 0.01,
        _ => return None,
    })
}
