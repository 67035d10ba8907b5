import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benjaminiHochberg, holm, holmLevels } from './multiplicity.ts';
import { normalCdf } from './normal.ts';
import { createRandom } from './random.ts';

/** The 15 p-values of Benjamini & Hochberg 1995. */
const PUBLISHED = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
];

test('the false discovery rate of the published example', () => {
  const expected = [
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571, 0.0638571, 0.0645, 0.0765, 0.486, 0.5811818, 0.714875,
    0.7532308, 0.8132143, 1,
  ];
  benjaminiHochberg(PUBLISHED).forEach((p, i) => {
    expect(p).toBeCloseTo(expected[i]!, 6);
  });
});

test("Holm's adjustment of the published example", () => {
  const expected = [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1];
  holm(PUBLISHED).forEach((p, i) => {
    expect(p).toBeCloseTo(expected[i]!, 6);
  });
});

test('the levels of intervals call exactly what Holm calls', () => {
  const pValues = fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { maxLength: 12 });
  fc.assert(
    fc.property(pValues, (values) => {
      const levels = holmLevels(values, 0.05);
      const adjusted = holm(values);
      values.forEach((p, i) => {
        if (Math.abs(adjusted[i]! - 0.05) > 1e-12) expect(p <= levels[i]!).toBe(adjusted[i]! <= 0.05);
      });
    }),
    { seed: 5 },
  );
});

test('with 200 metrics, Holm keeps any false alarm, and the discovery rate its share, at five percent', () => {
  let anyFalse = 0;
  let falseShare = 0;
  const replicates = 1000;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const random = createRandom(11, replicate);
    const shared = random.normal();
    // Half the variance shared by all metrics; ten of them are really there.
    const pOf = (shift: number) =>
      2 * normalCdf(-Math.abs(Math.SQRT1_2 * shared + Math.SQRT1_2 * random.normal() + shift));
    const nulls = Array.from({ length: 200 }, () => pOf(0));
    if (holm(nulls).some((p) => p <= 0.05)) anyFalse++;
    const mixed = benjaminiHochberg([...Array.from({ length: 10 }, () => pOf(3.35)), ...nulls.slice(10)]);
    const called = mixed.filter((p) => p <= 0.05).length;
    const wrong = mixed.slice(10).filter((p) => p <= 0.05).length;
    falseShare += called > 0 ? wrong / called : 0;
  }
  expect(anyFalse / replicates).toBeLessThanOrEqual(0.06);
  expect(falseShare / replicates).toBeLessThanOrEqual(0.06);
});
