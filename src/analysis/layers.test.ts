import { expect, test } from 'vitest';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Arm, Plan } from '../model/plan.ts';
import type { Comparison } from '../model/result.ts';
import type { Outcome } from '../model/run.ts';
import type { BoundaryWindow, SiteWindow } from '../model/site.ts';
import { createRandom } from '../stats/random.ts';
import { findLayers } from './layers.ts';

const OPERATIONS = 1000;

interface Parts {
  readonly go: number;
  readonly entry: number;
  readonly callee: number;
  readonly allocator: number;
  readonly wait: number;
}

const USUAL: Parts = { go: 2e-6, entry: 40e-9, callee: 3e-6, allocator: 200e-9, wait: 0 };

function arm(build: string, role: Arm['role']): Arm {
  const id = role === 'main' ? `build=${build}` : `build=${build} (probed)`;
  return { id, treatment: { id: `build=${build}`, levels: { build } }, role, every: role === 'main' ? 1 : 5 };
}

const plan = {
  seed: 3,
  arms: [arm('a', 'main'), arm('b', 'main'), arm('a', 'probed'), arm('b', 'probed')],
  contrasts: [
    {
      ...{ id: 'x', kind: 'build', treatment: '', factor: 'build', baseline: 'a', candidate: 'b' },
      ...{ baselineArm: 'build=a', candidateArm: 'build=b' },
    },
  ],
} as unknown as Plan;
const experiment = inventExperiment({
  subject: { kind: 'command', folder: '/x', build: [], environment: {}, run: { words: ['true'] } },
  margin: 0.02,
});

/** Two thirds of the foreign side's time in `decode`, the rest in `encode`; a machine that is now faster, now slower. */
function invent(seed: number, blocks: number, slower: Partial<Parts>, deep = true): readonly Outcome[] {
  const random = createRandom(seed, 'layers');
  const run = (build: string, block: number, added: Partial<Parts>, pace: number): Outcome => {
    const of = (name: keyof Parts) => (USUAL[name] + (added[name] ?? 0)) * pace * Math.exp(0.004 * random.normal());
    const times = {
      go: of('go'),
      entry: of('entry'),
      callee: of('callee'),
      allocator: of('allocator'),
      wait: of('wait'),
    };
    const extra = (added.callee ?? 0) * pace;
    const site = (name: string, share: number, own: number): SiteWindow => {
      const allocatorS = times.allocator * share * OPERATIONS;
      const waitS = times.wait * share * OPERATIONS;
      return {
        ...{ site: name, kind: 'call', package: 'p', opened: OPERATIONS, closed: OPERATIONS, errors: 0, recorded: 0 },
        entryS: times.entry * share * OPERATIONS,
        calleeS: own * OPERATIONS + allocatorS + waitS,
        ...{ returnS: 10e-9 * OPERATIONS, nestedS: 0 },
        ...(deep ? { allocatorS, waitS, readyS: 0 } : {}),
      };
    };
    const own = times.callee - extra;
    const sites = [site('decode', 2 / 3, (own * 2) / 3 + extra), site('encode', 1 / 3, own / 3)];
    const inside = sites.reduce((sum, { entryS, calleeS, returnS }) => sum + entryS + calleeS + returnS, 0);
    const boundary: BoundaryWindow = {
      ...{ operations: OPERATIONS, seconds: inside + times.go * OPERATIONS, clock: { kind: 'tsc', quantumS: 1e-9 } },
      ...{ unpatched: [], declared: 2, sites, records: [] },
    };
    return { kind: 'run', stage: 'judged', block, arm: `build=${build} (probed)`, boundary } as unknown as Outcome;
  };
  return Array.from({ length: blocks }, (_, block) => {
    const pace = Math.exp(0.05 * random.normal());
    return [run('a', block, {}, pace), run('b', block, slower, pace)];
  }).flat();
}

function find(outcomes: readonly Outcome[], verdict: Comparison['verdict'] = 'equivalent') {
  const comparison = { metric: experiment.metrics.primary, baselineArm: 'build=a', candidateArm: 'build=b', verdict };
  return findLayers({ experiment, plan, outcomes, comparisons: [comparison as Comparison] });
}

const moved = ({ layers }: ReturnType<typeof find>) =>
  layers.filter(({ verdict }) => verdict === 'regression').map(({ layer, site }) => [layer, site].join(' ').trim());

test.each([
  ['own code', { callee: 60e-9 }, ['callee', 'callee decode']],
  ['allocations', { allocator: 60e-9 }, ['allocator', 'allocator decode', 'allocator encode']],
  ['waiting', { wait: 300e-9 }, ['lock', 'lock decode', 'lock encode']],
  ['the crossing', { entry: 20e-9 }, ['entry', 'entry decode', 'entry encode']],
  ['Go', { go: 60e-9 }, ['go']],
] as const)('a change of 1 %% of the whole is found in its layer and at its site: %s', (_, slower, expected) => {
  expect(moved(find(invent(5, 20, slower), 'regression'))).toEqual(expected);
});

test('the differences of the layers sum to that of the whole', () => {
  const outcomes = invent(7, 16, { callee: 60e-9, go: 10e-9 });
  const whole = find(outcomes).layers.filter(({ site }) => site === undefined);
  const per = (build: string) =>
    outcomes.flatMap((run) =>
      run.kind === 'run' && run.arm.startsWith(`build=${build}`) ? run.boundary!.seconds! : [],
    );
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length / OPERATIONS;
  expect(whole.reduce((sum, { delta }) => sum + delta, 0)).toBeCloseTo(mean(per('b')) - mean(per('a')), 15);
  expect(whole.reduce((sum, { baselineS }) => sum + baselineS, 0)).toBeCloseTo(mean(per('a')), 15);
});

test('of builds that are alike nothing is named, in 98 of 100 studies at least', () => {
  const named = Array.from({ length: 100 }, (_, seed) => find(invent(seed, 14, {})).layers).filter((layers) =>
    layers.some(({ verdict }) => verdict === 'regression' || verdict === 'improvement'),
  );
  expect(named.length).toBeLessThanOrEqual(2);
});

test('what was not measured apart stays in the callee', () => {
  const { layers } = find(invent(5, 16, { allocator: 60e-9 }, false), 'regression');
  expect(layers.map(({ layer }) => layer)).not.toContain('allocator');
  expect(layers[0]).toMatchObject({ layer: 'callee', verdict: 'regression' });
});

test('few blocks, and calls that ran side by side, name no layer and say so', () => {
  expect(find(invent(5, 4, {}))).toMatchObject({ layers: [], warnings: [{ code: 'few-blocks' }] });
  const side = invent(5, 16, { callee: 900e-9 }).map((run) =>
    run.kind === 'run' ? { ...run, boundary: { ...run.boundary!, seconds: run.boundary!.seconds! / 2 } } : run,
  );
  const { layers, warnings } = find(side, 'regression');
  expect(warnings[0]?.code).toBe('unaccounted');
  expect(layers[0]).toMatchObject({ layer: 'callee', site: 'decode', verdict: 'regression' });
});

test('without probed runs of both builds there are no layers', () => {
  expect(find(invent(5, 16, {}).filter((run) => run.arm.startsWith('build=a')))).toEqual({ layers: [], warnings: [] });
});

test('what the last digits of a sum leave over is no layer that moved, however steady it is', () => {
  for (let seed = 0; seed < 60; seed++) {
    const once = invent(seed, 1, { callee: 60e-9 });
    const steady = Array.from({ length: 12 }, (_, block) => once.map((run) => ({ ...run, block }))).flat();
    const { layers } = find(steady, 'regression');
    expect(layers.find(({ layer }) => layer === 'unaccounted')).toMatchObject({ verdict: 'equivalent' });
  }
});

test('where more than the batches crossed, the whole is taken at the pace of what was timed', () => {
  const paced = invent(5, 20, { callee: 60e-9 }).map((run) => {
    if (run.kind !== 'run') return run;
    const { seconds, ...boundary } = run.boundary!;
    return { ...run, boundary: { ...boundary, pacedS: seconds! } };
  });
  expect(moved(find(paced, 'regression'))).toEqual(['callee', 'callee decode']);
});
