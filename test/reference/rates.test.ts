import { expect, test } from 'vitest';
import { NOISE_MODELS } from '../../src/stats/noise.ts';
import { coverage, looksFor, modelled, runTrials } from './rates.ts';

/** In small; `npm run simulate` has the full table. Bounds are those of docs/method.md, loosened by three standard errors. */
const REPLICATES = 400;
const slack = (rate: number) => 3 * Math.sqrt((rate * (1 - rate)) / REPLICATES);
const looks = looksFor(60);
const trial = { looks, replicates: REPLICATES, seed: 5 };

test.each(['N1', 'N2', 'N3', 'N4'] as const)('95 % intervals hold the truth as often as they say, %s', (model) => {
  for (const blocks of [8, 12, 20, 40]) {
    const held = coverage(modelled(model), blocks, REPLICATES, 5);
    expect(held).toBeGreaterThan(0.935 - slack(0.935));
    expect(held).toBeLessThan(0.97 + slack(0.97));
  }
});

test.each(NOISE_MODELS)('five looks call a difference where there is none in about 5 of 100 studies, %s', (model) => {
  const rates = runTrials({ ...trial, source: modelled(model), effect: 0, margin: 1e-9, twoStages: false });
  expect(rates.share('regression') + rates.share('improvement')).toBeLessThan(0.06 + slack(0.06));
});

test.each(NOISE_MODELS)(
  'nothing changed is never announced as a regression, and 3 %% nearly always is, %s',
  (model) => {
    const two = { ...trial, source: modelled(model), margin: 0.02, twoStages: true };
    expect(runTrials({ ...two, effect: 0 }).share('regression')).toBeLessThanOrEqual(0.005);
    expect(runTrials({ ...two, effect: Math.log(1.03) }).share('regression')).toBeGreaterThan(0.94 - slack(0.94));
  },
);

test('looking at the same data without spending would call far more', () => {
  const naive = looks.map(({ blocks }) => ({ blocks, nominal: 0.05 }));
  const rates = runTrials({
    ...trial,
    looks: naive,
    source: modelled('N1'),
    effect: 0,
    margin: 1e-9,
    twoStages: false,
  });
  expect(rates.share('regression') + rates.share('improvement')).toBeGreaterThan(0.1);
});

test('well-behaved noise tells the three verdicts apart', () => {
  const at = (effect: number) =>
    runTrials({ ...trial, source: modelled('N1'), effect, margin: 0.02, twoStages: false });
  expect(at(0).share('equivalent')).toBeGreaterThan(0.98 - slack(0.98));
  expect(at(Math.log(1.02)).share('equivalent')).toBeLessThan(0.025 + slack(0.025));
  expect(at(Math.log(1.03)).share('regression')).toBeGreaterThan(0.99 - slack(0.99));
});
