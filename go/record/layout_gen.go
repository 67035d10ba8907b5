// Code generated from format/record.json by scripts/generate.ts. DO NOT EDIT.

package record

import (
	"encoding/binary"
	"unsafe"
)

const (
	// Magic begins every record file.
	Magic = "SEAMARK1"
	// Version of the layout; a reader refuses others.
	Version = 3
	// DefaultLaneSlots: slots a lane by default; a power of two.
	DefaultLaneSlots = 16384
	// DefaultSamples: samples of the process a file by default; when they are used up every second one is dropped and the interval doubled.
	DefaultSamples = 4096
	// DefaultGauges: values a sample has room for.
	DefaultGauges = 61
	// DefaultLanes: lanes a file by default.
	DefaultLanes = 64
	// DefaultSites: site table entries a file by default.
	DefaultSites = 512
	// DefaultTriples: calibration triples the header has room for.
	DefaultTriples = 8
	// DefaultCoarseShift: bits by which d1, d2, d3 are shifted when the coarse flag is set.
	DefaultCoarseShift = 10
)

// Clock values.
const (
	ClockTSC uint32 = 1
	ClockOS  uint32 = 2
)

// Kind values.
const (
	KindCall       uint8 = 1
	KindCallback   uint8 = 2
	KindSubmit     uint8 = 3
	KindComplete   uint8 = 4
	KindIPCSend    uint8 = 5
	KindIPCReceive uint8 = 6
	KindSpan       uint8 = 7
	KindCounter    uint8 = 8
	KindMark       uint8 = 9
	KindContext    uint8 = 10
	KindCopy       uint8 = 11
)

// State bits.
const (
	StateOpen         uint8 = 1
	StateClosed       uint8 = 2
	StateError        uint8 = 4
	StateSaturated    uint8 = 8
	StateSampled      uint8 = 16
	StateCoarse       uint8 = 32
	StateRequestIsKey uint8 = 64
)

// SiteFlags bits.
const (
	SiteFlagsUnpatched uint8 = 1
	SiteFlagsLeftOut   uint8 = 2
)

// FileFlags bits.
const (
	FileFlagsFinished       uint32 = 1
	FileFlagsFlightRecorder uint32 = 2
	FileFlagsCountersOnly   uint32 = 4
	FileFlagsAllocations    uint32 = 8
	FileFlagsOtherAllocator uint32 = 16
	FileFlagsJemalloc       uint32 = 32
	FileFlagsMimalloc       uint32 = 64
	FileFlagsNoRoom         uint32 = 128
	FileFlagsNoSamples      uint32 = 256
	FileFlagsLibcUnasked    uint32 = 512
	FileFlagsDeep           uint32 = 1024
)

// Cause values.
const (
	CauseBeat    uint32 = 1
	CausePhase   uint32 = 2
	CauseRequest uint32 = 3
	CauseEnd     uint32 = 4
)

// Refusal codes.
const (
	RefusalCut                = "cut"
	RefusalWrongMagic         = "wrong-magic"
	RefusalForeignVersion     = "foreign-version"
	RefusalWrongHeaderSize    = "wrong-header-size"
	RefusalUnknownClock       = "unknown-clock"
	RefusalLyingCounts        = "lying-counts"
	RefusalSlotsNotPowerOfTwo = "slots-not-power-of-two"
	RefusalLaneBytesMismatch  = "lane-bytes-mismatch"
	RefusalOffsetOutside      = "offset-outside"
	RefusalSiteOutOfOrder     = "site-out-of-order"
	RefusalLyingSequence      = "lying-sequence"
	RefusalOpenRecord         = "open-record"
	RefusalTornRecord         = "torn-record"
	RefusalUnknownSite        = "unknown-site"
	RefusalDisorderedRecord   = "disordered-record"
)

var reasons = map[string]string{
	RefusalCut:                "the file ends before what its header promises",
	RefusalWrongMagic:         "the file does not begin with SEAMARK1: it is no record file",
	RefusalForeignVersion:     "the file was written in another version of the layout",
	RefusalWrongHeaderSize:    "header_bytes is not 4096",
	RefusalUnknownClock:       "clock is neither TSC nor OS",
	RefusalLyingCounts:        "a count in the header is above its capacity, or a capacity above what records can name",
	RefusalSlotsNotPowerOfTwo: "lane_slots is not a power of two",
	RefusalLaneBytesMismatch:  "lane_bytes is not what site_capacity and lane_slots make",
	RefusalOffsetOutside:      "the site table or the lanes overlap something, stand askew, or begin beyond the end of the file",
	RefusalSiteOutOfOrder:     "an entry of the site table does not carry its own index",
	RefusalLyingSequence:      "a lane claims more records than it has slots, and the file is no flight recorder",
	RefusalOpenRecord:         "the record was begun and never closed",
	RefusalTornRecord:         "the record's generation is not that of its place: it was overwritten or half written",
	RefusalUnknownSite:        "the record names a site that the site table does not have",
	RefusalDisorderedRecord:   "the record's stamps do not follow each other in time",
}

// TripleBytes is the size of a Triple.
const TripleBytes = 24

// Triple: the monotonic clock between two readings of the tick clock.
type Triple struct {
	// tick clock just before the monotonic clock was read
	BeforeTicks uint64 `record:"before_ticks"`
	// monotonic clock
	Ns uint64 `record:"ns"`
	// tick clock just after
	AfterTicks uint64 `record:"after_ticks"`
}

func (s *Triple) decode(b []byte) {
	_ = b[23]
	s.BeforeTicks = binary.LittleEndian.Uint64(b[0:])
	s.Ns = binary.LittleEndian.Uint64(b[8:])
	s.AfterTicks = binary.LittleEndian.Uint64(b[16:])
}

func (s *Triple) encode(b []byte) {
	_ = b[23]
	binary.LittleEndian.PutUint64(b[0:], s.BeforeTicks)
	binary.LittleEndian.PutUint64(b[8:], s.Ns)
	binary.LittleEndian.PutUint64(b[16:], s.AfterTicks)
}

const (
	_ = uint(unsafe.Sizeof(Triple{}) - 24)
	_ = uint(24 - unsafe.Sizeof(Triple{}))
	_ = uint(unsafe.Offsetof(Triple{}.BeforeTicks) - 0)
	_ = uint(0 - unsafe.Offsetof(Triple{}.BeforeTicks))
	_ = uint(unsafe.Offsetof(Triple{}.Ns) - 8)
	_ = uint(8 - unsafe.Offsetof(Triple{}.Ns))
	_ = uint(unsafe.Offsetof(Triple{}.AfterTicks) - 16)
	_ = uint(16 - unsafe.Offsetof(Triple{}.AfterTicks))
)

// HeaderBytes is the size of a Header.
const HeaderBytes = 4096

// Header: at offset 0 of the file, one page.
type Header struct {
	// SEAMARK1
	Magic [8]uint8 `record:"magic,text"`
	// of this layout; a reader refuses others
	Version uint32 `record:"version"`
	// 4096
	HeaderBytes uint32 `record:"header_bytes"`
	// first half of every trace id of this run
	RunID uint64 `record:"run_id"`
	// what ticks are
	Clock uint32 `record:"clock"`
	// process number within the run, 16 bits used, from 1
	Process uint32 `record:"process"`
	// 0 until calibrated: the reader then uses the triples
	TicksPerSecond uint64 `record:"ticks_per_second"`
	// smallest step seen between two readings
	QuantumTicks uint32 `record:"quantum_ticks"`
	// how it was written, and whether it ended in order
	Flags uint32 `record:"flags"`
	// clock when the run began; t0 counts from here
	StartTicks uint64 `record:"start_ticks"`
	// monotonic clock at start_ticks
	StartNs uint64 `record:"start_ns"`
	// clock at an orderly end, or when the process was last seen to cross; 0 unknown
	EndTicks uint64 `record:"end_ticks"`
	// monotonic clock at end_ticks, else 0
	EndNs uint64 `record:"end_ns"`
	// SHA-256 of the run's environment description, or zeros
	Environment [32]uint8 `record:"environment"`
	// entries in the site table
	SiteCapacity uint32 `record:"site_capacity"`
	// entries in use; raised after the entry was written, never above site_capacity
	SiteCount uint32 `record:"site_count"`
	// lanes the file has room for
	LaneCapacity uint32 `record:"lane_capacity"`
	// lanes handed out so far, never above lane_capacity
	LaneCount uint32 `record:"lane_count"`
	// record slots a lane, a power of two
	LaneSlots uint32 `record:"lane_slots"`
	// calibration triples in use
	TripleCount uint32 `record:"triple_count"`
	// of the site table from the start of the file, a multiple of 64
	SitesOffset uint64 `record:"sites_offset"`
	// of the first lane from the start of the file, a multiple of 64, behind the site table
	LanesOffset uint64 `record:"lanes_offset"`
	// from one lane to the next: 64 + 192 site_capacity + 64 lane_slots
	LaneBytes uint64 `record:"lane_bytes"`
	// crossings by threads for which no lane was left: in the totals of the first lane, which all threads share, without records
	OverflowCrossings uint64 `record:"overflow_crossings"`
	// what a probed crossing costs more than a bare one, times 256, measured at start; 0 unknown
	OwnCostTicks uint64 `record:"own_cost_ticks"`
	// of the process that wrote it
	PID uint32 `record:"pid"`
	// 0; reserved for later counters
	CounterLayout uint32 `record:"counter_layout"`
	// bracketed readings of both clocks, from start to end
	Triples [8]Triple `record:"triples"`
	// of the samples from the start of the file, a multiple of 64, behind the lanes; 0 none
	SamplesOffset uint64 `record:"samples_offset"`
	// time between two samples now; it grows when they fill up. 0 none are taken
	SampleIntervalNs uint64 `record:"sample_interval_ns"`
	// samples the file has room for, even
	SampleCapacity uint32 `record:"sample_capacity"`
	// samples in use; raised after one was written, halved when every second was dropped
	SampleCount uint32 `record:"sample_count"`
	// 1 in so many crossings of a site was timed and recorded, 0 and 1 each; above 1 time sums are of those, each times what it stands for
	RecordPeriod uint32 `record:"record_period"`
	// 0; reserved
	KeySlot uint32 `record:"key_slot"`
	// zeros
	Reserved [3688]uint8
}

func (s *Header) decode(b []byte) {
	_ = b[4095]
	copy(s.Magic[:], b[0:])
	s.Version = binary.LittleEndian.Uint32(b[8:])
	s.HeaderBytes = binary.LittleEndian.Uint32(b[12:])
	s.RunID = binary.LittleEndian.Uint64(b[16:])
	s.Clock = binary.LittleEndian.Uint32(b[24:])
	s.Process = binary.LittleEndian.Uint32(b[28:])
	s.TicksPerSecond = binary.LittleEndian.Uint64(b[32:])
	s.QuantumTicks = binary.LittleEndian.Uint32(b[40:])
	s.Flags = binary.LittleEndian.Uint32(b[44:])
	s.StartTicks = binary.LittleEndian.Uint64(b[48:])
	s.StartNs = binary.LittleEndian.Uint64(b[56:])
	s.EndTicks = binary.LittleEndian.Uint64(b[64:])
	s.EndNs = binary.LittleEndian.Uint64(b[72:])
	copy(s.Environment[:], b[80:])
	s.SiteCapacity = binary.LittleEndian.Uint32(b[112:])
	s.SiteCount = binary.LittleEndian.Uint32(b[116:])
	s.LaneCapacity = binary.LittleEndian.Uint32(b[120:])
	s.LaneCount = binary.LittleEndian.Uint32(b[124:])
	s.LaneSlots = binary.LittleEndian.Uint32(b[128:])
	s.TripleCount = binary.LittleEndian.Uint32(b[132:])
	s.SitesOffset = binary.LittleEndian.Uint64(b[136:])
	s.LanesOffset = binary.LittleEndian.Uint64(b[144:])
	s.LaneBytes = binary.LittleEndian.Uint64(b[152:])
	s.OverflowCrossings = binary.LittleEndian.Uint64(b[160:])
	s.OwnCostTicks = binary.LittleEndian.Uint64(b[168:])
	s.PID = binary.LittleEndian.Uint32(b[176:])
	s.CounterLayout = binary.LittleEndian.Uint32(b[180:])
	for i := range s.Triples {
		s.Triples[i].decode(b[184+i*24:])
	}
	s.SamplesOffset = binary.LittleEndian.Uint64(b[376:])
	s.SampleIntervalNs = binary.LittleEndian.Uint64(b[384:])
	s.SampleCapacity = binary.LittleEndian.Uint32(b[392:])
	s.SampleCount = binary.LittleEndian.Uint32(b[396:])
	s.RecordPeriod = binary.LittleEndian.Uint32(b[400:])
	s.KeySlot = binary.LittleEndian.Uint32(b[404:])
	copy(s.Reserved[:], b[408:])
}

func (s *Header) encode(b []byte) {
	_ = b[4095]
	copy(b[0:], s.Magic[:])
	binary.LittleEndian.PutUint32(b[8:], s.Version)
	binary.LittleEndian.PutUint32(b[12:], s.HeaderBytes)
	binary.LittleEndian.PutUint64(b[16:], s.RunID)
	binary.LittleEndian.PutUint32(b[24:], s.Clock)
	binary.LittleEndian.PutUint32(b[28:], s.Process)
	binary.LittleEndian.PutUint64(b[32:], s.TicksPerSecond)
	binary.LittleEndian.PutUint32(b[40:], s.QuantumTicks)
	binary.LittleEndian.PutUint32(b[44:], s.Flags)
	binary.LittleEndian.PutUint64(b[48:], s.StartTicks)
	binary.LittleEndian.PutUint64(b[56:], s.StartNs)
	binary.LittleEndian.PutUint64(b[64:], s.EndTicks)
	binary.LittleEndian.PutUint64(b[72:], s.EndNs)
	copy(b[80:], s.Environment[:])
	binary.LittleEndian.PutUint32(b[112:], s.SiteCapacity)
	binary.LittleEndian.PutUint32(b[116:], s.SiteCount)
	binary.LittleEndian.PutUint32(b[120:], s.LaneCapacity)
	binary.LittleEndian.PutUint32(b[124:], s.LaneCount)
	binary.LittleEndian.PutUint32(b[128:], s.LaneSlots)
	binary.LittleEndian.PutUint32(b[132:], s.TripleCount)
	binary.LittleEndian.PutUint64(b[136:], s.SitesOffset)
	binary.LittleEndian.PutUint64(b[144:], s.LanesOffset)
	binary.LittleEndian.PutUint64(b[152:], s.LaneBytes)
	binary.LittleEndian.PutUint64(b[160:], s.OverflowCrossings)
	binary.LittleEndian.PutUint64(b[168:], s.OwnCostTicks)
	binary.LittleEndian.PutUint32(b[176:], s.PID)
	binary.LittleEndian.PutUint32(b[180:], s.CounterLayout)
	for i := range s.Triples {
		s.Triples[i].encode(b[184+i*24:])
	}
	binary.LittleEndian.PutUint64(b[376:], s.SamplesOffset)
	binary.LittleEndian.PutUint64(b[384:], s.SampleIntervalNs)
	binary.LittleEndian.PutUint32(b[392:], s.SampleCapacity)
	binary.LittleEndian.PutUint32(b[396:], s.SampleCount)
	binary.LittleEndian.PutUint32(b[400:], s.RecordPeriod)
	binary.LittleEndian.PutUint32(b[404:], s.KeySlot)
	copy(b[408:], s.Reserved[:])
}

const (
	_ = uint(unsafe.Sizeof(Header{}) - 4096)
	_ = uint(4096 - unsafe.Sizeof(Header{}))
	_ = uint(unsafe.Offsetof(Header{}.Magic) - 0)
	_ = uint(0 - unsafe.Offsetof(Header{}.Magic))
	_ = uint(unsafe.Offsetof(Header{}.Version) - 8)
	_ = uint(8 - unsafe.Offsetof(Header{}.Version))
	_ = uint(unsafe.Offsetof(Header{}.HeaderBytes) - 12)
	_ = uint(12 - unsafe.Offsetof(Header{}.HeaderBytes))
	_ = uint(unsafe.Offsetof(Header{}.RunID) - 16)
	_ = uint(16 - unsafe.Offsetof(Header{}.RunID))
	_ = uint(unsafe.Offsetof(Header{}.Clock) - 24)
	_ = uint(24 - unsafe.Offsetof(Header{}.Clock))
	_ = uint(unsafe.Offsetof(Header{}.Process) - 28)
	_ = uint(28 - unsafe.Offsetof(Header{}.Process))
	_ = uint(unsafe.Offsetof(Header{}.TicksPerSecond) - 32)
	_ = uint(32 - unsafe.Offsetof(Header{}.TicksPerSecond))
	_ = uint(unsafe.Offsetof(Header{}.QuantumTicks) - 40)
	_ = uint(40 - unsafe.Offsetof(Header{}.QuantumTicks))
	_ = uint(unsafe.Offsetof(Header{}.Flags) - 44)
	_ = uint(44 - unsafe.Offsetof(Header{}.Flags))
	_ = uint(unsafe.Offsetof(Header{}.StartTicks) - 48)
	_ = uint(48 - unsafe.Offsetof(Header{}.StartTicks))
	_ = uint(unsafe.Offsetof(Header{}.StartNs) - 56)
	_ = uint(56 - unsafe.Offsetof(Header{}.StartNs))
	_ = uint(unsafe.Offsetof(Header{}.EndTicks) - 64)
	_ = uint(64 - unsafe.Offsetof(Header{}.EndTicks))
	_ = uint(unsafe.Offsetof(Header{}.EndNs) - 72)
	_ = uint(72 - unsafe.Offsetof(Header{}.EndNs))
	_ = uint(unsafe.Offsetof(Header{}.Environment) - 80)
	_ = uint(80 - unsafe.Offsetof(Header{}.Environment))
	_ = uint(unsafe.Offsetof(Header{}.SiteCapacity) - 112)
	_ = uint(112 - unsafe.Offsetof(Header{}.SiteCapacity))
	_ = uint(unsafe.Offsetof(Header{}.SiteCount) - 116)
	_ = uint(116 - unsafe.Offsetof(Header{}.SiteCount))
	_ = uint(unsafe.Offsetof(Header{}.LaneCapacity) - 120)
	_ = uint(120 - unsafe.Offsetof(Header{}.LaneCapacity))
	_ = uint(unsafe.Offsetof(Header{}.LaneCount) - 124)
	_ = uint(124 - unsafe.Offsetof(Header{}.LaneCount))
	_ = uint(unsafe.Offsetof(Header{}.LaneSlots) - 128)
	_ = uint(128 - unsafe.Offsetof(Header{}.LaneSlots))
	_ = uint(unsafe.Offsetof(Header{}.TripleCount) - 132)
	_ = uint(132 - unsafe.Offsetof(Header{}.TripleCount))
	_ = uint(unsafe.Offsetof(Header{}.SitesOffset) - 136)
	_ = uint(136 - unsafe.Offsetof(Header{}.SitesOffset))
	_ = uint(unsafe.Offsetof(Header{}.LanesOffset) - 144)
	_ = uint(144 - unsafe.Offsetof(Header{}.LanesOffset))
	_ = uint(unsafe.Offsetof(Header{}.LaneBytes) - 152)
	_ = uint(152 - unsafe.Offsetof(Header{}.LaneBytes))
	_ = uint(unsafe.Offsetof(Header{}.OverflowCrossings) - 160)
	_ = uint(160 - unsafe.Offsetof(Header{}.OverflowCrossings))
	_ = uint(unsafe.Offsetof(Header{}.OwnCostTicks) - 168)
	_ = uint(168 - unsafe.Offsetof(Header{}.OwnCostTicks))
	_ = uint(unsafe.Offsetof(Header{}.PID) - 176)
	_ = uint(176 - unsafe.Offsetof(Header{}.PID))
	_ = uint(unsafe.Offsetof(Header{}.CounterLayout) - 180)
	_ = uint(180 - unsafe.Offsetof(Header{}.CounterLayout))
	_ = uint(unsafe.Offsetof(Header{}.Triples) - 184)
	_ = uint(184 - unsafe.Offsetof(Header{}.Triples))
	_ = uint(unsafe.Offsetof(Header{}.SamplesOffset) - 376)
	_ = uint(376 - unsafe.Offsetof(Header{}.SamplesOffset))
	_ = uint(unsafe.Offsetof(Header{}.SampleIntervalNs) - 384)
	_ = uint(384 - unsafe.Offsetof(Header{}.SampleIntervalNs))
	_ = uint(unsafe.Offsetof(Header{}.SampleCapacity) - 392)
	_ = uint(392 - unsafe.Offsetof(Header{}.SampleCapacity))
	_ = uint(unsafe.Offsetof(Header{}.SampleCount) - 396)
	_ = uint(396 - unsafe.Offsetof(Header{}.SampleCount))
	_ = uint(unsafe.Offsetof(Header{}.RecordPeriod) - 400)
	_ = uint(400 - unsafe.Offsetof(Header{}.RecordPeriod))
	_ = uint(unsafe.Offsetof(Header{}.KeySlot) - 404)
	_ = uint(404 - unsafe.Offsetof(Header{}.KeySlot))
	_ = uint(unsafe.Offsetof(Header{}.Reserved) - 408)
	_ = uint(408 - unsafe.Offsetof(Header{}.Reserved))
)

// SiteBytes is the size of a Site.
const SiteBytes = 512

// Site: one entry of the site table; texts are UTF-8, padded with zeros, cut at their size.
type Site struct {
	// index of this entry; what records carry
	ID uint16 `record:"id"`
	// CALL, CALLBACK or COPY
	Kind uint8 `record:"kind"`
	// UNPATCHED: cgo wrote it in a form unknown to the probe, its crossings are not seen
	Flags uint8 `record:"flags"`
	// of the Go declaration or first use, 0 unknown
	Line uint32 `record:"line"`
	// the foreign function as C names it
	Symbol [152]uint8 `record:"symbol,text"`
	// import path of the Go package
	Package [192]uint8 `record:"package,text"`
	// Go file, base name
	File [160]uint8 `record:"file,text"`
}

func (s *Site) decode(b []byte) {
	_ = b[511]
	s.ID = binary.LittleEndian.Uint16(b[0:])
	s.Kind = b[2]
	s.Flags = b[3]
	s.Line = binary.LittleEndian.Uint32(b[4:])
	copy(s.Symbol[:], b[8:])
	copy(s.Package[:], b[160:])
	copy(s.File[:], b[352:])
}

func (s *Site) encode(b []byte) {
	_ = b[511]
	binary.LittleEndian.PutUint16(b[0:], s.ID)
	b[2] = s.Kind
	b[3] = s.Flags
	binary.LittleEndian.PutUint32(b[4:], s.Line)
	copy(b[8:], s.Symbol[:])
	copy(b[160:], s.Package[:])
	copy(b[352:], s.File[:])
}

const (
	_ = uint(unsafe.Sizeof(Site{}) - 512)
	_ = uint(512 - unsafe.Sizeof(Site{}))
	_ = uint(unsafe.Offsetof(Site{}.ID) - 0)
	_ = uint(0 - unsafe.Offsetof(Site{}.ID))
	_ = uint(unsafe.Offsetof(Site{}.Kind) - 2)
	_ = uint(2 - unsafe.Offsetof(Site{}.Kind))
	_ = uint(unsafe.Offsetof(Site{}.Flags) - 3)
	_ = uint(3 - unsafe.Offsetof(Site{}.Flags))
	_ = uint(unsafe.Offsetof(Site{}.Line) - 4)
	_ = uint(4 - unsafe.Offsetof(Site{}.Line))
	_ = uint(unsafe.Offsetof(Site{}.Symbol) - 8)
	_ = uint(8 - unsafe.Offsetof(Site{}.Symbol))
	_ = uint(unsafe.Offsetof(Site{}.Package) - 160)
	_ = uint(160 - unsafe.Offsetof(Site{}.Package))
	_ = uint(unsafe.Offsetof(Site{}.File) - 352)
	_ = uint(352 - unsafe.Offsetof(Site{}.File))
)

// LaneBytes is the size of a Lane.
const LaneBytes = 64

// Lane: head of a lane; single writer at a time. Behind it: site_capacity totals, then lane_slots records.
type Lane struct {
	// records reserved in this lane since it began; slot = sequence mod lane_slots. Above lane_slots only with FLIGHT_RECORDER
	Sequence uint64 `record:"sequence"`
	// crossings that got no record because the lane was full or sampling passed them over
	Dropped uint64 `record:"dropped"`
	// of the present or last owner
	Thread uint64 `record:"thread"`
	// threads that owned this lane so far
	Owners uint32 `record:"owners"`
	// 1 while a thread owns it
	InUse uint32 `record:"in_use"`
	// 1 in so many crossings is recorded now, of any one site at least so rarely; 0 when the lane is full
	SamplePeriod uint32 `record:"sample_period"`
	// zeros
	Reserved [28]uint8
}

func (s *Lane) decode(b []byte) {
	_ = b[63]
	s.Sequence = binary.LittleEndian.Uint64(b[0:])
	s.Dropped = binary.LittleEndian.Uint64(b[8:])
	s.Thread = binary.LittleEndian.Uint64(b[16:])
	s.Owners = binary.LittleEndian.Uint32(b[24:])
	s.InUse = binary.LittleEndian.Uint32(b[28:])
	s.SamplePeriod = binary.LittleEndian.Uint32(b[32:])
	copy(s.Reserved[:], b[36:])
}

func (s *Lane) encode(b []byte) {
	_ = b[63]
	binary.LittleEndian.PutUint64(b[0:], s.Sequence)
	binary.LittleEndian.PutUint64(b[8:], s.Dropped)
	binary.LittleEndian.PutUint64(b[16:], s.Thread)
	binary.LittleEndian.PutUint32(b[24:], s.Owners)
	binary.LittleEndian.PutUint32(b[28:], s.InUse)
	binary.LittleEndian.PutUint32(b[32:], s.SamplePeriod)
	copy(b[36:], s.Reserved[:])
}

const (
	_ = uint(unsafe.Sizeof(Lane{}) - 64)
	_ = uint(64 - unsafe.Sizeof(Lane{}))
	_ = uint(unsafe.Offsetof(Lane{}.Sequence) - 0)
	_ = uint(0 - unsafe.Offsetof(Lane{}.Sequence))
	_ = uint(unsafe.Offsetof(Lane{}.Dropped) - 8)
	_ = uint(8 - unsafe.Offsetof(Lane{}.Dropped))
	_ = uint(unsafe.Offsetof(Lane{}.Thread) - 16)
	_ = uint(16 - unsafe.Offsetof(Lane{}.Thread))
	_ = uint(unsafe.Offsetof(Lane{}.Owners) - 24)
	_ = uint(24 - unsafe.Offsetof(Lane{}.Owners))
	_ = uint(unsafe.Offsetof(Lane{}.InUse) - 28)
	_ = uint(28 - unsafe.Offsetof(Lane{}.InUse))
	_ = uint(unsafe.Offsetof(Lane{}.SamplePeriod) - 32)
	_ = uint(32 - unsafe.Offsetof(Lane{}.SamplePeriod))
	_ = uint(unsafe.Offsetof(Lane{}.Reserved) - 36)
	_ = uint(36 - unsafe.Offsetof(Lane{}.Reserved))
)

// TotalBytes is the size of a Total.
const TotalBytes = 192

// Total: exact sums of one site in one lane, over closed crossings; ticks.
type Total struct {
	// crossings closed
	Count uint64 `record:"count"`
	// of these, ended in error
	Errors uint64 `record:"errors"`
	// sum of d1
	Entry uint64 `record:"entry"`
	// sum of d2 - d1
	Callee uint64 `record:"callee"`
	// sum of d3 - d2: the layer called return
	Exit uint64 `record:"exit"`
	// bytes handed to the callee
	BytesIn uint64 `record:"bytes_in"`
	// bytes handed back to the caller
	BytesOut uint64 `record:"bytes_out"`
	// bytes the callee asked the C allocator for, on the thread of the call
	AllocBytes uint64 `record:"alloc_bytes"`
	// how often it did
	Allocs uint64 `record:"allocs"`
	// copies made at the boundary: by a COPY site one each, else those that served these crossings
	Copies uint64 `record:"copies"`
	// sum of time inside callbacks of this call, part of callee
	Nested uint64 `record:"nested"`
	// crossings begun; more than count when some never closed
	Opened uint64 `record:"opened"`
	// of these, with a record
	Recorded uint64 `record:"recorded"`
	// blocks the callee gave back to the allocator
	Frees uint64 `record:"frees"`
	// bytes the allocator set aside for the callee less those it took back, two's complement: what stays after the call
	HeldBytes uint64 `record:"held_bytes"`
	// times an object was pinned for these calls
	Pins uint64 `record:"pins"`
	// with DEEP: sum of time on a processor inside the C allocator, part of callee, two's complement as the clock's own cost is taken off
	Allocator uint64 `record:"allocator"`
	// with DEEP: sum of time off the processor by the callee's own will, part of callee
	Wait uint64 `record:"wait"`
	// with DEEP: sum of time the callee was ready and waited for a processor, part of callee
	Ready uint64 `record:"ready"`
	// with DEEP: sum of time that looking so deep took in and before these crossings: in no layer of them
	Spent uint64 `record:"spent"`
	// zeros
	Reserved [32]uint8
}

func (s *Total) decode(b []byte) {
	_ = b[191]
	s.Count = binary.LittleEndian.Uint64(b[0:])
	s.Errors = binary.LittleEndian.Uint64(b[8:])
	s.Entry = binary.LittleEndian.Uint64(b[16:])
	s.Callee = binary.LittleEndian.Uint64(b[24:])
	s.Exit = binary.LittleEndian.Uint64(b[32:])
	s.BytesIn = binary.LittleEndian.Uint64(b[40:])
	s.BytesOut = binary.LittleEndian.Uint64(b[48:])
	s.AllocBytes = binary.LittleEndian.Uint64(b[56:])
	s.Allocs = binary.LittleEndian.Uint64(b[64:])
	s.Copies = binary.LittleEndian.Uint64(b[72:])
	s.Nested = binary.LittleEndian.Uint64(b[80:])
	s.Opened = binary.LittleEndian.Uint64(b[88:])
	s.Recorded = binary.LittleEndian.Uint64(b[96:])
	s.Frees = binary.LittleEndian.Uint64(b[104:])
	s.HeldBytes = binary.LittleEndian.Uint64(b[112:])
	s.Pins = binary.LittleEndian.Uint64(b[120:])
	s.Allocator = binary.LittleEndian.Uint64(b[128:])
	s.Wait = binary.LittleEndian.Uint64(b[136:])
	s.Ready = binary.LittleEndian.Uint64(b[144:])
	s.Spent = binary.LittleEndian.Uint64(b[152:])
	copy(s.Reserved[:], b[160:])
}

func (s *Total) encode(b []byte) {
	_ = b[191]
	binary.LittleEndian.PutUint64(b[0:], s.Count)
	binary.LittleEndian.PutUint64(b[8:], s.Errors)
	binary.LittleEndian.PutUint64(b[16:], s.Entry)
	binary.LittleEndian.PutUint64(b[24:], s.Callee)
	binary.LittleEndian.PutUint64(b[32:], s.Exit)
	binary.LittleEndian.PutUint64(b[40:], s.BytesIn)
	binary.LittleEndian.PutUint64(b[48:], s.BytesOut)
	binary.LittleEndian.PutUint64(b[56:], s.AllocBytes)
	binary.LittleEndian.PutUint64(b[64:], s.Allocs)
	binary.LittleEndian.PutUint64(b[72:], s.Copies)
	binary.LittleEndian.PutUint64(b[80:], s.Nested)
	binary.LittleEndian.PutUint64(b[88:], s.Opened)
	binary.LittleEndian.PutUint64(b[96:], s.Recorded)
	binary.LittleEndian.PutUint64(b[104:], s.Frees)
	binary.LittleEndian.PutUint64(b[112:], s.HeldBytes)
	binary.LittleEndian.PutUint64(b[120:], s.Pins)
	binary.LittleEndian.PutUint64(b[128:], s.Allocator)
	binary.LittleEndian.PutUint64(b[136:], s.Wait)
	binary.LittleEndian.PutUint64(b[144:], s.Ready)
	binary.LittleEndian.PutUint64(b[152:], s.Spent)
	copy(b[160:], s.Reserved[:])
}

const (
	_ = uint(unsafe.Sizeof(Total{}) - 192)
	_ = uint(192 - unsafe.Sizeof(Total{}))
	_ = uint(unsafe.Offsetof(Total{}.Count) - 0)
	_ = uint(0 - unsafe.Offsetof(Total{}.Count))
	_ = uint(unsafe.Offsetof(Total{}.Errors) - 8)
	_ = uint(8 - unsafe.Offsetof(Total{}.Errors))
	_ = uint(unsafe.Offsetof(Total{}.Entry) - 16)
	_ = uint(16 - unsafe.Offsetof(Total{}.Entry))
	_ = uint(unsafe.Offsetof(Total{}.Callee) - 24)
	_ = uint(24 - unsafe.Offsetof(Total{}.Callee))
	_ = uint(unsafe.Offsetof(Total{}.Exit) - 32)
	_ = uint(32 - unsafe.Offsetof(Total{}.Exit))
	_ = uint(unsafe.Offsetof(Total{}.BytesIn) - 40)
	_ = uint(40 - unsafe.Offsetof(Total{}.BytesIn))
	_ = uint(unsafe.Offsetof(Total{}.BytesOut) - 48)
	_ = uint(48 - unsafe.Offsetof(Total{}.BytesOut))
	_ = uint(unsafe.Offsetof(Total{}.AllocBytes) - 56)
	_ = uint(56 - unsafe.Offsetof(Total{}.AllocBytes))
	_ = uint(unsafe.Offsetof(Total{}.Allocs) - 64)
	_ = uint(64 - unsafe.Offsetof(Total{}.Allocs))
	_ = uint(unsafe.Offsetof(Total{}.Copies) - 72)
	_ = uint(72 - unsafe.Offsetof(Total{}.Copies))
	_ = uint(unsafe.Offsetof(Total{}.Nested) - 80)
	_ = uint(80 - unsafe.Offsetof(Total{}.Nested))
	_ = uint(unsafe.Offsetof(Total{}.Opened) - 88)
	_ = uint(88 - unsafe.Offsetof(Total{}.Opened))
	_ = uint(unsafe.Offsetof(Total{}.Recorded) - 96)
	_ = uint(96 - unsafe.Offsetof(Total{}.Recorded))
	_ = uint(unsafe.Offsetof(Total{}.Frees) - 104)
	_ = uint(104 - unsafe.Offsetof(Total{}.Frees))
	_ = uint(unsafe.Offsetof(Total{}.HeldBytes) - 112)
	_ = uint(112 - unsafe.Offsetof(Total{}.HeldBytes))
	_ = uint(unsafe.Offsetof(Total{}.Pins) - 120)
	_ = uint(120 - unsafe.Offsetof(Total{}.Pins))
	_ = uint(unsafe.Offsetof(Total{}.Allocator) - 128)
	_ = uint(128 - unsafe.Offsetof(Total{}.Allocator))
	_ = uint(unsafe.Offsetof(Total{}.Wait) - 136)
	_ = uint(136 - unsafe.Offsetof(Total{}.Wait))
	_ = uint(unsafe.Offsetof(Total{}.Ready) - 144)
	_ = uint(144 - unsafe.Offsetof(Total{}.Ready))
	_ = uint(unsafe.Offsetof(Total{}.Spent) - 152)
	_ = uint(152 - unsafe.Offsetof(Total{}.Spent))
	_ = uint(unsafe.Offsetof(Total{}.Reserved) - 160)
	_ = uint(160 - unsafe.Offsetof(Total{}.Reserved))
)

// RecordBytes is the size of a Record.
const RecordBytes = 64

// Record: one crossing, one cache line.
type Record struct {
	// caller entry, ticks since start_ticks
	T0 uint64 `record:"t0"`
	// callee entry minus t0
	D1 uint32 `record:"d1"`
	// callee exit minus t0
	D2 uint32 `record:"d2"`
	// caller exit minus t0
	D3 uint32 `record:"d3"`
	// index into the site table
	Site uint16 `record:"site"`
	// what the record is of
	Kind uint8 `record:"kind"`
	// written last, with release order
	State uint8 `record:"state"`
	// request number, or the key of a context record
	Request uint64 `record:"request"`
	// span id: process (16 bits), lane from 1 (16), sequence in the lane (32); 0 none
	Parent uint64 `record:"parent"`
	// bytes handed to the callee
	BytesIn uint32 `record:"bytes_in"`
	// bytes handed back to the caller
	BytesOut uint32 `record:"bytes_out"`
	// bytes the callee allocated
	AllocBytes uint32 `record:"alloc_bytes"`
	// its allocations
	Allocs uint16 `record:"allocs"`
	// copies made at the boundary
	Copies uint8 `record:"copies"`
	// result class, 0 fine
	Result uint8 `record:"result"`
	// 1 + sequence / lane_slots of this record: tells a wrapped or torn slot
	Generation uint32 `record:"generation"`
	// by kind: for CALL, CALLBACK and COPY the crossings of its site this record stands for, 1 unless SAMPLED; else queue wait, payload level or thread
	Aux uint32 `record:"aux"`
}

func (s *Record) decode(b []byte) {
	_ = b[63]
	s.T0 = binary.LittleEndian.Uint64(b[0:])
	s.D1 = binary.LittleEndian.Uint32(b[8:])
	s.D2 = binary.LittleEndian.Uint32(b[12:])
	s.D3 = binary.LittleEndian.Uint32(b[16:])
	s.Site = binary.LittleEndian.Uint16(b[20:])
	s.Kind = b[22]
	s.State = b[23]
	s.Request = binary.LittleEndian.Uint64(b[24:])
	s.Parent = binary.LittleEndian.Uint64(b[32:])
	s.BytesIn = binary.LittleEndian.Uint32(b[40:])
	s.BytesOut = binary.LittleEndian.Uint32(b[44:])
	s.AllocBytes = binary.LittleEndian.Uint32(b[48:])
	s.Allocs = binary.LittleEndian.Uint16(b[52:])
	s.Copies = b[54]
	s.Result = b[55]
	s.Generation = binary.LittleEndian.Uint32(b[56:])
	s.Aux = binary.LittleEndian.Uint32(b[60:])
}

func (s *Record) encode(b []byte) {
	_ = b[63]
	binary.LittleEndian.PutUint64(b[0:], s.T0)
	binary.LittleEndian.PutUint32(b[8:], s.D1)
	binary.LittleEndian.PutUint32(b[12:], s.D2)
	binary.LittleEndian.PutUint32(b[16:], s.D3)
	binary.LittleEndian.PutUint16(b[20:], s.Site)
	b[22] = s.Kind
	b[23] = s.State
	binary.LittleEndian.PutUint64(b[24:], s.Request)
	binary.LittleEndian.PutUint64(b[32:], s.Parent)
	binary.LittleEndian.PutUint32(b[40:], s.BytesIn)
	binary.LittleEndian.PutUint32(b[44:], s.BytesOut)
	binary.LittleEndian.PutUint32(b[48:], s.AllocBytes)
	binary.LittleEndian.PutUint16(b[52:], s.Allocs)
	b[54] = s.Copies
	b[55] = s.Result
	binary.LittleEndian.PutUint32(b[56:], s.Generation)
	binary.LittleEndian.PutUint32(b[60:], s.Aux)
}

const (
	_ = uint(unsafe.Sizeof(Record{}) - 64)
	_ = uint(64 - unsafe.Sizeof(Record{}))
	_ = uint(unsafe.Offsetof(Record{}.T0) - 0)
	_ = uint(0 - unsafe.Offsetof(Record{}.T0))
	_ = uint(unsafe.Offsetof(Record{}.D1) - 8)
	_ = uint(8 - unsafe.Offsetof(Record{}.D1))
	_ = uint(unsafe.Offsetof(Record{}.D2) - 12)
	_ = uint(12 - unsafe.Offsetof(Record{}.D2))
	_ = uint(unsafe.Offsetof(Record{}.D3) - 16)
	_ = uint(16 - unsafe.Offsetof(Record{}.D3))
	_ = uint(unsafe.Offsetof(Record{}.Site) - 20)
	_ = uint(20 - unsafe.Offsetof(Record{}.Site))
	_ = uint(unsafe.Offsetof(Record{}.Kind) - 22)
	_ = uint(22 - unsafe.Offsetof(Record{}.Kind))
	_ = uint(unsafe.Offsetof(Record{}.State) - 23)
	_ = uint(23 - unsafe.Offsetof(Record{}.State))
	_ = uint(unsafe.Offsetof(Record{}.Request) - 24)
	_ = uint(24 - unsafe.Offsetof(Record{}.Request))
	_ = uint(unsafe.Offsetof(Record{}.Parent) - 32)
	_ = uint(32 - unsafe.Offsetof(Record{}.Parent))
	_ = uint(unsafe.Offsetof(Record{}.BytesIn) - 40)
	_ = uint(40 - unsafe.Offsetof(Record{}.BytesIn))
	_ = uint(unsafe.Offsetof(Record{}.BytesOut) - 44)
	_ = uint(44 - unsafe.Offsetof(Record{}.BytesOut))
	_ = uint(unsafe.Offsetof(Record{}.AllocBytes) - 48)
	_ = uint(48 - unsafe.Offsetof(Record{}.AllocBytes))
	_ = uint(unsafe.Offsetof(Record{}.Allocs) - 52)
	_ = uint(52 - unsafe.Offsetof(Record{}.Allocs))
	_ = uint(unsafe.Offsetof(Record{}.Copies) - 54)
	_ = uint(54 - unsafe.Offsetof(Record{}.Copies))
	_ = uint(unsafe.Offsetof(Record{}.Result) - 55)
	_ = uint(55 - unsafe.Offsetof(Record{}.Result))
	_ = uint(unsafe.Offsetof(Record{}.Generation) - 56)
	_ = uint(56 - unsafe.Offsetof(Record{}.Generation))
	_ = uint(unsafe.Offsetof(Record{}.Aux) - 60)
	_ = uint(60 - unsafe.Offsetof(Record{}.Aux))
)

// GaugeBytes is the size of a Gauge.
const GaugeBytes = 8

// Gauge: one value of a sample.
type Gauge struct {
	// a count, bytes or nanoseconds
	Value uint64 `record:"value"`
}

func (s *Gauge) decode(b []byte) {
	_ = b[7]
	s.Value = binary.LittleEndian.Uint64(b[0:])
}

func (s *Gauge) encode(b []byte) {
	_ = b[7]
	binary.LittleEndian.PutUint64(b[0:], s.Value)
}

const (
	_ = uint(unsafe.Sizeof(Gauge{}) - 8)
	_ = uint(8 - unsafe.Sizeof(Gauge{}))
	_ = uint(unsafe.Offsetof(Gauge{}.Value) - 0)
	_ = uint(0 - unsafe.Offsetof(Gauge{}.Value))
)

// SampleBytes is the size of a Sample.
const SampleBytes = 512

// Sample: the process at one moment: its two runtimes and what the system says of it.
type Sample struct {
	// monotonic clock
	Ns uint64 `record:"ns"`
	// why it was taken; 0 not yet whole
	Cause uint32 `record:"cause"`
	// number of the phase it ends, from 1; 0 none
	Phase uint32 `record:"phase"`
	// bit i: value i is known
	Present uint64 `record:"present"`
	// by gauge, named in src/format/gauge.ts
	Values [61]Gauge `record:"values"`
}

func (s *Sample) decode(b []byte) {
	_ = b[511]
	s.Ns = binary.LittleEndian.Uint64(b[0:])
	s.Cause = binary.LittleEndian.Uint32(b[8:])
	s.Phase = binary.LittleEndian.Uint32(b[12:])
	s.Present = binary.LittleEndian.Uint64(b[16:])
	for i := range s.Values {
		s.Values[i].decode(b[24+i*8:])
	}
}

func (s *Sample) encode(b []byte) {
	_ = b[511]
	binary.LittleEndian.PutUint64(b[0:], s.Ns)
	binary.LittleEndian.PutUint32(b[8:], s.Cause)
	binary.LittleEndian.PutUint32(b[12:], s.Phase)
	binary.LittleEndian.PutUint64(b[16:], s.Present)
	for i := range s.Values {
		s.Values[i].encode(b[24+i*8:])
	}
}

const (
	_ = uint(unsafe.Sizeof(Sample{}) - 512)
	_ = uint(512 - unsafe.Sizeof(Sample{}))
	_ = uint(unsafe.Offsetof(Sample{}.Ns) - 0)
	_ = uint(0 - unsafe.Offsetof(Sample{}.Ns))
	_ = uint(unsafe.Offsetof(Sample{}.Cause) - 8)
	_ = uint(8 - unsafe.Offsetof(Sample{}.Cause))
	_ = uint(unsafe.Offsetof(Sample{}.Phase) - 12)
	_ = uint(12 - unsafe.Offsetof(Sample{}.Phase))
	_ = uint(unsafe.Offsetof(Sample{}.Present) - 16)
	_ = uint(16 - unsafe.Offsetof(Sample{}.Present))
	_ = uint(unsafe.Offsetof(Sample{}.Values) - 24)
	_ = uint(24 - unsafe.Offsetof(Sample{}.Values))
)
