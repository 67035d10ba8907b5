import { expect, test } from 'vitest';
import { withProbeOff } from '../design/probe-off.ts';
import type { Plan } from '../model/plan.ts';
import type { BlockEntry } from '../store/journal.ts';
import { priceBlock } from './price.ts';

const treatment = (id: string) => ({ id, levels: {} });
const plan = {
  arms: [
    ...['a', 'b'].map((id) => ({ id, treatment: treatment(id), role: 'main', every: 1 })),
    ...['a', 'b'].map((id) => ({ id: `${id} (probed)`, treatment: treatment(id), role: 'probed', every: 5 })),
  ],
} as unknown as Plan;
/** A second each process. */
const blocks = Array.from({ length: 12 }, (_, block): BlockEntry => {
  const outcomes = plan.arms
    .filter(({ every }) => block % every === 0)
    .map(({ id }) => ({ kind: 'run', arm: id, iterations: 1, batches: [0.5] }));
  return {
    ...{ kind: 'block', stage: 'pilot', mode: 'alternating', block, startedS: 0, endedS: outcomes.length },
    outcomes,
  } as unknown as BlockEntry;
});
const seconds = ({ arms }: Plan) => priceBlock(blocks, arms, ({ fixedS, roundS }) => fixedS + roundS);

test('a block costs what its processes do, and a fifth of what probed ones and their bare twins cost after every fifth', () => {
  expect(seconds(plan)).toBeCloseTo(2 + 4 / 5, 12);
});

test('the probe switched off, which no pilot has, is counted at the price of a probed process', () => {
  expect(seconds(withProbeOff(plan, { probeOff: 'b' }))).toBeCloseTo(2 + 5 / 5, 12);
});
