/** Data that was not in the processor's caches, per operation, old against new: simulated by callgrind, by function. */
import type { Finding } from '../model/witness.ts';
import { type BuildCosts, type FunctionPair, runCallgrind } from './callgrind.ts';
import type { Case } from './gather.ts';
import { compareWays, differs } from './judgement.ts';
import type { Slope } from './slope.ts';
import { perWhat, type Testimony, withTool } from './tool-witness.ts';

export const askCacheMisses = withTool('cache misses', 'valgrind', async (one, request) =>
  tellCacheMisses(one, await runCallgrind(one, request), perWhat(request)),
);

/** What a miss costs, roughly: of the first level, answered by the next ones; and of the last, answered by memory. */
const FIRST_S = 4e-9;
const LAST_S = 80e-9;
/** Of the time that an operation changed by: misses worth a smaller part of it do not explain it. */
const EXPLAINS = 0.1;
/** Misses an operation below which nothing is told. */
const LEAST = 0.01;
const MOST_FINDINGS = 20;

/**
 * The rule, apart from the runs it is applied to. A simulation that shows nothing does not disagree: it has no prefetching, one
 * thread at a time, and the addresses of a run under valgrind.
 */
export function tellCacheMisses(one: Case, { functions, whole }: BuildCosts, per: string): Testimony {
  const { baseline, candidate } = whole;
  const hasMoved = (event: 'first' | 'last') => differs(baseline[event], candidate[event], LEAST);
  if (!hasMoved('first') && !hasMoved('last')) {
    const seen = `simulated, the same in both builds: ${figure(candidate.first.value)} of the first level, ${figure(candidate.last.value)} of the last ${per}`;
    return { says: 'blind', seen, findings: [] };
  }
  const moved = (['first', 'last'] as const).filter(hasMoved);
  const told = moved.map(
    (event) => `${sayLevel(event)} ${figure(baseline[event].value)} → ${figure(candidate[event].value)}`,
  );
  const worthS = moved.reduce(
    (sum, event) => sum + (candidate[event].value - baseline[event].value) * (event === 'first' ? FIRST_S : LAST_S),
    0,
  );
  const seen = `simulated misses ${per}: ${told.join(', ')}`;
  const findings = functions.flatMap(findMoved).sort((a, b) => distance(b) - distance(a));
  const timeS = one.comparison.candidateValue - one.comparison.baselineValue;
  if (Math.abs(worthS) < EXPLAINS * Math.abs(timeS)) {
    return { says: 'blind', seen: `${seen}; too few for what time says`, findings: findings.slice(0, MOST_FINDINGS) };
  }
  return { says: compareWays(one, worthS), seen, findings: findings.slice(0, MOST_FINDINGS) };
}

function findMoved({ name, language, where, baseline, candidate }: FunctionPair): readonly Finding[] {
  // What the last level misses, the first has missed too.
  const event = differs(baseline.last, candidate.last, LEAST) ? 'last' : 'first';
  const [before, after]: readonly [Slope, Slope] = [baseline[event], candidate[event]];
  if (!differs(before, after, LEAST)) return [];
  const about = { what: `${sayLevel(event)}: ${name}`, language, ...(where === undefined ? {} : { where }) };
  return [{ ...about, unit: 'misses', baseline: Math.max(0, before.value), candidate: Math.max(0, after.value) }];
}

function sayLevel(event: 'first' | 'last'): string {
  return event === 'first' ? 'first level' : 'last level';
}

function distance({ baseline, candidate }: Finding): number {
  return Math.abs(candidate - baseline);
}

function figure(value: number): string {
  return Math.max(0, value).toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
