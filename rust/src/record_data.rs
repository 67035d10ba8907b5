//! A record file as plain values, and back to bytes.

use super::{Header, Lane, Record, RecordFile, Site, Total};
use std::collections::BTreeMap;
use std::mem::size_of;

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

impl RecordFile<'_> {
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

fn numbered<T: PartialEq>(count: usize, item: impl Fn(usize) -> T, zero: &T) -> BTreeMap<usize, T> {
    (0..count)
        .map(|index| (index, item(index)))
        .filter(|(_, value)| value != zero)
        .collect()
}
