import { expect, test } from 'vitest';
import { paceKey } from '../design/schedule.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Mode, Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import { median } from '../stats/quantile.ts';
import { createRandom } from '../stats/random.ts';
import type { BlockEntry } from '../store/journal.ts';
import { settlePacing } from './pacing.ts';

const ARMS = ['a', 'b'];
const treatment = (build: string) => ({ id: build, levels: { build } });
const KEY = paceKey(treatment('a'));

interface Pilot {
  readonly mode: Mode;
  /** Seconds that each process takes besides its batches. */
  readonly startS: number;
  readonly askingS?: number;
  readonly batchS: number;
  readonly batchNoise?: number;
  readonly budgetLeftS?: number;
  readonly seed?: number;
}

/** Operations of 10 µs, four batches a process, as a pilot runs them. */
function settle({ mode, startS, askingS, batchS, batchNoise = 0.05, budgetLeftS = 600, seed = 3 }: Pilot) {
  const plan: Plan = {
    ...{ seed: 1, modes: [mode], pilotBlocks: 12, budgetS: 600 },
    arms: ARMS.map((id) => ({ id, treatment: treatment(id), role: 'main', every: 1 })),
    contrasts: [
      {
        ...{ id: 'build', kind: 'build', treatment: '', factor: 'build', baseline: 'a', candidate: 'b' },
        ...{ baselineArm: 'a', candidateArm: 'b' },
      },
    ],
  };
  const random = createRandom(seed, 'pacing');
  const iterations = Math.round(batchS / 1e-5);
  let now = 0;
  const blocks = Array.from({ length: 12 }, (_, block): BlockEntry => {
    const startedS = now;
    const outcomes = ARMS.map((arm, position): RunOutcome => {
      const level = 0.02 * random.normal();
      return {
        ...{ kind: 'run', block, stage: 'pilot', mode, arm, position, paddingBytes: 0, startedS, iterations, cycle: 1 },
        batches: Array.from({ length: 4 }, () => 1e-5 * Math.exp(level + batchNoise * random.normal())),
        ...(askingS === undefined ? {} : { askingS }),
        ...{ values: {}, operations: 0, end: { wallS: 0, cpuS: 0, maxRssBytes: 0, leaked: 0, stderr: '' } },
      };
    });
    now += ARMS.length * (startS + 4 * (batchS + (askingS ?? 0)));
    return { ...{ kind: 'block', stage: 'pilot', mode, block, startedS, endedS: now }, outcomes };
  });
  return settlePacing({ blocks, mode, plan, experiment: inventExperiment(), budgetLeftS });
}

test('the dearer a process is to start, the longer it runs: four times as dear, twice as long', () => {
  const lengths = [0.1, 0.4, 1.6].map(
    (startS) => settle({ mode: 'interleaved', startS, batchS: 0.01 }).iterations[KEY]!,
  );
  expect(lengths[1]! / lengths[0]!).toBeCloseTo(2, 1);
  expect(lengths[2]! / lengths[1]!).toBeCloseTo(2, 1);
});

test('a process that is cheap to start runs no longer than a piece of the pilot, in one batch', () => {
  const { iterations, rounds } = settle({ mode: 'interleaved', startS: 0.001, batchS: 0.01 });
  expect(rounds).toBe(1);
  expect(iterations[KEY]).toBeGreaterThan(900);
  expect(iterations[KEY]).toBeLessThan(1100);
});

test('batches that vary more beside their processes are repeated more, as far as twelve blocks can tell', () => {
  const pieces = (batchNoise: number) =>
    median(
      Array.from(
        { length: 40 },
        (_, seed) => settle({ mode: 'interleaved', startS: 0.1, batchS: 0.01, batchNoise, seed }).iterations[KEY]!,
      ),
    );
  expect(pieces(0.2)).toBeGreaterThan(1.5 * pieces(0.005));
});

test('a budget that pays for few blocks shortens their processes', () => {
  const pacing = settle({ mode: 'interleaved', startS: 0.4, batchS: 0.01, budgetLeftS: 20 });
  expect(pacing.blockS).toBeLessThan(20 / 24 + 0.01);
});

test('the price of a block is that of the length it will have, not of the pilot', () => {
  const { blockS, iterations } = settle({ mode: 'interleaved', startS: 0.1, batchS: 0.01 });
  expect(blockS).toBeCloseTo(2 * (0.1 + iterations[KEY]! * 1e-5), 2);
});

test.each([
  ['cheap to ask for lasts a millisecond', 0.0001, 1e-3],
  ['dear to ask for lasts as long as the asking', 0.02, 0.02],
  ['very dear to ask for lasts a tenth of a second at most', 0.5, 0.1],
])('a batch that is %s', (_, askingS, seconds) => {
  const { iterations, rounds } = settle({ mode: 'alternating', startS: 0.1, askingS, batchS: 1e-3 });
  expect(iterations[KEY]! * 1e-5).toBeCloseTo(seconds, 2);
  expect(rounds).toBeGreaterThanOrEqual(4);
});
