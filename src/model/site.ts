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
export interface Transition {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Level of the interval that was reached, at least 0.95. */
  readonly confidence: number;
  readonly processes: number;
}

/** One numbered place on a boundary, over all crossings seen there. */
export interface SiteSummary {
  /** The foreign function: `fc_transform`, `sqlite3_step`; `C.GoBytes` for cgo's own helpers. */
  readonly site: string;
  readonly kind: 'call' | 'callback';
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
  /** Seconds one probed crossing costs more than a bare one, measured on this machine in the same session. */
  readonly probeCostS?: number;
  /** Named and counted: what could not be patched. */
  readonly unpatched: readonly string[];
  /** Sites that the program has, crossed or not. */
  readonly declared?: number;
  /** The probe only counted: all times are zero and mean nothing. */
  readonly countsOnly?: boolean;
}

/** The steps in which times of a boundary were read. */
export type SiteClock = BoundaryMap['clock'];

/** Exact totals of a probed process at one moment between two crossings, read from its record file. */
export interface BoundaryReading {
  readonly clock: SiteClock;
  readonly ticksPerSecond: number;
  readonly countsOnly: boolean;
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
}

/** What crossed the boundary of one probed process during its timed batches: exact, and nothing else of the process in it. */
export interface BoundaryWindow {
  /** Operations of these batches, and the seconds they took; without seconds where more than the batches crossed. */
  readonly operations: number;
  readonly seconds?: number;
  readonly clock: SiteClock;
  readonly countsOnly?: boolean;
  readonly unpatched: readonly string[];
  readonly declared: number;
  /** Sites that were crossed. */
  readonly sites: readonly SiteWindow[];
  /** Records of the window, a lane: from the first up to, not including, the second; counted since the lane began. */
  readonly records: readonly (readonly [number, number])[];
}

/** A site in a window: counts as in a reading, times in seconds. */
export type SiteWindow = Omit<SiteReading, 'entry' | 'callee' | 'return' | 'nested'> & {
  readonly entryS: number;
  readonly calleeS: number;
  readonly returnS: number;
  readonly nestedS: number;
};
