import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DRILL_FAULTS } from '../model/drill.ts';
import { type DrillGround, drawDrill, HELD_S, LEAST_SHARE, MOST_SHARE, sizeFault, USUAL_UNITS } from './drill.ts';

const ground = (operationS: number, perOperation = 3): DrillGround => ({
  operationS,
  sites: [
    { site: 'decode', perOperation },
    { site: 'encode', perOperation: 1 },
  ],
  unitS: USUAL_UNITS,
});
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('what is hidden costs between 3 and 15 % of an operation, by what its kind costs a unit', () => {
  const operations = fc.double({ min: 2e-6, max: 1e-3, noNaN: true });
  fc.assert(
    fc.property(seeds, operations, fc.double({ min: 0.2, max: 50, noNaN: true }), (seed, operationS, perOperation) => {
      const { sites, unitS } = ground(operationS, perOperation);
      const { factor, planted } = drawDrill(seed, { operationS, sites, unitS });
      expect(planted.share).toBeGreaterThanOrEqual(LEAST_SHARE);
      expect(planted.share).toBeLessThanOrEqual(MOST_SHARE);
      const size = factor.levels[1]!.value!;
      const crossings = sites.find(({ site }) => site === factor.site)!.perOperation;
      const eachS = planted.kind === 'contention' ? unitS.contention - HELD_S + size : size * unitS[planted.kind];
      const costS = (eachS * crossings) / (factor.every ?? 1);
      // Whole numbers of small things: at the worst half of one of them is rounded.
      expect(Math.abs(costS / planted.seconds - 1)).toBeLessThan(0.51);
    }),
    { numRuns: 300 },
  );
});

test('all five kinds and all sites come, and the same seed hides the same', () => {
  const drawn = Array.from({ length: 500 }, (_, seed) => drawDrill(seed, ground(5e-6)).planted);
  for (const { kind } of DRILL_FAULTS) expect(drawn.filter((one) => one.kind === kind).length).toBeGreaterThan(70);
  expect(drawn.filter(({ site }) => site === 'encode').length).toBeGreaterThan(200);
  expect(drawDrill(7, ground(5e-6))).toEqual(drawDrill(7, ground(5e-6)));
});

test.each([
  ['a delay of a microsecond at each of two crossings', 'delay', 2e-6, 2, { size: 1e-6 }],
  ['a wait that would be too long comes more rarely', 'contention', 0.3e-6, 1, { size: HELD_S, every: 100 }],
  ['a wait in a long operation is longer', 'contention', 200e-6, 2, { size: 90e-6 }],
  ['less than one block comes more rarely', 'allocs', 5e-9, 1, { size: 1, every: 4 }],
] as const)('%s', (_, kind, seconds, perOperation, wanted) => {
  const { size, every } = sizeFault(kind, seconds, perOperation, USUAL_UNITS);
  expect(size).toBeCloseTo(wanted.size, 12);
  expect(every).toBe('every' in wanted ? wanted.every : undefined);
});
