import { expect, test } from 'vitest';
import type { Experiment } from '../model/experiment.ts';
import type { Outcome } from '../model/run.ts';
import type { BoundaryMap } from '../model/site.ts';
import { type InventedStudy, inventExperiment, inventStudy } from './invented-study.ts';
import { buildResult, toJson } from './result.ts';

const build = (
  study: InventedStudy,
  outcomes: readonly Outcome[],
  boundary: readonly BoundaryMap[] = [],
  complete = true,
) =>
  buildResult({
    ...study,
    outcomes,
    boundary,
    environment: {},
    study: { id: 'x', startedAt: '2026-01-01T00:00:00Z', durationS: 100, folder: '.seamark/studies/x', complete },
  });
const builds = (times: number, changes: Partial<Experiment> = {}) =>
  inventStudy({
    experiment: inventExperiment(changes),
    seconds: (arm) => (arm.treatment.levels.build === './b' ? times : 1) * 1e-6,
    runNoise: 0.005,
    values: (arm) => ({ 'go.allocs': arm.treatment.levels.build === './b' ? 3 : 2, 'rust.allocs': 0 }),
  });

test('a regression that repeats is announced with the estimate of the fresh blocks', () => {
  const study = builds(1.05);
  const result = build(study, [...study.run('pilot', 12), ...study.run('judged', 12), ...study.run('fresh', 20)]);
  const [comparison] = result.comparisons;
  expect(result.verdict).toBe('regression');
  expect(comparison).toMatchObject({ verdict: 'regression', confirmed: 'fresh', blocks: 20, margin: 0.02 });
  expect(comparison!.low).toBeLessThan(1.05);
  expect(comparison!.high).toBeGreaterThan(1.05);
  expect(comparison!.confidence).toBeCloseTo(0.9, 1);
  expect(comparison!.series.map((point) => point.stage)).toEqual([
    ...Array(12).fill('judged'),
    ...Array(20).fill('fresh'),
  ]);
  expect(comparison!.candidateValue / comparison!.baselineValue).toBeCloseTo(1.05, 1);
  expect(result.runs).toMatchObject({ blocks: 12, pilotBlocks: 12, freshBlocks: 20, droppedBlocks: 0, rounds: 8 });
});

test('without its fresh blocks a change is not announced', () => {
  const study = builds(1.05);
  const result = build(study, study.run('judged', 12), [], false);
  expect(result.verdict).toBe('undecided');
  expect(result.comparisons[0]).toMatchObject({ verdict: 'undecided', confirmed: 'not-repeated', blocks: 12 });
  expect(result.comparisons[0]?.warnings.map((warning) => warning.code)).toContain('fresh-blocks-missing');
  expect(result.warnings.map((warning) => warning.code)).toContain('incomplete');
});

test('the estimate of an equivalent pair rests on the blocks of the look that settled it', () => {
  const study = builds(1);
  const result = build(study, study.run('judged', 24));
  expect(result.comparisons[0]).toMatchObject({ verdict: 'equivalent', confirmed: 'none', blocks: 12 });
  expect(result.comparisons[0]?.series).toHaveLength(24);
});

test('an interrupted study without a look says nothing but what it saw', () => {
  const study = builds(1.5);
  const result = build(study, study.run('judged', 3), [], false);
  expect(result.comparisons[0]).toMatchObject({ verdict: 'undecided', confirmed: 'none', low: 0, high: Infinity });
  expect(JSON.parse(toJson(result)).comparisons[0]).toMatchObject({ high: null, detectable: null });
  expect(build(study, []).comparisons[0]).toMatchObject({ blocks: 0, verdict: 'undecided' });
});

test('the JSON document names its schema first and holds no number that JSON lacks', () => {
  const study = builds(1);
  const text = toJson(build(study, study.run('judged', 12)));
  expect(text.trimStart().startsWith('{\n  "schema": "seamark/result@1"')).toBe(true);
  expect(text).not.toMatch(/Infinity|NaN/);
});

test('counts are equal or different, zero included, and never weigh on the verdict', () => {
  const study = builds(1, { metrics: { primary: 'time.p50', gate: ['go.allocs', 'rust.allocs'], explore: [] } });
  const result = build(study, study.run('judged', 12));
  expect(result.verdict).toBe('equivalent');
  expect(result.comparisons.slice(1)).toMatchObject([
    { metric: 'go.allocs', verdict: 'different', baselineValue: 2, candidateValue: 3, ratio: 1.5, confidence: 1 },
    { metric: 'rust.allocs', verdict: 'equal', baselineValue: 0, candidateValue: 0, ratio: 1 },
  ]);
});

test('explored metrics are judged as one family, and need fresh blocks like any other', () => {
  const study = inventStudy({
    experiment: inventExperiment({ metrics: { primary: 'time.p50', gate: [], explore: ['cpu', 'rss'] } }),
    seconds: () => 1e-6,
    runNoise: 0.005,
    values: (arm, noise) => ({ cpu: (arm.treatment.levels.build === './b' ? 1.2 : 1) * Math.exp(noise) }),
  });
  const result = build(study, study.run('judged', 12));
  expect(result.comparisons.find((one) => one.metric === 'cpu')).toMatchObject({
    verdict: 'undecided',
    confirmed: 'not-repeated',
  });
  expect(result.comparisons.find((one) => one.metric === 'rss')?.verdict).toBe('equivalent');
});

test('expectations are confirmed, refuted or left open by whole intervals', () => {
  const bound = (relation: '<' | '>', value: number) => ({ relation, value, text: `${relation} ${value * 100} %` });
  const change = { kind: 'change', metric: 'time.p50', at: {}, from: { build: './a' }, to: { build: './b' } } as const;
  const study = builds(1.05, {
    expect: [
      { ...change, bound: bound('>', 0.02) },
      { ...change, bound: bound('<', 0.02) },
      { ...change, bound: bound('>', 0.05) },
      { kind: 'value', metric: 'go.allocs', at: { build: './a' }, bound: { relation: '=', value: 2, text: '= 2 /op' } },
      { kind: 'value', metric: 'go.allocs', at: {}, bound: { relation: '=', value: 2, text: '= 2 /op' } },
      { kind: 'value', metric: 'crossings', at: {}, bound: { relation: '=', value: 1, text: '= 1 /op' } },
    ],
  });
  const { expectations } = build(study, [...study.run('judged', 12), ...study.run('fresh', 20)]);
  expect(expectations.map((one) => one.outcome)).toEqual([
    'confirmed',
    'refuted',
    'undecided',
    'confirmed',
    'refuted',
    'undecided',
  ]);
  expect(expectations[0]?.text).toBe('time.p50, from ./a to ./b: > 2 %');
  expect(expectations[0]?.seen).toMatch(/^\+[45](\.\d)? % \[\+\d(\.\d)?, \+\d(\.\d)?\]$/);
  expect(expectations[4]?.seen).toBe('3 at build=./b');
  expect(expectations[5]?.seen).toBe('not measured');
});

test('boundary maps give crossings and layers of an operation', () => {
  const split = (mean: number) => ({ mean });
  const map: BoundaryMap = {
    of: 'go->rust',
    operations: 10,
    processes: 2,
    wallS: 1,
    foreignS: 0.1,
    clock: { kind: 'os', quantumS: 1e-9 },
    unpatched: [],
    sites: [
      {
        site: 'f',
        kind: 'call',
        package: 'p',
        crossings: 20,
        errors: 0,
        entry: split(1e-7),
        callee: split(1e-6),
        return: split(2e-7),
        total: split(1.3e-6),
        recorded: 20,
        dropped: 0,
      },
    ],
  };
  const study = inventStudy({
    experiment: inventExperiment({
      paths: ['go', 'go->rust'],
      factors: [],
      baseline: {},
      probe: 'full',
      metrics: { primary: 'time.p50', gate: ['crossings'], explore: ['entry'] },
    }),
    seconds: (arm) => (arm.role === 'probed' ? 1.1e-6 : 1e-6),
    runNoise: 0.001,
  });
  const result = build(study, [...study.run('judged', 12), ...study.run('probed', 8)], [map]);
  const of = (metric: string) => result.estimates.filter((one) => one.metric === metric);
  expect(of('crossings')).toMatchObject([
    { treatment: 'go->rust', arm: 'go->rust (probed)', value: 2, low: 2, high: 2 },
  ]);
  expect(of('entry')).toMatchObject([{ low: -Infinity, high: Infinity }]);
  expect(of('entry')[0]?.value).toBeCloseTo(2e-7, 15);
  expect(result.sites[0]).toMatchObject({ site: 'f', treatment: 'go->rust' });
  expect(result.warnings.map((warning) => warning.code)).toContain('clock-os');
  expect(result.probeCosts[0]).toMatchObject({ treatment: 'go->rust', blocks: 8 });
  expect(result.probeCosts[0]?.seconds).toBeCloseTo(1e-7, 8);
  expect(result.probeCosts[0]?.ratio).toBeCloseTo(1.1, 2);
});

test('a self-check is judged from eight pairs on, and rejects where position alone makes a change', () => {
  const study = inventStudy({
    experiment: inventExperiment(),
    seconds: (arm) => (arm.role === 'aa' ? 1.1e-6 : 1e-6),
    runNoise: 0.005,
  });
  const judged = study.run('judged', 12);
  const at = (blocks: number) => build(study, [...judged, ...study.run('self', blocks)]);
  expect(at(7).selfChecks).toMatchObject([{ arm: 'build=./a', pairs: 7, judged: false, rejects: false }]);
  expect(at(8).selfChecks).toMatchObject([{ pairs: 8, judged: true, rejects: true }]);
  expect(at(8).warnings.map((warning) => warning.code)).toContain('self-check-rejects');
});
