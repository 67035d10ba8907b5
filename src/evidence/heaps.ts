/** Both heaps: what an operation leaves behind for good, old against new, with the code that asked for it. */
import { Problem } from '../model/problem.ts';
import type { Finding } from '../model/witness.ts';
import { figure } from './allocations.ts';
import { runForeignHeap } from './foreign-heap.ts';
import type { Case, EvidenceRequest } from './gather.ts';
import { type HeapQuantity, runGoHeap } from './go-heap.ts';
import { compareWays } from './judgement.ts';
import { differenceOf, findMoved, type SiteSlopes, sumOf, toFinding } from './site-slopes.ts';
import { perWhat, type Testimony, withTool } from './tool-witness.ts';

export const askHeaps = withTool('heaps', 'go', async (one, request) => {
  const sides = await Promise.all([
    lookAt('Go', () => (isCommand(request) ? undefined : runGoHeap(one, request)), request),
    lookAt('foreign', () => runForeignHeap(one, request), request),
  ]);
  return tellHeaps(one, sides, perWhat(request));
});

/** One side's heap, or why it could not be looked at. */
export interface HeapSide {
  readonly side: 'Go' | 'foreign';
  readonly heap: SiteSlopes<HeapQuantity> | string;
}

function isCommand({ experiment }: EvidenceRequest): boolean {
  return experiment.subject.kind === 'command';
}

async function lookAt(
  side: HeapSide['side'],
  run: () => Promise<SiteSlopes<HeapQuantity>> | undefined,
  request: EvidenceRequest,
): Promise<HeapSide> {
  try {
    return { side, heap: (await run()) ?? 'a command can’t be asked for Go’s profiles' };
  } catch (error) {
    request.signal.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    return { side, heap: error.facts.message };
  }
}

/** Bytes that a run may hold more at its end than another of the same length: threads, pools, what a runtime keeps for itself. */
const BY_CHANCE: Readonly<Record<HeapSide['side'], number>> = { Go: 16_384, foreign: 2048 };
const MOST_FINDINGS = 20;

/** The rule, apart from the runs it is applied to. `per`: what a count is given per, `an operation`. */
export function tellHeaps(one: Pick<Case, 'comparison'>, sides: readonly HeapSide[], per: string): Testimony {
  const seenSides = sides.flatMap(({ side, heap }) => (typeof heap === 'string' ? [] : [{ side, ...heap }]));
  const unseen = sides.flatMap(({ side, heap }) => (typeof heap === 'string' ? `the ${side} heap: ${heap}` : []));
  if (seenSides.length === 0) return { says: 'blind', seen: unseen.join('; '), findings: [] };
  const moved = seenSides.flatMap(({ side, pairs, operations }) =>
    findMoved(pairs, 'held', BY_CHANCE[side] / operations),
  );
  const totals = seenSides.map(({ side, pairs, operations }) => {
    const grown = pairs.filter(
      (pair) => Math.max(pair.baseline.held.value, pair.candidate.held.value) > BY_CHANCE[side] / operations,
    );
    const [before, after] = [sumOf(grown, 'baseline', 'held'), sumOf(grown, 'candidate', 'held')];
    return `the ${side} heap grows by ${figure(before)} → ${figure(after)} bytes ${per}`;
  });
  const difference = moved.reduce((sum, pair) => sum + differenceOf(pair, 'held'), 0);
  const findings: readonly Finding[] = moved
    .map((pair) => toFinding(pair, 'held', 'bytes'))
    .sort((a, b) => Math.abs(b.candidate - b.baseline) - Math.abs(a.candidate - a.baseline))
    .slice(0, MOST_FINDINGS);
  const [first] = findings;
  const leak = first ? [`the most asked for in ${first.what}${first.where ? ` (${first.where})` : ''}`] : [];
  return {
    says: moved.length === 0 ? (unseen.length > 0 ? 'blind' : 'disagrees') : compareWays(one, difference),
    seen: [...totals, ...leak, ...unseen].join('; '),
    findings,
  };
}
