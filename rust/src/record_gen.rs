// Generated from format/record.json by scripts/generate.ts; do not edit.

use core::mem::{offset_of, size_of};

/// Begins every record file.
pub const MAGIC: [u8; 8] = *b"SEAMARK1";
/// Version of the layout; a reader refuses others.
pub const VERSION: u32 = 3;
/// Slots a lane by default; a power of two.
pub const LANE_SLOTS: u32 = 16384;
/// Samples of the process a file by default; when they are used up every second one is dropped and the interval doubled.
pub const SAMPLES: u32 = 4096;
/// Values a sample has room for.
pub const GAUGES: u32 = 61;
/// Lanes a file by default.
pub const LANES: u32 = 64;
/// Site table entries a file by default.
pub const SITES: u32 = 512;
/// Calibration triples the header has room for.
pub const TRIPLES: u32 = 8;
/// Bits by which d1, d2, d3 are shifted when the coarse flag is set.
pub const COARSE_SHIFT: u32 = 10;

/// Value of `clock`.
pub const CLOCK_TSC: u32 = 1;
/// Value of `clock`.
pub const CLOCK_OS: u32 = 2;
/// Value of `kind`.
pub const KIND_CALL: u8 = 1;
/// Value of `kind`.
pub const KIND_CALLBACK: u8 = 2;
/// Value of `kind`.
pub const KIND_SUBMIT: u8 = 3;
/// Value of `kind`.
pub const KIND_COMPLETE: u8 = 4;
/// Value of `kind`.
pub const KIND_IPC_SEND: u8 = 5;
/// Value of `kind`.
pub const KIND_IPC_RECEIVE: u8 = 6;
/// Value of `kind`.
pub const KIND_SPAN: u8 = 7;
/// Value of `kind`.
pub const KIND_COUNTER: u8 = 8;
/// Value of `kind`.
pub const KIND_MARK: u8 = 9;
/// Value of `kind`.
pub const KIND_CONTEXT: u8 = 10;
/// Value of `kind`.
pub const KIND_COPY: u8 = 11;
/// Bit of `state`.
pub const STATE_OPEN: u8 = 1;
/// Bit of `state`.
pub const STATE_CLOSED: u8 = 2;
/// Bit of `state`.
pub const STATE_ERROR: u8 = 4;
/// Bit of `state`.
pub const STATE_SATURATED: u8 = 8;
/// Bit of `state`.
pub const STATE_SAMPLED: u8 = 16;
/// Bit of `state`.
pub const STATE_COARSE: u8 = 32;
/// Bit of `state`.
pub const STATE_REQUEST_IS_KEY: u8 = 64;
/// Bit of `site_flags`.
pub const SITE_FLAGS_UNPATCHED: u8 = 1;
/// Bit of `site_flags`.
pub const SITE_FLAGS_LEFT_OUT: u8 = 2;
/// Bit of `file_flags`.
pub const FILE_FLAGS_FINISHED: u32 = 1;
/// Bit of `file_flags`.
pub const FILE_FLAGS_FLIGHT_RECORDER: u32 = 2;
/// Bit of `file_flags`.
pub const FILE_FLAGS_COUNTERS_ONLY: u32 = 4;
/// Bit of `file_flags`.
pub const FILE_FLAGS_ALLOCATIONS: u32 = 8;
/// Bit of `file_flags`.
pub const FILE_FLAGS_OTHER_ALLOCATOR: u32 = 16;
/// Bit of `file_flags`.
pub const FILE_FLAGS_JEMALLOC: u32 = 32;
/// Bit of `file_flags`.
pub const FILE_FLAGS_MIMALLOC: u32 = 64;
/// Bit of `file_flags`.
pub const FILE_FLAGS_NO_ROOM: u32 = 128;
/// Bit of `file_flags`.
pub const FILE_FLAGS_NO_SAMPLES: u32 = 256;
/// Bit of `file_flags`.
pub const FILE_FLAGS_LIBC_UNASKED: u32 = 512;
/// Bit of `file_flags`.
pub const FILE_FLAGS_DEEP: u32 = 1024;
/// Value of `cause`.
pub const CAUSE_BEAT: u32 = 1;
/// Value of `cause`.
pub const CAUSE_PHASE: u32 = 2;
/// Value of `cause`.
pub const CAUSE_REQUEST: u32 = 3;
/// Value of `cause`.
pub const CAUSE_END: u32 = 4;

/// Everything a reader refuses: code and reason.
pub const REFUSALS: &[(&str, &str)] = &[
    ("cut", "the file ends before what its header promises"),
    ("wrong-magic", "the file does not begin with SEAMARK1: it is no record file"),
    ("foreign-version", "the file was written in another version of the layout"),
    ("wrong-header-size", "header_bytes is not 4096"),
    ("unknown-clock", "clock is neither TSC nor OS"),
    ("lying-counts", "a count in the header is above its capacity, or a capacity above what records can name"),
    ("slots-not-power-of-two", "lane_slots is not a power of two"),
    ("lane-bytes-mismatch", "lane_bytes is not what site_capacity and lane_slots make"),
    ("offset-outside", "the site table or the lanes overlap something, stand askew, or begin beyond the end of the file"),
    ("site-out-of-order", "an entry of the site table does not carry its own index"),
    ("lying-sequence", "a lane claims more records than it has slots, and the file is no flight recorder"),
    ("open-record", "the record was begun and never closed"),
    ("torn-record", "the record's generation is not that of its place: it was overwritten or half written"),
    ("unknown-site", "the record names a site that the site table does not have"),
    ("disordered-record", "the record's stamps do not follow each other in time"),
];

/// The monotonic clock between two readings of the tick clock.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Triple {
    /// Tick clock just before the monotonic clock was read.
    pub before_ticks: u64,
    /// Monotonic clock.
    pub ns: u64,
    /// Tick clock just after.
    pub after_ticks: u64,
}

impl Triple {
    /// All fields zero.
    pub const ZERO: Self = Triple {
        before_ticks: 0,
        ns: 0,
        after_ticks: 0,
    };

    /// Reads the first 24 bytes; panics when there are fewer.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut out = Self::ZERO;
        out.before_ticks = u64::from_le_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ]);
        out.ns = u64::from_le_bytes([
            bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15],
        ]);
        out.after_ticks = u64::from_le_bytes([
            bytes[16], bytes[17], bytes[18], bytes[19], bytes[20], bytes[21], bytes[22], bytes[23],
        ]);
        out
    }

    /// Writes the first 24 bytes; panics when there are fewer.
    pub fn encode(&self, bytes: &mut [u8]) {
        bytes[0..8].copy_from_slice(&self.before_ticks.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.ns.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.after_ticks.to_le_bytes());
    }

    /// Every field that carries something, by name, for printing.
    pub fn fields(&self) -> Vec<(&'static str, super::Value)> {
        vec![
            ("before_ticks", super::Value::Wide(self.before_ticks)),
            ("ns", super::Value::Wide(self.ns)),
            ("after_ticks", super::Value::Wide(self.after_ticks)),
        ]
    }
}

const _: () = assert!(size_of::<Triple>() == 24);
const _: () = assert!(offset_of!(Triple, before_ticks) == 0);
const _: () = assert!(offset_of!(Triple, ns) == 8);
const _: () = assert!(offset_of!(Triple, after_ticks) == 16);

/// At offset 0 of the file, one page.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// SEAMARK1.
    pub magic: [u8; 8],
    /// Of this layout; a reader refuses others.
    pub version: u32,
    /// 4096.
    pub header_bytes: u32,
    /// First half of every trace id of this run.
    pub run_id: u64,
    /// What ticks are.
    pub clock: u32,
    /// Process number within the run, 16 bits used, from 1.
    pub process: u32,
    /// 0 until calibrated: the reader then uses the triples.
    pub ticks_per_second: u64,
    /// Smallest step seen between two readings.
    pub quantum_ticks: u32,
    /// How it was written, and whether it ended in order.
    pub flags: u32,
    /// Clock when the run began; t0 counts from here.
    pub start_ticks: u64,
    /// Monotonic clock at start_ticks.
    pub start_ns: u64,
    /// Clock at an orderly end, or when the process was last seen to cross; 0 unknown.
    pub end_ticks: u64,
    /// Monotonic clock at end_ticks, else 0.
    pub end_ns: u64,
    /// SHA-256 of the run's environment description, or zeros.
    pub environment: [u8; 32],
    /// Entries in the site table.
    pub site_capacity: u32,
    /// Entries in use; raised after the entry was written, never above site_capacity.
    pub site_count: u32,
    /// Lanes the file has room for.
    pub lane_capacity: u32,
    /// Lanes handed out so far, never above lane_capacity.
    pub lane_count: u32,
    /// Record slots a lane, a power of two.
    pub lane_slots: u32,
    /// Calibration triples in use.
    pub triple_count: u32,
    /// Of the site table from the start of the file, a multiple of 64.
    pub sites_offset: u64,
    /// Of the first lane from the start of the file, a multiple of 64, behind the site table.
    pub lanes_offset: u64,
    /// From one lane to the next: 64 + 192 site_capacity + 64 lane_slots.
    pub lane_bytes: u64,
    /// Crossings by threads for which no lane was left: in the totals of the first lane, which all threads share, without records.
    pub overflow_crossings: u64,
    /// What a probed crossing costs more than a bare one, times 256, measured at start; 0 unknown.
    pub own_cost_ticks: u64,
    /// Of the process that wrote it.
    pub pid: u32,
    /// 0; reserved for later counters.
    pub counter_layout: u32,
    /// Bracketed readings of both clocks, from start to end.
    pub triples: [Triple; 8],
    /// Of the samples from the start of the file, a multiple of 64, behind the lanes; 0 none.
    pub samples_offset: u64,
    /// Time between two samples now; it grows when they fill up. 0 none are taken.
    pub sample_interval_ns: u64,
    /// Samples the file has room for, even.
    pub sample_capacity: u32,
    /// Samples in use; raised after one was written, halved when every second was dropped.
    pub sample_count: u32,
    /// 1 in so many crossings of a site was timed and recorded, 0 and 1 each; above 1 time sums are of those, each times what it stands for.
    pub record_period: u32,
    /// 0; reserved.
    pub key_slot: u32,
    /// Zeros.
    pub reserved: [u8; 3688],
}

impl Header {
    /// All fields zero.
    pub const ZERO: Self = Header {
        magic: [0; 8],
        version: 0,
        header_bytes: 0,
        run_id: 0,
        clock: 0,
        process: 0,
        ticks_per_second: 0,
        quantum_ticks: 0,
        flags: 0,
        start_ticks: 0,
        start_ns: 0,
        end_ticks: 0,
        end_ns: 0,
        environment: [0; 32],
        site_capacity: 0,
        site_count: 0,
        lane_capacity: 0,
        lane_count: 0,
        lane_slots: 0,
        triple_count: 0,
        sites_offset: 0,
        lanes_offset: 0,
        lane_bytes: 0,
        overflow_crossings: 0,
        own_cost_ticks: 0,
        pid: 0,
        counter_layout: 0,
        triples: [Triple::ZERO; 8],
        samples_offset: 0,
        sample_interval_ns: 0,
        sample_capacity: 0,
        sample_count: 0,
        record_period: 0,
        key_slot: 0,
        reserved: [0; 3688],
    };

    /// Reads the first 4096 bytes; panics when there are fewer.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut out = Self::ZERO;
        out.magic.copy_from_slice(&bytes[0..8]);
        out.version = u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]);
        out.header_bytes = u32::from_le_bytes([bytes[12], bytes[13], bytes[14], bytes[15]]);
        out.run_id = u64::from_le_bytes([
            bytes[16], bytes[17], bytes[18], bytes[19], bytes[20], bytes[21], bytes[22], bytes[23],
        ]);
        out.clock = u32::from_le_bytes([bytes[24], bytes[25], bytes[26], bytes[27]]);
        out.process = u32::from_le_bytes([bytes[28], bytes[29], bytes[30], bytes[31]]);
        out.ticks_per_second = u64::from_le_bytes([
            bytes[32], bytes[33], bytes[34], bytes[35], bytes[36], bytes[37], bytes[38], bytes[39],
        ]);
        out.quantum_ticks = u32::from_le_bytes([bytes[40], bytes[41], bytes[42], bytes[43]]);
        out.flags = u32::from_le_bytes([bytes[44], bytes[45], bytes[46], bytes[47]]);
        out.start_ticks = u64::from_le_bytes([
            bytes[48], bytes[49], bytes[50], bytes[51], bytes[52], bytes[53], bytes[54], bytes[55],
        ]);
        out.start_ns = u64::from_le_bytes([
            bytes[56], bytes[57], bytes[58], bytes[59], bytes[60], bytes[61], bytes[62], bytes[63],
        ]);
        out.end_ticks = u64::from_le_bytes([
            bytes[64], bytes[65], bytes[66], bytes[67], bytes[68], bytes[69], bytes[70], bytes[71],
        ]);
        out.end_ns = u64::from_le_bytes([
            bytes[72], bytes[73], bytes[74], bytes[75], bytes[76], bytes[77], bytes[78], bytes[79],
        ]);
        out.environment.copy_from_slice(&bytes[80..112]);
        out.site_capacity = u32::from_le_bytes([bytes[112], bytes[113], bytes[114], bytes[115]]);
        out.site_count = u32::from_le_bytes([bytes[116], bytes[117], bytes[118], bytes[119]]);
        out.lane_capacity = u32::from_le_bytes([bytes[120], bytes[121], bytes[122], bytes[123]]);
        out.lane_count = u32::from_le_bytes([bytes[124], bytes[125], bytes[126], bytes[127]]);
        out.lane_slots = u32::from_le_bytes([bytes[128], bytes[129], bytes[130], bytes[131]]);
        out.triple_count = u32::from_le_bytes([bytes[132], bytes[133], bytes[134], bytes[135]]);
        out.sites_offset = u64::from_le_bytes([
            bytes[136], bytes[137], bytes[138], bytes[139], bytes[140], bytes[141], bytes[142],
            bytes[143],
        ]);
        out.lanes_offset = u64::from_le_bytes([
            bytes[144], bytes[145], bytes[146], bytes[147], bytes[148], bytes[149], bytes[150],
            bytes[151],
        ]);
        out.lane_bytes = u64::from_le_bytes([
            bytes[152], bytes[153], bytes[154], bytes[155], bytes[156], bytes[157], bytes[158],
            bytes[159],
        ]);
        out.overflow_crossings = u64::from_le_bytes([
            bytes[160], bytes[161], bytes[162], bytes[163], bytes[164], bytes[165], bytes[166],
            bytes[167],
        ]);
        out.own_cost_ticks = u64::from_le_bytes([
            bytes[168], bytes[169], bytes[170], bytes[171], bytes[172], bytes[173], bytes[174],
            bytes[175],
        ]);
        out.pid = u32::from_le_bytes([bytes[176], bytes[177], bytes[178], bytes[179]]);
        out.counter_layout = u32::from_le_bytes([bytes[180], bytes[181], bytes[182], bytes[183]]);
        for (item, raw) in out.triples.iter_mut().zip(bytes[184..376].chunks_exact(24)) {
            *item = Triple::decode(raw);
        }
        out.samples_offset = u64::from_le_bytes([
            bytes[376], bytes[377], bytes[378], bytes[379], bytes[380], bytes[381], bytes[382],
            bytes[383],
        ]);
        out.sample_interval_ns = u64::from_le_bytes([
            bytes[384], bytes[385], bytes[386], bytes[387], bytes[388], bytes[389], bytes[390],
            bytes[391],
        ]);
        out.sample_capacity = u32::from_le_bytes([bytes[392], bytes[393], bytes[394], bytes[395]]);
        out.sample_count = u32::from_le_bytes([bytes[396], bytes[397], bytes[398], bytes[399]]);
        out.record_period = u32::from_le_bytes([bytes[400], bytes[401], bytes[402], bytes[403]]);
        out.key_slot = u32::from_le_bytes([bytes[404], bytes[405], bytes[406], bytes[407]]);
        out.reserved.copy_from_slice(&bytes[408..4096]);
        out
    }

    /// Writes the first 4096 bytes; panics when there are fewer.
    pub fn encode(&self, bytes: &mut [u8]) {
        bytes[0..8].copy_from_slice(&self.magic);
        bytes[8..12].copy_from_slice(&self.version.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.header_bytes.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.run_id.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.clock.to_le_bytes());
        bytes[28..32].copy_from_slice(&self.process.to_le_bytes());
        bytes[32..40].copy_from_slice(&self.ticks_per_second.to_le_bytes());
        bytes[40..44].copy_from_slice(&self.quantum_ticks.to_le_bytes());
        bytes[44..48].copy_from_slice(&self.flags.to_le_bytes());
        bytes[48..56].copy_from_slice(&self.start_ticks.to_le_bytes());
        bytes[56..64].copy_from_slice(&self.start_ns.to_le_bytes());
        bytes[64..72].copy_from_slice(&self.end_ticks.to_le_bytes());
        bytes[72..80].copy_from_slice(&self.end_ns.to_le_bytes());
        bytes[80..112].copy_from_slice(&self.environment);
        bytes[112..116].copy_from_slice(&self.site_capacity.to_le_bytes());
        bytes[116..120].copy_from_slice(&self.site_count.to_le_bytes());
        bytes[120..124].copy_from_slice(&self.lane_capacity.to_le_bytes());
        bytes[124..128].copy_from_slice(&self.lane_count.to_le_bytes());
        bytes[128..132].copy_from_slice(&self.lane_slots.to_le_bytes());
        bytes[132..136].copy_from_slice(&self.triple_count.to_le_bytes());
        bytes[136..144].copy_from_slice(&self.sites_offset.to_le_bytes());
        bytes[144..152].copy_from_slice(&self.lanes_offset.to_le_bytes());
        bytes[152..160].copy_from_slice(&self.lane_bytes.to_le_bytes());
        bytes[160..168].copy_from_slice(&self.overflow_crossings.to_le_bytes());
        bytes[168..176].copy_from_slice(&self.own_cost_ticks.to_le_bytes());
        bytes[176..180].copy_from_slice(&self.pid.to_le_bytes());
        bytes[180..184].copy_from_slice(&self.counter_layout.to_le_bytes());
        for (item, raw) in self
            .triples
            .iter()
            .zip(bytes[184..376].chunks_exact_mut(24))
        {
            item.encode(raw);
        }
        bytes[376..384].copy_from_slice(&self.samples_offset.to_le_bytes());
        bytes[384..392].copy_from_slice(&self.sample_interval_ns.to_le_bytes());
        bytes[392..396].copy_from_slice(&self.sample_capacity.to_le_bytes());
        bytes[396..400].copy_from_slice(&self.sample_count.to_le_bytes());
        bytes[400..404].copy_from_slice(&self.record_period.to_le_bytes());
        bytes[404..408].copy_from_slice(&self.key_slot.to_le_bytes());
        bytes[408..4096].copy_from_slice(&self.reserved);
    }

    /// Every field that carries something, by name, for printing.
    pub fn fields(&self) -> Vec<(&'static str, super::Value)> {
        vec![
            ("magic", super::Value::text(&self.magic)),
            ("version", super::Value::Number(self.version)),
            ("header_bytes", super::Value::Number(self.header_bytes)),
            ("run_id", super::Value::Wide(self.run_id)),
            ("clock", super::Value::Number(self.clock)),
            ("process", super::Value::Number(self.process)),
            (
                "ticks_per_second",
                super::Value::Wide(self.ticks_per_second),
            ),
            ("quantum_ticks", super::Value::Number(self.quantum_ticks)),
            ("flags", super::Value::Number(self.flags)),
            ("start_ticks", super::Value::Wide(self.start_ticks)),
            ("start_ns", super::Value::Wide(self.start_ns)),
            ("end_ticks", super::Value::Wide(self.end_ticks)),
            ("end_ns", super::Value::Wide(self.end_ns)),
            (
                "environment",
                super::Value::Bytes(self.environment.to_vec()),
            ),
            ("site_capacity", super::Value::Number(self.site_capacity)),
            ("site_count", super::Value::Number(self.site_count)),
            ("lane_capacity", super::Value::Number(self.lane_capacity)),
            ("lane_count", super::Value::Number(self.lane_count)),
            ("lane_slots", super::Value::Number(self.lane_slots)),
            ("triple_count", super::Value::Number(self.triple_count)),
            ("sites_offset", super::Value::Wide(self.sites_offset)),
            ("lanes_offset", super::Value::Wide(self.lanes_offset)),
            ("lane_bytes", super::Value::Wide(self.lane_bytes)),
            (
                "overflow_crossings",
                super::Value::Wide(self.overflow_crossings),
            ),
            ("own_cost_ticks", super::Value::Wide(self.own_cost_ticks)),
            ("pid", super::Value::Number(self.pid)),
            ("counter_layout", super::Value::Number(self.counter_layout)),
            (
                "triples",
                super::Value::List(self.triples.iter().map(|item| item.fields()).collect()),
            ),
            ("samples_offset", super::Value::Wide(self.samples_offset)),
            (
                "sample_interval_ns",
                super::Value::Wide(self.sample_interval_ns),
            ),
            (
                "sample_capacity",
                super::Value::Number(self.sample_capacity),
            ),
            ("sample_count", super::Value::Number(self.sample_count)),
            ("record_period", super::Value::Number(self.record_period)),
            ("key_slot", super::Value::Number(self.key_slot)),
        ]
    }
}

const _: () = assert!(size_of::<Header>() == 4096);
const _: () = assert!(offset_of!(Header, magic) == 0);
const _: () = assert!(offset_of!(Header, version) == 8);
const _: () = assert!(offset_of!(Header, header_bytes) == 12);
const _: () = assert!(offset_of!(Header, run_id) == 16);
const _: () = assert!(offset_of!(Header, clock) == 24);
const _: () = assert!(offset_of!(Header, process) == 28);
const _: () = assert!(offset_of!(Header, ticks_per_second) == 32);
const _: () = assert!(offset_of!(Header, quantum_ticks) == 40);
const _: () = assert!(offset_of!(Header, flags) == 44);
const _: () = assert!(offset_of!(Header, start_ticks) == 48);
const _: () = assert!(offset_of!(Header, start_ns) == 56);
const _: () = assert!(offset_of!(Header, end_ticks) == 64);
const _: () = assert!(offset_of!(Header, end_ns) == 72);
const _: () = assert!(offset_of!(Header, environment) == 80);
const _: () = assert!(offset_of!(Header, site_capacity) == 112);
const _: () = assert!(offset_of!(Header, site_count) == 116);
const _: () = assert!(offset_of!(Header, lane_capacity) == 120);
const _: () = assert!(offset_of!(Header, lane_count) == 124);
const _: () = assert!(offset_of!(Header, lane_slots) == 128);
const _: () = assert!(offset_of!(Header, triple_count) == 132);
const _: () = assert!(offset_of!(Header, sites_offset) == 136);
const _: () = assert!(offset_of!(Header, lanes_offset) == 144);
const _: () = assert!(offset_of!(Header, lane_bytes) == 152);
const _: () = assert!(offset_of!(Header, overflow_crossings) == 160);
const _: () = assert!(offset_of!(Header, own_cost_ticks) == 168);
const _: () = assert!(offset_of!(Header, pid) == 176);
const _: () = assert!(offset_of!(Header, counter_layout) == 180);
const _: () = assert!(offset_of!(Header, triples) == 184);
const _: () = assert!(offset_of!(Header, samples_offset) == 376);
const _: () = assert!(offset_of!(Header, sample_interval_ns) == 384);
const _: () = assert!(offset_of!(Header, sample_capacity) == 392);
const _: () = assert!(offset_of!(Header, sample_count) == 396);
const _: () = assert!(offset_of!(Header, record_period) == 400);
const _: () = assert!(offset_of!(Header, key_slot) == 404);
const _: () = assert!(offset_of!(Header, reserved) == 408);

/// One entry of the site table; texts are UTF-8, padded with zeros, cut at their size.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Index of this entry; what records carry.
    pub id: u16,
    /// CALL, CALLBACK or COPY.
    pub kind: u8,
    /// UNPATCHED: cgo wrote it in a form unknown to the probe, its crossings are not seen.
    pub flags: u8,
    /// Of the Go declaration or first use, 0 unknown.
    pub line: u32,
    /// The foreign function as C names it.
    pub symbol: [u8; 152],
    /// Import path of the Go package.
    pub package: [u8; 192],
    /// Go file, base name.
    pub file: [u8; 160],
}

impl Site {
    /// All fields zero.
    pub const ZERO: Self = Site {
        id: 0,
        kind: 0,
        flags: 0,
        line: 0,
        symbol: [0; 152],
        package: [0; 192],
        file: [0; 160],
    };

    /// Reads the first 512 bytes; panics when there are fewer.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut out = Self::ZERO;
        out.id = u16::from_le_bytes([bytes[0], bytes[1]]);
        out.kind = bytes[2];
        out.flags = bytes[3];
        out.line = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
        out.symbol.copy_from_slice(&bytes[8..160]);
        out.package.copy_from_slice(&bytes[160..352]);
        out.file.copy_from_slice(&bytes[352..512]);
        out
    }

    /// Writes the first 512 bytes; panics when there are fewer.
    pub fn encode(&self, bytes: &mut [u8]) {
        bytes[0..2].copy_from_slice(&self.id.to_le_bytes());
        bytes[2] = self.kind;
        bytes[3] = self.flags;
        bytes[4..8].copy_from_slice(&self.line.to_le_bytes());
        bytes[8..160].copy_from_slice(&self.symbol);
        bytes[160..352].copy_from_slice(&self.package);
        bytes[352..512].copy_from_slice(&self.file);
    }

    /// Every field that carries something, by name, for printing.
    pub fn fields(&self) -> Vec<(&'static str, super::Value)> {
        vec![
            ("id", super::Value::Number(u32::from(self.id))),
            ("kind", super::Value::Number(u32::from(self.kind))),
            ("flags", super::Value::Number(u32::from(self.flags))),
            ("line", super::Value::Number(self.line)),
            ("symbol", super::Value::text(&self.symbol)),
            ("package", super::Value::text(&self.package)),
            ("file", super::Value::text(&self.file)),
        ]
    }
}

const _: () = assert!(size_of::<Site>() == 512);
const _: () = assert!(offset_of!(Site, id) == 0);
const _: () = assert!(offset_of!(Site, kind) == 2);
const _: () = assert!(offset_of!(Site, flags) == 3);
const _: () = assert!(offset_of!(Site, line) == 4);
const _: () = assert!(offset_of!(Site, symbol) == 8);
const _: () = assert!(offset_of!(Site, package) == 160);
const _: () = assert!(offset_of!(Site, file) == 352);

/// Head of a lane; single writer at a time. Behind it: site_capacity totals, then lane_slots records.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Records reserved in this lane since it began; slot = sequence mod lane_slots. Above lane_slots only with FLIGHT_RECORDER.
    pub sequence: u64,
    /// Crossings that got no record because the lane was full or sampling passed them over.
    pub dropped: u64,
    /// Of the present or last owner.
    pub thread: u64,
    /// Threads that owned this lane so far.
    pub owners: u32,
    /// 1 while a thread owns it.
    pub in_use: u32,
    /// 1 in so many crossings is recorded now, of any one site at least so rarely; 0 when the lane is full.
    pub sample_period: u32,
    /// Zeros.
    pub reserved: [u8; 28],
}

impl Lane {
    /// All fields zero.
    pub const ZERO: Self = Lane {
        sequence: 0,
        dropped: 0,
        thread: 0,
        owners: 0,
        in_use: 0,
        sample_period: 0,
        reserved: [0; 28],
    };

    /// Reads the first 64 bytes; panics when there are fewer.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut out = Self::ZERO;
        out.sequence = u64::from_le_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ]);
        out.dropped = u64::from_le_bytes([
            bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15],
        ]);
        out.thread = u64::from_le_bytes([
            bytes[16], bytes[17], bytes[18], bytes[19], bytes[20], bytes[21], bytes[22], bytes[23],
        ]);
        out.owners = u32::from_le_bytes([bytes[24], bytes[25], bytes[26], bytes[27]]);
        out.in_use = u32::from_le_bytes([bytes[28], bytes[29], bytes[30], bytes[31]]);
        out.sample_period = u32::from_le_bytes([bytes[32], bytes[33], bytes[34], bytes[35]]);
        out.reserved.copy_from_slice(&bytes[36..64]);
        out
    }

    /// Writes the first 64 bytes; panics when there are fewer.
    pub fn encode(&self, bytes: &mut [u8]) {
        bytes[0..8].copy_from_slice(&self.sequence.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.dropped.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.thread.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.owners.to_le_bytes());
        bytes[28..32].copy_from_slice(&self.in_use.to_le_bytes());
        bytes[32..36].copy_from_slice(&self.sample_period.to_le_bytes());
        bytes[36..64].copy_from_slice(&self.reserved);
    }

    /// Every field that carries something, by name, for printing.
    pub fn fields(&self) -> Vec<(&'static str, super::Value)> {
        vec![
            ("sequence", super::Value::Wide(self.sequence)),
            ("dropped", super::Value::Wide(self.dropped)),
            ("thread", super::Value::Wide(self.thread)),
            ("owners", super::Value::Number(self.owners)),
            ("in_use", super::Value::Number(self.in_use)),
            ("sample_period", super::Value::Number(self.sample_period)),
        ]
    }
}

const _: () = assert!(size_of::<Lane>() == 64);
const _: () = assert!(offset_of!(Lane, sequence) == 0);
const _: () = assert!(offset_of!(Lane, dropped) == 8);
const _: () = assert!(offset_of!(Lane, thread) == 16);
const _: () = assert!(offset_of!(Lane, owners) == 24);
const _: () = assert!(offset_of!(Lane, in_use) == 28);
const _: () = assert!(offset_of!(Lane, sample_period) == 32);
const _: () = assert!(offset_of!(Lane, reserved) == 36);

/// Exact sums of one site in one lane, over closed crossings; ticks.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// Crossings closed.
    pub count: u64,
    /// Of these, ended in error.
    pub errors: u64,
    /// Sum of d1.
    pub entry: u64,
    /// Sum of d2 - d1.
    pub callee: u64,
    /// Sum of d3 - d2: the layer called return.
    pub exit: u64,
    /// Bytes handed to the callee.
    pub bytes_in: u64,
    /// Bytes handed back to the caller.
    pub bytes_out: u64,
    /// Bytes the callee asked the C allocator for, on the thread of the call.
    pub alloc_bytes: u64,
    /// How often it did.
    pub allocs: u64,
    /// Copies made at the boundary: by a COPY site one each, else those that served these crossings.
    pub copies: u64,
    /// Sum of time inside callbacks of this call, part of callee.
    pub nested: u64,
    /// Crossings begun; more than count when some never closed.
    pub opened: u64,
    /// Of these, with a record.
    pub recorded: u64,
    /// Blocks the callee gave back to the allocator.
    pub frees: u64,
    /// Bytes the allocator set aside for the callee less those it took back, two's complement: what stays after the call.
    pub held_bytes: u64,
    /// Times an object was pinned for these calls.
    pub pins: u64,
    /// With DEEP: sum of time on a processor inside the C allocator, part of callee, two's complement as the clock's own cost is taken off.
    pub allocator: u64,
    /// With DEEP: sum of time off the processor by the callee's own will, part of callee.
    pub wait: u64,
    /// With DEEP: sum of time the callee was ready and waited for a processor, part of callee.
    pub ready: u64,
    /// With DEEP: sum of time that looking so deep took in and before these crossings: in no layer of them.
    pub spent: u64,
    /// Zeros.
    pub reserved: [u8; 32],
}

impl Total {
    /// All fields zero.
    pub const ZERO: Self = Total {
        count: 0,
        errors: 0,
        entry: 0,
        callee: 0,
        exit: 0,
        bytes_in: 0,
        bytes_out: 0,
        alloc_bytes: 0,
        allocs: 0,
        copies: 0,
        nested: 0,
        opened: 0,
        recorded: 0,
        frees: 0,
        held_bytes: 0,
        pins: 0,
        allocator: 0,
        wait: 0,
        ready: 0,
        spent: 0,
        reserved: [0; 32],
    };

    /// Reads the first 192 bytes; panics when there are fewer.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut out = Self::ZERO;
        out.count = u64::from_le_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ]);
        out.errors = u64::from_le_bytes([
            bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15],
        ]);
        out.entry = u64::from_le_bytes([
            bytes[16], bytes[17], bytes[18], bytes[19], bytes[20], bytes[21], bytes[22], bytes[23],
        ]);
        out.callee = u64::from_le_bytes([
            bytes[24], bytes[25], bytes[26], bytes[27], bytes[28], bytes[29], bytes[30], bytes[31],
        ]);
        out.exit = u64::from_le_bytes([
            bytes[32], bytes[33], bytes[34], bytes[35], bytes[36], bytes[37], bytes[38], bytes[39],
        ]);
        out.bytes_in = u64::from_le_bytes([
            bytes[40], bytes[41], bytes[42], bytes[43], bytes[44], bytes[45], bytes[46], bytes[47],
        ]);
        out.bytes_out = u64::from_le_bytes([
            bytes[48], bytes[49], bytes[50], bytes[51], bytes[52], bytes[53], bytes[54], bytes[55],
        ]);
        out.alloc_bytes = u64::from_le_bytes([
            bytes[56], bytes[57], bytes[58], bytes[59], bytes[60], bytes[61], bytes[62], bytes[63],
        ]);
        out.allocs = u64::from_le_bytes([
            bytes[64], bytes[65], bytes[66], bytes[67], bytes[68], bytes[69], bytes[70], bytes[71],
        ]);
        out.copies = u64::from_le_bytes([
            bytes[72], bytes[73], bytes[74], bytes[75], bytes[76], bytes[77], bytes[78], bytes[79],
        ]);
        out.nested = u64::from_le_bytes([
            bytes[80], bytes[81], bytes[82], bytes[83], bytes[84], bytes[85], bytes[86], bytes[87],
        ]);
        out.opened = u64::from_le_bytes([
            bytes[88], bytes[89], bytes[90], bytes[91], bytes[92], bytes[93], bytes[94], bytes[95],
        ]);
        out.recorded = u64::from_le_bytes([
            bytes[96], bytes[97], bytes[98], bytes[99], bytes[100], bytes[101], bytes[102],
            bytes[103],
        ]);
        out.frees = u64::from_le_bytes([
            bytes[104], bytes[105], bytes[106], bytes[107], bytes[108], bytes[109], bytes[110],
            bytes[111],
        ]);
        out.held_bytes = u64::from_le_bytes([
            bytes[112], bytes[113], bytes[114], bytes[115], bytes[116], bytes[117], bytes[118],
            bytes[119],
        ]);
        out.pins = u64::from_le_bytes([
            bytes[120], bytes[121], bytes[122], bytes[123], bytes[124], bytes[125], bytes[126],
            bytes[127],
        ]);
        out.allocator = u64::from_le_bytes([
            bytes[128], bytes[129], bytes[130], bytes[131], bytes[132], bytes[133], bytes[134],
            bytes[135],
        ]);
        out.wait = u64::from_le_bytes([
            bytes[136], bytes[137], bytes[138], bytes[139], bytes[140], bytes[141], bytes[142],
            bytes[143],
        ]);
        out.ready = u64::from_le_bytes([
            bytes[144], bytes[145], bytes[146], bytes[147], bytes[148], bytes[149], bytes[150],
            bytes[151],
        ]);
        out.spent = u64::from_le_bytes([
            bytes[152], bytes[153], bytes[154], bytes[155], bytes[156], bytes[157], bytes[158],
            bytes[159],
        ]);
        out.reserved.copy_from_slice(&bytes[160..192]);
        out
    }

    /// Writes the first 192 bytes; panics when there are fewer.
    pub fn encode(&self, bytes: &mut [u8]) {
        bytes[0..8].copy_from_slice(&self.count.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.errors.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.entry.to_le_bytes());
        bytes[24..32].copy_from_slice(&self.callee.to_le_bytes());
        bytes[32..40].copy_from_slice(&self.exit.to_le_bytes());
        bytes[40..48].copy_from_slice(&self.bytes_in.to_le_bytes());
        bytes[48..56].copy_from_slice(&self.bytes_out.to_le_bytes());
        bytes[56..64].copy_from_slice(&self.alloc_bytes.to_le_bytes());
        bytes[64..72].copy_from_slice(&self.allocs.to_le_bytes());
        bytes[72..80].copy_from_slice(&self.copies.to_le_bytes());
        bytes[80..88].copy_from_slice(&self.nested.to_le_bytes());
        bytes[88..96].copy_from_slice(&self.opened.to_le_bytes());
        bytes[96..104].copy_from_slice(&self.recorded.to_le_bytes());
        bytes[104..112].copy_from_slice(&self.frees.to_le_bytes());
        bytes[112..120].copy_from_slice(&self.held_bytes.to_le_bytes());
        bytes[120..128].copy_from_slice(&self.pins.to_le_bytes());
        bytes[128..136].copy_from_slice(&self.allocator.to_le_bytes());
        bytes[136..144].copy_from_slice(&self.wait.to_le_bytes());
        bytes[144..152].copy_from_slice(&self.ready.to_le_bytes());
        bytes[152..160].copy_from_slice(&self.spent.to_le_bytes());
        bytes[160..192].copy_from_slice(&self.reserved);
    }

    /// Every field that carries something, by name, for printing.
    pub fn fields(&self) -> Vec<(&'static str, super::Value)> {
        vec![
            ("count", super::Value::Wide(self.count)),
            ("errors", super::Value::Wide(self.errors)),
            ("entry", super::Value::Wide(self.entry)),
            ("callee", super::Value::Wide(self.callee)),
            ("exit", super::Value::Wide(self.exit)),
            ("bytes_in", super::Value::Wide(self.bytes_in)),
            ("bytes_out", super::Value::Wide(self.bytes_out)),
            ("alloc_bytes", super::Value::Wide(self.alloc_bytes)),
            ("allocs", super::Value::Wide(self.allocs)),
            ("copies", super::Value::Wide(self.copies)),
            ("nested", super::Value::Wide(self.nested)),
            ("opened", super::Value::Wide(self.opened)),
            ("recorded", super::Value::Wide(self.recorded)),
            ("frees", super::Value::Wide(self.frees)),
            ("held_bytes", super::Value::Wide(self.held_bytes)),
            ("pins", super::Value::Wide(self.pins)),
            ("allocator", super::Value::Wide(self.allocator)),
            ("wait", super::Value::Wide(self.wait)),
            ("ready", super::Value::Wide(self.ready)),
            ("spent", super::Value::Wide(self.spent)),
        ]
    }
}

const _: () = assert!(size_of::<Total>() == 192);
const _: () = assert!(offset_of!(Total, count) == 0);
const _: () = assert!(offset_of!(Total, errors) == 8);
const _: () = assert!(offset_of!(Total, entry) == 16);
const _: () = assert!(offset_of!(Total, callee) == 24);
const _: () = assert!(offset_of!(Total, exit) == 32);
const _: () = assert!(offset_of!(Total, bytes_in) == 40);
const _: () = assert!(offset_of!(Total, bytes_out) == 48);
const _: () = assert!(offset_of!(Total, alloc_bytes) == 56);
const _: () = assert!(offset_of!(Total, allocs) == 64);
const _: () = assert!(offset_of!(Total, copies) == 72);
const _: () = assert!(offset_of!(Total, nested) == 80);
const _: () = assert!(offset_of!(Total, opened) == 88);
const _: () = assert!(offset_of!(Total, recorded) == 96);
const _: () = assert!(offset_of!(Total, frees) == 104);
const _: () = assert!(offset_of!(Total, held_bytes) == 112);
const _: () = assert!(offset_of!(Total, pins) == 120);
const _: () = assert!(offset_of!(Total, allocator) == 128);
const _: () = assert!(offset_of!(Total, wait) == 136);
const _: () = assert!(offset_of!(Total, ready) == 144);
const _: () = assert!(offset_of!(Total, spent) == 152);
const _: () = assert!(offset_of!(Total, reserved) == 160);

/// One crossing, one cache line.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Caller entry, ticks since start_ticks.
    pub t0: u64,
    /// Callee entry minus t0.
    pub d1: u32,
    /// Callee exit minus t0.
    pub d2: u32,
    /// Caller exit minus t0.
    pub d3: u32,
    /// Index into the site table.
    pub site: u16,
    /// What the record is of.
    pub kind: u8,
    /// Written last, with release order.
    pub state: u8,
    /// Request number, or the key of a context record.
    pub request: u64,
    /// Span id: process (16 bits), lane from 1 (16), sequence in the lane (32); 0 none.
    pub parent: u64,
    /// Bytes handed to the callee.
    pub bytes_in: u32,
    /// Bytes handed back to the caller.
    pub bytes_out: u32,
    /// Bytes the callee allocated.
    pub alloc_bytes: u32,
    /// Its allocations.
    pub allocs: u16,
    /// Copies made at the boundary.
    pub copies: u8,
    /// Result class, 0 fine.
    pub result: u8,
    /// 1 + sequence / lane_slots of this record: tells a wrapped or torn slot.
    pub generation: u32,
    /// By kind: for CALL, CALLBACK and COPY the crossings of its site this record stands for, 1 unless SAMPLED; else queue wait, payload level or thread.
    pub aux: u32,
}

impl Record {
    /// All fields zero.
    pub const ZERO: Self = Record {
        t0: 0,
        d1: 0,
        d2: 0,
        d3: 0,
        site: 0,
        kind: 0,
        state: 0,
        request: 0,
        parent: 0,
        bytes_in: 0,
        bytes_out: 0,
        alloc_bytes: 0,
        allocs: 0,
        copies: 0,
        result: 0,
        generation: 0,
        aux: 0,
    };

    /// Reads the first 64 bytes; panics when there are fewer.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut out = Self::ZERO;
        out.t0 = u64::from_le_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ]);
        out.d1 = u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]);
        out.d2 = u32::from_le_bytes([bytes[12], bytes[13], bytes[14], bytes[15]]);
        out.d3 = u32::from_le_bytes([bytes[16], bytes[17], bytes[18], bytes[19]]);
        out.site = u16::from_le_bytes([bytes[20], bytes[21]]);
        out.kind = bytes[22];
        out.state = bytes[23];
        out.request = u64::from_le_bytes([
            bytes[24], bytes[25], bytes[26], bytes[27], bytes[28], bytes[29], bytes[30], bytes[31],
        ]);
        out.parent = u64::from_le_bytes([
            bytes[32], bytes[33], bytes[34], bytes[35], bytes[36], bytes[37], bytes[38], bytes[39],
        ]);
        out.bytes_in = u32::from_le_bytes([bytes[40], bytes[41], bytes[42], bytes[43]]);
        out.bytes_out = u32::from_le_bytes([bytes[44], bytes[45], bytes[46], bytes[47]]);
        out.alloc_bytes = u32::from_le_bytes([bytes[48], bytes[49], bytes[50], bytes[51]]);
        out.allocs = u16::from_le_bytes([bytes[52], bytes[53]]);
        out.copies = bytes[54];
        out.result = bytes[55];
        out.generation = u32::from_le_bytes([bytes[56], bytes[57], bytes[58], bytes[59]]);
        out.aux = u32::from_le_bytes([bytes[60], bytes[61], bytes[62], bytes[63]]);
        out
    }

    /// Writes the first 64 bytes; panics when there are fewer.
    pub fn encode(&self, bytes: &mut [u8]) {
        bytes[0..8].copy_from_slice(&self.t0.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.d1.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.d2.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.d3.to_le_bytes());
        bytes[20..22].copy_from_slice(&self.site.to_le_bytes());
        bytes[22] = self.kind;
        bytes[23] = self.state;
        bytes[24..32].copy_from_slice(&self.request.to_le_bytes());
        bytes[32..40].copy_from_slice(&self.parent.to_le_bytes());
        bytes[40..44].copy_from_slice(&self.bytes_in.to_le_bytes());
        bytes[44..48].copy_from_slice(&self.bytes_out.to_le_bytes());
        bytes[48..52].copy_from_slice(&self.alloc_bytes.to_le_bytes());
        bytes[52..54].copy_from_slice(&self.allocs.to_le_bytes());
        bytes[54] = self.copies;
        bytes[55] = self.result;
        bytes[56..60].copy_from_slice(&self.generation.to_le_bytes());
        bytes[60..64].copy_from_slice(&self.aux.to_le_bytes());
    }

    /// Every field that carries something, by name, for printing.
    pub fn fields(&self) -> Vec<(&'static str, super::Value)> {
        vec![
            ("t0", super::Value::Wide(self.t0)),
            ("d1", super::Value::Number(self.d1)),
            ("d2", super::Value::Number(self.d2)),
            ("d3", super::Value::Number(self.d3)),
            ("site", super::Value::Number(u32::from(self.site))),
            ("kind", super::Value::Number(u32::from(self.kind))),
            ("state", super::Value::Number(u32::from(self.state))),
            ("request", super::Value::Wide(self.request)),
            ("parent", super::Value::Wide(self.parent)),
            ("bytes_in", super::Value::Number(self.bytes_in)),
            ("bytes_out", super::Value::Number(self.bytes_out)),
            ("alloc_bytes", super::Value::Number(self.alloc_bytes)),
            ("allocs", super::Value::Number(u32::from(self.allocs))),
            ("copies", super::Value::Number(u32::from(self.copies))),
            ("result", super::Value::Number(u32::from(self.result))),
            ("generation", super::Value::Number(self.generation)),
            ("aux", super::Value::Number(self.aux)),
        ]
    }
}

const _: () = assert!(size_of::<Record>() == 64);
const _: () = assert!(offset_of!(Record, t0) == 0);
const _: () = assert!(offset_of!(Record, d1) == 8);
const _: () = assert!(offset_of!(Record, d2) == 12);
const _: () = assert!(offset_of!(Record, d3) == 16);
const _: () = assert!(offset_of!(Record, site) == 20);
const _: () = assert!(offset_of!(Record, kind) == 22);
const _: () = assert!(offset_of!(Record, state) == 23);
const _: () = assert!(offset_of!(Record, request) == 24);
const _: () = assert!(offset_of!(Record, parent) == 32);
const _: () = assert!(offset_of!(Record, bytes_in) == 40);
const _: () = assert!(offset_of!(Record, bytes_out) == 44);
const _: () = assert!(offset_of!(Record, alloc_bytes) == 48);
const _: () = assert!(offset_of!(Record, allocs) == 52);
const _: () = assert!(offset_of!(Record, copies) == 54);
const _: () = assert!(offset_of!(Record, result) == 55);
const _: () = assert!(offset_of!(Record, generation) == 56);
const _: () = assert!(offset_of!(Record, aux) == 60);

/// One value of a sample.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gauge {
    /// A count, bytes or nanoseconds.
    pub value: u64,
}

impl Gauge {
    /// All fields zero.
    pub const ZERO: Self = Gauge { value: 0 };

    /// Reads the first 8 bytes; panics when there are fewer.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut out = Self::ZERO;
        out.value = u64::from_le_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ]);
        out
    }

    /// Writes the first 8 bytes; panics when there are fewer.
    pub fn encode(&self, bytes: &mut [u8]) {
        bytes[0..8].copy_from_slice(&self.value.to_le_bytes());
    }

    /// Every field that carries something, by name, for printing.
    pub fn fields(&self) -> Vec<(&'static str, super::Value)> {
        vec![("value", super::Value::Wide(self.value))]
    }
}

const _: () = assert!(size_of::<Gauge>() == 8);
const _: () = assert!(offset_of!(Gauge, value) == 0);

/// The process at one moment: its two runtimes and what the system says of it.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Monotonic clock.
    pub ns: u64,
    /// Why it was taken; 0 not yet whole.
    pub cause: u32,
    /// Number of the phase it ends, from 1; 0 none.
    pub phase: u32,
    /// Bit i: value i is known.
    pub present: u64,
    /// By gauge, named in src/format/gauge.ts.
    pub values: [Gauge; 61],
}

impl Sample {
    /// All fields zero.
    pub const ZERO: Self = Sample {
        ns: 0,
        cause: 0,
        phase: 0,
        present: 0,
        values: [Gauge::ZERO; 61],
    };

    /// Reads the first 512 bytes; panics when there are fewer.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut out = Self::ZERO;
        out.ns = u64::from_le_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ]);
        out.cause = u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]);
        out.phase = u32::from_le_bytes([bytes[12], bytes[13], bytes[14], bytes[15]]);
        out.present = u64::from_le_bytes([
            bytes[16], bytes[17], bytes[18], bytes[19], bytes[20], bytes[21], bytes[22], bytes[23],
        ]);
        for (item, raw) in out.values.iter_mut().zip(bytes[24..512].chunks_exact(8)) {
            *item = Gauge::decode(raw);
        }
        out
    }

    /// Writes the first 512 bytes; panics when there are fewer.
    pub fn encode(&self, bytes: &mut [u8]) {
        bytes[0..8].copy_from_slice(&self.ns.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.cause.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.phase.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.present.to_le_bytes());
        for (item, raw) in self.values.iter().zip(bytes[24..512].chunks_exact_mut(8)) {
            item.encode(raw);
        }
    }

    /// Every field that carries something, by name, for printing.
    pub fn fields(&self) -> Vec<(&'static str, super::Value)> {
        vec![
            ("ns", super::Value::Wide(self.ns)),
            ("cause", super::Value::Number(self.cause)),
            ("phase", super::Value::Number(self.phase)),
            ("present", super::Value::Wide(self.present)),
            (
                "values",
                super::Value::List(self.values.iter().map(|item| item.fields()).collect()),
            ),
        ]
    }
}

const _: () = assert!(size_of::<Sample>() == 512);
const _: () = assert!(offset_of!(Sample, ns) == 0);
const _: () = assert!(offset_of!(Sample, cause) == 8);
const _: () = assert!(offset_of!(Sample, phase) == 12);
const _: () = assert!(offset_of!(Sample, present) == 16);
const _: () = assert!(offset_of!(Sample, values) == 24);
