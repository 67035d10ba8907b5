import { expect, test } from 'vitest';
import { makePathStudy } from '../../test/browser/fixtures/seeded-result.ts';
import type { Result } from '../model/result.ts';
import { priceOfCall } from './price.ts';

const study = makePathStudy();

function withSites(
  change: (site: Result['sites'][number] | Result['boundary'][number]['sites'][number]) => object,
): Result {
  return {
    ...study,
    boundary: study.boundary.map((map) => ({ ...map, sites: map.sites.map((site) => ({ ...site, ...change(site) })) })),
  };
}

test('the price of a call is entry and return of the cheapest one, and they add up as printed', () => {
  // fc_release: C.free is cheaper still, but the C library's and no call into Rust.
  expect(priceOfCall(withSites((site) => (site.site === 'C.free' ? { entry: { mean: 1e-9 } } : {})))).toEqual({
    total: '50 ns',
    entry: '29',
    return: '21',
    overProcesses: '',
  });
  expect(priceOfCall(withSites(() => ({ entry: { mean: 18.59e-9 }, return: { mean: 14.58e-9 } })))).toEqual({
    total: '34 ns',
    entry: '19',
    return: '15',
    overProcesses: '',
  });
});

test('no price is told of counts alone, of few calls, or where Go calls no Rust', () => {
  expect(
    priceOfCall({ ...study, boundary: study.boundary.map((map) => ({ ...map, countsOnly: true })) }),
  ).toBeUndefined();
  expect(priceOfCall(withSites(() => ({ crossings: 999 })))).toBeUndefined();
  expect(priceOfCall({ ...study, boundary: [] })).toBeUndefined();
});

test('where enough processes crossed, the price is their middle with its interval', () => {
  const transition = { value: 34.81e-9, low: 34.1e-9, high: 36.04e-9, confidence: 0.978, processes: 10 };
  expect(priceOfCall(withSites(() => ({ transition })))?.overProcesses).toBe('34.8 ns [34.1, 36.0]');
});
