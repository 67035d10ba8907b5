/** What the samples of probed processes say of a study: how the two runtimes fared while the batches were timed. */
import type { Timeline } from './timeline.ts';

/** One probed run over its timed batches; each is absent where too little was known. */
export interface RuntimeSummary {
  /** Samples within the timed batches. */
  readonly samples: number;
  /** Share of the process's processor time that Go's collections took, 0 to 1. */
  readonly gcShare?: number;
  /** From the first sample to the last: what C's allocators hold more at the end, and what Go's collections found alive. */
  readonly foreignGrowthBytes?: number;
  readonly goGrowthBytes?: number;
  /** Threads that stood ready and waited for a processor, on average. */
  readonly waiting?: number;
  readonly rssBytes?: number;
  readonly threads?: number;
}

/** All probed runs of one treatment. */
export interface TreatmentRuntimes {
  readonly treatment: string;
  /** Release of Go, where known: gauges of Go are not the same in each. */
  readonly go?: string;
  /** Medians over its runs. */
  readonly typical: RuntimeSummary;
  readonly runs: number;
  /** Of how many runs a median is, where some did not know it: `gcShare` where no collection ended in the batches. */
  readonly partly?: Partial<Readonly<Record<keyof RuntimeSummary, number>>>;
  /** Of the last run whose samples were kept: seconds count from the start of its process. */
  readonly timeline?: Timeline;
  /** Seconds of that process in which its timed batches lie. */
  readonly windowS?: readonly [number, number];
}
