import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../stats/random.ts';
import { attribute, type LayerBlock } from './attribution.ts';

const BASE = { 'go self': 60e-6, entry: 5e-6, 'rust self': 30e-6, return: 4e-6 };

/** `slower`: seconds added to layers of the candidate; `hole`: seconds of both arms that no layer holds. */
function invent(blocks: number, slower: Partial<typeof BASE>, hole = 1e-6): LayerBlock[] {
  const random = createRandom(8, blocks, JSON.stringify(slower), hole);
  const arm = (added: Partial<typeof BASE>) => {
    const layersS = Object.fromEntries(
      Object.entries(BASE).map(([name, seconds]) => {
        const extra = added[name as keyof typeof BASE] ?? 0;
        return [name, (seconds + extra) * Math.exp(0.01 * random.normal())];
      }),
    );
    return { layersS, totalS: Object.values(layersS).reduce((sum, seconds) => sum + seconds, hole) };
  };
  return Array.from({ length: blocks }, () => ({ baseline: arm({}), candidate: arm(slower) }));
}

test('the layer that became slower is named, and no other', () => {
  const { layers, warnings, confidence } = attribute(invent(20, { entry: 3e-6 }), 1);
  expect(layers.filter(({ changed }) => changed).map(({ layer }) => layer)).toEqual(['entry']);
  expect(layers[0]?.layer).toBe('entry');
  expect(layers[0]?.lowS).toBeGreaterThan(2.5e-6);
  expect(layers[0]?.highS).toBeLessThan(3.5e-6);
  expect(layers.at(-1)?.layer).toBe('unaccounted');
  expect({ warnings, confidence }).toEqual({ warnings: [], confidence: 0.95 });
});

test('the differences of all layers sum to the difference of the whole', () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 24 }), fc.double({ min: 1e-7, max: 1e-4, noNaN: true }), (blocks, added) => {
      const { totalS, layers } = attribute(invent(blocks, { 'rust self': added }), 1);
      const summed = layers.reduce((sum, { centreS }) => sum + centreS, 0);
      expect(Math.abs(summed - totalS)).toBeLessThan(1e-9 * 1e-4);
    }),
    { seed: 6, numRuns: 50 },
  );
});

test.each([
  ['a hole', 6e-6],
  ['an overlap', -6e-6],
])('%s of more than 5 %% names no layer', (_, hole) => {
  const { layers, warnings, unaccounted } = attribute(invent(20, { entry: 3e-6 }, hole), 1);
  expect(layers).toEqual([]);
  expect(unaccounted).toBeGreaterThan(0.05);
  expect(warnings[0]).toMatchObject({ code: 'unaccounted' });
  expect(warnings[0]?.message).toMatch(/^[56]\.\d % of the time is in no layer, more than 5 %: no layer is named$/);
});

test('five blocks name no layer', () => {
  expect(attribute(invent(5, { entry: 3e-6 }), 1)).toMatchObject({ layers: [], warnings: [{ code: 'few-blocks' }] });
});

test.each([
  ['other layers', { totalS: 1, layersS: { entry: 1 } }, 'layers differ between blocks'],
  ['a negative layer', { totalS: 1, layersS: { ...BASE, entry: -1 } }, 'a layer takes a finite time'],
  ['no time at all', { totalS: 0, layersS: BASE }, 'the whole must take longer'],
])('%s in one block are refused', (_, arm, message) => {
  expect(() => attribute([...invent(8, {}), { baseline: arm, candidate: arm }], 1)).toThrow(message);
});
