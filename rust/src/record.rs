//! Reads and writes the probe's record file, as Go, C and TypeScript do: the layout is generated from
//! `format/record.json`, what it means is told in `docs/record.md`. No dependencies, no `unsafe`.

use std::fmt;
use std::mem::size_of;

#[path = "record_gen.rs"]
mod layout;
pub use layout::*;
#[path = "record_data.rs"]
mod data;
#[path = "record_open.rs"]
mod open;
pub use data::{Data, LaneData};

/// A field as it is printed: 64-bit numbers are told apart because JSON can't hold them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Up to 32 bits.
    Number(u32),
    /// 64 bits.
    Wide(u64),
    /// UTF-8 without its padding.
    Text(String),
    /// Other bytes.
    Bytes(Vec<u8>),
    /// An array of structs.
    List(Vec<Vec<(&'static str, Value)>>),
}

impl Value {
    fn text(field: &[u8]) -> Self {
        Value::Text(text(field))
    }
}

/// Why bytes are not what they claim to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// One of `REFUSALS`; stable.
    pub code: &'static str,
    /// Byte of the file at which it was seen.
    pub offset: u64,
    /// What was seen there; may be empty.
    pub seen: String,
}

impl Refusal {
    fn new(code: &'static str, offset: usize, seen: String) -> Self {
        Refusal {
            code,
            offset: offset as u64,
            seen,
        }
    }

    /// The plain reason behind the code.
    pub fn reason(&self) -> &'static str {
        REFUSALS
            .iter()
            .find(|(code, _)| *code == self.code)
            .map_or("", |(_, reason)| reason)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.reason())?;
        if self.seen.is_empty() {
            return Ok(());
        }
        write!(out, " ({})", self.seen)
    }
}

impl std::error::Error for Refusal {}

/// An open record file: its promises were checked, its lanes are read where they stand.
#[derive(Clone, Debug)]
pub struct RecordFile<'a> {
    /// At offset 0.
    pub header: Header,
    /// Entries of the site table in use; a record's `site` is an index into these.
    pub sites: Vec<Site>,
    /// Lanes that were handed out.
    pub lanes: Vec<LaneView<'a>>,
}

/// A lane that was handed out.
#[derive(Clone, Debug)]
pub struct LaneView<'a> {
    /// Its head.
    pub head: Lane,
    /// Slots that hold or held a record: the first so many.
    pub used_slots: usize,
    slots: u64,
    site_count: usize,
    totals: &'a [u8],
    records: &'a [u8],
    records_offset: usize,
}

impl RecordFile<'_> {
    /// The process ended in order; otherwise it died or still runs, and the file holds what it left.
    pub fn finished(&self) -> bool {
        self.header.flags & FILE_FLAGS_FINISHED != 0
    }
}

impl LaneView<'_> {
    /// Exact sums of a site in this lane; `site` is an index into the file's sites.
    pub fn total(&self, site: usize) -> Total {
        Total::decode(&self.totals[site * size_of::<Total>()..])
    }

    /// The record in a slot, as it stands; `slot` is below the file's `lane_slots`.
    pub fn record(&self, slot: usize) -> Record {
        Record::decode(&self.records[slot * size_of::<Record>()..])
    }

    /// Says why the record in a used slot is not to be believed.
    pub fn check(&self, slot: usize) -> Result<Record, Refusal> {
        let record = self.record(slot);
        let offset = self.records_offset + slot * size_of::<Record>();
        let refuse = |code, seen| Err(Refusal::new(code, offset, seen));
        if record.state & STATE_CLOSED == 0 {
            return refuse("open-record", format!("slot {slot}"));
        }
        let expected = self.generation(slot);
        if record.generation != expected {
            return refuse(
                "torn-record",
                format!("generation {}, not {expected}", record.generation),
            );
        }
        // Only crossings carry a site and four stamps.
        if !matches!(record.kind, KIND_CALL | KIND_CALLBACK | KIND_COPY) {
            return Ok(record);
        }
        if usize::from(record.site) >= self.site_count {
            return refuse(
                "unknown-site",
                format!("site {} of {}", record.site, self.site_count),
            );
        }
        if record.d1 > record.d2 || record.d2 > record.d3 {
            return refuse(
                "disordered-record",
                format!("{}, {}, {}", record.d1, record.d2, record.d3),
            );
        }
        Ok(record)
    }

    /// Generation of the latest record that was given a slot; 32 bits, as records carry it.
    fn generation(&self, slot: usize) -> u32 {
        let turns = self.head.sequence / self.slots;
        (turns + u64::from((slot as u64) < self.head.sequence % self.slots)) as u32
    }
}

/// A text padded with zeros. What is no UTF-8, such as a letter cut at the end, becomes U+FFFD.
pub fn text(field: &[u8]) -> String {
    let end = field
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

#[cfg(test)]
#[path = "record_test.rs"]
mod tests;
