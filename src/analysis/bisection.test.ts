import { expect, test } from 'vitest';
import type { Line, Sought } from '../model/bisection.ts';
import { advance, beginStanding, decideNext, type Standing } from './bisection.ts';
import { priceSearch } from './bisection-price.ts';

const version = (name: string, weight = 1) => ({ level: name, name, weight });
const line = (count: number, weights: readonly number[] = []): Line => ({
  kind: 'commits',
  what: 'commits',
  good: version('good'),
  versions: Array.from({ length: count }, (_, at) => version(`c${at}`, weights[at])),
});
const sought: Sought = {
  treatment: '',
  levels: {},
  metric: 'time.p50',
  effect: { centre: 0.03, low: 0.025, high: 0.035, confidence: 0.9 },
  scale: 0.02,
  blockS: 0.2,
};
const fail = (standing: Standing, times: number) =>
  Array.from({ length: times }).reduce<Standing>(
    (now) => advance(now, { kind: 'probe', version: 3, failure: 'it died', seconds: 1 }),
    standing,
  );

test('a version that was built is asked again while that still tells something', () => {
  const began = beginStanding(line(64), sought);
  const first = decideNext(began, 0.95, 0.2, 20);
  expect(first).toEqual({ kind: 'probe', version: 31 });
  const built = advance(began, { kind: 'built', version: 31, seconds: 20 });
  const once = advance(built, { kind: 'probe', version: 31, logRatio: 0.03, seconds: 0.2 });
  expect(decideNext(once, 0.95, 0.2, 20)).toEqual({ kind: 'probe', version: 31 });
});

test('three failures without a good block make a version one that can not be measured', () => {
  const began = beginStanding(line(8), sought);
  expect(fail(began, 2).unusable.size).toBe(0);
  expect(fail(began, 3).unusable.get(3)).toBe('it died');
  const next = decideNext(fail(began, 3), 0.95, 0.2, 20);
  expect(next).toMatchObject({ kind: 'probe' });
  expect(next).not.toMatchObject({ version: 3 });
});

test('a search of one version is over before it begins', () => {
  expect(decideNext(beginStanding(line(1), sought), 0.99, 0.2, 20)).toMatchObject({
    kind: 'found',
    suspects: { first: 0, last: 0 },
  });
});

test('when nothing that can be built tells more, what is left is the answer', () => {
  const began = beginStanding(line(2), sought);
  const stuck = advance(began, { kind: 'unusable', version: 0, why: 'no', seconds: 1 });
  expect(decideNext(stuck, 0.95, 0.2, 20)).toMatchObject({ kind: 'found', suspects: { first: 0, last: 1 } });
});

test('the price of a search grows with its versions and with their noise', () => {
  const ask = { stopAt: 0.95, buildS: 10, seed: 1 };
  const small = priceSearch(line(8), sought, ask);
  const large = priceSearch(line(64), sought, ask);
  const noisy = priceSearch(line(64), { ...sought, scale: 0.06 }, ask);
  expect(small.builds).toBeLessThan(large.builds);
  expect(large.blocks).toBeLessThan(noisy.blocks);
  expect(large.mostSeconds).toBeGreaterThanOrEqual(large.seconds);
  expect(large.builds).toBeLessThan(12);
  expect(priceSearch(line(64), sought, ask)).toEqual(large);
});

test('weights that leave one version make its price nothing', () => {
  expect(priceSearch(line(3, [0, 1, 0]), sought, { stopAt: 0.95, buildS: 10, seed: 1 })).toMatchObject({ builds: 0 });
});
