/** One process of a block while it lives: what it was asked and answered so far, and the outcome it adds up to. */
import { EACH_AT_MOST_S, operationsFor, TAILS } from '../model/metric.ts';
import type { Arm, Mode } from '../model/plan.ts';
import {
  type Batch,
  type Counts,
  EACH_QUANTILES,
  type Prepared,
  type RunEnd,
  type RunOutcome,
  type Session,
  type Stage,
} from '../model/run.ts';
import type { BoundaryReading, BoundarySlice, BoundaryWindow } from '../model/site.ts';
import { median, quantile, quantileOfSorted, sortNumbers } from '../stats/quantile.ts';
import type { Clock } from './clock.ts';
import { sliceBetween, windowBetween } from './window.ts';

/** One pass in twenty meets an allocation of Go's own runtime; the least of several is the operation's. */
const COUNTED_CYCLES = 4;
/** Parts that what a call leaves in memory is told from. */
const MEMORY_PARTS = 4;
/** Fewer leave too little when disturbed ones go. */
const LEAST_SLICES = 7;
const WARM_UP_S = 0.02;
const WARM_UP_BATCHES = 2;

export interface Slot {
  readonly arm: Arm;
  readonly position: number;
  readonly paddingBytes: number;
  readonly startedS: number;
}

export class ProcessRun {
  readonly slot: Slot;
  prepared: Prepared = { cycle: 1, operations: 0 };
  /** Iterations of one batch. */
  iterations = 1;
  readonly #session: Session;
  /** Name its record file is stored under; undefined when it writes none. */
  readonly #records: string | undefined;
  readonly #batches: Batch[] = [];
  /** Seconds of each question that were not its batch's. */
  readonly #asking: number[] = [];
  readonly #warmUp: number[] = [];
  #operations = 0;
  #each: readonly number[] = [];
  #counts: Counts = {};
  #before: BoundaryReading | undefined;
  /** Readings inside the window, and the batches done by then. */
  readonly #between: { readonly reading: BoundaryReading; readonly batches: number }[] = [];
  #boundary: BoundaryWindow | undefined;
  #end: Promise<RunEnd> | undefined;

  constructor(slot: Slot, session: Session, records?: string) {
    this.slot = slot;
    this.#session = session;
    this.#records = records;
  }

  async prepare(): Promise<void> {
    this.prepared = await this.#session.prepare();
    this.#operations += this.prepared.operations;
  }

  /** A batch that is not kept. */
  readonly spend = async (iterations: number): Promise<Batch> => {
    const batch = await this.#session.run(iterations);
    this.#operations += operationsOf([batch]);
    return batch;
  };

  /** `batches`: so many; undefined: for the usual time. */
  async warmUp(batches: number | undefined): Promise<void> {
    let seconds = 0;
    const isWarm = (done: number) =>
      batches === undefined ? done >= WARM_UP_BATCHES && seconds >= WARM_UP_S : done >= batches;
    for (let done = 0; !isWarm(done); done += 1) {
      const batch = await this.spend(this.iterations);
      this.#warmUp.push(batch.seconds / batch.iterations);
      // A clock that stands still would keep this going for ever.
      seconds += Math.max(batch.seconds, 1e-6);
    }
  }

  /** The batch that counts. Nothing but the question and the answer happens here, between two readings of the clock. */
  async time(clock: Clock): Promise<void> {
    const askedS = clock.nowS();
    const batch = await this.#session.run(this.iterations);
    this.#asking.push(clock.nowS() - askedS - batch.seconds);
    this.#batches.push(batch);
  }

  /** The same for as many batches as the session takes at once: all of them, or one. */
  async timeSeveral(batches: number, clock: Clock): Promise<void> {
    if (batches === 1 || !this.#session.runSeveral) await this.time(clock);
    else this.#batches.push(...(await this.#session.runSeveral(this.iterations, batches)));
  }

  /** Just before the first timed batch of a process that waits between batches. */
  beginWindow(): void {
    this.#before = this.#session.readBoundary?.();
  }

  /** Between two rounds: what a call leaves in memory, and what was disturbed, is told from parts of the window. */
  cutWindow(): void {
    const reading = this.#before && this.#session.readBoundary?.();
    if (reading) this.#between.push({ reading, batches: this.#batches.length });
  }

  /** Just after the last timed batch. */
  endWindow(): void {
    const after = this.#before && this.#session.readBoundary?.();
    if (!after) return;
    const batches = this.#batches;
    // What ran beside a batch crossed too, and has no time.
    const timedOnly = batches.every(({ besides = 0 }) => besides === 0);
    const measured = {
      operations: operationsOf(batches),
      ...(timedOnly ? { seconds: sum(batches.map((batch) => batch.seconds)) } : { pacedS: pacedS(batches) }),
    };
    const readings = this.#between.map(({ reading }) => reading);
    const window = windowBetween(this.#before, after, measured, spread(readings, MEMORY_PARTS - 1));
    this.#boundary = readings.length >= LEAST_SLICES ? { ...window, slices: this.#slices(after) } : window;
  }

  #slices(after: BoundaryReading): readonly BoundarySlice[] {
    const cuts = [
      { reading: this.#before, batches: 0 },
      ...this.#between,
      { reading: after, batches: this.#batches.length },
    ];
    return cuts.slice(1).map(({ reading, batches }, at) => {
      const from = cuts[at]!;
      const run = this.#batches.slice(from.batches, batches);
      return sliceBetween(from.reading, reading!, {
        operations: operationsOf(run),
        seconds: pacedS(run),
      });
    });
  }

  /** Of a process that has come and gone with its batches: all that it did. */
  wholeWindow(): void {
    const after = this.#session.readBoundary?.();
    const batches = this.#batches;
    if (!after || batches.length === 0) return;
    // What ran beside each batch crossed too, and has no time.
    const besides = this.prepared.operations * batches.length;
    const timedS = sum(batches.map((batch) => batch.seconds));
    const timed = sum(batches.map((batch) => batch.iterations));
    const operations = besides + timed;
    const seconds = besides === 0 ? { seconds: timedS } : { pacedS: (timedS * operations) / timed };
    this.#boundary = windowBetween(undefined, after, { operations, ...seconds });
  }

  async count(): Promise<void> {
    if (!this.#session.count) return;
    const iterations = COUNTED_CYCLES * this.prepared.cycle;
    this.#counts = await this.#session.count(iterations);
    this.#operations += iterations;
  }

  /** Times operations one by one, as many as fit, when there is room for a percentile at all. */
  async timeEach(atMost: number): Promise<void> {
    if (!this.#session.runEach) return;
    const affordable = Math.floor(EACH_AT_MOST_S / Math.max(this.#secondsPerOperation(), 1e-9));
    if (affordable < operationsFor(TAILS['time.p90']!)) return;
    const cycle = this.prepared.cycle;
    const wanted = Math.min(atMost, affordable);
    // Whole cycles only, so that every input weighs the same; one cycle may be more than was wanted.
    const iterations = Math.max(1, Math.ceil(wanted / cycle)) * cycle;
    this.#each = await this.#session.runEach(iterations);
    this.#operations += iterations;
  }

  /** Ends the process; may be called again, the answer is the same. */
  close(): Promise<RunEnd> {
    this.#end ??= this.#session.close();
    return this.#end;
  }

  async outcome(block: number, stage: Stage, mode: Mode): Promise<RunOutcome> {
    const end = await this.close();
    const { arm, position, paddingBytes, startedS } = this.slot;
    const { checksum } = this.prepared;
    return {
      kind: 'run',
      block,
      stage,
      mode,
      arm: arm.id,
      position,
      paddingBytes,
      startedS,
      iterations: this.iterations,
      cycle: this.prepared.cycle,
      batches: this.#batches.map((batch) => batch.seconds / batch.iterations),
      ...(stage === 'pilot' && this.#asking.length > 0 ? { askingS: Math.max(0, median(this.#asking)) } : {}),
      ...(stage === 'pilot' ? this.#start() : {}),
      ...(stage === 'pilot' && this.#warmUp.length > 0 ? { warmUp: this.#warmUp } : {}),
      values: this.#values(end),
      ...this.#quantiles(),
      ...(checksum === undefined ? {} : { checksum }),
      ...this.#collections(),
      operations: this.#operations + operationsOf(this.#batches),
      ...(this.#records === undefined ? {} : { records: this.#records }),
      ...(this.#boundary === undefined ? {} : { boundary: this.#boundary }),
      end,
    };
  }

  /** Known only when every batch told. */
  #collections(): Pick<RunOutcome, 'gcCycles'> {
    const cycles = this.#batches.flatMap((batch) => batch.gcCycles ?? []);
    return cycles.length > 0 && cycles.length === this.#batches.length ? { gcCycles: sum(cycles) } : {};
  }

  /** From one iteration and from many: the line through both does not begin at nothing. */
  #start(): Pick<RunOutcome, 'startS'> {
    const { singleS } = this.prepared;
    if (singleS === undefined || this.iterations <= 1 || this.#batches.length === 0) return {};
    const batchS = median(this.#batches.map((batch) => batch.seconds));
    const startS = (singleS * this.iterations - batchS) / (this.iterations - 1);
    return startS > 0 ? { startS } : {};
  }

  #secondsPerOperation(): number {
    return sum(this.#batches.map((batch) => batch.seconds)) / sum(this.#batches.map((batch) => batch.iterations));
  }

  /** Those that enough operations were timed for: 10 / q at the quick end, 10 / (1 − q) at the slow one. */
  #quantiles(): Pick<RunOutcome, 'quantiles'> {
    const times = sortNumbers(this.#each);
    const told = EACH_QUANTILES.filter((q) => times.length * Math.min(q, 1 - q) > 10 - 1e-6);
    return told.length === 0 ? {} : { quantiles: told.map((q) => quantileOfSorted(times, q)) };
  }

  #values(end: RunEnd): Record<string, number> {
    const perOperation = this.#batches.map((batch) => batch.seconds / batch.iterations);
    const values: Record<string, number> = {
      'time.p50': median(perOperation),
      'time.mean': this.#secondsPerOperation(),
    };
    if (end.maxRssBytes > 0) values.rss = end.maxRssBytes;
    for (const name of new Set(this.#batches.flatMap((batch) => Object.keys(batch.values ?? {})))) {
      values[name] = median(this.#batches.flatMap((batch) => batch.values?.[name] ?? []));
    }
    for (const [name, value] of Object.entries(this.#counts)) values[name] = value;
    for (const [name, share] of Object.entries(TAILS)) {
      if (this.#each.length >= operationsFor(share)) values[name] = quantile(this.#each, share);
    }
    return values;
  }
}

/** All that a session did for these batches, timed or beside. */
function operationsOf(batches: readonly Batch[]): number {
  return sum(batches.map(({ iterations, besides = 0 }) => iterations + besides));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** So many of them at equal distances; all where there are fewer. */
function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.round(((at + 1) * (items.length + 1)) / (most + 1)) - 1]!);
}

/** Seconds of all operations, those that ran beside a batch at the pace of the batch. */
function pacedS(batches: readonly Batch[]): number {
  return sum(batches.map(({ seconds, iterations, besides = 0 }) => (seconds * (iterations + besides)) / iterations));
}
