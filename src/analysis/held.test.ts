import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HeldProcess, tellHeld } from './held.ts';

/** A process read in parts of a thousand crossings. */
function processOf(heldInParts: readonly number[], crossings = 1000): HeldProcess {
  const parts = heldInParts.map((heldBytes) => ({ crossings, heldBytes }));
  return {
    crossings: crossings * parts.length,
    heldBytes: parts.reduce((sum, part) => sum + part.heldBytes, 0),
    parts,
  };
}

test.each([
  ['a leak leaves the same in every part', [96_000, 96_000, 96_000, 96_000], 'grows'],
  ['an arena that grew once leaves nothing in the others', [0, 1_048_576, 0, 0], 'grew'],
  ['an arena that doubles leaves nothing in most parts', [4096, 8192, 0, 16_384], 'grew'],
  ['a cache that fills up levels off', [80_000, 8000, 800, 80], 'grew'],
  ['what gives back goes down', [-960, -960, -960, -960], 'falls'],
  ['what comes and goes is balanced', [48, -48, 0, 0], 'balanced'],
  ['nothing at all', [0, 0, 0, 0], 'balanced'],
  ['two parts tell nothing', [96, 96], undefined],
])('%s: %j', (_, parts, says) => {
  expect(tellHeld([processOf(parts)]).says).toBe(says);
});

test('a slope comes with its interval from six processes on, and is exact where all leave the same', () => {
  const leak = processOf([96_000, 96_000, 96_000]);
  expect(tellHeld(Array(5).fill(leak)).slope).toBeUndefined();
  const { slope, parts, grewIn } = tellHeld(Array(6).fill(leak));
  expect(slope).toMatchObject({ value: 96, low: 96, high: 96, processes: 6 });
  expect(slope!.confidence).toBeGreaterThan(0.95);
  expect([parts, grewIn]).toEqual([18, 18]);
});

test('processes that do not cross, and parts without a crossing, say nothing', () => {
  const idle = { crossings: 0, heldBytes: 0, parts: [] };
  const pausing = {
    ...processOf([96, 96, 96]),
    parts: [...processOf([96, 96, 96]).parts, { crossings: 0, heldBytes: 0 }],
  };
  expect(tellHeld([idle]).says).toBeUndefined();
  expect(tellHeld([idle, pausing])).toMatchObject({ says: 'grows', parts: 3 });
});

test('one process in ten that had a pause does not hide a leak, and a leak in one of ten is not called for all', () => {
  const leak = processOf([96, 96, 96, 96]);
  const once = processOf([0, 96, 0, 0]);
  expect(tellHeld([...Array(9).fill(leak), once]).says).toBe('grows');
  expect(tellHeld([...Array(9).fill(once), leak]).says).toBe('grew');
});

test('a leak with noise on it is told at any size and rate, an arena of any size never is', () => {
  const noise = fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true }), { minLength: 4, maxLength: 8 });
  fc.assert(
    fc.property(noise, fc.integer({ min: 1, max: 1e6 }), (factors, bytes) => {
      const leak = factors.map((factor) => bytes * factor);
      expect(tellHeld([processOf(leak)]).says).toBe('grows');
      const arena = factors.map((_, at) => (at === 1 ? bytes : 0));
      expect(tellHeld([processOf(arena)]).says).toBe('grew');
    }),
    { seed: 5 },
  );
});
