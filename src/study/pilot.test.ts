import { expect, test } from 'vitest';
import { paceKey } from '../design/schedule.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import type { BlockEntry } from '../store/journal.ts';
import { isPilotOver, settleSchedule } from './pilot.ts';

const treatment = (build: string) => ({ id: `build=${build}`, levels: { build } });
const plan: Plan = {
  seed: 1,
  mode: 'alternating',
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
    const arms = plan.arms.filter((arm) => block % arm.every === 0);
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
    return { kind: 'block', stage: 'pilot', block, startedS, endedS: now, outcomes };
  });
}

test('the price of a block counts side arms in one of five', () => {
  const schedule = settleSchedule(pilotBlocks(12), plan, inventExperiment());
  const plain = 2 * (0.1 + 0.02);
  const dear = 3 * (0.1 + 0.02) + (0.1 + 0.06);
  expect(schedule.blockS).toBeCloseTo(0.8 * plain + 0.2 * dear, 6);
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
  expect(isPilotOver(slow.slice(0, 3), plan)).toBe(false);
  expect(isPilotOver(slow.slice(0, 4), plan)).toBe(true);
  expect(isPilotOver(pilotBlocks(11), plan)).toBe(false);
  expect(isPilotOver(pilotBlocks(12), plan)).toBe(true);
});

test('a whole program runs once a run', () => {
  const subject = { kind: 'command' as const, folder: '', build: [], environment: {}, run: { words: ['x'] } };
  const schedule = settleSchedule(pilotBlocks(12), plan, inventExperiment({ subject }));
  expect(Object.values(schedule.iterations)).toEqual([1]);
});
