/** What went on around a study, and what differed though no factor says so. */

/** The machine at one moment: counters that only grow, seconds, and settings. What a system does not tell is absent. */
export interface Moment {
  readonly atS: number;
  /** Processors that are counted in `busyS`. */
  readonly cores: number;
  /** Processor seconds of everything that runs on the machine, and those the hypervisor took. */
  readonly busyS?: number;
  readonly stealS?: number;
  /** Of Seamark and all that it started and saw end. */
  readonly ownS?: number;
  /** Seconds in which something waited for memory. */
  readonly memoryWaitS?: number;
  /** Times that the first core was slowed down by its heat. */
  readonly throttles?: number;
  readonly loadAverage?: number;
  readonly governor?: string;
  readonly frequencyHz?: number;
}

export interface Surroundings {
  readonly before: Moment;
  readonly after: Moment;
}

/** between builds: apart from what was meant to differ · over the study: what changed, or went on, while it ran. */
export interface Residue {
  readonly kind: 'between builds' | 'over the study';
  /** `go: toolchain`, `module example.com/x`, `processors used by others`. */
  readonly what: string;
  readonly from: string;
  readonly to: string;
  /** It can move times by as much as matters: a warning says so too. */
  readonly matters: boolean;
}
