import { expect, test } from 'vitest';
import type { Curve } from '../model/curve.ts';
import type { Experiment, Factor } from '../model/experiment.ts';
import type { Arm } from '../model/plan.ts';
import { parseQuantity } from '../model/unit.ts';
import { drawCurves } from './curves.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { collectBlocks } from './samples.ts';

const factor = (name: string, levels: readonly string[]): Factor => ({
  name,
  family: 'parameter',
  levels: levels.map((text) => ({ text })),
});
const SIZES = ['64 B', '256 B', '1 KiB', '4 KiB', '16 KiB', '64 KiB', '256 KiB'];
const bytes = (arm: Arm): number => parseQuantity(arm.treatment.levels.payload!)!.value;

function curvesOf(
  factors: readonly Factor[],
  seconds: (arm: Arm) => number,
  { blocks = 16, seed = 1, runNoise = 0.02, changes = {} as Partial<Experiment> } = {},
): Curve[] {
  const experiment = inventExperiment({ factors, baseline: {}, ...changes });
  const study = inventStudy({ experiment, seconds, seed, runNoise });
  return drawCurves(experiment, study.plan, collectBlocks(study.run('judged', blocks), 'judged'));
}

test('linear growth with a fixed cost: the exponent is about 1, not superlinear, no knee', () => {
  const [curve] = curvesOf([factor('payload', SIZES)], (arm) => 2e-7 + 1e-9 * bytes(arm));
  expect(curve).toMatchObject({ factor: 'payload', treatment: '', blocks: 16, knee: 'no knee inside the range' });
  expect(curve!.growth!.low).toBeLessThan(1);
  expect(curve!.growth!.high).toBeGreaterThan(0.99);
  expect(curve!.growth!.superlinear).not.toBe('yes');
  expect(curve!.growth!.fits).toBe(true);
  expect(curve!.growth!.fixed / 2e-7).toBeCloseTo(1, 0);
  expect(curve!.points.map(({ level }) => level)).toEqual(SIZES);
});

test('growth with the power of 1.3 is called superlinear', () => {
  const [curve] = curvesOf([factor('payload', SIZES)], (arm) => 2e-7 + 1e-9 * bytes(arm) ** 1.3);
  expect(curve!.growth!.superlinear).toBe('yes');
  expect(curve!.growth!.exponent).toBeCloseTo(1.3, 1);
});

test('linear growth is called superlinear in few studies, and its interval holds 1 in most', () => {
  let called = 0;
  let held = 0;
  for (let seed = 0; seed < 150; seed++) {
    const [curve] = curvesOf([factor('payload', SIZES)], (arm) => 2e-7 + 1e-9 * bytes(arm), { seed });
    if (curve!.growth!.superlinear === 'yes') called++;
    if (curve!.growth!.low <= 1 && 1 <= curve!.growth!.high) held++;
  }
  expect(called).toBeLessThanOrEqual(10);
  expect(held).toBeGreaterThanOrEqual(135);
});

test('where a cache ends there is a knee, with its interval over blocks', () => {
  const sizes = ['1 KiB', '2 KiB', '4 KiB', '8 KiB', '16 KiB', '32 KiB', '64 KiB', '128 KiB'];
  const seconds = (arm: Arm) => 1e-6 + 1e-9 * bytes(arm) + 3e-9 * Math.max(0, bytes(arm) - 20_000);
  const [curve] = curvesOf([factor('payload', sizes)], seconds, { blocks: 24 });
  const knee = curve!.knee;
  if (knee === undefined || typeof knee === 'string') throw new Error('no knee was found');
  expect(knee.low).toBeLessThanOrEqual(20_000);
  expect(knee.high).toBeGreaterThanOrEqual(20_000);
  expect(knee.at / 20_000).toBeCloseTo(1, 0);
  expect(knee.slopes[1] / knee.slopes[0]).toBeCloseTo(4, 0);
});

test('smooth growth of any exponent has no knee', () => {
  let knees = 0;
  for (let seed = 0; seed < 60; seed++) {
    const seconds = (arm: Arm) => 2e-7 + 1e-9 * bytes(arm) ** [0.7, 1, 1.4][seed % 3]!;
    const [curve] = curvesOf([factor('payload', SIZES)], seconds, { seed });
    if (curve!.knee !== 'no knee inside the range') knees++;
  }
  expect(knees).toBeLessThanOrEqual(2);
});

test('a factor of concurrency gets the scalability law, its peak with an interval over blocks', () => {
  const law = (n: number) => (1000 * n) / (1 + 0.05 * (n - 1) + 0.002 * n * (n - 1));
  const counts = ['1', '2', '4', '8', '16', '24', '32'];
  const [curve] = curvesOf([factor('workers', counts)], (arm) => 1 / law(Number(arm.treatment.levels.workers)));
  expect(curve!.growth).toBeUndefined();
  const { sigma, kappa, peak } = curve!.scaling!;
  expect(sigma).toBeCloseTo(0.05, 1);
  expect(kappa).toBeCloseTo(0.002, 3);
  expect(peak.low).toBeLessThan(21.8);
  expect(peak.high).toBeGreaterThan(21.8);
  expect(peak.high / peak.low).toBeLessThan(1.5);
});

test('growth that is steeper under a memory limit is told by the ratio a doubling', () => {
  const factors = [factor('payload', SIZES), factor('limit', ['off', 'low'])];
  const seconds = (arm: Arm) => (arm.treatment.levels.limit === 'low' ? 1e-9 * bytes(arm) ** 1.1 : 1e-9 * bytes(arm));
  const [free, pressed] = curvesOf(factors, seconds);
  expect(free!.beside).toEqual([]);
  expect(pressed!.treatment).toBe('limit=low');
  expect(pressed!.beside).toMatchObject([{ factor: 'limit', from: 'off', to: 'low', says: 'steeper' }]);
  expect(pressed!.beside[0]!.ratio).toBeCloseTo(2 ** 0.1, 2);
});

test('times that do not grow, or fall, leave the exponent open and are no superlinear growth', () => {
  for (const seconds of [() => 1e-6, (arm: Arm) => 1e-6 / (1 + bytes(arm) / 4096)]) {
    const [curve] = curvesOf([factor('payload', SIZES)], seconds);
    expect(curve!.growth!.superlinear).not.toBe('yes');
    expect(Number.isNaN(curve!.growth!.exponent)).toBe(false);
  }
});

test.each([
  ['four levels', SIZES.slice(0, 4), 16],
  ['words among the levels', [...SIZES.slice(0, 5), 'huge'], 16],
  ['a level of nothing', ['0', '1', '2', '4', '8'], 16],
  ['too few blocks', SIZES, 5],
])('%s make no curve', (_, levels, blocks) => {
  expect(curvesOf([factor('payload', levels)], () => 1e-6, { blocks })).toEqual([]);
});

test('five levels make a curve, and no knee is sought', () => {
  const [curve] = curvesOf([factor('payload', SIZES.slice(0, 5))], (arm) => 1e-9 * bytes(arm));
  expect(curve!.growth).toBeDefined();
  expect(curve).not.toHaveProperty('knee');
});
