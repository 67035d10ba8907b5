/** What the probe knows of a boundary, after its files were read: plain numbers in seconds, bytes and counts. */
export interface Quantiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  /** Records they rest on. */
  readonly records: number;
}

/** Mean, and percentiles where records and ten clock quanta allow. */
export interface Split {
  readonly mean: number;
  readonly quantiles?: Quantiles;
}

/** Entry and return of one crossing together, seconds: the median over probed processes, from order statistics. */
export type Transition = Interval;

/** Handed over in all crossings of a site. */
export interface Payload {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly copies: number;
  readonly pins: number;
}

/** What the callee asked of the C allocator, over all crossings whose process counted that. */
export interface CalleeMemory {
  readonly crossings: number;
  readonly allocs: number;
  readonly bytes: number;
  readonly frees: number;
  readonly held: Held;
}

/** Bytes set aside inside calls less those taken back there: what stays after the calls. */
export interface Held {
  /** Over all processes; below zero where more is taken back. */
  readonly bytes: number;
  /**
   * Live slope: bytes a crossing (of a map: over all its sites, a call), the median over processes with its interval from order
   * statistics; absent where too few processes crossed for one (six are needed).
   */
  readonly slope?: Interval;
  /** Parts of runs, read while these went on, and those in which more was held at the end than at the beginning. */
  readonly parts: number;
  readonly grewIn: number;
  /**
   * grows: more with every part, and not levelling off: a leak, unless it is given back elsewhere · grew: more at the end, but not
   * with every part: room that is kept · falls: the same as grows, downwards · balanced: nothing stays. Absent: too few parts to tell.
   */
  readonly says?: 'grows' | 'grew' | 'falls' | 'balanced';
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Level that was reached. */
  readonly confidence: number;
  readonly processes: number;
}

/**
 * call: Go calls · callback: Go is called · copy: cgo's own helper copies a payload (`C.CString`, `C.GoBytes`); what it copied is also in
 * the payload of the call that it served.
 */
export type SiteKind = 'call' | 'callback' | 'copy';

/** One numbered place on a boundary, over all crossings seen there. */
export interface SiteSummary {
  /** The foreign function: `fc_transform`, `sqlite3_step`; `C.GoBytes` for cgo's own helpers. */
  readonly site: string;
  readonly kind: SiteKind;
  /** Import path of the Go package that declares it. */
  readonly package: string;
  /** `file.go:12` of the Go declaration, where known. */
  readonly where?: string;
  /** Exact, also when records were dropped or sampled. */
  readonly crossings: number;
  readonly errors: number;
  /** Crossings an operation; absent outside a study. */
  readonly perOperation?: number;
  readonly entry: Split;
  readonly callee: Split;
  readonly return: Split;
  readonly total: Split;
  /** Absent where too few processes crossed for an interval (six are needed). */
  readonly transition?: Transition;
  readonly recorded: number;
  readonly dropped: number;
  /** Of the crossings, those that never came back: unwound by a panic, or under way when the process ended. Means leave them out. */
  readonly unfinished?: number;
  /** Absent where nothing was seen to be handed over. */
  readonly payload?: Payload;
  /** Absent where allocations were not counted. */
  readonly memory?: CalleeMemory;
}

/** All sites of one program or treatment. */
export interface BoundaryMap {
  /** The treatment, or the program's name. */
  readonly of: string;
  readonly sites: readonly SiteSummary[];
  /** Operations behind it; absent outside a study. */
  readonly operations?: number;
  /** Mean seconds of one operation in the very window in which the crossings were summed, probed runs; absent outside a study. */
  readonly operationS?: number;
  /** Seconds the processes behind it ran, and how many there were. */
  readonly processes: number;
  readonly wallS: number;
  /** Seconds inside calls (entry, callee and return), callbacks not counted twice. */
  readonly foreignS: number;
  readonly clock: { readonly kind: 'tsc' | 'os'; readonly quantumS: number };
  /** Seconds one probed crossing costs more than a bare one, measured on this machine. */
  readonly probeCostS?: number;
  /** Named and counted: what could not be probed. */
  readonly unpatched: readonly string[];
  /** Sites that the program has, crossed or not. */
  readonly declared?: number;
  /** The probe only counted: all times are zero and mean nothing. */
  readonly countsOnly?: boolean;
  /** Absent where no process counted allocations. */
  readonly memory?: MapMemory;
  /** Sites that the filters of the run left out: named, not counted. */
  readonly leftOut?: readonly string[];
  /** 1 in so many crossings of a site was timed, and stands for the others; in a study after the pilot. */
  readonly every?: number;
  /** Percentiles are of the end of the run alone: records were overwritten. */
  readonly flight?: boolean;
  /** The place of the record files was full: records were lost, or threads shared a lane. Counts hold. */
  readonly noRoom?: boolean;
  /** Samples were asked for, and the thread that takes them could not be made. */
  readonly noSamples?: boolean;
  /** glibc's account took too long to be asked for again: its gauges end early. */
  readonly libcUnasked?: boolean;
}

export interface MapMemory {
  /** Those in which allocations were counted. */
  readonly processes: number;
  /** What all sites hold together: what one sets aside another may give back. */
  readonly held: Held;
  /**
   * Whose work was counted, where a record file tells it: `C library`, `other` (linked or preloaded in its place), and under names of
   * their own `jemalloc`, `mimalloc`.
   */
  readonly allocators?: readonly string[];
}

/** The steps in which times of a boundary were read. */
export type SiteClock = BoundaryMap['clock'];

/** Exact totals of a probed process at one moment between two crossings, read from its record file. */
export interface BoundaryReading {
  readonly clock: SiteClock;
  readonly ticksPerSecond: number;
  readonly countsOnly: boolean;
  /** The C allocator's work is counted. */
  readonly allocations?: boolean;
  /** Seconds since the process began when it was last seen to cross, to a millisecond or so. */
  readonly seenS?: number;
  readonly unpatched: readonly string[];
  readonly declared: number;
  /** Every site of the program, in an order that no later reading of the process changes. */
  readonly sites: readonly SiteReading[];
  /** Records reserved so far, a lane. */
  readonly lanes: readonly number[];
}

export interface SiteReading {
  readonly site: string;
  readonly kind: SiteSummary['kind'];
  readonly package: string;
  readonly where?: string;
  /** Crossings begun, and of these: closed, ended in error, with a record. */
  readonly opened: number;
  readonly closed: number;
  readonly errors: number;
  readonly recorded: number;
  /** Ticks over all closed crossings. */
  readonly entry: number;
  readonly callee: number;
  readonly return: number;
  /** Part of callee: inside callbacks of these calls. */
  readonly nested: number;
  /** Absent where all of it is zero. */
  readonly sums?: SiteSums;
  /** Absent where the probe was not asked to look so deep. */
  readonly deep?: DeepTicks;
}

/**
 * Exclusive parts of callee, ticks over all closed crossings; what callbacks hold, and calls within these, is in none of them.
 * The rest of callee less nested is the foreign side's own code.
 */
export interface DeepTicks {
  /** On a processor inside the foreign allocator; absent where allocations were not counted. */
  readonly allocator?: number;
  /** Off the processor by its own will: a lock, a sleep, input or output. */
  readonly wait: number;
  /** Ready to run, and waiting for a processor. */
  readonly ready: number;
  /** No part of callee nor of another layer: what looking so deep took, beside the crossings and so in the time of the program. */
  readonly spent: number;
}

/** Over closed crossings. */
export interface SiteSums extends Payload {
  readonly allocs: number;
  readonly allocBytes: number;
  readonly frees: number;
  readonly heldBytes: number;
}

/** What crossed the boundary of one probed process during its timed batches: exact, and nothing else of the process in it. */
export interface BoundaryWindow {
  /** Operations of these batches, and the seconds they took; without seconds where more than the batches crossed. */
  readonly operations: number;
  readonly seconds?: number;
  /** Where there are none: at the pace of the operations that were timed. What sets itself up between batches may have crossed too. */
  readonly pacedS?: number;
  readonly clock: SiteClock;
  readonly countsOnly?: boolean;
  readonly allocations?: boolean;
  readonly unpatched: readonly string[];
  readonly declared: number;
  /** Seconds of the process in which it lies, to a millisecond or so. */
  readonly windowS?: readonly [number, number];
  /** Sites that were crossed. */
  readonly sites: readonly SiteWindow[];
  /** Records of the window, a lane: from the first up to, not including, the second; counted since the lane began. */
  readonly records: readonly (readonly [number, number])[];
  /** The same in slices, one after the other; absent where it was not read between its batches. */
  readonly slices?: readonly BoundarySlice[];
  /**
   * Go outside of calls, seconds over these batches summed over goroutines: helping the collector and standing still for it. Absent
   * where it is not known: the probe was not asked, or Go's account was not renewed.
   */
  readonly collectorS?: number;
  /** The same, before locks of Go. */
  readonly goLockS?: number;
}

/** Times of some of a window's batches: what a disturbance hit can be told from what it did not. */
export interface BoundarySlice {
  readonly operations: number;
  readonly seconds: number;
  /** Those that were crossed. */
  readonly sites: readonly SiteTimes[];
}

export type SiteTimes = Pick<
  SiteWindow,
  'site' | 'kind' | 'entryS' | 'calleeS' | 'returnS' | 'nestedS' | 'allocatorS' | 'waitS' | 'readyS' | 'spentS'
>;

/** A site in a window: counts as in a reading, times in seconds. */
export type SiteWindow = Omit<SiteReading, 'entry' | 'callee' | 'return' | 'nested' | 'deep'> & {
  readonly entryS: number;
  readonly calleeS: number;
  readonly returnS: number;
  readonly nestedS: number;
  /** Exclusive parts of callee as in a reading (see DeepTicks); absent where they were not measured. */
  readonly allocatorS?: number;
  readonly waitS?: number;
  readonly readyS?: number;
  readonly spentS?: number;
  /** All sites in the same parts; absent where the window was not read in parts, or allocations were not counted. */
  readonly parts?: readonly SitePart[];
};

/** Closed crossings between two readings, and what they asked of the C allocator. */
export interface SitePart extends Pick<SiteSums, 'allocs' | 'allocBytes' | 'heldBytes'> {
  readonly crossings: number;
}
