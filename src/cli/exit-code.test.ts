import { expect, test } from 'vitest';
import type { RevertOutcome } from '../model/confirmation.ts';
import type { Comparison, Verdict } from '../model/result.ts';
import { exitCodeFor, exitCodeOfSearch } from './exit-code.ts';

const metrics = { primary: 'time.p50', gate: ['go.allocs', 'rss'], explore: ['time.p99'] };

function comparison(verdict: Verdict, more: Partial<Comparison> = {}): Comparison {
  return {
    metric: 'time.p50',
    kind: 'build',
    treatment: '',
    factor: 'build',
    baseline: 'before',
    candidate: 'after',
    baselineArm: 'before',
    candidateArm: 'after',
    baselineValue: 1,
    candidateValue: 2,
    ratio: 2,
    low: 1.9,
    high: 2.1,
    confidence: 0.9,
    blocks: 20,
    margin: 0.02,
    verdict,
    confirmed: 'fresh',
    detectable: 0.01,
    series: [],
    warnings: [],
    ...more,
  };
}

test.each<[string, Comparison[], number]>([
  ['nothing compared', [], 0],
  ['an equivalent build', [comparison('equivalent')], 0],
  ['an improvement', [comparison('improvement')], 0],
  ['a confirmed regression', [comparison('equivalent'), comparison('regression')], 1],
  ['a regression of a gate metric', [comparison('regression', { metric: 'rss' })], 1],
  ['a regression of a metric that only explores', [comparison('regression', { metric: 'time.p99' })], 0],
  ['an exact count that grew', [comparison('different', { metric: 'go.allocs' })], 1],
  ['an exact count that shrank', [comparison('different', { metric: 'go.allocs', candidateValue: 0 })], 0],
  ['an undecided build', [comparison('undecided'), comparison('improvement')], 4],
  ['a regression beside an undecided one', [comparison('undecided'), comparison('regression')], 1],
  ['a slower path', [comparison('slower', { kind: 'contrast' })], 0],
  ['an undecided path', [comparison('undecided', { kind: 'contrast' })], 0],
])('%s ends with its exit code', (_, comparisons, code) => {
  expect(exitCodeFor({ comparisons }, { metrics }, undefined)).toBe(code);
});

test.each<[readonly RevertOutcome[], number]>([
  [['restored'], 0],
  [['partly-restored', 'not-reproduced'], 0],
  [['not-reproduced'], 4],
  [['revert-ineffective', 'restored'], 4],
])('a change taken out, %j over the benchmarks, ends with %i, whatever is slower', (outcomes, code) => {
  const change = { ratio: 2, low: 1.9, high: 2.1 };
  const confirmation = outcomes.map((outcome) => ({
    ...{ baseline: 'before', candidate: 'after', reverted: 'after without it', treatment: '', metric: 'time.p50' },
    ...{ candidateOverBaseline: change, candidateOverReverted: change, revertedOverBaseline: change },
    ...{ outcome, restShown: false, margin: 0.02, blocks: 40, warnings: [] },
  }));
  expect(exitCodeFor({ comparisons: [comparison('regression')], confirmation }, { metrics }, undefined)).toBe(code);
});

test('an undecided build passes or fails when told so', () => {
  const undecided = { comparisons: [comparison('undecided')] };
  expect(exitCodeFor(undecided, { metrics }, 'pass')).toBe(0);
  expect(exitCodeFor(undecided, { metrics }, 'fail')).toBe(1);
});

test.each([
  ['found', 'confirmed', 0],
  ['found', 'undecided', 4],
  ['found', 'unchecked', 4],
  ['doubted', undefined, 4],
  ['nothing', undefined, 4],
  ['undecided', undefined, 4],
] as const)('a search that ended %s, its culprit %s, exits with %i', (outcome, standing, code) => {
  const version = { level: 'a', name: 'a', weight: 1 };
  const culprit = standing && { versions: [version], parent: version, probability: 0.99, standing };
  expect(exitCodeOfSearch({ outcome, ...(culprit && { culprit }) })).toBe(code);
});
