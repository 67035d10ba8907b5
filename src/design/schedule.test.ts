import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUILD, inventExperiment, PAYLOAD } from './invented-experiment.ts';
import { batchIterations, paceKey, scheduleLooks } from './schedule.ts';
import { listTreatments } from './treatments.ts';

test('all builds of a treatment run at one pace, other levels at their own', () => {
  const treatments = listTreatments(inventExperiment({ factors: [BUILD, PAYLOAD] }));
  expect(new Set(treatments.map(paceKey)).size).toBe(3 * 3);
  const [a, b] = treatments.filter((one) => one.path === 'go' && one.levels.payload === '64 B');
  expect(paceKey(a!)).toBe(paceKey(b!));
});

test('five looks within what half the budget pays for, none under twelve blocks', () => {
  const at = (budgetLeftS: number, maxBlocks?: number) =>
    scheduleLooks({
      pilot: { blockS: 0.5 },
      budgetLeftS,
      ...(maxBlocks !== undefined && { maxBlocks }),
    }).map((look) => look.blocks);
  expect(at(60)).toEqual([12, 24, 36, 48, 60]);
  expect(at(40)).toEqual([16, 24, 32, 40]);
  expect(at(3)).toEqual([12]);
  expect(at(60, 20)).toEqual([12, 16, 20]);
  expect(at(60, 5)).toEqual([5]);
  expect(at(1e9)).toEqual([400, 800, 1200, 1600, 2000]);
  expect(at(Number.POSITIVE_INFINITY, 60)).toEqual([12, 24, 36, 48, 60]);
});

test('where a change is taken out there is one look, at forty blocks or more, so that nothing stops when it looks well', () => {
  const at = (budgetLeftS: number, maxBlocks?: number) =>
    scheduleLooks({
      pilot: { blockS: 0.5 },
      budgetLeftS,
      proves: true,
      ...(maxBlocks !== undefined && { maxBlocks }),
    });
  expect(at(3)).toEqual([{ blocks: 40, nominal: expect.closeTo(0.05) }]);
  expect(at(60).map((look) => look.blocks)).toEqual([60]);
  expect(at(60, 12).map((look) => look.blocks)).toEqual([12]);
});

test('five looks from twelve to sixty blocks spend the levels of the method', () => {
  const looks = scheduleLooks({ pilot: { blockS: 1 }, budgetLeftS: 120 });
  expect(looks.map((look) => look.nominal.toFixed(6))).toEqual([
    '0.002000',
    '0.006645',
    '0.013407',
    '0.022616',
    '0.034513',
  ]);
});

test('a batch is whole input cycles of about a millisecond', () => {
  expect(batchIterations(1e-6, 1)).toBe(1000);
  expect(batchIterations(1e-6, 64)).toBe(1024);
  expect(batchIterations(0.5, 8)).toBe(8);
  expect(batchIterations(0, 8)).toBe(8);
  fc.assert(
    fc.property(
      fc.double({ min: 1e-10, max: 10, noNaN: true }),
      fc.integer({ min: 1, max: 5000 }),
      (seconds, cycle) => {
        const iterations = batchIterations(seconds, cycle);
        expect(iterations % cycle).toBe(0);
        expect(iterations).toBeGreaterThanOrEqual(cycle);
      },
    ),
    { seed: 2 },
  );
});
