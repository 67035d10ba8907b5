import { expect, test } from 'vitest';
import { drawNoise, NOISE_MODELS } from './noise.ts';
import { median } from './quantile.ts';
import { createRandom } from './random.ts';
import { lagOne } from './robust.ts';

test.each(NOISE_MODELS)('%s has its middle at zero and repeats from its seed', (model) => {
  const draw = (blocks: number) => drawNoise(model, createRandom(1, model), blocks);
  expect(draw(20)).toEqual(draw(20));
  expect(Math.abs(median(draw(20_000)))).toBeLessThan(0.001);
});

test('drift over the runs mostly leaves the ratios of a randomised block', () => {
  expect(Math.abs(lagOne(drawNoise('N5', createRandom(2), 5000)))).toBeLessThan(0.1);
});
