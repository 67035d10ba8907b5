/** Allocations of one operation by the code that asked for them, old against new: of Go by its own profiler, of the foreign side by dhat. */
import type { Finding, Says } from '../model/witness.ts';
import { runForeignHeap } from './foreign-heap.ts';
import type { Case } from './gather.ts';
import type { HeapQuantity } from './go-heap.ts';
import { runGoHeap } from './go-heap.ts';
import { directionOf } from './judgement.ts';
import { differenceOf, findMoved, type SitePair, type SiteSlopes, sumOf, toFinding } from './site-slopes.ts';
import { perWhat, type Testimony, withTool } from './tool-witness.ts';

export const askGoAllocations = withTool('Go allocations', 'go', async (one, request) =>
  request.experiment.subject.kind === 'command'
    ? { says: 'blind', seen: 'a command can’t be asked for Go’s profiles', findings: [] }
    : tellAllocations(one, await runGoHeap(one, request), 'Go', perWhat(request)),
);

export const askForeignAllocations = withTool('foreign allocations', 'valgrind', async (one, request) =>
  tellAllocations(one, await runForeignHeap(one, request), 'foreign', perWhat(request)),
);

/** A place that allocates less often than once in a hundred operations more does not explain a change. */
const LEAST_ALLOCATIONS = 0.01;
const LEAST_BYTES = 1;
const MOST_FINDINGS = 20;

/** The rule, apart from the runs it is applied to. `per`: what a count is given per, `an operation`. */
export function tellAllocations(
  one: Pick<Case, 'comparison' | 'siteChanges'>,
  { pairs }: Pick<SiteSlopes<HeapQuantity>, 'pairs'>,
  side: 'Go' | 'foreign',
  per: string,
): Testimony {
  const more = findMoved(pairs, 'allocations', LEAST_ALLOCATIONS);
  const larger = findMoved(pairs, 'bytes', LEAST_BYTES);
  // A runtime allocates for itself now and then, as chance picks: that would only blur the totals.
  const steady = pairs.filter(
    ({ baseline, candidate }) =>
      Math.max(baseline.allocations.value, candidate.allocations.value) >= LEAST_ALLOCATIONS / 2,
  );
  const total = (quantity: HeapQuantity): readonly [number, number] => [
    sumOf(steady, 'baseline', quantity),
    sumOf(steady, 'candidate', quantity),
  ];
  if (more.length === 0 && larger.length === 0) return tellNone(one, total('allocations'), side, per);
  const findings: readonly Finding[] = [
    ...more.map((pair) => toFinding(pair, 'allocations', 'allocations')),
    ...larger.map((pair) => toFinding(pair, 'bytes', 'bytes')),
  ].slice(0, MOST_FINDINGS);
  const seen = [
    sayTotal(total('allocations'), `${side} allocations ${per}`),
    sayTotal(total('bytes'), 'bytes'),
    more.length > 0 ? sayPlaces(more, 'allocations') : sayPlaces(larger, 'bytes'),
  ].join('; ');
  return { says: judge(one, more, larger), seen, findings };
}

/** The way that the counts of what moved went together; where these are the same, their bytes. */
function judge(
  one: Pick<Case, 'comparison'>,
  more: readonly SitePair<HeapQuantity>[],
  larger: readonly SitePair<HeapQuantity>[],
): Says {
  const count = more.reduce((sum, pair) => sum + differenceOf(pair, 'allocations'), 0);
  const bytes = larger.reduce((sum, pair) => sum + differenceOf(pair, 'bytes'), 0);
  const ways = [Math.abs(count) > LEAST_ALLOCATIONS ? Math.sign(count) : 0, Math.sign(bytes)];
  const way = directionOf(one);
  return way !== 0 && ways.includes(way) ? 'agrees' : 'disagrees';
}

function tellNone(
  { siteChanges }: Pick<Case, 'siteChanges'>,
  [before]: readonly [number, number],
  side: 'Go' | 'foreign',
  per: string,
): Testimony {
  const counted = siteChanges.find(({ quantity }) => quantity === 'callee.allocs');
  if (side === 'foreign' && counted) {
    const { site, baselineValue, candidateValue } = counted;
    const change = `${figure(baselineValue)} → ${figure(candidateValue)} in ${site}`;
    const seen = `the probe counts ${change}, of which valgrind sees nothing: an allocator that is linked in`;
    return { says: 'blind', seen, findings: [] };
  }
  const seen = `every place allocates as before: ${figure(before)} ${side} allocations ${per}`;
  return { says: 'disagrees', seen, findings: [] };
}

function sayTotal([before, after]: readonly [number, number], what: string): string {
  return `${figure(before)} → ${figure(after)} ${what}`;
}

/** `most of it in decode (codec.go:12)`. */
function sayPlaces(moved: readonly SitePair<HeapQuantity>[], quantity: HeapQuantity): string {
  const [first] = moved;
  if (!first) return '';
  const all = moved.reduce((sum, pair) => sum + Math.abs(differenceOf(pair, quantity)), 0);
  const share = Math.abs(differenceOf(first, quantity)) / all;
  const { what, where } = first.place;
  const name = where === undefined ? what : `${what} (${where})`;
  return share > 0.95 ? `all of it in ${name}` : share > 0.5 ? `most of it in ${name}` : `the most in ${name}`;
}

/** Below zero is chance: nothing is taken back by an operation. */
export function figure(value: number): string {
  const rounded = value < 0.05 ? 0 : value;
  return rounded.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
}
