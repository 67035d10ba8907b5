import { expect, test } from 'vitest';
import { paceKey } from '../design/schedule.ts';
import type { Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import { createRandom } from '../stats/random.ts';
import type { BlockEntry } from '../store/journal.ts';
import { settleCounting, settleWarmUp } from './warm-up.ts';

const treatment = (build: string) => ({ id: `build=${build}`, levels: { build } });
const KEY = paceKey(treatment('a'));
const plan: Plan = {
  seed: 1,
  modes: ['alternating'],
  arms: ['a', 'b'].map((build) => ({ id: build, treatment: treatment(build), role: 'main', every: 1 })),
  contrasts: [],
  pilotBlocks: 12,
  budgetS: 60,
};

/** `above`: how much slower the batch of that number is than the level of its process. */
function pilot(
  blocks: number,
  above: (arm: string, batch: number) => number,
  counts: (arm: string, block: number) => Readonly<Record<string, number>> = () => ({}),
): BlockEntry[] {
  const random = createRandom(4, 'starts');
  return Array.from({ length: blocks }, (_, block) => ({
    kind: 'block',
    stage: 'pilot',
    mode: 'alternating',
    block,
    startedS: block,
    endedS: block + 1,
    outcomes: plan.arms.map(
      ({ id }, position): RunOutcome => ({
        ...{ kind: 'run', block, stage: 'pilot', arm: id, position, paddingBytes: 0, startedS: block },
        ...{ iterations: 100, batches: [1e-5], operations: 0 },
        warmUp: Array.from(
          { length: 20 },
          (_, batch) => 1e-5 * (1 + above(id, batch)) * Math.exp(0.01 * random.normal()),
        ),
        values: { 'time.p50': 1e-5, ...counts(id, block) },
        end: { wallS: 0, cpuS: 0, maxRssBytes: 0, leaked: 0, stderr: '' },
      }),
    ),
  }));
}

test.each([
  ['is flat from the start', () => 0, { [KEY]: 2 }],
  ['is a third slower for three batches', (batch: number) => (batch < 3 ? 0.3 : 0), { [KEY]: 6 }],
  ['comes down by and by', (batch: number) => 0.4 * Math.exp(-batch / 2.2), { [KEY]: 10 }],
  ['is slower for half of the warm-up', (batch: number) => (batch < 10 ? 0.3 : 0), {}],
  ['has one slow batch now and then', (batch: number) => (batch % 5 === 3 ? 0.5 : 0), { [KEY]: 2 }],
  ['starts well and turns slow for a while', (batch: number) => (batch === 5 || batch === 6 ? 0.5 : 0), { [KEY]: 14 }],
])('a process that %s is warmed up twice as long', (_, above, expected) => {
  expect(
    settleWarmUp(
      pilot(12, (_arm, batch) => above(batch)),
      plan,
    ),
  ).toEqual(expected);
});

test('builds of a treatment warm up alike, as long as the one with the longer start needs', () => {
  const blocks = pilot(12, (arm, batch) => (arm === 'b' && batch < 4 ? 0.2 : 0));
  expect(settleWarmUp(blocks, plan)).toEqual({ [KEY]: 8 });
});

test.each([
  ['one in four batches: twelve batches see three', 0.25, () => 0, { [KEY]: 12 }],
  ['one in four batches, where the usual warm-up of 20 is kept', 0.25, (batch: number) => (batch < 10 ? 0.3 : 0), {}],
  ['one in ten batches, longer than the usual warm-up', 0.1, (batch: number) => (batch < 10 ? 0.3 : 0), { [KEY]: 30 }],
  ['so seldom that the window has next to none', 0.01, () => 0, { [KEY]: 2 }],
  ['never', 0, () => 0, { [KEY]: 2 }],
])('the first garbage collections are part of the warm-up: %s', (_, rate, above, expected) => {
  const blocks = pilot(12, (_arm, batch) => above(batch)).map((block) => ({
    ...block,
    outcomes: block.outcomes.map((outcome) =>
      outcome.kind === 'run'
        ? { ...outcome, batches: Array.from({ length: 20 }, () => 1e-5), gcCycles: 20 * rate }
        : outcome,
    ),
  }));
  expect(settleWarmUp(blocks, plan)).toEqual(expected);
});

test('a busy machine is not taken for a slow start, nor hides one', () => {
  const random = createRandom(9, 'neighbour');
  const neighbour = () => (random.integer(10) < 4 ? 0.5 : 0);
  expect(settleWarmUp(pilot(12, neighbour), plan)).toEqual({ [KEY]: 2 });
  const both = pilot(12, (_, batch) => neighbour() + (batch < 3 ? 0.2 : 0));
  expect(settleWarmUp(both, plan)[KEY]).toBeGreaterThanOrEqual(6);
});

test('too few starts tell nothing, and the first block, which was warmed up by its search, is none', () => {
  expect(
    settleWarmUp(
      pilot(4, () => 0),
      plan,
    ),
  ).toEqual({});
  expect(
    settleWarmUp(
      pilot(5, () => 0),
      plan,
    ),
  ).toEqual({ [KEY]: 2 });
});

test('counts that never changed are taken in every fifth block, others in each', () => {
  const flat = () => 0;
  expect(
    settleCounting(
      pilot(12, flat, () => ({ copies: 2, 'go.allocs': 0 })),
      plan,
    ),
  ).toBe(5);
  expect(
    settleCounting(
      pilot(12, flat, (arm, block) => ({ copies: arm === 'b' && block === 4 ? 3 : 2 })),
      plan,
    ),
  ).toBe(1);
  expect(
    settleCounting(
      pilot(4, flat, () => ({ copies: 2 })),
      plan,
    ),
  ).toBe(1);
});
