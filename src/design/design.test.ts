import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Experiment, Factor } from '../model/experiment.ts';
import { orderBlock } from './block-order.ts';
import { planExperiment } from './plan.ts';
import { priceExperiment } from './price.ts';
import { batchIterations, paceKey, scheduleLooks } from './schedule.ts';
import { listTreatments, ONLY_TREATMENT } from './treatments.ts';

const factor = (name: string, levels: string[], more: Partial<Factor> = {}): Factor => ({
  name,
  family: 'parameter',
  levels: levels.map((text) => ({ text })),
  ...more,
});
const PAYLOAD = factor('payload', ['64 B', '4 KiB', '64 KiB']);
const HANDOVER = factor('handover', ['borrow', 'copy-in', 'copy-out'], { within: { path: 'go->rust' } });
const BUILD = factor('build', ['./a', './b', './c'], { family: 'build' });

const experiment = (changes: Partial<Experiment> = {}): Experiment => ({
  name: 'lab',
  subject: { kind: 'harness', folder: '/nowhere', build: [], environment: {}, run: {} },
  paths: ['go', 'rust', 'go->rust'],
  factors: [PAYLOAD, HANDOVER],
  baseline: {},
  design: 'full-factorial',
  metrics: { primary: 'time.p50', gate: ['crossings'], explore: ['time.p99'] },
  expect: [],
  margin: 0.02,
  margins: {},
  probe: 'full',
  seed: 7,
  budgetS: 90,
  limits: { answerS: 10, buildS: 60 },
  ...changes,
});
const contrastsOf = (changes: Partial<Experiment>) =>
  planExperiment(experiment(changes), { alternates: true }).contrasts;

test('a path to which a factor does not apply is measured once, not once a level', () => {
  const ids = listTreatments(experiment()).map((treatment) => treatment.id);
  expect(ids).toHaveLength(3 + 3 + 9);
  expect(ids.filter((id) => id.startsWith('go ·'))).toEqual([
    'go · payload=64 B',
    'go · payload=4 KiB',
    'go · payload=64 KiB',
  ]);
  expect(ids).toContain('go->rust · payload=4 KiB · handover=copy-in');
});

test('nesting holds whatever the order of the factors in the file', () => {
  const sorted = (factors: Factor[]) =>
    listTreatments(experiment({ factors }))
      .map(({ levels }) => JSON.stringify(Object.entries(levels).sort()))
      .sort();
  const inner = factor('depth', ['1', '2'], { within: { handover: 'borrow' } });
  expect(sorted([inner, HANDOVER])).toEqual(sorted([HANDOVER, inner]));
  expect(sorted([inner, HANDOVER])).toHaveLength(2 + 4);
});

test('without paths and factors there is one treatment, and nothing to compare', () => {
  const plan = planExperiment(experiment({ paths: [], factors: [], probe: 'off' }), { alternates: false });
  expect(plan.arms.map((arm) => arm.id)).toEqual([ONLY_TREATMENT, `${ONLY_TREATMENT} (again)`]);
  expect(plan.contrasts).toEqual([]);
});

test('the crossing path is compared with pure Go and pure Rust at the same levels', () => {
  const contrasts = contrastsOf({});
  expect(contrasts).toHaveLength(18);
  expect(contrasts[0]).toEqual({
    id: 'path: go | go->rust @ payload=64 B · handover=borrow',
    kind: 'contrast',
    treatment: 'payload=64 B · handover=borrow',
    factor: 'path',
    baselineArm: 'go · payload=64 B',
    candidateArm: 'go->rust · payload=64 B · handover=borrow',
    baseline: 'go',
    candidate: 'go->rust',
  });
});

test('each build is compared with the declared baseline, in every combination of the rest', () => {
  const contrasts = contrastsOf({ factors: [BUILD, PAYLOAD], paths: [], baseline: { build: './b' } });
  expect(contrasts).toHaveLength(2 * 3);
  expect(contrasts.every((one) => one.kind === 'build' && one.baseline === './b')).toBe(true);
  expect(contrasts[0]?.treatment).toBe('payload=64 B');
});

test('an expectation brings its own contrast, once', () => {
  const bound = { relation: '<', value: -0.2, text: '< -20 %' } as const;
  const contrasts = contrastsOf({
    expect: [
      {
        kind: 'change',
        metric: 'time.p50',
        at: { payload: '64 KiB' },
        from: { handover: 'copy-out' },
        to: { handover: 'borrow' },
        bound,
      },
      {
        kind: 'change',
        metric: 'cpu',
        at: { payload: '64 KiB', path: 'go->rust' },
        from: { handover: 'copy-out' },
        to: { handover: 'borrow' },
        bound,
      },
      { kind: 'change', metric: 'time.p50', at: {}, from: { path: 'go->rust' }, to: { path: 'go' }, bound },
    ],
  });
  expect(contrasts).toHaveLength(18 + 1);
  expect(contrasts[18]).toMatchObject({
    factor: 'handover',
    baseline: 'copy-out',
    candidate: 'borrow',
    treatment: 'go->rust · payload=64 KiB',
  });
});

test('levels are compared with the first one only when builds, paths and expectations ask nothing', () => {
  const alone = contrastsOf({ paths: ['go->rust'] });
  expect(alone.map((one) => one.factor)).toEqual([...Array(6).fill('payload'), ...Array(6).fill('handover')]);
  expect(contrastsOf({ baseline: { payload: '4 KiB' } })).toHaveLength(18 + 2 + 2 + 6);
});

test('benchmarks of one package are different work and never rivals', () => {
  const benchmark = factor('benchmark', ['BenchmarkA', 'BenchmarkB']);
  const subject = {
    kind: 'go-bench',
    folder: '/nowhere',
    build: [],
    environment: {},
    package: '.',
    bench: '.',
  } as const;
  expect(contrastsOf({ subject, paths: [], factors: [benchmark] })).toEqual([]);
  expect(contrastsOf({ subject, paths: [], factors: [BUILD, benchmark] })).toHaveLength(4);
});

test('every fifth block carries A/A arms for two baselines at most, and probed arms where Go calls Rust', () => {
  const { arms } = planExperiment(experiment(), { alternates: true });
  expect(arms.filter((arm) => arm.role === 'aa')).toHaveLength(2);
  expect(arms.filter((arm) => arm.role === 'probed')).toHaveLength(9);
  expect(arms.filter((arm) => arm.role !== 'main').every((arm) => arm.every === 5)).toBe(true);
  expect(new Set(arms.map((arm) => arm.id)).size).toBe(arms.length);
  const off = planExperiment(experiment({ probe: 'off' }), { alternates: true });
  expect(off.arms.some((arm) => arm.role === 'probed')).toBe(false);
});

test('the order of a block follows from seed, stage and number alone', () => {
  const plan = planExperiment(experiment(), { alternates: true });
  const order = orderBlock(plan, 'judged', 5, 4);
  expect(orderBlock(plan, 'judged', 5, 4)).toEqual(order);
  expect(orderBlock(plan, 'fresh', 5, 4).opening).not.toEqual(order.opening);
  expect(orderBlock({ ...plan, seed: 8 }, 'judged', 5, 4).opening).not.toEqual(order.opening);
});

test('a block runs each of its arms once a round, and pads each environment below a page', () => {
  const plan = planExperiment(experiment(), { alternates: true });
  fc.assert(
    fc.property(fc.nat(2000), (block) => {
      const order = orderBlock(plan, 'judged', block, 6);
      const expected = plan.arms
        .filter((arm) => block % arm.every === 0)
        .map((arm) => arm.id)
        .sort();
      for (const round of [order.opening, ...order.rounds]) expect([...round].sort()).toEqual(expected);
      expect(order.rounds).toHaveLength(6);
      for (const bytes of Object.values(order.padding)) expect(bytes >= 0 && bytes < 4096).toBe(true);
      expect(Object.keys(order.padding)).toHaveLength(expected.length);
    }),
    { seed: 1, numRuns: 50 },
  );
});

test('leaving arms out of the fresh stage does not change the order of the others', () => {
  const plan = planExperiment(experiment(), { alternates: true });
  const only = new Set(['go · payload=64 B', 'go->rust · payload=64 B · handover=borrow']);
  const all = orderBlock(plan, 'fresh', 10, 3);
  const some = orderBlock(plan, 'fresh', 10, 3, only);
  expect(some.opening).toEqual(
    all.opening.filter((id) => [...only].some((treatment) => id === treatment || id.startsWith(`${treatment} (`))),
  );
  expect(some.opening).toHaveLength(4); // both, the A/A arm of the first and the probed arm of the second
});

test('over many blocks each arm is first about equally often', () => {
  const plan = planExperiment(experiment({ paths: [], factors: [BUILD], probe: 'off' }), { alternates: false });
  const firsts = Array.from({ length: 3000 }, (_, block) => orderBlock(plan, 'judged', block * 5 + 1, 1).opening[0]!);
  for (const arm of ['build=./a', 'build=./b', 'build=./c']) {
    expect(Math.abs(firsts.filter((id) => id === arm).length - 1000)).toBeLessThan(110);
  }
});

test('all builds of a treatment run at one pace, other levels at their own', () => {
  const treatments = listTreatments(experiment({ factors: [BUILD, PAYLOAD] }));
  expect(new Set(treatments.map(paceKey)).size).toBe(3 * 3);
  const [a, b] = treatments.filter((one) => one.path === 'go' && one.levels.payload === '64 B');
  expect(paceKey(a!)).toBe(paceKey(b!));
});

test('five looks within what half the budget pays for, none under twelve blocks', () => {
  const at = (budgetLeftS: number, maxBlocks?: number) =>
    scheduleLooks({
      pilot: { blockS: 0.5 },
      budgetLeftS,
      mode: 'alternating',
      ...(maxBlocks !== undefined && { maxBlocks }),
    }).map((look) => look.blocks);
  expect(at(60)).toEqual([12, 24, 36, 48, 60]);
  expect(at(40)).toEqual([16, 24, 32, 40]);
  expect(at(3)).toEqual([12]);
  expect(at(60, 20)).toEqual([12, 16, 20]);
  expect(at(60, 5)).toEqual([5]);
  expect(at(1e9)).toEqual([400, 800, 1200, 1600, 2000]);
  expect(at(Number.POSITIVE_INFINITY, 60)).toEqual([12, 24, 36, 48, 60]);
});

test('five looks from twelve to sixty blocks spend the levels of the method', () => {
  const looks = scheduleLooks({ pilot: { blockS: 1 }, budgetLeftS: 120, mode: 'alternating' });
  expect(looks.map((look) => look.nominal.toFixed(6))).toEqual([
    '0.002000',
    '0.006645',
    '0.013407',
    '0.022616',
    '0.034513',
  ]);
});

test('a batch is whole input cycles of about a millisecond', () => {
  expect(batchIterations(1e-6, 1)).toBe(1000);
  expect(batchIterations(1e-6, 64)).toBe(1024);
  expect(batchIterations(0.5, 8)).toBe(8);
  expect(batchIterations(0, 8)).toBe(8);
  fc.assert(
    fc.property(
      fc.double({ min: 1e-10, max: 10, noNaN: true }),
      fc.integer({ min: 1, max: 5000 }),
      (seconds, cycle) => {
        const iterations = batchIterations(seconds, cycle);
        expect(iterations % cycle).toBe(0);
        expect(iterations).toBeGreaterThanOrEqual(cycle);
      },
    ),
    { seed: 2 },
  );
});

test('the price keeps to the budget and says what it rests on and what it can not see', () => {
  const plan = planExperiment(experiment(), { alternates: true });
  const price = priceExperiment(experiment(), plan, { blockS: 0.6, noise: { sd: 0.01, from: 'this machine' } });
  expect(price.pilotS + price.judgedS + price.freshS).toBeLessThanOrEqual(90);
  expect(price).toMatchObject({ treatments: 15, contrasts: 18, processes: { plain: 15, withSideArms: 26 } });
  expect(price.smallest.last).toBeLessThan(price.smallest.first);
  expect(price.assumptions.join(' ')).toContain('scattered by 1 % from block to block (this machine)');
  expect(price.blind.join(' ')).toMatch(/time\.p99 needs 1,000 operations/);
  expect(price.blind.join(' ')).toMatch(/inside ±2 %/);
});

test('a budget too small to call anything says so', () => {
  const tight = experiment({ maxBlocks: 4 });
  const price = priceExperiment(tight, planExperiment(tight, { alternates: true }));
  expect(price.smallest.last).toBe(Infinity);
  expect(price.blind[0]).toContain('too small');
});
