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
