/* Generated from format/record.json by scripts/generate.ts; do not edit. */
#ifndef SEAMARK_RECORD_GEN_H
#define SEAMARK_RECORD_GEN_H

typedef unsigned char seamark_u8;
typedef unsigned short seamark_u16;
typedef unsigned int seamark_u32;
__extension__ typedef unsigned long long seamark_u64;

#define SEAMARK_MAGIC "SEAMARK1"
#define SEAMARK_VERSION 3u
#define SEAMARK_LANE_SLOTS 16384u /* slots a lane by default; a power of two */
#define SEAMARK_SAMPLES 4096u /* samples of the process a file by default; when they are used up every second one is dropped and the interval doubled */
#define SEAMARK_GAUGES 61u /* values a sample has room for */
#define SEAMARK_LANES 64u /* lanes a file by default */
#define SEAMARK_SITES 512u /* site table entries a file by default */
#define SEAMARK_TRIPLES 8u /* calibration triples the header has room for */
#define SEAMARK_COARSE_SHIFT 10u /* bits by which d1, d2, d3 are shifted when the coarse flag is set */

#define SEAMARK_CLOCK_TSC 1u
#define SEAMARK_CLOCK_OS 2u

#define SEAMARK_KIND_CALL 1u
#define SEAMARK_KIND_CALLBACK 2u
#define SEAMARK_KIND_SUBMIT 3u
#define SEAMARK_KIND_COMPLETE 4u
#define SEAMARK_KIND_IPC_SEND 5u
#define SEAMARK_KIND_IPC_RECEIVE 6u
#define SEAMARK_KIND_SPAN 7u
#define SEAMARK_KIND_COUNTER 8u
#define SEAMARK_KIND_MARK 9u
#define SEAMARK_KIND_CONTEXT 10u
#define SEAMARK_KIND_COPY 11u

#define SEAMARK_STATE_OPEN 1u
#define SEAMARK_STATE_CLOSED 2u
#define SEAMARK_STATE_ERROR 4u
#define SEAMARK_STATE_SATURATED 8u
#define SEAMARK_STATE_SAMPLED 16u
#define SEAMARK_STATE_COARSE 32u
#define SEAMARK_STATE_REQUEST_IS_KEY 64u

#define SEAMARK_SITE_FLAGS_UNPATCHED 1u
#define SEAMARK_SITE_FLAGS_LEFT_OUT 2u

#define SEAMARK_FILE_FLAGS_FINISHED 1u
#define SEAMARK_FILE_FLAGS_FLIGHT_RECORDER 2u
#define SEAMARK_FILE_FLAGS_COUNTERS_ONLY 4u
#define SEAMARK_FILE_FLAGS_ALLOCATIONS 8u
#define SEAMARK_FILE_FLAGS_OTHER_ALLOCATOR 16u
#define SEAMARK_FILE_FLAGS_JEMALLOC 32u
#define SEAMARK_FILE_FLAGS_MIMALLOC 64u
#define SEAMARK_FILE_FLAGS_NO_ROOM 128u
#define SEAMARK_FILE_FLAGS_NO_SAMPLES 256u
#define SEAMARK_FILE_FLAGS_LIBC_UNASKED 512u
#define SEAMARK_FILE_FLAGS_DEEP 1024u

#define SEAMARK_CAUSE_BEAT 1u
#define SEAMARK_CAUSE_PHASE 2u
#define SEAMARK_CAUSE_REQUEST 3u
#define SEAMARK_CAUSE_END 4u

#define SEAMARK_REFUSAL_CUT "cut"
#define SEAMARK_REFUSAL_WRONG_MAGIC "wrong-magic"
#define SEAMARK_REFUSAL_FOREIGN_VERSION "foreign-version"
#define SEAMARK_REFUSAL_WRONG_HEADER_SIZE "wrong-header-size"
#define SEAMARK_REFUSAL_UNKNOWN_CLOCK "unknown-clock"
#define SEAMARK_REFUSAL_LYING_COUNTS "lying-counts"
#define SEAMARK_REFUSAL_SLOTS_NOT_POWER_OF_TWO "slots-not-power-of-two"
#define SEAMARK_REFUSAL_LANE_BYTES_MISMATCH "lane-bytes-mismatch"
#define SEAMARK_REFUSAL_OFFSET_OUTSIDE "offset-outside"
#define SEAMARK_REFUSAL_SITE_OUT_OF_ORDER "site-out-of-order"
#define SEAMARK_REFUSAL_LYING_SEQUENCE "lying-sequence"
#define SEAMARK_REFUSAL_OPEN_RECORD "open-record"
#define SEAMARK_REFUSAL_TORN_RECORD "torn-record"
#define SEAMARK_REFUSAL_UNKNOWN_SITE "unknown-site"
#define SEAMARK_REFUSAL_DISORDERED_RECORD "disordered-record"

typedef char seamark_assert_width_u8[(sizeof(seamark_u8) == 1) ? 1 : -1];
typedef char seamark_assert_width_u16[(sizeof(seamark_u16) == 2) ? 1 : -1];
typedef char seamark_assert_width_u32[(sizeof(seamark_u32) == 4) ? 1 : -1];
typedef char seamark_assert_width_u64[(sizeof(seamark_u64) == 8) ? 1 : -1];

/* the monotonic clock between two readings of the tick clock */
struct seamark_triple {
    seamark_u64 before_ticks; /* tick clock just before the monotonic clock was read */
    seamark_u64 ns; /* monotonic clock */
    seamark_u64 after_ticks; /* tick clock just after */
};
#define SEAMARK_TRIPLE_BYTES 24u
typedef char seamark_assert_triple_size[(sizeof(struct seamark_triple) == 24) ? 1 : -1];
typedef char seamark_assert_triple_before_ticks[(__builtin_offsetof(struct seamark_triple, before_ticks) == 0) ? 1 : -1];
typedef char seamark_assert_triple_ns[(__builtin_offsetof(struct seamark_triple, ns) == 8) ? 1 : -1];
typedef char seamark_assert_triple_after_ticks[(__builtin_offsetof(struct seamark_triple, after_ticks) == 16) ? 1 : -1];

/* at offset 0 of the file, one page */
struct seamark_header {
    seamark_u8 magic[8]; /* SEAMARK1 */
    seamark_u32 version; /* of this layout; a reader refuses others */
    seamark_u32 header_bytes; /* 4096 */
    seamark_u64 run_id; /* first half of every trace id of this run */
    seamark_u32 clock; /* what ticks are */
    seamark_u32 process; /* process number within the run, 16 bits used, from 1 */
    seamark_u64 ticks_per_second; /* 0 until calibrated: the reader then uses the triples */
    seamark_u32 quantum_ticks; /* smallest step seen between two readings */
    seamark_u32 flags; /* how it was written, and whether it ended in order */
    seamark_u64 start_ticks; /* clock when the run began; t0 counts from here */
    seamark_u64 start_ns; /* monotonic clock at start_ticks */
    seamark_u64 end_ticks; /* clock at an orderly end, or when the process was last seen to cross; 0 unknown */
    seamark_u64 end_ns; /* monotonic clock at end_ticks, else 0 */
    seamark_u8 environment[32]; /* SHA-256 of the run's environment description, or zeros */
    seamark_u32 site_capacity; /* entries in the site table */
    seamark_u32 site_count; /* entries in use; raised after the entry was written, never above site_capacity */
    seamark_u32 lane_capacity; /* lanes the file has room for */
    seamark_u32 lane_count; /* lanes handed out so far, never above lane_capacity */
    seamark_u32 lane_slots; /* record slots a lane, a power of two */
    seamark_u32 triple_count; /* calibration triples in use */
    seamark_u64 sites_offset; /* of the site table from the start of the file, a multiple of 64 */
    seamark_u64 lanes_offset; /* of the first lane from the start of the file, a multiple of 64, behind the site table */
    seamark_u64 lane_bytes; /* from one lane to the next: 64 + 192 site_capacity + 64 lane_slots */
    seamark_u64 overflow_crossings; /* crossings by threads for which no lane was left: in the totals of the first lane, which all threads share, without records */
    seamark_u64 own_cost_ticks; /* what a probed crossing costs more than a bare one, times 256, measured at start; 0 unknown */
    seamark_u32 pid; /* of the process that wrote it */
    seamark_u32 counter_layout; /* 0; reserved for later counters */
    struct seamark_triple triples[8]; /* bracketed readings of both clocks, from start to end */
    seamark_u64 samples_offset; /* of the samples from the start of the file, a multiple of 64, behind the lanes; 0 none */
    seamark_u64 sample_interval_ns; /* time between two samples now; it grows when they fill up. 0 none are taken */
    seamark_u32 sample_capacity; /* samples the file has room for, even */
    seamark_u32 sample_count; /* samples in use; raised after one was written, halved when every second was dropped */
    seamark_u32 record_period; /* 1 in so many crossings of a site was timed and recorded, 0 and 1 each; above 1 time sums are of those, each times what it stands for */
    seamark_u32 key_slot; /* 0; reserved */
    seamark_u8 reserved[3688]; /* zeros */
};
#define SEAMARK_HEADER_BYTES 4096u
typedef char seamark_assert_header_size[(sizeof(struct seamark_header) == 4096) ? 1 : -1];
typedef char seamark_assert_header_magic[(__builtin_offsetof(struct seamark_header, magic) == 0) ? 1 : -1];
typedef char seamark_assert_header_version[(__builtin_offsetof(struct seamark_header, version) == 8) ? 1 : -1];
typedef char seamark_assert_header_header_bytes[(__builtin_offsetof(struct seamark_header, header_bytes) == 12) ? 1 : -1];
typedef char seamark_assert_header_run_id[(__builtin_offsetof(struct seamark_header, run_id) == 16) ? 1 : -1];
typedef char seamark_assert_header_clock[(__builtin_offsetof(struct seamark_header, clock) == 24) ? 1 : -1];
typedef char seamark_assert_header_process[(__builtin_offsetof(struct seamark_header, process) == 28) ? 1 : -1];
typedef char seamark_assert_header_ticks_per_second[(__builtin_offsetof(struct seamark_header, ticks_per_second) == 32) ? 1 : -1];
typedef char seamark_assert_header_quantum_ticks[(__builtin_offsetof(struct seamark_header, quantum_ticks) == 40) ? 1 : -1];
typedef char seamark_assert_header_flags[(__builtin_offsetof(struct seamark_header, flags) == 44) ? 1 : -1];
typedef char seamark_assert_header_start_ticks[(__builtin_offsetof(struct seamark_header, start_ticks) == 48) ? 1 : -1];
typedef char seamark_assert_header_start_ns[(__builtin_offsetof(struct seamark_header, start_ns) == 56) ? 1 : -1];
typedef char seamark_assert_header_end_ticks[(__builtin_offsetof(struct seamark_header, end_ticks) == 64) ? 1 : -1];
typedef char seamark_assert_header_end_ns[(__builtin_offsetof(struct seamark_header, end_ns) == 72) ? 1 : -1];
typedef char seamark_assert_header_environment[(__builtin_offsetof(struct seamark_header, environment) == 80) ? 1 : -1];
typedef char seamark_assert_header_site_capacity[(__builtin_offsetof(struct seamark_header, site_capacity) == 112) ? 1 : -1];
typedef char seamark_assert_header_site_count[(__builtin_offsetof(struct seamark_header, site_count) == 116) ? 1 : -1];
typedef char seamark_assert_header_lane_capacity[(__builtin_offsetof(struct seamark_header, lane_capacity) == 120) ? 1 : -1];
typedef char seamark_assert_header_lane_count[(__builtin_offsetof(struct seamark_header, lane_count) == 124) ? 1 : -1];
typedef char seamark_assert_header_lane_slots[(__builtin_offsetof(struct seamark_header, lane_slots) == 128) ? 1 : -1];
typedef char seamark_assert_header_triple_count[(__builtin_offsetof(struct seamark_header, triple_count) == 132) ? 1 : -1];
typedef char seamark_assert_header_sites_offset[(__builtin_offsetof(struct seamark_header, sites_offset) == 136) ? 1 : -1];
typedef char seamark_assert_header_lanes_offset[(__builtin_offsetof(struct seamark_header, lanes_offset) == 144) ? 1 : -1];
typedef char seamark_assert_header_lane_bytes[(__builtin_offsetof(struct seamark_header, lane_bytes) == 152) ? 1 : -1];
typedef char seamark_assert_header_overflow_crossings[(__builtin_offsetof(struct seamark_header, overflow_crossings) == 160) ? 1 : -1];
typedef char seamark_assert_header_own_cost_ticks[(__builtin_offsetof(struct seamark_header, own_cost_ticks) == 168) ? 1 : -1];
typedef char seamark_assert_header_pid[(__builtin_offsetof(struct seamark_header, pid) == 176) ? 1 : -1];
typedef char seamark_assert_header_counter_layout[(__builtin_offsetof(struct seamark_header, counter_layout) == 180) ? 1 : -1];
typedef char seamark_assert_header_triples[(__builtin_offsetof(struct seamark_header, triples) == 184) ? 1 : -1];
typedef char seamark_assert_header_samples_offset[(__builtin_offsetof(struct seamark_header, samples_offset) == 376) ? 1 : -1];
typedef char seamark_assert_header_sample_interval_ns[(__builtin_offsetof(struct seamark_header, sample_interval_ns) == 384) ? 1 : -1];
typedef char seamark_assert_header_sample_capacity[(__builtin_offsetof(struct seamark_header, sample_capacity) == 392) ? 1 : -1];
typedef char seamark_assert_header_sample_count[(__builtin_offsetof(struct seamark_header, sample_count) == 396) ? 1 : -1];
typedef char seamark_assert_header_record_period[(__builtin_offsetof(struct seamark_header, record_period) == 400) ? 1 : -1];
typedef char seamark_assert_header_key_slot[(__builtin_offsetof(struct seamark_header, key_slot) == 404) ? 1 : -1];
typedef char seamark_assert_header_reserved[(__builtin_offsetof(struct seamark_header, reserved) == 408) ? 1 : -1];

/* one entry of the site table; texts are UTF-8, padded with zeros, cut at their size */
struct seamark_site {
    seamark_u16 id; /* index of this entry; what records carry */
    seamark_u8 kind; /* CALL, CALLBACK or COPY */
    seamark_u8 flags; /* UNPATCHED: cgo wrote it in a form unknown to the probe, its crossings are not seen */
    seamark_u32 line; /* of the Go declaration or first use, 0 unknown */
    seamark_u8 symbol[152]; /* the foreign function as C names it */
    seamark_u8 package[192]; /* import path of the Go package */
    seamark_u8 file[160]; /* Go file, base name */
};
#define SEAMARK_SITE_BYTES 512u
typedef char seamark_assert_site_size[(sizeof(struct seamark_site) == 512) ? 1 : -1];
typedef char seamark_assert_site_id[(__builtin_offsetof(struct seamark_site, id) == 0) ? 1 : -1];
typedef char seamark_assert_site_kind[(__builtin_offsetof(struct seamark_site, kind) == 2) ? 1 : -1];
typedef char seamark_assert_site_flags[(__builtin_offsetof(struct seamark_site, flags) == 3) ? 1 : -1];
typedef char seamark_assert_site_line[(__builtin_offsetof(struct seamark_site, line) == 4) ? 1 : -1];
typedef char seamark_assert_site_symbol[(__builtin_offsetof(struct seamark_site, symbol) == 8) ? 1 : -1];
typedef char seamark_assert_site_package[(__builtin_offsetof(struct seamark_site, package) == 160) ? 1 : -1];
typedef char seamark_assert_site_file[(__builtin_offsetof(struct seamark_site, file) == 352) ? 1 : -1];

/* head of a lane; single writer at a time. Behind it: site_capacity totals, then lane_slots records */
struct seamark_lane {
    seamark_u64 sequence; /* records reserved in this lane since it began; slot = sequence mod lane_slots. Above lane_slots only with FLIGHT_RECORDER */
    seamark_u64 dropped; /* crossings that got no record because the lane was full or sampling passed them over */
    seamark_u64 thread; /* of the present or last owner */
    seamark_u32 owners; /* threads that owned this lane so far */
    seamark_u32 in_use; /* 1 while a thread owns it */
    seamark_u32 sample_period; /* 1 in so many crossings is recorded now, of any one site at least so rarely; 0 when the lane is full */
    seamark_u8 reserved[28]; /* zeros */
};
#define SEAMARK_LANE_BYTES 64u
typedef char seamark_assert_lane_size[(sizeof(struct seamark_lane) == 64) ? 1 : -1];
typedef char seamark_assert_lane_sequence[(__builtin_offsetof(struct seamark_lane, sequence) == 0) ? 1 : -1];
typedef char seamark_assert_lane_dropped[(__builtin_offsetof(struct seamark_lane, dropped) == 8) ? 1 : -1];
typedef char seamark_assert_lane_thread[(__builtin_offsetof(struct seamark_lane, thread) == 16) ? 1 : -1];
typedef char seamark_assert_lane_owners[(__builtin_offsetof(struct seamark_lane, owners) == 24) ? 1 : -1];
typedef char seamark_assert_lane_in_use[(__builtin_offsetof(struct seamark_lane, in_use) == 28) ? 1 : -1];
typedef char seamark_assert_lane_sample_period[(__builtin_offsetof(struct seamark_lane, sample_period) == 32) ? 1 : -1];
typedef char seamark_assert_lane_reserved[(__builtin_offsetof(struct seamark_lane, reserved) == 36) ? 1 : -1];

/* exact sums of one site in one lane, over closed crossings; ticks */
struct seamark_total {
    seamark_u64 count; /* crossings closed */
    seamark_u64 errors; /* of these, ended in error */
    seamark_u64 entry; /* sum of d1 */
    seamark_u64 callee; /* sum of d2 - d1 */
    seamark_u64 exit; /* sum of d3 - d2: the layer called return */
    seamark_u64 bytes_in; /* bytes handed to the callee */
    seamark_u64 bytes_out; /* bytes handed back to the caller */
    seamark_u64 alloc_bytes; /* bytes the callee asked the C allocator for, on the thread of the call */
    seamark_u64 allocs; /* how often it did */
    seamark_u64 copies; /* copies made at the boundary: by a COPY site one each, else those that served these crossings */
    seamark_u64 nested; /* sum of time inside callbacks of this call, part of callee */
    seamark_u64 opened; /* crossings begun; more than count when some never closed */
    seamark_u64 recorded; /* of these, with a record */
    seamark_u64 frees; /* blocks the callee gave back to the allocator */
    seamark_u64 held_bytes; /* bytes the allocator set aside for the callee less those it took back, two's complement: what stays after the call */
    seamark_u64 pins; /* times an object was pinned for these calls */
    seamark_u64 allocator; /* with DEEP: sum of time on a processor inside the C allocator, part of callee, two's complement as the clock's own cost is taken off */
    seamark_u64 wait; /* with DEEP: sum of time off the processor by the callee's own will, part of callee */
    seamark_u64 ready; /* with DEEP: sum of time the callee was ready and waited for a processor, part of callee */
    seamark_u64 spent; /* with DEEP: sum of time that looking so deep took in and before these crossings: in no layer of them */
    seamark_u8 reserved[32]; /* zeros */
};
#define SEAMARK_TOTAL_BYTES 192u
typedef char seamark_assert_total_size[(sizeof(struct seamark_total) == 192) ? 1 : -1];
typedef char seamark_assert_total_count[(__builtin_offsetof(struct seamark_total, count) == 0) ? 1 : -1];
typedef char seamark_assert_total_errors[(__builtin_offsetof(struct seamark_total, errors) == 8) ? 1 : -1];
typedef char seamark_assert_total_entry[(__builtin_offsetof(struct seamark_total, entry) == 16) ? 1 : -1];
typedef char seamark_assert_total_callee[(__builtin_offsetof(struct seamark_total, callee) == 24) ? 1 : -1];
typedef char seamark_assert_total_exit[(__builtin_offsetof(struct seamark_total, exit) == 32) ? 1 : -1];
typedef char seamark_assert_total_bytes_in[(__builtin_offsetof(struct seamark_total, bytes_in) == 40) ? 1 : -1];
typedef char seamark_assert_total_bytes_out[(__builtin_offsetof(struct seamark_total, bytes_out) == 48) ? 1 : -1];
typedef char seamark_assert_total_alloc_bytes[(__builtin_offsetof(struct seamark_total, alloc_bytes) == 56) ? 1 : -1];
typedef char seamark_assert_total_allocs[(__builtin_offsetof(struct seamark_total, allocs) == 64) ? 1 : -1];
typedef char seamark_assert_total_copies[(__builtin_offsetof(struct seamark_total, copies) == 72) ? 1 : -1];
typedef char seamark_assert_total_nested[(__builtin_offsetof(struct seamark_total, nested) == 80) ? 1 : -1];
typedef char seamark_assert_total_opened[(__builtin_offsetof(struct seamark_total, opened) == 88) ? 1 : -1];
typedef char seamark_assert_total_recorded[(__builtin_offsetof(struct seamark_total, recorded) == 96) ? 1 : -1];
typedef char seamark_assert_total_frees[(__builtin_offsetof(struct seamark_total, frees) == 104) ? 1 : -1];
typedef char seamark_assert_total_held_bytes[(__builtin_offsetof(struct seamark_total, held_bytes) == 112) ? 1 : -1];
typedef char seamark_assert_total_pins[(__builtin_offsetof(struct seamark_total, pins) == 120) ? 1 : -1];
typedef char seamark_assert_total_allocator[(__builtin_offsetof(struct seamark_total, allocator) == 128) ? 1 : -1];
typedef char seamark_assert_total_wait[(__builtin_offsetof(struct seamark_total, wait) == 136) ? 1 : -1];
typedef char seamark_assert_total_ready[(__builtin_offsetof(struct seamark_total, ready) == 144) ? 1 : -1];
typedef char seamark_assert_total_spent[(__builtin_offsetof(struct seamark_total, spent) == 152) ? 1 : -1];
typedef char seamark_assert_total_reserved[(__builtin_offsetof(struct seamark_total, reserved) == 160) ? 1 : -1];

/* one crossing, one cache line */
struct seamark_record {
    seamark_u64 t0; /* caller entry, ticks since start_ticks */
    seamark_u32 d1; /* callee entry minus t0 */
    seamark_u32 d2; /* callee exit minus t0 */
    seamark_u32 d3; /* caller exit minus t0 */
    seamark_u16 site; /* index into the site table */
    seamark_u8 kind; /* what the record is of */
    seamark_u8 state; /* written last, with release order */
    seamark_u64 request; /* request number, or the key of a context record */
    seamark_u64 parent; /* span id: process (16 bits), lane from 1 (16), sequence in the lane (32); 0 none */
    seamark_u32 bytes_in; /* bytes handed to the callee */
    seamark_u32 bytes_out; /* bytes handed back to the caller */
    seamark_u32 alloc_bytes; /* bytes the callee allocated */
    seamark_u16 allocs; /* its allocations */
    seamark_u8 copies; /* copies made at the boundary */
    seamark_u8 result; /* result class, 0 fine */
    seamark_u32 generation; /* 1 + sequence / lane_slots of this record: tells a wrapped or torn slot */
    seamark_u32 aux; /* by kind: for CALL, CALLBACK and COPY the crossings of its site this record stands for, 1 unless SAMPLED; else queue wait, payload level or thread */
};
#define SEAMARK_RECORD_BYTES 64u
typedef char seamark_assert_record_size[(sizeof(struct seamark_record) == 64) ? 1 : -1];
typedef char seamark_assert_record_t0[(__builtin_offsetof(struct seamark_record, t0) == 0) ? 1 : -1];
typedef char seamark_assert_record_d1[(__builtin_offsetof(struct seamark_record, d1) == 8) ? 1 : -1];
typedef char seamark_assert_record_d2[(__builtin_offsetof(struct seamark_record, d2) == 12) ? 1 : -1];
typedef char seamark_assert_record_d3[(__builtin_offsetof(struct seamark_record, d3) == 16) ? 1 : -1];
typedef char seamark_assert_record_site[(__builtin_offsetof(struct seamark_record, site) == 20) ? 1 : -1];
typedef char seamark_assert_record_kind[(__builtin_offsetof(struct seamark_record, kind) == 22) ? 1 : -1];
typedef char seamark_assert_record_state[(__builtin_offsetof(struct seamark_record, state) == 23) ? 1 : -1];
typedef char seamark_assert_record_request[(__builtin_offsetof(struct seamark_record, request) == 24) ? 1 : -1];
typedef char seamark_assert_record_parent[(__builtin_offsetof(struct seamark_record, parent) == 32) ? 1 : -1];
typedef char seamark_assert_record_bytes_in[(__builtin_offsetof(struct seamark_record, bytes_in) == 40) ? 1 : -1];
typedef char seamark_assert_record_bytes_out[(__builtin_offsetof(struct seamark_record, bytes_out) == 44) ? 1 : -1];
typedef char seamark_assert_record_alloc_bytes[(__builtin_offsetof(struct seamark_record, alloc_bytes) == 48) ? 1 : -1];
typedef char seamark_assert_record_allocs[(__builtin_offsetof(struct seamark_record, allocs) == 52) ? 1 : -1];
typedef char seamark_assert_record_copies[(__builtin_offsetof(struct seamark_record, copies) == 54) ? 1 : -1];
typedef char seamark_assert_record_result[(__builtin_offsetof(struct seamark_record, result) == 55) ? 1 : -1];
typedef char seamark_assert_record_generation[(__builtin_offsetof(struct seamark_record, generation) == 56) ? 1 : -1];
typedef char seamark_assert_record_aux[(__builtin_offsetof(struct seamark_record, aux) == 60) ? 1 : -1];

/* one value of a sample */
struct seamark_gauge {
    seamark_u64 value; /* a count, bytes or nanoseconds */
};
#define SEAMARK_GAUGE_BYTES 8u
typedef char seamark_assert_gauge_size[(sizeof(struct seamark_gauge) == 8) ? 1 : -1];
typedef char seamark_assert_gauge_value[(__builtin_offsetof(struct seamark_gauge, value) == 0) ? 1 : -1];

/* the process at one moment: its two runtimes and what the system says of it */
struct seamark_sample {
    seamark_u64 ns; /* monotonic clock */
    seamark_u32 cause; /* why it was taken; 0 not yet whole */
    seamark_u32 phase; /* number of the phase it ends, from 1; 0 none */
    seamark_u64 present; /* bit i: value i is known */
    struct seamark_gauge values[61]; /* by gauge, named in src/format/gauge.ts */
};
#define SEAMARK_SAMPLE_BYTES 512u
typedef char seamark_assert_sample_size[(sizeof(struct seamark_sample) == 512) ? 1 : -1];
typedef char seamark_assert_sample_ns[(__builtin_offsetof(struct seamark_sample, ns) == 0) ? 1 : -1];
typedef char seamark_assert_sample_cause[(__builtin_offsetof(struct seamark_sample, cause) == 8) ? 1 : -1];
typedef char seamark_assert_sample_phase[(__builtin_offsetof(struct seamark_sample, phase) == 12) ? 1 : -1];
typedef char seamark_assert_sample_present[(__builtin_offsetof(struct seamark_sample, present) == 16) ? 1 : -1];
typedef char seamark_assert_sample_values[(__builtin_offsetof(struct seamark_sample, values) == 24) ? 1 : -1];

#endif
