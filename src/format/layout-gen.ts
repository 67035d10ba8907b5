// Generated from format/record.json by scripts/generate.ts; do not edit.
import type { Field } from './field.ts';

export const MAGIC = 'SEAMARK1';
export const VERSION = 3;
/** slots a lane by default; a power of two */
export const LANE_SLOTS = 16384;
/** samples of the process a file by default; when they are used up every second one is dropped and the interval doubled */
export const SAMPLES = 4096;
/** values a sample has room for */
export const GAUGES = 61;
/** lanes a file by default */
export const LANES = 64;
/** site table entries a file by default */
export const SITES = 512;
/** calibration triples the header has room for */
export const TRIPLES = 8;
/** bits by which d1, d2, d3 are shifted when the coarse flag is set */
export const COARSE_SHIFT = 10;

export const CLOCK = { TSC: 1, OS: 2 } as const;
export const KIND = { CALL: 1, CALLBACK: 2, SUBMIT: 3, COMPLETE: 4, IPC_SEND: 5, IPC_RECEIVE: 6, SPAN: 7, COUNTER: 8, MARK: 9, CONTEXT: 10, COPY: 11 } as const;
export const STATE = { OPEN: 1, CLOSED: 2, ERROR: 4, SATURATED: 8, SAMPLED: 16, COARSE: 32, REQUEST_IS_KEY: 64 } as const;
export const SITE_FLAGS = { UNPATCHED: 1, LEFT_OUT: 2 } as const;
export const FILE_FLAGS = { FINISHED: 1, FLIGHT_RECORDER: 2, COUNTERS_ONLY: 4, ALLOCATIONS: 8, OTHER_ALLOCATOR: 16, JEMALLOC: 32, MIMALLOC: 64, NO_ROOM: 128, NO_SAMPLES: 256, LIBC_UNASKED: 512, DEEP: 1024 } as const;
export const CAUSE = { BEAT: 1, PHASE: 2, REQUEST: 3, END: 4 } as const;

/** Everything a reader refuses: code and reason. */
export const REFUSALS = {
  'cut': "the file ends before what its header promises",
  'wrong-magic': "the file does not begin with SEAMARK1: it is no record file",
  'foreign-version': "the file was written in another version of the layout",
  'wrong-header-size': "header_bytes is not 4096",
  'unknown-clock': "clock is neither TSC nor OS",
  'lying-counts': "a count in the header is above its capacity, or a capacity above what records can name",
  'slots-not-power-of-two': "lane_slots is not a power of two",
  'lane-bytes-mismatch': "lane_bytes is not what site_capacity and lane_slots make",
  'offset-outside': "the site table or the lanes overlap something, stand askew, or begin beyond the end of the file",
  'site-out-of-order': "an entry of the site table does not carry its own index",
  'lying-sequence': "a lane claims more records than it has slots, and the file is no flight recorder",
  'open-record': "the record was begun and never closed",
  'torn-record': "the record's generation is not that of its place: it was overwritten or half written",
  'unknown-site': "the record names a site that the site table does not have",
  'disordered-record': "the record's stamps do not follow each other in time",
} as const;
export type RefusalCode = keyof typeof REFUSALS;

/** Byte offsets of triple: the monotonic clock between two readings of the tick clock. */
export const TRIPLE = {
  size: 24,
  beforeTicks: 0,
  ns: 8,
  afterTicks: 16,
} as const;

export const TRIPLE_FIELDS: readonly Field[] = [
  { name: 'beforeTicks', json: 'before_ticks', kind: 'u64', offset: 0 },
  { name: 'ns', json: 'ns', kind: 'u64', offset: 8 },
  { name: 'afterTicks', json: 'after_ticks', kind: 'u64', offset: 16 },
];

/** the monotonic clock between two readings of the tick clock. Texts are strings, other bytes are hexadecimal. A type, not an interface, so that it is a FieldValues. */
export type TripleFields = {
  /** tick clock just before the monotonic clock was read */
  readonly beforeTicks: bigint;
  /** monotonic clock */
  readonly ns: bigint;
  /** tick clock just after */
  readonly afterTicks: bigint;
};

/** Byte offsets of header: at offset 0 of the file, one page. */
export const HEADER = {
  size: 4096,
  magic: 0,
  version: 8,
  headerBytes: 12,
  runId: 16,
  clock: 24,
  process: 28,
  ticksPerSecond: 32,
  quantumTicks: 40,
  flags: 44,
  startTicks: 48,
  startNs: 56,
  endTicks: 64,
  endNs: 72,
  environment: 80,
  siteCapacity: 112,
  siteCount: 116,
  laneCapacity: 120,
  laneCount: 124,
  laneSlots: 128,
  tripleCount: 132,
  sitesOffset: 136,
  lanesOffset: 144,
  laneBytes: 152,
  overflowCrossings: 160,
  ownCostTicks: 168,
  pid: 176,
  counterLayout: 180,
  triples: 184,
  samplesOffset: 376,
  sampleIntervalNs: 384,
  sampleCapacity: 392,
  sampleCount: 396,
  recordPeriod: 400,
  keySlot: 404,
  reserved: 408,
} as const;

export const HEADER_FIELDS: readonly Field[] = [
  { name: 'magic', json: 'magic', kind: 'text', offset: 0, count: 8 },
  { name: 'version', json: 'version', kind: 'u32', offset: 8 },
  { name: 'headerBytes', json: 'header_bytes', kind: 'u32', offset: 12 },
  { name: 'runId', json: 'run_id', kind: 'u64', offset: 16 },
  { name: 'clock', json: 'clock', kind: 'u32', offset: 24 },
  { name: 'process', json: 'process', kind: 'u32', offset: 28 },
  { name: 'ticksPerSecond', json: 'ticks_per_second', kind: 'u64', offset: 32 },
  { name: 'quantumTicks', json: 'quantum_ticks', kind: 'u32', offset: 40 },
  { name: 'flags', json: 'flags', kind: 'u32', offset: 44 },
  { name: 'startTicks', json: 'start_ticks', kind: 'u64', offset: 48 },
  { name: 'startNs', json: 'start_ns', kind: 'u64', offset: 56 },
  { name: 'endTicks', json: 'end_ticks', kind: 'u64', offset: 64 },
  { name: 'endNs', json: 'end_ns', kind: 'u64', offset: 72 },
  { name: 'environment', json: 'environment', kind: 'bytes', offset: 80, count: 32 },
  { name: 'siteCapacity', json: 'site_capacity', kind: 'u32', offset: 112 },
  { name: 'siteCount', json: 'site_count', kind: 'u32', offset: 116 },
  { name: 'laneCapacity', json: 'lane_capacity', kind: 'u32', offset: 120 },
  { name: 'laneCount', json: 'lane_count', kind: 'u32', offset: 124 },
  { name: 'laneSlots', json: 'lane_slots', kind: 'u32', offset: 128 },
  { name: 'tripleCount', json: 'triple_count', kind: 'u32', offset: 132 },
  { name: 'sitesOffset', json: 'sites_offset', kind: 'u64', offset: 136 },
  { name: 'lanesOffset', json: 'lanes_offset', kind: 'u64', offset: 144 },
  { name: 'laneBytes', json: 'lane_bytes', kind: 'u64', offset: 152 },
  { name: 'overflowCrossings', json: 'overflow_crossings', kind: 'u64', offset: 160 },
  { name: 'ownCostTicks', json: 'own_cost_ticks', kind: 'u64', offset: 168 },
  { name: 'pid', json: 'pid', kind: 'u32', offset: 176 },
  { name: 'counterLayout', json: 'counter_layout', kind: 'u32', offset: 180 },
  { name: 'triples', json: 'triples', kind: 'structs', offset: 184, count: 8, width: 24, fields: TRIPLE_FIELDS },
  { name: 'samplesOffset', json: 'samples_offset', kind: 'u64', offset: 376 },
  { name: 'sampleIntervalNs', json: 'sample_interval_ns', kind: 'u64', offset: 384 },
  { name: 'sampleCapacity', json: 'sample_capacity', kind: 'u32', offset: 392 },
  { name: 'sampleCount', json: 'sample_count', kind: 'u32', offset: 396 },
  { name: 'recordPeriod', json: 'record_period', kind: 'u32', offset: 400 },
  { name: 'keySlot', json: 'key_slot', kind: 'u32', offset: 404 },
];

/** at offset 0 of the file, one page. Texts are strings, other bytes are hexadecimal. A type, not an interface, so that it is a FieldValues. */
export type HeaderFields = {
  /** SEAMARK1 */
  readonly magic: string;
  /** of this layout; a reader refuses others */
  readonly version: number;
  /** 4096 */
  readonly headerBytes: number;
  /** first half of every trace id of this run */
  readonly runId: bigint;
  /** what ticks are */
  readonly clock: number;
  /** process number within the run, 16 bits used, from 1 */
  readonly process: number;
  /** 0 until calibrated: the reader then uses the triples */
  readonly ticksPerSecond: bigint;
  /** smallest step seen between two readings */
  readonly quantumTicks: number;
  /** how it was written, and whether it ended in order */
  readonly flags: number;
  /** clock when the run began; t0 counts from here */
  readonly startTicks: bigint;
  /** monotonic clock at start_ticks */
  readonly startNs: bigint;
  /** clock at an orderly end, or when the process was last seen to cross; 0 unknown */
  readonly endTicks: bigint;
  /** monotonic clock at end_ticks, else 0 */
  readonly endNs: bigint;
  /** SHA-256 of the run's environment description, or zeros */
  readonly environment: string;
  /** entries in the site table */
  readonly siteCapacity: number;
  /** entries in use; raised after the entry was written, never above site_capacity */
  readonly siteCount: number;
  /** lanes the file has room for */
  readonly laneCapacity: number;
  /** lanes handed out so far, never above lane_capacity */
  readonly laneCount: number;
  /** record slots a lane, a power of two */
  readonly laneSlots: number;
  /** calibration triples in use */
  readonly tripleCount: number;
  /** of the site table from the start of the file, a multiple of 64 */
  readonly sitesOffset: bigint;
  /** of the first lane from the start of the file, a multiple of 64, behind the site table */
  readonly lanesOffset: bigint;
  /** from one lane to the next: 64 + 192 site_capacity + 64 lane_slots */
  readonly laneBytes: bigint;
  /** crossings by threads for which no lane was left: in the totals of the first lane, which all threads share, without records */
  readonly overflowCrossings: bigint;
  /** what a probed crossing costs more than a bare one, times 256, measured at start; 0 unknown */
  readonly ownCostTicks: bigint;
  /** of the process that wrote it */
  readonly pid: number;
  /** 0; reserved for later counters */
  readonly counterLayout: number;
  /** bracketed readings of both clocks, from start to end */
  readonly triples: readonly TripleFields[];
  /** of the samples from the start of the file, a multiple of 64, behind the lanes; 0 none */
  readonly samplesOffset: bigint;
  /** time between two samples now; it grows when they fill up. 0 none are taken */
  readonly sampleIntervalNs: bigint;
  /** samples the file has room for, even */
  readonly sampleCapacity: number;
  /** samples in use; raised after one was written, halved when every second was dropped */
  readonly sampleCount: number;
  /** 1 in so many crossings of a site was timed and recorded, 0 and 1 each; above 1 time sums are of those, each times what it stands for */
  readonly recordPeriod: number;
  /** 0; reserved */
  readonly keySlot: number;
};

/** Byte offsets of site: one entry of the site table; texts are UTF-8, padded with zeros, cut at their size. */
export const SITE = {
  size: 512,
  id: 0,
  kind: 2,
  flags: 3,
  line: 4,
  symbol: 8,
  package: 160,
  file: 352,
} as const;

export const SITE_FIELDS: readonly Field[] = [
  { name: 'id', json: 'id', kind: 'u16', offset: 0 },
  { name: 'kind', json: 'kind', kind: 'u8', offset: 2 },
  { name: 'flags', json: 'flags', kind: 'u8', offset: 3 },
  { name: 'line', json: 'line', kind: 'u32', offset: 4 },
  { name: 'symbol', json: 'symbol', kind: 'text', offset: 8, count: 152 },
  { name: 'package', json: 'package', kind: 'text', offset: 160, count: 192 },
  { name: 'file', json: 'file', kind: 'text', offset: 352, count: 160 },
];

/** one entry of the site table; texts are UTF-8, padded with zeros, cut at their size. Texts are strings, other bytes are hexadecimal. A type, not an interface, so that it is a FieldValues. */
export type SiteFields = {
  /** index of this entry; what records carry */
  readonly id: number;
  /** CALL, CALLBACK or COPY */
  readonly kind: number;
  /** UNPATCHED: cgo wrote it in a form unknown to the probe, its crossings are not seen */
  readonly flags: number;
  /** of the Go declaration or first use, 0 unknown */
  readonly line: number;
  /** the foreign function as C names it */
  readonly symbol: string;
  /** import path of the Go package */
  readonly package: string;
  /** Go file, base name */
  readonly file: string;
};

/** Byte offsets of lane: head of a lane; single writer at a time. Behind it: site_capacity totals, then lane_slots records. */
export const LANE = {
  size: 64,
  sequence: 0,
  dropped: 8,
  thread: 16,
  owners: 24,
  inUse: 28,
  samplePeriod: 32,
  reserved: 36,
} as const;

export const LANE_FIELDS: readonly Field[] = [
  { name: 'sequence', json: 'sequence', kind: 'u64', offset: 0 },
  { name: 'dropped', json: 'dropped', kind: 'u64', offset: 8 },
  { name: 'thread', json: 'thread', kind: 'u64', offset: 16 },
  { name: 'owners', json: 'owners', kind: 'u32', offset: 24 },
  { name: 'inUse', json: 'in_use', kind: 'u32', offset: 28 },
  { name: 'samplePeriod', json: 'sample_period', kind: 'u32', offset: 32 },
];

/** head of a lane; single writer at a time. Behind it: site_capacity totals, then lane_slots records. Texts are strings, other bytes are hexadecimal. A type, not an interface, so that it is a FieldValues. */
export type LaneFields = {
  /** records reserved in this lane since it began; slot = sequence mod lane_slots. Above lane_slots only with FLIGHT_RECORDER */
  readonly sequence: bigint;
  /** crossings that got no record because the lane was full or sampling passed them over */
  readonly dropped: bigint;
  /** of the present or last owner */
  readonly thread: bigint;
  /** threads that owned this lane so far */
  readonly owners: number;
  /** 1 while a thread owns it */
  readonly inUse: number;
  /** 1 in so many crossings is recorded now, of any one site at least so rarely; 0 when the lane is full */
  readonly samplePeriod: number;
};

/** Byte offsets of total: exact sums of one site in one lane, over closed crossings; ticks. */
export const TOTAL = {
  size: 192,
  count: 0,
  errors: 8,
  entry: 16,
  callee: 24,
  exit: 32,
  bytesIn: 40,
  bytesOut: 48,
  allocBytes: 56,
  allocs: 64,
  copies: 72,
  nested: 80,
  opened: 88,
  recorded: 96,
  frees: 104,
  heldBytes: 112,
  pins: 120,
  allocator: 128,
  wait: 136,
  ready: 144,
  spent: 152,
  reserved: 160,
} as const;

export const TOTAL_FIELDS: readonly Field[] = [
  { name: 'count', json: 'count', kind: 'u64', offset: 0 },
  { name: 'errors', json: 'errors', kind: 'u64', offset: 8 },
  { name: 'entry', json: 'entry', kind: 'u64', offset: 16 },
  { name: 'callee', json: 'callee', kind: 'u64', offset: 24 },
  { name: 'exit', json: 'exit', kind: 'u64', offset: 32 },
  { name: 'bytesIn', json: 'bytes_in', kind: 'u64', offset: 40 },
  { name: 'bytesOut', json: 'bytes_out', kind: 'u64', offset: 48 },
  { name: 'allocBytes', json: 'alloc_bytes', kind: 'u64', offset: 56 },
  { name: 'allocs', json: 'allocs', kind: 'u64', offset: 64 },
  { name: 'copies', json: 'copies', kind: 'u64', offset: 72 },
  { name: 'nested', json: 'nested', kind: 'u64', offset: 80 },
  { name: 'opened', json: 'opened', kind: 'u64', offset: 88 },
  { name: 'recorded', json: 'recorded', kind: 'u64', offset: 96 },
  { name: 'frees', json: 'frees', kind: 'u64', offset: 104 },
  { name: 'heldBytes', json: 'held_bytes', kind: 'u64', offset: 112 },
  { name: 'pins', json: 'pins', kind: 'u64', offset: 120 },
  { name: 'allocator', json: 'allocator', kind: 'u64', offset: 128 },
  { name: 'wait', json: 'wait', kind: 'u64', offset: 136 },
  { name: 'ready', json: 'ready', kind: 'u64', offset: 144 },
  { name: 'spent', json: 'spent', kind: 'u64', offset: 152 },
];

/** exact sums of one site in one lane, over closed crossings; ticks. Texts are strings, other bytes are hexadecimal. A type, not an interface, so that it is a FieldValues. */
export type TotalFields = {
  /** crossings closed */
  readonly count: bigint;
  /** of these, ended in error */
  readonly errors: bigint;
  /** sum of d1 */
  readonly entry: bigint;
  /** sum of d2 - d1 */
  readonly callee: bigint;
  /** sum of d3 - d2: the layer called return */
  readonly exit: bigint;
  /** bytes handed to the callee */
  readonly bytesIn: bigint;
  /** bytes handed back to the caller */
  readonly bytesOut: bigint;
  /** bytes the callee asked the C allocator for, on the thread of the call */
  readonly allocBytes: bigint;
  /** how often it did */
  readonly allocs: bigint;
  /** copies made at the boundary: by a COPY site one each, else those that served these crossings */
  readonly copies: bigint;
  /** sum of time inside callbacks of this call, part of callee */
  readonly nested: bigint;
  /** crossings begun; more than count when some never closed */
  readonly opened: bigint;
  /** of these, with a record */
  readonly recorded: bigint;
  /** blocks the callee gave back to the allocator */
  readonly frees: bigint;
  /** bytes the allocator set aside for the callee less those it took back, two's complement: what stays after the call */
  readonly heldBytes: bigint;
  /** times an object was pinned for these calls */
  readonly pins: bigint;
  /** with DEEP: sum of time on a processor inside the C allocator, part of callee, two's complement as the clock's own cost is taken off */
  readonly allocator: bigint;
  /** with DEEP: sum of time off the processor by the callee's own will, part of callee */
  readonly wait: bigint;
  /** with DEEP: sum of time the callee was ready and waited for a processor, part of callee */
  readonly ready: bigint;
  /** with DEEP: sum of time that looking so deep took in and before these crossings: in no layer of them */
  readonly spent: bigint;
};

/** Byte offsets of record: one crossing, one cache line. */
export const RECORD = {
  size: 64,
  t0: 0,
  d1: 8,
  d2: 12,
  d3: 16,
  site: 20,
  kind: 22,
  state: 23,
  request: 24,
  parent: 32,
  bytesIn: 40,
  bytesOut: 44,
  allocBytes: 48,
  allocs: 52,
  copies: 54,
  result: 55,
  generation: 56,
  aux: 60,
} as const;

export const RECORD_FIELDS: readonly Field[] = [
  { name: 't0', json: 't0', kind: 'u64', offset: 0 },
  { name: 'd1', json: 'd1', kind: 'u32', offset: 8 },
  { name: 'd2', json: 'd2', kind: 'u32', offset: 12 },
  { name: 'd3', json: 'd3', kind: 'u32', offset: 16 },
  { name: 'site', json: 'site', kind: 'u16', offset: 20 },
  { name: 'kind', json: 'kind', kind: 'u8', offset: 22 },
  { name: 'state', json: 'state', kind: 'u8', offset: 23 },
  { name: 'request', json: 'request', kind: 'u64', offset: 24 },
  { name: 'parent', json: 'parent', kind: 'u64', offset: 32 },
  { name: 'bytesIn', json: 'bytes_in', kind: 'u32', offset: 40 },
  { name: 'bytesOut', json: 'bytes_out', kind: 'u32', offset: 44 },
  { name: 'allocBytes', json: 'alloc_bytes', kind: 'u32', offset: 48 },
  { name: 'allocs', json: 'allocs', kind: 'u16', offset: 52 },
  { name: 'copies', json: 'copies', kind: 'u8', offset: 54 },
  { name: 'result', json: 'result', kind: 'u8', offset: 55 },
  { name: 'generation', json: 'generation', kind: 'u32', offset: 56 },
  { name: 'aux', json: 'aux', kind: 'u32', offset: 60 },
];

/** one crossing, one cache line. Texts are strings, other bytes are hexadecimal. A type, not an interface, so that it is a FieldValues. */
export type RecordFields = {
  /** caller entry, ticks since start_ticks */
  readonly t0: bigint;
  /** callee entry minus t0 */
  readonly d1: number;
  /** callee exit minus t0 */
  readonly d2: number;
  /** caller exit minus t0 */
  readonly d3: number;
  /** index into the site table */
  readonly site: number;
  /** what the record is of */
  readonly kind: number;
  /** written last, with release order */
  readonly state: number;
  /** request number, or the key of a context record */
  readonly request: bigint;
  /** span id: process (16 bits), lane from 1 (16), sequence in the lane (32); 0 none */
  readonly parent: bigint;
  /** bytes handed to the callee */
  readonly bytesIn: number;
  /** bytes handed back to the caller */
  readonly bytesOut: number;
  /** bytes the callee allocated */
  readonly allocBytes: number;
  /** its allocations */
  readonly allocs: number;
  /** copies made at the boundary */
  readonly copies: number;
  /** result class, 0 fine */
  readonly result: number;
  /** 1 + sequence / lane_slots of this record: tells a wrapped or torn slot */
  readonly generation: number;
  /** by kind: for CALL, CALLBACK and COPY the crossings of its site this record stands for, 1 unless SAMPLED; else queue wait, payload level or thread */
  readonly aux: number;
};

/** Byte offsets of gauge: one value of a sample. */
export const GAUGE = {
  size: 8,
  value: 0,
} as const;

export const GAUGE_FIELDS: readonly Field[] = [
  { name: 'value', json: 'value', kind: 'u64', offset: 0 },
];

/** one value of a sample. Texts are strings, other bytes are hexadecimal. A type, not an interface, so that it is a FieldValues. */
export type GaugeFields = {
  /** a count, bytes or nanoseconds */
  readonly value: bigint;
};

/** Byte offsets of sample: the process at one moment: its two runtimes and what the system says of it. */
export const SAMPLE = {
  size: 512,
  ns: 0,
  cause: 8,
  phase: 12,
  present: 16,
  values: 24,
} as const;

export const SAMPLE_FIELDS: readonly Field[] = [
  { name: 'ns', json: 'ns', kind: 'u64', offset: 0 },
  { name: 'cause', json: 'cause', kind: 'u32', offset: 8 },
  { name: 'phase', json: 'phase', kind: 'u32', offset: 12 },
  { name: 'present', json: 'present', kind: 'u64', offset: 16 },
  { name: 'values', json: 'values', kind: 'structs', offset: 24, count: 61, width: 8, fields: GAUGE_FIELDS },
];

/** the process at one moment: its two runtimes and what the system says of it. Texts are strings, other bytes are hexadecimal. A type, not an interface, so that it is a FieldValues. */
export type SampleFields = {
  /** monotonic clock */
  readonly ns: bigint;
  /** why it was taken; 0 not yet whole */
  readonly cause: number;
  /** number of the phase it ends, from 1; 0 none */
  readonly phase: number;
  /** bit i: value i is known */
  readonly present: bigint;
  /** by gauge, named in src/format/gauge.ts */
  readonly values: readonly GaugeFields[];
};
