import { describe, expect, it } from 'vitest';
import { hodgesLehmann } from './hodges-lehmann.ts';
import { detectableFromInterval, detectableLogRatio } from './power.ts';
import { createRandom } from './random.ts';

describe('the smallest change that can be seen', () => {
  it('is told alike from the spread and from the interval, when the noise is gaussian', () => {
    const random = createRandom(7, 'power');
    const shares = Array.from({ length: 40 }, () => {
      const x = Array.from({ length: 60 }, () => 0.02 * random.normal());
      const { low, high } = hodgesLehmann(x, 0.05);
      return detectableFromInterval(low, high, 0.05) / detectableLogRatio({ sd: 0.02, blocks: 60, nominal: 0.05 });
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.93);
    expect(mean).toBeLessThan(1.07);
  });

  it('is never smaller than the half-width of the interval it is told from', () => {
    expect(detectableFromInterval(-0.26, 1.0, 0.05)).toBeGreaterThan(0.63);
  });

  it('is infinite where the interval is', () => {
    expect(detectableFromInterval(-Infinity, Infinity, 0.002)).toBe(Infinity);
  });
});
