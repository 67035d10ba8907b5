import { expect, test } from 'vitest';
import { paceKey } from '../design/schedule.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Mode, Plan } from '../model/plan.ts';
import type { Outcome, RunOutcome } from '../model/run.ts';
import { createRandom } from '../stats/random.ts';
import type { BlockEntry } from '../store/journal.ts';
import { judgeDropping } from './dropping.ts';
import { nextPilotMode, settleSchedule } from './pilot.ts';

const treatment = (build: string) => ({ id: `build=${build}`, levels: { build } });
const plan: Plan = {
  seed: 1,
  modes: ['alternating'],
  arms: [
    { id: 'a', treatment: treatment('a'), role: 'main', every: 1 },
    { id: 'b', treatment: treatment('b'), role: 'main', every: 1 },
    { id: 'a (again)', treatment: treatment('a'), role: 'aa', every: 5 },
    { id: 'a (probed)', treatment: treatment('a'), role: 'probed', every: 5 },
  ],
  contrasts: [],
  pilotBlocks: 12,
  budgetS: 60,
};

/** Blocks of 20 rounds of 1 ms a batch, and 0.1 s for each process to start and end. */
function pilotBlocks(count: number, { secondsPerOperation = 1e-6, cycle = 10 } = {}): BlockEntry[] {
  let now = 0;
  return Array.from({ length: count }, (_, block) => {
    const arms = plan.arms.filter((arm) => arm.role !== 'aa' && block % arm.every === 0);
    const iterations = Math.max(cycle, Math.round(1e-3 / secondsPerOperation / cycle) * cycle);
    const outcomes = arms.map(
      ({ id, role }, position): RunOutcome => ({
        kind: 'run',
        block,
        stage: 'pilot',
        arm: id,
        position,
        paddingBytes: 0,
        startedS: now,
        iterations,
        cycle,
        batches: Array.from({ length: 20 }, () => secondsPerOperation * (role === 'probed' ? 3 : 1)),
        values: {},
        operations: 0,
        end: { wallS: 0, cpuS: 0, maxRssBytes: 0, leaked: 0, stderr: '' },
      }),
    );
    const startedS = now;
    const batchesS = outcomes.reduce((sum, run) => sum + run.iterations * run.batches.reduce((a, b) => a + b, 0), 0);
    now += 0.1 * arms.length + batchesS;
    return { kind: 'block', stage: 'pilot', mode: 'alternating', block, startedS, endedS: now, outcomes };
  });
}

test('the price of a block counts a probed arm beside its twin after five, and a self-check after five', () => {
  const schedule = settleSchedule(pilotBlocks(12), plan, inventExperiment());
  const plain = 2 * (0.1 + 0.02);
  const dear = 2 * (0.1 + 0.02) + (0.1 + 0.06);
  expect(schedule.blockS).toBeCloseTo(plain + 0.2 * 2 * (dear - plain) + 0.2 * plain, 6);
});

test('a batch lasts about a millisecond, in whole cycles, the same for all builds and unmoved by the probe', () => {
  const schedule = settleSchedule(pilotBlocks(12), plan, inventExperiment());
  expect(schedule.iterations).toEqual({ [paceKey(treatment('a'))]: 1000 });
});

test('judged and fresh blocks together fit into what the pilot left of the budget', () => {
  const pilot = pilotBlocks(12);
  const schedule = settleSchedule(pilot, plan, inventExperiment());
  const most = schedule.looks.at(-1)!.blocks;
  expect(2 * most * schedule.blockS + pilot.at(-1)!.endedS).toBeLessThanOrEqual(plan.budgetS);
  expect(2 * (most + 1) * schedule.blockS + pilot.at(-1)!.endedS).toBeGreaterThan(plan.budgetS);
});

test('slow cycles are given fewer rounds so that there are enough blocks', () => {
  const slow = pilotBlocks(12, { secondsPerOperation: 2e-3, cycle: 10 });
  const { rounds } = settleSchedule(slow, plan, inventExperiment());
  expect(rounds).toBeGreaterThanOrEqual(4);
  expect(rounds).toBeLessThan(20);
});

test('a pilot that eats a quarter of the budget ends with four blocks', () => {
  const slow = pilotBlocks(12, { secondsPerOperation: 1e-2 });
  expect(nextPilotMode(slow.slice(0, 3), plan, inventExperiment())).toBe('alternating');
  expect(nextPilotMode(slow.slice(0, 4), plan, inventExperiment())).toBeUndefined();
  expect(nextPilotMode(pilotBlocks(11), plan, inventExperiment())).toBe('alternating');
  expect(nextPilotMode(pilotBlocks(12), plan, inventExperiment())).toBeUndefined();
});

test('a whole program runs once a run', () => {
  const subject = { kind: 'command' as const, folder: '', build: [], environment: {}, run: { words: ['x'] } };
  const schedule = settleSchedule(pilotBlocks(12), plan, inventExperiment({ subject }));
  expect(Object.values(schedule.iterations)).toEqual([1]);
});

/** Two builds in two modes: blocks of 0.01 s that scatter by 1 %, and blocks of 0.2 s that scatter by `spread`. */
function twoModes(
  blocks: number,
  spread: number,
  fails: (mode: Mode) => boolean = () => false,
  dearS = 0.2,
  of: Plan = TWO,
): BlockEntry[] {
  const random = createRandom(2, 'modes');
  let now = 0;
  const entries: BlockEntry[] = [];
  while (entries.length < blocks) {
    const mode = nextPilotMode(entries, of, inventExperiment());
    if (mode === undefined) break;
    const block = entries.length;
    const startedS = now;
    now += mode === 'in-process' ? 0.01 : dearS;
    const sd = mode === 'in-process' ? 0.01 : spread;
    const outcomes: Outcome[] = fails(mode)
      ? [{ kind: 'failure', block, stage: 'pilot', arm: 'a', problem: { code: 'subject-died', message: 'it died' } }]
      : ['a', 'b'].map((arm, position) => ({
          ...{
            kind: 'run',
            block,
            stage: 'pilot',
            mode,
            arm,
            position,
            paddingBytes: 0,
            startedS,
            iterations: 1000,
            cycle: 10,
          },
          batches: Array<number>(20).fill(1e-8 * Math.exp(arm === 'b' ? sd * random.normal() : 0)),
          ...{ values: {}, operations: 0, end: { wallS: 0, cpuS: 0, maxRssBytes: 0, leaked: 0, stderr: '' } },
        }));
    entries.push({ kind: 'block', stage: 'pilot', mode, block, startedS, endedS: now, outcomes });
  }
  return entries;
}
const TWO: Plan = {
  ...plan,
  modes: ['in-process', 'alternating'],
  arms: plan.arms.slice(0, 2),
  contrasts: [
    {
      ...{ id: 'build', kind: 'build', treatment: '', factor: 'build', baseline: 'a', candidate: 'b' },
      ...{ baselineArm: 'a', candidateArm: 'b' },
    },
  ],
};

test('modes take turns in the pilot, each its usual number of blocks', () => {
  const blocks = twoModes(99, 0.01, () => false, 0.04);
  expect(blocks).toHaveLength(24);
  expect(blocks.slice(0, 4).map(({ mode }) => mode)).toEqual([
    'in-process',
    'alternating',
    'in-process',
    'alternating',
  ]);
});

test('a mode that is clearly dearer is not asked for more than six blocks', () => {
  const blocks = twoModes(99, 0.01);
  const ran = (mode: Mode) => blocks.filter((block) => block.mode === mode).length;
  expect([ran('in-process'), ran('alternating')]).toEqual([12, 6]);
});

test('the mode that sees the margin in the fewest seconds judges, and the more whole one is kept for what it finds', () => {
  const schedule = settleSchedule(twoModes(99, 0.01), TWO, inventExperiment());
  expect(schedule.mode).toBe('in-process');
  expect(schedule.processes).toMatchObject({ mode: 'alternating', blockS: expect.closeTo(0.2, 3) });
  expect(schedule.prices!.map(({ mode, blocks }) => [mode, blocks])).toEqual([
    ['in-process', 11],
    ['alternating', 5],
  ]);
  expect(schedule.prices![0]!.seconds).toBeLessThan(schedule.prices![1]!.seconds!);
});

test.each([1, 4, 60])(
  'a study that begins a search has 20 blocks before its first look at budget %i s, and no stage with processes',
  (budgetS) => {
    for (const maxBlocks of [12, 60]) {
      const experiment = inventExperiment({ maxBlocks });
      const schedule = settleSchedule(twoModes(99, 0.01), { ...TWO, budgetS }, experiment, { forSearch: true });
      expect(schedule.looks[0]!.blocks).toBeGreaterThanOrEqual(20);
      expect(schedule.processes).toBeUndefined();
    }
  },
);

test('a mode five times as dear wins where it scatters much less, and nothing is left to check it by', () => {
  const margin = 0.003;
  const schedule = settleSchedule(twoModes(99, 0.0002, undefined, 0.05), TWO, inventExperiment({ margin }));
  expect(schedule.mode).toBe('alternating');
  expect(schedule.processes).toBeUndefined();
});

test('builds in one process are priced by the margin that they can be judged against', () => {
  const price = (margin: number) => settleSchedule(twoModes(99, 0.01), TWO, inventExperiment({ margin })).prices?.[0];
  expect(price(0.0005)).toMatchObject({ mode: 'in-process', seconds: price(0.0025)?.seconds });
});

test('a mode that was asked for is kept whatever it costs', () => {
  const schedule = settleSchedule(
    twoModes(99, 0.0002),
    { ...TWO, mode: 'in-process' },
    inventExperiment({ margin: 0.0005 }),
  );
  expect(schedule.mode).toBe('in-process');
});

test('a mode whose first two blocks fail is given up for the other', () => {
  const blocks = twoModes(99, 0.01, (mode) => mode === 'in-process');
  expect(blocks.filter(({ mode }) => mode === 'in-process')).toHaveLength(2);
  expect(settleSchedule(blocks, TWO, inventExperiment()).mode).toBe('alternating');
  expect(judgeDropping(blocks, TWO)).toBeUndefined();
});

test('a mode that was asked for is not given up: the study fails with it', () => {
  const asked: Plan = { ...TWO, mode: 'in-process' };
  const blocks = twoModes(12, 0.01, (mode) => mode === 'in-process', 0.2, asked);
  expect(blocks.filter(({ mode }) => mode === 'in-process').length).toBeGreaterThan(2);
  expect(judgeDropping(blocks, asked)?.facts.code).toBe('runs-fail');
});
