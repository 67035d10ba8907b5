import { expect, test } from 'vitest';
import type { Experiment } from '../model/experiment.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Arm, BlockOrder, Mode, Plan } from '../model/plan.ts';
import { EACH_QUANTILES, type Outcome, type RunOutcome } from '../model/run.ts';
import { runBlock } from './block.ts';
import { Interruption } from './interruption.ts';
import { type Invention, inventMachine } from './invented.ts';

const arm = (id: string, levels: Record<string, string> = { build: id }, role: Arm['role'] = 'main'): Arm => ({
  id,
  treatment: { id, levels },
  role,
  every: 1,
});
const BEFORE = arm('before');
const AFTER = arm('after');

interface Setting {
  readonly arms?: readonly Arm[];
  readonly mode?: Mode;
  readonly rounds?: readonly (readonly string[])[];
  readonly experiment?: Partial<Experiment>;
  readonly invention?: Partial<Invention>;
  readonly iterations?: number;
  readonly signal?: AbortSignal;
}

async function run(setting: Setting) {
  const arms = setting.arms ?? [BEFORE, AFTER];
  const opening = arms.map(({ id }) => id);
  const plan: Plan = {
    seed: 1,
    modes: [setting.mode ?? 'alternating'],
    arms,
    contrasts: [],
    pilotBlocks: 0,
    budgetS: 60,
  };
  const order: BlockOrder = {
    block: 3,
    opening,
    rounds: setting.rounds ?? [opening, opening, [...opening].reverse()],
    padding: Object.fromEntries(opening.map((id, at) => [id, at * 100])),
  };
  const machine = inventMachine({ seed: 5, secondsPerOperation: () => 1e-6, ...setting.invention });
  const { executor, clock } = machine;
  const work = runBlock(
    {
      experiment: inventExperiment(setting.experiment),
      plan,
      order,
      stage: 'judged',
      mode: setting.mode ?? 'alternating',
      executor,
      pace: {
        iterations: () => setting.iterations ?? 1000,
        batchFor: (s, cycle) => Math.round(1e-3 / s / cycle) * cycle,
      },
      clock,
      originS: 0,
    },
    setting.signal ?? new AbortController().signal,
  );
  return { machine, work };
}

const runs = (outcomes: readonly Outcome[]): RunOutcome[] => outcomes.filter((outcome) => outcome.kind === 'run');

test('an alternating block times batches in the order that was drawn, after warming each process up', async () => {
  const { machine, work } = await run({ iterations: 10_000 });
  const outcomes = runs(await work);
  const batches = machine.log.filter((line) => line.startsWith('run'));
  // 10 ms a batch: two of them fill the warm-up's 20 ms.
  expect(batches.slice(0, 4).sort()).toEqual(['run after', 'run after', 'run before', 'run before']);
  expect(batches.slice(4)).toEqual(['run before', 'run after', 'run before', 'run after', 'run after', 'run before']);
  expect(
    outcomes.map((outcome) => [outcome.arm, outcome.position, outcome.paddingBytes, outcome.batches.length]),
  ).toEqual([
    ['before', 0, 0, 3],
    ['after', 1, 100, 3],
  ]);
  expect(outcomes[0]?.values['time.p50']).toBeCloseTo(1e-6, 12);
  expect(outcomes[0]?.operations).toBe(1 + 5 * 10_000);
  expect(machine.living()).toBe(0);
});

test('an interleaved block ends each process before it starts the next', async () => {
  const { machine, work } = await run({
    mode: 'interleaved',
    rounds: [['before', 'after']],
    invention: { modes: ['interleaved'] },
  });
  const outcomes = runs(await work);
  expect(machine.log).toEqual([
    'open before',
    'prepare before',
    'run before',
    'open after',
    'prepare after',
    'run after',
  ]);
  expect(outcomes.map((outcome) => outcome.batches.length)).toEqual([1, 1]);
});

test('short batches warm up for 20 ms', async () => {
  const { machine, work } = await run({ iterations: 1000, rounds: [['before', 'after']] });
  await work;
  expect(machine.log.filter((line) => line === 'run before').length).toBe(20 + 1);
});

test.each(['refuses', 'dies', 'hangs'] as const)(
  'a process that %s drops its block, names its arm and leaves no process behind',
  async (how) => {
    const { machine, work } = await run({ invention: { fails: ({ id }) => (id === 'after' ? how : undefined) } });
    const outcomes = await work;
    expect(outcomes).toMatchObject([{ kind: 'failure', block: 3, stage: 'judged', arm: 'after' }]);
    expect(outcomes[0]).toMatchObject({ problem: { code: how === 'hangs' ? 'subject-hangs' : 'subject-died' } });
    expect(machine.living()).toBe(0);
  },
);

test.each(['alternating', 'interleaved'] as const)(
  'builds that answer different checksums end the study before the second is timed (%s)',
  async (mode) => {
    const { machine, work } = await run({ mode, invention: { checksum: ({ id }) => id } });
    await expect(work).rejects.toMatchObject({ facts: { code: 'checksum-differs', blame: 'run' } });
    await expect(work).rejects.toThrow(/before answered before, after answered after/);
    expect(machine.log).not.toContain('run after');
    expect(machine.living()).toBe(0);
  },
);

test('paths and what is nested in a path must agree, other levels need not', async () => {
  const factors: Experiment['factors'] = [
    { name: 'payload', family: 'parameter', levels: [{ text: '64 B' }, { text: '4 KiB' }] },
    { name: 'handover', family: 'parameter', levels: [{ text: 'borrow' }], within: { path: 'go->rust' } },
  ];
  const arms = [
    arm('go small', { path: 'go', payload: '64 B' }),
    arm('rust small', { path: 'go->rust', payload: '64 B', handover: 'borrow' }),
    arm('go large', { path: 'go', payload: '4 KiB' }),
  ];
  const good = await run({
    arms,
    experiment: { factors },
    invention: { checksum: ({ treatment }) => String(treatment.levels.payload) },
  });
  expect((await good.work).length).toBe(3);
  const bad = await run({ arms, experiment: { factors }, invention: { checksum: ({ id }) => id } });
  await expect(bad.work).rejects.toThrow(/go small answered go small, rust small answered rust small/);
});

test('exact counts are asked for only when a metric needs them, and never of a process that holds the probe', async () => {
  const counts = () => ({ copies: 2 });
  const holding = (['probed', 'off'] as const).map((role) => arm(`before (${role})`, { build: 'before' }, role));
  const arms = [BEFORE, ...holding];
  const without = await run({ arms, invention: { counts } });
  await without.work;
  expect(without.machine.log.some((line) => line.startsWith('count'))).toBe(false);
  const metrics = { primary: 'time.p50', gate: ['copies'], explore: [] };
  const withCounts = await run({ arms, invention: { counts }, experiment: { metrics } });
  const outcomes = runs(await withCounts.work);
  expect(outcomes.map((outcome) => outcome.values.copies)).toEqual([2, undefined, undefined]);
});

test('a percentile is given when enough operations fit into 200 ms, and not otherwise', async () => {
  const metrics = { primary: 'time.p50', gate: [], explore: ['time.p90', 'time.p99'] };
  const asked = async (secondsPerOperation: number) => {
    const { work } = await run({
      arms: [BEFORE],
      iterations: 10,
      experiment: { metrics },
      invention: { secondsPerOperation: () => secondsPerOperation, batchNoise: 0.1 },
    });
    return runs(await work)[0]!.values;
  };
  const quick = await asked(1e-6);
  expect(quick['time.p99']).toBeGreaterThan(quick['time.p90']!);
  expect(quick['time.p90']).toBeGreaterThan(quick['time.p50']!);
  expect((await asked(1e-3))['time.p90']).toBeGreaterThan(1e-3);
  expect((await asked(1e-3))['time.p99']).toBeUndefined();
  expect((await asked(1e-2))['time.p90']).toBeUndefined();
});

test('the 99.9th percentile takes ten thousand operations, which are timed only where it is asked for', async () => {
  const asked = async (explore: readonly string[], secondsPerOperation: number) => {
    const { work } = await run({
      arms: [BEFORE],
      iterations: 10,
      experiment: { metrics: { primary: 'time.p50', gate: [], explore } },
      invention: { secondsPerOperation: () => secondsPerOperation, batchNoise: 0.1 },
    });
    return runs(await work)[0]!;
  };
  const quick = await asked(['time.p999'], 1e-6);
  expect(quick.values['time.p999']).toBeGreaterThan(quick.values['time.p99']!);
  expect((await asked(['time.p999'], 3e-5)).values).not.toHaveProperty(['time.p999']);
  expect((await asked(['time.p999'], 3e-5)).values).toHaveProperty(['time.p99']);
  const without = await asked(['time.p99'], 1e-6);
  expect(without.values).not.toHaveProperty(['time.p999']);
  expect(quick.operations - without.operations).toBe(9000);
});

test('the distribution of single operations is told as far as enough of them were timed, and only where it was asked for', async () => {
  const told = async (secondsPerOperation: number, explore: readonly string[] = ['time.p99']) => {
    const { work } = await run({
      arms: [BEFORE],
      iterations: 10,
      experiment: { metrics: { primary: 'time.p50', gate: [], explore } },
      invention: { secondsPerOperation: () => secondsPerOperation, batchNoise: 0.1 },
    });
    return runs(await work)[0]!.quantiles;
  };
  const whole = await told(1e-6);
  expect(whole).toHaveLength(EACH_QUANTILES.length);
  expect(whole).toEqual(whole!.toSorted((a, b) => a - b));
  expect(await told(1e-3)).toHaveLength(EACH_QUANTILES.indexOf(0.99)); // 200 times
  expect(await told(2e-3)).toHaveLength(EACH_QUANTILES.indexOf(0.95)); // 100 times
  expect(await told(1e-6, [])).toBeUndefined();
});

test('a stop at any step ends every process of the block', async () => {
  const { machine: whole, work: undisturbed } = await run({ iterations: 10_000 });
  await undisturbed;
  for (let step = 0; step < whole.log.length; step += 1) {
    const controller = new AbortController();
    let steps = 0;
    const { machine, work } = await run({
      iterations: 10_000,
      signal: controller.signal,
      invention: {
        onStep: () => {
          if (steps === step) controller.abort();
          steps += 1;
        },
      },
    });
    await expect(work).rejects.toBeInstanceOf(Interruption);
    await Promise.resolve();
    expect(machine.living()).toBe(0);
  }
});

test('a defect of Seamark is not taken for a failure of the subject', async () => {
  const { work } = await run({
    invention: {
      counts: () => {
        throw new TypeError('a defect');
      },
    },
    experiment: { metrics: { primary: 'time.p50', gate: ['copies'], explore: [] } },
  });
  await expect(work).rejects.toThrow(TypeError);
});
