/** Timelines of probed runs -> how the two runtimes fared while the batches were timed. */
import { findGauge, incomparable } from '../format/gauge.ts';
import type { Plan } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { RunOutcome } from '../model/run.ts';
import type { RuntimeSummary, TreatmentRuntimes } from '../model/runtimes.ts';
import { seriesOf, type Timeline } from '../model/timeline.ts';
import { median } from '../stats/quantile.ts';

/** Gauges that hold what C's allocators have handed out; more than one where more than one is in the process. */
const FOREIGN = ['libc.inuse', 'jemalloc.allocated', 'mimalloc.committed'];

/** `windowS`: seconds of the process; the whole of it where the batches have no window. */
export function summariseTimeline(
  timeline: Timeline,
  windowS: readonly [number, number] = [0, Number.POSITIVE_INFINITY],
): RuntimeSummary {
  const inside = timeline.seconds.map((at) => at >= windowS[0] && at <= windowS[1]);
  const told = (gauge: string): readonly (number | null)[] =>
    (seriesOf(timeline, gauge) ?? []).map((value, at) => (inside[at] ? value : null));
  const known = (gauge: string): readonly number[] => told(gauge).filter((value) => value !== null);
  const rise = (gauge: string): number | undefined => {
    const values = known(gauge);
    return values.length < 2 ? undefined : values.at(-1)! - values[0]!;
  };
  const most = (gauge: string): number | undefined => {
    const values = known(gauge);
    return values.length === 0 ? undefined : Math.max(...values);
  };
  // A growth of the beginning alone would be told as that of the whole.
  const foreign = timeline.libcUnasked ? [] : FOREIGN.flatMap((gauge) => rise(gauge) ?? []);
  return withKnown({
    samples: inside.filter(Boolean).length,
    gcShare: shareOf(timeline.seconds, { gc: told('go.gc.cpu'), idle: told('go.gc.idle') }, [
      told('cpu.user'),
      told('cpu.system'),
    ]),
    foreignGrowthBytes: foreign.length === 0 ? undefined : foreign.reduce((sum, each) => sum + each, 0),
    goGrowthBytes: rise('go.heap.live'),
    waiting: perSecond(timeline.seconds, told('queue.wait')),
    rssBytes: most('rss'),
    threads: most('threads'),
  });
}

/** Between the same two moments: what collections took, idle processors left out, over all the process took. */
function shareOf(
  seconds: readonly number[],
  { gc, idle }: { readonly gc: readonly (number | null)[]; readonly idle: readonly (number | null)[] },
  cpu: readonly (readonly (number | null)[])[],
): number | undefined {
  const whole = seconds.flatMap((_, at) => {
    const all = [gc[at], idle[at], ...cpu.map((series) => series[at])];
    return all.every((value) => value != null) ? [{ gc: gc[at]! - idle[at]!, cpu: cpu[0]![at]! + cpu[1]![at]! }] : [];
  });
  const [first, last] = [whole[0], whole.at(-1)];
  if (!first || !last || last.cpu <= first.cpu) return undefined;
  return Math.min(1, Math.max(0, (last.gc - first.gc) / (last.cpu - first.cpu)));
}

function perSecond(seconds: readonly number[], values: readonly (number | null)[]): number | undefined {
  const known = values.flatMap((value, at) => (value === null ? [] : [{ at: seconds[at]!, value }]));
  const [first, last] = [known[0], known.at(-1)];
  return first && last && last.at > first.at ? (last.value - first.value) / (last.at - first.at) : undefined;
}

/** The timeline of a kept record file, by the name that a run stores it under. */
export type Timelines = ReadonlyMap<string, Timeline>;

/** One for each probed treatment whose runs took samples. */
export function gatherRuntimes(plan: Plan, runs: readonly RunOutcome[], timelines: Timelines): TreatmentRuntimes[] {
  return plan.arms
    .filter(({ role }) => role === 'probed')
    .flatMap((arm) => {
      const own = runs.filter((run) => run.arm === arm.id && run.runtimes !== undefined);
      const summaries = own.flatMap(({ runtimes }) => runtimes ?? []);
      if (summaries.length === 0) return [];
      const last = own.filter(({ records }) => records !== undefined && timelines.has(records)).at(-1);
      const timeline = last && timelines.get(last.records!);
      const windowS = last?.boundary?.windowS;
      return [
        {
          treatment: arm.treatment.id,
          ...(timeline?.go === undefined ? {} : { go: timeline.go }),
          typical: typicalOf(summaries),
          runs: summaries.length,
          ...countPartly(summaries),
          ...(timeline && { timeline }),
          ...(timeline && windowS && { windowS }),
        },
      ];
    });
}

const NAMES = ['gcShare', 'foreignGrowthBytes', 'goGrowthBytes', 'waiting', 'rssBytes', 'threads'] as const;

function typicalOf(summaries: readonly RuntimeSummary[]): RuntimeSummary {
  const middle = (name: (typeof NAMES)[number]): number | undefined => {
    const values = summaries.flatMap((summary) => summary[name] ?? []);
    return values.length === 0 ? undefined : median(values);
  };
  return withKnown({
    samples: median(summaries.map(({ samples }) => samples)),
    ...Object.fromEntries(NAMES.map((name) => [name, middle(name)])),
  });
}

/** Of how many runs the medians are that are not of all. */
export function countPartly(summaries: readonly RuntimeSummary[]): Pick<TreatmentRuntimes, 'partly'> {
  const counts = NAMES.map(
    (name) => [name, summaries.filter((summary) => summary[name] !== undefined).length] as const,
  );
  const partly = counts.filter(([, count]) => count > 0 && count < summaries.length);
  return partly.length === 0 ? {} : { partly: Object.fromEntries(partly) };
}

type Unsure<Shape> = { readonly [Name in keyof Shape]: Shape[Name] | undefined };

function withKnown(values: Unsure<RuntimeSummary> & { readonly samples: number }): RuntimeSummary {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as unknown as RuntimeSummary;
}

/** Gauges of Go that can't be held against each other, because treatments were built with different releases. */
export function warnOfReleases(runtimes: readonly TreatmentRuntimes[]): Warning[] {
  const releases = [...new Set(runtimes.flatMap(({ go }) => go ?? []))].sort();
  const shown = new Set(runtimes.flatMap(({ timeline }) => timeline?.series.map(({ gauge }) => gauge) ?? []));
  const reasons = new Map<string, string[]>();
  for (const one of releases) {
    for (const other of releases) {
      if (one >= other) continue;
      for (const name of shown) {
        const gauge = findGauge(name);
        const why = gauge && incomparable(gauge, one, other);
        if (why !== undefined) reasons.set(why, [...new Set([...(reasons.get(why) ?? []), name])]);
      }
    }
  }
  return [...reasons].map(([why, names]) => ({
    code: 'gauges-changed',
    message: `Go ${releases.join(' and ')} do not mean the same by ${names.join(', ')}: ${why}`,
    cure: 'Compare these gauges only between treatments of one release of Go; verdicts do not rest on them.',
  }));
}
