import { expect, test } from 'vitest';
import { binomialCdf, clopperPearson, signTest } from './binomial.ts';

/** R's binom.test(c(682, 243), p = 3/4): Mendel's peas (Conover 1971), and ends where nothing or all succeeded. */
test.each([
  [682, 925, 0.95, 0.7076683, 0.7654066],
  [0, 10, 0.95, 0, 0.3084971],
  [10, 10, 0.95, 0.6915029, 1],
  [7, 20, 0.9, 0.1773109, 0.5580345],
])('%d of %d at %d is a share from %d to %d', (successes, trials, confidence, low, high) => {
  const interval = clopperPearson(successes, trials, confidence);
  expect(interval.low).toBeCloseTo(low, 6);
  expect(interval.high).toBeCloseTo(high, 6);
});

test('each end leaves exactly its tail to chance', () => {
  const { low, high } = clopperPearson(13, 40, 0.95);
  expect(1 - binomialCdf(12, 40, low)).toBeCloseTo(0.025, 12);
  expect(binomialCdf(13, 40, high)).toBeCloseTo(0.025, 12);
});

test('binomial shares add up from their masses', () => {
  const [n, share] = [12, 0.3];
  let mass = (1 - share) ** n;
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    sum += mass;
    expect(binomialCdf(k, n, share)).toBeCloseTo(sum, 13);
    mass *= ((n - k) / (k + 1)) * (share / (1 - share));
  }
  expect(binomialCdf(-1, n, share)).toBe(0);
});

test('nine signs of ten have a p-value of 22 in 1024', () => {
  expect(signTest([1, 2, 3, 4, 5, 6, 7, 8, 9, -1, 0])).toBeCloseTo(22 / 1024, 14);
  expect(signTest([1, -1])).toBe(1);
  expect(signTest([0, 0])).toBe(1);
});

test('what is no share of trials is refused', () => {
  expect(() => clopperPearson(3, 2)).toThrow('3 of 2');
  expect(() => clopperPearson(0.5, 2)).toThrow('0.5 of 2');
  expect(() => clopperPearson(1, 2, 1)).toThrow('confidence is 1');
});
