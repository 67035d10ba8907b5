import { expect, test } from 'vitest';
import { createRandom } from '../stats/random.ts';
import { measureNoise, summariseNoise } from './noise.ts';

const SD = 0.02;
const random = createRandom(7);
const blocks = Array.from({ length: 2000 }, () => ({ logRatio: SD * random.normal(), unitS: 1e-9 }));

test('the spread, the bias and the waves of known noise are found', () => {
  const noise = summariseNoise(blocks, 5);
  expect(Math.abs(noise.blockSd / SD - 1)).toBeLessThan(0.1);
  expect(Math.abs(noise.bias)).toBeLessThan(0.002);
  expect(Math.abs(noise.lagOne)).toBeLessThan(0.06);
  expect(noise.swing).toBe(1);
});

test('four times the blocks see a change of half the size', () => {
  const { sees } = summariseNoise(blocks, 5);
  expect(sees.map(({ blocks: count }) => count)).toEqual([20, 60, 300]);
  const [few, , many] = sees.map(({ change }) => Math.log1p(change));
  expect(few! / many!).toBeCloseTo(Math.sqrt(300 / 20), 6);
});

test('a wild block moves neither spread nor what is seen', () => {
  const wild = summariseNoise([...blocks, { logRatio: 3, unitS: 1e-9 }], 5);
  expect(wild.blockSd).toBeCloseTo(summariseNoise(blocks, 5).blockSd, 4);
});

test('a machine that changes its speed shows it, though its blocks agree', () => {
  const speeds = blocks.map((block, at) => ({ ...block, unitS: at < 1000 ? 1e-9 : 1.5e-9 }));
  expect(summariseNoise(speeds, 5).swing).toBeCloseTo(1.5);
});

test('the noise of this machine is measured on at least twelve blocks', async () => {
  const noise = await measureNoise({ seconds: 0.1 });
  expect(noise.blocks).toBeGreaterThanOrEqual(12);
  expect(noise.blockSd).toBeGreaterThan(0);
  expect(noise.swing).toBeGreaterThanOrEqual(1);
});

test.each(['/bin/true', '/no/such/program'])('a program that ends instead of answering (%s) is told', async (tool) => {
  await expect(measureNoise({ seconds: 0.1, tool })).rejects.toMatchObject({ facts: { code: 'noise-not-measured' } });
});

test('it ends when it is told to', async () => {
  await expect(measureNoise({ seconds: 60, signal: AbortSignal.abort() })).rejects.toThrow();
});
