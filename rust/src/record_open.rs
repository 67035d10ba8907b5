//! What must hold before a record file is believed, in the order that `docs/record.md` gives: all four readers refuse alike.

use super::*;
use std::mem::offset_of;

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
