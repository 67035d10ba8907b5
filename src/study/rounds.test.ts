import { expect, test } from 'vitest';
import type { Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import { createRandom } from '../stats/random.ts';
import type { BlockEntry } from '../store/journal.ts';
import { varianceRatio } from './rounds.ts';

const ARMS = ['a', 'b', 'c', 'd', 'e'];
const plan: Plan = {
  seed: 1,
  modes: ['alternating'],
  arms: [],
  contrasts: ARMS.slice(1).map((arm) => ({
    ...{ id: arm, kind: 'build', treatment: '', factor: 'build', baseline: 'a', candidate: arm },
    ...{ baselineArm: 'a', candidateArm: arm },
  })),
  pilotBlocks: 12,
  budgetS: 60,
};

function pilot(seed: number, processNoise: number, batchNoise: number, blocks = 12): BlockEntry[] {
  const random = createRandom(seed, 'rounds');
  return Array.from({ length: blocks }, (_, block) => ({
    ...{ kind: 'block', stage: 'pilot', mode: 'alternating', block, startedS: block, endedS: block + 1 },
    outcomes: ARMS.map((arm, position): RunOutcome => {
      const level = processNoise * random.normal();
      return {
        ...{ kind: 'run', block, stage: 'pilot', arm, position, paddingBytes: 0, startedS: 0, iterations: 1 },
        batches: Array.from({ length: 20 }, () => 1e-3 * Math.exp(level + batchNoise * random.normal())),
        ...{ values: {}, operations: 0, end: { wallS: 0, cpuS: 0, maxRssBytes: 0, leaked: 0, stderr: '' } },
      };
    }),
  }));
}

test('batches that vary little beside their processes are worth the least, those that vary much the most', () => {
  for (let seed = 0; seed < 20; seed += 1) {
    expect(varianceRatio(pilot(seed, 0.05, 0.05), plan)).toBe(10);
    expect(varianceRatio(pilot(seed, 0.001, 0.2), plan)).toBeGreaterThan(20);
  }
});

test('what lies between is found, on average', () => {
  const found = Array.from({ length: 200 }, (_, seed) => varianceRatio(pilot(seed, 0.02, 0.09), plan));
  found.sort((one, other) => one - other);
  expect(found[100]).toBeGreaterThan(15);
  expect(found[100]).toBeLessThan(28);
});

test('a pilot cut short, or without contrasts, says what a calm machine would', () => {
  expect(varianceRatio(pilot(1, 0.001, 0.2, 5), plan)).toBe(10);
  expect(varianceRatio(pilot(1, 0.001, 0.2), { ...plan, contrasts: [] })).toBe(10);
});
