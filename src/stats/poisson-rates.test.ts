import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { poissonRatesTest } from './poisson-rates.ts';

test('lung cancer in Fredericia against three other towns, as on the page of poisson.test in R (eba1977): p = .07967', () => {
  const p = poissonRatesTest({ events: 11, exposure: 800 }, { events: 6 + 8 + 7, exposure: 1083 + 1050 + 878 });
  expect(p).toBeCloseTo(0.07967, 5);
});

test('five events against none, over equal exposures, are as likely as five tosses of one side', () => {
  expect(poissonRatesTest({ events: 5, exposure: 3 }, { events: 0, exposure: 3 })).toBeCloseTo(2 / 2 ** 5, 12);
  expect(poissonRatesTest({ events: 0, exposure: 7 }, { events: 0, exposure: 1 })).toBe(1);
});

test('both orders say the same, and the sum over all outcomes agrees', () => {
  const counts = fc.record({ events: fc.integer({ min: 0, max: 40 }), exposure: fc.constantFrom(1, 2, 3.5, 10) });
  fc.assert(
    fc.property(counts, counts, (a, b) => {
      const p = poissonRatesTest(a, b);
      expect(poissonRatesTest(b, a)).toBeCloseTo(p, 9);
      expect(p).toBeCloseTo(summedUp(a.events, a.events + b.events, a.exposure / (a.exposure + b.exposure)), 9);
    }),
    { seed: 11 },
  );
});

/** By definition: every outcome no likelier than the one seen. */
function summedUp(seen: number, trials: number, share: number): number {
  const likelihoods = [(1 - share) ** trials];
  for (let k = 1; k <= trials; k += 1) {
    likelihoods.push((likelihoods[k - 1]! * (trials - k + 1) * share) / (k * (1 - share)));
  }
  const limit = likelihoods[seen]! * (1 + 1e-7);
  return Math.min(
    1,
    likelihoods.filter((one) => one <= limit).reduce((sum, one) => sum + one, 0),
  );
}

test('many events cost no more than few', () => {
  const equal = poissonRatesTest({ events: 4_000_000, exposure: 1e9 }, { events: 4_001_000, exposure: 1e9 });
  const apart = poissonRatesTest({ events: 4_000_000, exposure: 1e9 }, { events: 4_020_000, exposure: 1e9 });
  expect(equal).toBeGreaterThan(0.5);
  expect(apart).toBeLessThan(1e-10);
});

test.each([
  [{ events: 1.5, exposure: 1 }, '1.5 is no count of events.'],
  [{ events: -1, exposure: 1 }, '-1 is no count of events.'],
  [{ events: 1, exposure: 0 }, '0 is no exposure: it must be above zero.'],
  [{ events: 1, exposure: Number.NaN }, 'NaN is no exposure: it must be above zero.'],
])('what is no count or no exposure is refused: %o', (wrong, message) => {
  expect(() => poissonRatesTest(wrong, { events: 1, exposure: 1 })).toThrow(new RangeError(message));
});
