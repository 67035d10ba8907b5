import { expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import type { RunOutcome } from '../model/run.ts';
import { lowerProbe, probeCostAt, warnOfLowered } from './probe-level.ts';

const prices = { fullS: 20e-9, everyS: 8e-9, every: 64 };
const plan = {
  arms: ['short', 'long'].map((id) => ({
    id: `${id} (probed)`,
    treatment: { id, levels: { payload: id } },
    role: 'probed',
    every: 5,
  })),
} as unknown as Plan;
/** A thousand calls of so many seconds each, and a callback that is no callee of its own. */
const run = (id: string, calleeS: number, stage: RunOutcome['stage'] = 'pilot') =>
  ({
    kind: 'run',
    stage,
    arm: `${id} (probed)`,
    boundary: {
      sites: [
        { kind: 'call', closed: 1000, calleeS: 1000 * calleeS },
        { kind: 'callback', closed: 1000, calleeS: 1e-6 },
      ],
    },
  }) as unknown as RunOutcome;

it('treatments whose callees are shorter than a hundred times the cost have 1 in 64 timed, others each', () => {
  const lowered = lowerProbe(plan, [run('short', 1.9e-6), run('long', 2.1e-6)], prices);
  expect(lowered).toEqual({ timedEvery: { short: 64 } });
  expect(probeCostAt(lowered, 'short', prices)).toBe(8e-9);
  expect(probeCostAt(lowered, 'long', prices)).toBe(20e-9);
});

it('builds of one treatment are lowered together, and only where the probe costs a tenth of the callee', () => {
  const builds = ['a', 'b'].map((build) => ({
    id: `${build} (probed)`,
    treatment: { id: build, levels: { build } },
    role: 'probed',
  }));
  const contrasts = [{ kind: 'build', baselineArm: 'a', candidateArm: 'b' }];
  const compared = { arms: builds, contrasts } as unknown as Plan;
  expect(lowerProbe(compared, [run('a', 210e-9), run('b', 210e-9)], prices)).toEqual({});
  expect(lowerProbe(compared, [run('a', 190e-9), run('b', 210e-9)], prices)).toEqual({ timedEvery: { a: 64, b: 64 } });
});

it('the pilot alone decides: a study that is resumed goes on as it began', () => {
  const pilot = [run('long', 1e-5)];
  expect(lowerProbe(plan, [...pilot, run('long', 1e-8, 'judged')], prices)).toEqual(lowerProbe(plan, pilot, prices));
});

it('nothing is lowered where nothing crossed, or where the cost is not known', () => {
  expect(lowerProbe(plan, [], prices)).toEqual({});
  expect(lowerProbe(plan, [run('short', 1e-8)], undefined)).toEqual({});
});

it('a warning says what it cost, of what, and what it costs now', () => {
  const runs = [run('short', 200e-9), run('long', 1e-5)];
  const [warning, ...more] = warnOfLowered(lowerProbe(plan, runs, prices), plan, runs, prices);
  expect(more).toEqual([]);
  expect(warning?.code).toBe('probe-lowered');
  expect(warning?.message).toMatch(/20 ns a crossing .* at 1 of 2 treatments \(10 % of 200 ns at short\)/);
  expect(warning?.message).toMatch(/1 in 64 crossings was timed there, for 8 ns, still 4 % of that$/);
  expect(warning?.cure).toMatch(/^Counts are exact all the same, and verdicts rest on runs without a probe\. /);
  expect(warnOfLowered({}, plan, runs, prices)).toEqual([]);
});
