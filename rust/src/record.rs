//! Reads and writes the probe's record file, as Go, C and TypeScript do: the layout is generated from
//! `format/record.json`, what it means is told in `docs/record.md`. No dependencies, no `unsafe`.

use std::collections::BTreeMap;
use std::fmt;
use std::mem::{offset_of, size_of};

#[path = "record_gen.rs"]
mod layout;
pub use layout::*;

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

impl<'a> RecordFile<'a> {
    /// Checks everything that header, site table and lanes promise; never panics, whatever the bytes.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let header = read_header(bytes)?;
        check_counts(&header)?;
        check_places(&header, bytes.len())?;
        let sites = read_sites(&header, bytes)?;
        let lanes = read_lanes(&header, bytes)?;
        Ok(RecordFile {
            header,
            sites,
            lanes,
        })
    }

    /// The process ended in order; otherwise it died or still runs, and the file holds what it left.
    pub fn finished(&self) -> bool {
        self.header.flags & FILE_FLAGS_FINISHED != 0
    }

    /// Copies everything in the file that is not zero.
    pub fn data(&self) -> Data {
        let lanes = self.lanes.iter().map(|lane| LaneData {
            head: lane.head,
            totals: numbered(self.sites.len(), |site| lane.total(site), &Total::ZERO),
            records: numbered(
                self.header.lane_slots as usize,
                |slot| lane.record(slot),
                &Record::ZERO,
            ),
        });
        Data {
            header: self.header,
            sites: self.sites.clone(),
            lanes: lanes.collect(),
        }
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
        if record.kind != KIND_CALL && record.kind != KIND_CALLBACK {
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

/// A record file as plain values. Totals go by site, records by slot; what is not named is zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// At offset 0; it says where everything else goes.
    pub header: Header,
    /// The site table.
    pub sites: Vec<Site>,
    /// Lanes from the first on.
    pub lanes: Vec<LaneData>,
}

/// One lane of a `Data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneData {
    /// Its head.
    pub head: Lane,
    /// By site.
    pub totals: BTreeMap<usize, Total>,
    /// By slot.
    pub records: BTreeMap<usize, Record>,
}

impl Data {
    /// The bytes of the file. Places are taken from the header, which is not checked: panics when something does not fit.
    pub fn write(&self) -> Vec<u8> {
        let header = &self.header;
        let lane_bytes = header.lane_bytes as usize;
        let lanes_offset = header.lanes_offset as usize;
        let mut out = vec![0; lanes_offset + header.lane_capacity as usize * lane_bytes];
        header.encode(&mut out);
        for (index, site) in self.sites.iter().enumerate() {
            site.encode(&mut out[header.sites_offset as usize + index * size_of::<Site>()..]);
        }
        for (index, lane) in self.lanes.iter().enumerate() {
            let bytes = &mut out[lanes_offset + index * lane_bytes..];
            lane.head.encode(bytes);
            let totals = &mut bytes[size_of::<Lane>()..];
            for (site, total) in &lane.totals {
                total.encode(&mut totals[site * size_of::<Total>()..]);
            }
            let records = &mut totals[header.site_capacity as usize * size_of::<Total>()..];
            for (slot, record) in &lane.records {
                record.encode(&mut records[slot * size_of::<Record>()..]);
            }
        }
        out
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

fn read_header(bytes: &[u8]) -> Result<Header, Refusal> {
    let cut = || {
        Err(Refusal::new(
            "cut",
            bytes.len(),
            format!("{} bytes", bytes.len()),
        ))
    };
    if let Some(index) = bytes
        .iter()
        .zip(MAGIC)
        .position(|(seen, expected)| *seen != expected)
    {
        return Err(Refusal::new("wrong-magic", index, String::new()));
    }
    let version_offset = offset_of!(Header, version);
    let Some(version) = bytes.get(version_offset..version_offset + 4) else {
        return cut();
    };
    let version = u32::from_le_bytes([version[0], version[1], version[2], version[3]]);
    if version != VERSION {
        let seen = format!("version {version}, this reader knows {VERSION}");
        return Err(Refusal::new("foreign-version", version_offset, seen));
    }
    if bytes.len() < size_of::<Header>() {
        return cut();
    }
    Ok(Header::decode(bytes))
}

fn check_counts(header: &Header) -> Result<(), Refusal> {
    if header.header_bytes as usize != size_of::<Header>() {
        let offset = offset_of!(Header, header_bytes);
        return Err(Refusal::new(
            "wrong-header-size",
            offset,
            header.header_bytes.to_string(),
        ));
    }
    if header.clock != CLOCK_TSC && header.clock != CLOCK_OS {
        return Err(Refusal::new(
            "unknown-clock",
            offset_of!(Header, clock),
            header.clock.to_string(),
        ));
    }
    // 65,536 sites and 65,535 lanes: what 16 bits of a record and of a span id can name; lanes count from 1 there.
    let counts = [
        (
            "site_capacity",
            header.site_capacity,
            65_536,
            offset_of!(Header, site_capacity),
        ),
        (
            "site_count",
            header.site_count,
            header.site_capacity,
            offset_of!(Header, site_count),
        ),
        (
            "lane_capacity",
            header.lane_capacity,
            65_535,
            offset_of!(Header, lane_capacity),
        ),
        (
            "lane_count",
            header.lane_count,
            header.lane_capacity,
            offset_of!(Header, lane_count),
        ),
        (
            "triple_count",
            header.triple_count,
            TRIPLES,
            offset_of!(Header, triple_count),
        ),
    ];
    for (name, count, limit, offset) in counts {
        if count > limit {
            return Err(Refusal::new(
                "lying-counts",
                offset,
                format!("{name} {count}, at most {limit}"),
            ));
        }
    }
    Ok(())
}

fn check_places(header: &Header, size: usize) -> Result<(), Refusal> {
    let size = size as u64;
    if !header.lane_slots.is_power_of_two() {
        let offset = offset_of!(Header, lane_slots);
        return Err(Refusal::new(
            "slots-not-power-of-two",
            offset,
            header.lane_slots.to_string(),
        ));
    }
    let expected = size_of::<Lane>() as u64
        + size_of::<Total>() as u64 * u64::from(header.site_capacity)
        + size_of::<Record>() as u64 * u64::from(header.lane_slots);
    if header.lane_bytes != expected {
        let seen = format!("{}, not {expected}", header.lane_bytes);
        return Err(Refusal::new(
            "lane-bytes-mismatch",
            offset_of!(Header, lane_bytes),
            seen,
        ));
    }
    let outside =
        |offset: u64, earliest: u64| offset % 64 != 0 || offset < earliest || offset > size;
    if outside(header.sites_offset, size_of::<Header>() as u64) {
        let seen = format!("sites_offset {}", header.sites_offset);
        return Err(Refusal::new(
            "offset-outside",
            offset_of!(Header, sites_offset),
            seen,
        ));
    }
    let sites_end =
        header.sites_offset + size_of::<Site>() as u64 * u64::from(header.site_capacity);
    if outside(header.lanes_offset, sites_end) {
        let seen = format!("lanes_offset {}", header.lanes_offset);
        return Err(Refusal::new(
            "offset-outside",
            offset_of!(Header, lanes_offset),
            seen,
        ));
    }
    // No overflow: a lane is under 2^38 bytes and there are under 2^16.
    let end = header.lanes_offset + u64::from(header.lane_capacity) * header.lane_bytes;
    if end > size {
        return Err(Refusal::new(
            "cut",
            size as usize,
            format!("{size} bytes of {end}"),
        ));
    }
    Ok(())
}

fn read_sites(header: &Header, bytes: &[u8]) -> Result<Vec<Site>, Refusal> {
    let start = header.sites_offset as usize;
    let entries = bytes[start..]
        .chunks_exact(size_of::<Site>())
        .take(header.site_count as usize);
    let read = |(index, entry)| {
        let site = Site::decode(entry);
        if usize::from(site.id) == index {
            return Ok(site);
        }
        let offset = start + index * size_of::<Site>();
        Err(Refusal::new(
            "site-out-of-order",
            offset,
            format!("entry {index} says {}", site.id),
        ))
    };
    entries.enumerate().map(read).collect()
}

fn read_lanes<'a>(header: &Header, bytes: &'a [u8]) -> Result<Vec<LaneView<'a>>, Refusal> {
    let start = header.lanes_offset as usize;
    let lanes = bytes[start..]
        .chunks_exact(header.lane_bytes as usize)
        .take(header.lane_count as usize);
    let totals_bytes = header.site_capacity as usize * size_of::<Total>();
    let read = |(index, lane): (usize, &'a [u8])| {
        let offset = start + index * header.lane_bytes as usize;
        let head = Lane::decode(lane);
        let slots = u64::from(header.lane_slots);
        if head.sequence > slots && header.flags & FILE_FLAGS_FLIGHT_RECORDER == 0 {
            return Err(Refusal::new(
                "lying-sequence",
                offset,
                format!("{} records", head.sequence),
            ));
        }
        let (totals, records) = lane[size_of::<Lane>()..].split_at(totals_bytes);
        Ok(LaneView {
            head,
            used_slots: head.sequence.min(slots) as usize,
            slots,
            site_count: header.site_count as usize,
            totals,
            records,
            records_offset: offset + size_of::<Lane>() + totals_bytes,
        })
    };
    lanes.enumerate().map(read).collect()
}

fn numbered<T: PartialEq>(count: usize, item: impl Fn(usize) -> T, zero: &T) -> BTreeMap<usize, T> {
    (0..count)
        .map(|index| (index, item(index)))
        .filter(|(_, value)| value != zero)
        .collect()
}

#[cfg(test)]
#[path = "record_test.rs"]
mod tests;
