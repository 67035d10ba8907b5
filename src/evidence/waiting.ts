/** Time off the processor, old against new: waiting for locks of Go, sleep on the foreign side, waiting for a processor. */
import type { Layer } from '../model/layer.ts';
import { findMetric } from '../model/metric.ts';
import { Problem } from '../model/problem.ts';
import { formatQuantity } from '../model/unit.ts';
import type { Finding } from '../model/witness.ts';
import { figure } from './allocations.ts';
import type { Case, EvidenceRequest } from './gather.ts';
import { type GoWaits, runGoWaits, type WaitQuantity } from './go-waits.ts';
import { directionOf } from './judgement.ts';
import { type BothScheduled, type Scheduling, watchScheduling } from './scheduling.ts';
import { differenceOf, findMoved, type SitePair, sumOf, toFinding } from './site-slopes.ts';
import { perWhat, type Testimony, withTool } from './tool-witness.ts';

export const askWaiting = withTool('locks and waiting', 'go', async (one, request) => {
  const per = perWhat(request);
  if (findMetric(one.comparison.metric)?.dimension !== 'seconds') {
    return { says: 'blind', seen: `${one.comparison.metric} is no time`, findings: [] };
  }
  const scheduled = await watch(one, request);
  if (typeof scheduled === 'string') return { says: 'blind', seen: scheduled, findings: [] };
  const waits = request.experiment.subject.kind === 'command' ? undefined : await lookForWaits(one, request);
  return tellWaiting(one, scheduled, waits, per);
});

/** The runs, or why they could not be watched. */
async function watch(one: Case, request: EvidenceRequest): Promise<BothScheduled | string> {
  try {
    return await watchScheduling(one, request);
  } catch (error) {
    request.signal.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    return error.facts.message;
  }
}

/** A program that writes no Go profiles is seen from outside alone. */
async function lookForWaits(one: Case, request: EvidenceRequest): Promise<GoWaits | undefined> {
  try {
    return await runGoWaits(one, request);
  } catch (error) {
    request.signal.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    return undefined;
  }
}

/** Of what time says: less does not explain it. */
const EXPLAINS = 0.1;
/** Waits an operation: where there are fewer, in both builds, there is nothing that could have moved. */
const RARE = 0.01;
const MOST_FINDINGS = 20;
const MOST_HOLDERS = 3;
const LAYERS: Readonly<Partial<Record<Layer, string>>> = {
  'go-lock': 'in Go for a lock',
  lock: 'asleep on the foreign side',
  'run-queue': 'for a processor',
};

/** One kind of waiting, seconds an operation. */
interface Kind {
  readonly what: string;
  readonly baseline: number;
  readonly candidate: number;
}

/** The rule, apart from the runs it is applied to. `per`: what a count is given per, `an operation`. */
export function tellWaiting(
  one: Pick<Case, 'comparison' | 'layers'>,
  scheduled: BothScheduled,
  waits: GoWaits | undefined,
  per: string,
): Testimony {
  const { baselineValue, candidateValue } = one.comparison;
  const least = EXPLAINS * Math.abs(candidateValue - baselineValue);
  const [before, after] = [scheduled.baseline, scheduled.candidate];
  const outside = (of: (run: Scheduling) => number, what: string): readonly Kind[] =>
    isApart(before.map(of), after.map(of))
      ? [{ what, baseline: median(before.map(of)) * baselineValue, candidate: median(after.map(of)) * candidateValue }]
      : [];
  const locks = findMoved(waits?.pairs ?? [], 'seconds', least / 4);
  const kinds: readonly Kind[] = [
    // Several processors at once: what one thread waits another may work.
    ...([...before, ...after].some(({ asleep }) => asleep < -0.05)
      ? []
      : outside(({ asleep }) => Math.max(0, asleep), 'asleep')),
    ...outside(({ queued }) => queued, 'ready and without a processor'),
    ...(locks.length > 0 ? [sumUp(locks)] : []),
    ...one.layers.flatMap(({ layer, site, verdict, baselineS, candidateS }): readonly Kind[] => {
      const what = LAYERS[layer];
      if (what === undefined || (verdict !== 'regression' && verdict !== 'improvement')) return [];
      return [
        {
          what: `${what}${site === undefined ? '' : ` in ${site}`} (probed)`,
          baseline: baselineS,
          candidate: candidateS,
        },
      ];
    }),
  ].filter(({ baseline, candidate }) => Math.abs(candidate - baseline) >= least);
  const sleeps = [
    median(before.map((run) => run.sleeps)) * baselineValue,
    median(after.map((run) => run.sleeps)) * candidateValue,
  ] as const;
  const slept = `${rate(sleeps[0])} → ${rate(sleeps[1])} times asleep ${per}`;
  const findings: readonly Finding[] = [
    ...kinds.map(({ what, baseline, candidate }): Finding => ({ what, unit: 'seconds', baseline, candidate })),
    ...locks.flatMap((pair) => [toFinding(pair, 'seconds', 'seconds'), toFinding(pair, 'waits', 'waits')]),
    ...(waits?.holders ?? []).slice(0, MOST_HOLDERS).map(
      ({ place: { what, where }, baseline, candidate }): Finding => ({
        ...{ what: `held in ${what}`, language: 'go', ...(where === undefined ? {} : { where }) },
        ...{ unit: 'seconds', baseline, candidate },
      }),
    ),
  ].slice(0, MOST_FINDINGS);
  if (kinds.length === 0) {
    const lockWaits = SIDES.map((side) => sumOf(waits?.pairs ?? [], side, 'waits'));
    const isRare = Math.max(...sleeps, ...lockWaits) < RARE;
    const what = isRare ? 'it hardly ever waits' : 'no time off the processor explains it';
    const seen = `${what}: ${slept}${sayLocks(waits, per)}`;
    return { says: isRare ? 'blind' : 'disagrees', seen, findings: [] };
  }
  const way = directionOf(one);
  const isWith = kinds.some(({ baseline, candidate }) => way !== 0 && Math.sign(candidate - baseline) === way);
  const told = kinds.map(({ what, baseline, candidate }) => `${seconds(baseline)} → ${seconds(candidate)} ${what}`);
  return {
    says: isWith ? 'agrees' : 'disagrees',
    seen: `${told.join(', ')} ${per}; ${slept}${sayFirst(locks)}`,
    findings,
  };
}

const SIDES = ['baseline', 'candidate'] as const;

/** All runs of the one lie beyond all of the other. */
function isApart(a: readonly number[], b: readonly number[]): boolean {
  return Math.max(...a) < Math.min(...b) || Math.max(...b) < Math.min(...a);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

function sumUp(locks: readonly SitePair<WaitQuantity>[]): Kind {
  return {
    what: 'waiting for locks in Go',
    baseline: sumOf(locks, 'baseline', 'seconds'),
    candidate: sumOf(locks, 'candidate', 'seconds'),
  };
}

function sayLocks(waits: GoWaits | undefined, per: string): string {
  if (!waits) return '; it writes no Go profiles, so its locks in Go are not told apart';
  const [before = 0, after = 0] = SIDES.map((side) => sumOf(waits.pairs, side, 'waits'));
  return `; ${rate(before)} → ${rate(after)} waits for locks in Go ${per}`;
}

function sayFirst(locks: readonly SitePair<WaitQuantity>[]): string {
  const first = [...locks].sort(
    (a, b) => Math.abs(differenceOf(b, 'seconds')) - Math.abs(differenceOf(a, 'seconds')),
  )[0];
  if (!first) return '';
  const { place, baseline, candidate } = first;
  return `; the most in ${place.what}${place.where ? ` (${place.where})` : ''}, ${rate(baseline.waits.value)} → ${rate(candidate.waits.value)} waits`;
}

/** Times an operation: two digits where they are few. */
function rate(value: number): string {
  return value >= 10 ? figure(value) : Math.max(0, value).toLocaleString('en-US', { maximumSignificantDigits: 2 });
}

function seconds(value: number): string {
  return formatQuantity({ dimension: 'seconds', value: Math.max(0, value) });
}
