import { describe, expect, test } from 'vitest';
import type { Drill, Planted } from '../model/drill.ts';
import type { Layer, LayerChange } from '../model/layer.ts';
import type { Witness } from '../model/witness.ts';
import { judgeDrill, rateDrills } from './drills.ts';

const change = (layer: string, site?: string, verdict: LayerChange['verdict'] = 'regression'): LayerChange => ({
  ...{ treatment: '', baseline: 'none', candidate: '1 µs', baselineS: 1e-6, candidateS: 2e-6 },
  ...{ delta: 1e-6, low: 0.9e-6, high: 1.1e-6, confidence: 0.95, blocks: 20, verdict },
  layer: layer as Layer,
  ...(site === undefined ? {} : { site }),
});
const planted = (kind: Planted['kind'], site = 'decode'): Planted => ({
  ...{ kind, site, size: '1', seconds: 1e-6, share: 0.05 },
});
const witness = (says: Witness['says'], seen: string, findings = 1): Witness => ({
  ...{ name: 'counts', treatment: '', baseline: 'none', candidate: '1 µs', says, seen },
  findings: Array.from({ length: findings }, () => ({
    ...({ what: 'calls', unit: 'calls' } as const),
    ...{ baseline: 1, candidate: 2 },
  })),
});

describe('a hidden fault is found', () => {
  test.each([
    ['delay', ['callee', 'decode'], true, true],
    ['delay', ['callee', 'encode'], true, false],
    ['delay', ['allocator', 'decode'], false, undefined],
    ['allocs', ['allocator', 'example.com/codec.decode'], true, true],
    ['contention', ['lock', 'decode'], true, true],
    ['go-copy', ['copy', 'C.GoBytes'], true, true],
    ['go-copy', ['copy', 'decode'], true, false],
    ['go-alloc', ['go'], true, undefined],
    ['go-alloc', ['collector'], true, undefined],
    ['go-alloc', ['callee', 'decode'], false, undefined],
  ] as const)('%s by %s: layer %s, site %s', (kind, [layer, site], rightLayer, rightSite) => {
    const layers = [
      change(layer),
      ...(site === undefined ? [] : [change(layer, site)]),
      change('go', undefined, 'equivalent'),
    ];
    const judged = judgeDrill({ layers }, planted(kind));
    expect(judged.layer).toBe(rightLayer);
    expect(judged.site).toBe(rightSite);
  });

  test('only by the first layer, and only when that is said to have become slower', () => {
    expect(judgeDrill({ layers: [change('go'), change('callee')] }, planted('delay')).layer).toBe(false);
    expect(judgeDrill({ layers: [change('callee', undefined, 'undecided')] }, planted('delay')).layer).toBe(false);
    expect(judgeDrill({ layers: [change('callee', undefined, 'improvement')] }, planted('delay')).layer).toBe(false);
    expect(judgeDrill({}, planted('delay')).layer).toBe(false);
  });
});

test('where nothing is hidden nothing is to be named, and no witness is to agree', () => {
  expect(judgeDrill({ layers: [change('go', undefined, 'undecided')] }, undefined)).toEqual({
    layer: true,
    witnesses: true,
  });
  expect(judgeDrill({ layers: [change('go')] }, undefined).layer).toBe(false);
  expect(judgeDrill({ layers: [change('go', undefined, 'improvement')] }, undefined).layer).toBe(false);
  expect(judgeDrill({ witnesses: [witness('agrees', '3 → 4 calls')] }, undefined).witnesses).toBe(false);
});

test('a witness that agrees has to cite its count', () => {
  const judge = (one: Witness) => judgeDrill({ witnesses: [one] }, planted('delay')).witnesses;
  expect(judge(witness('agrees', '3 → 4 calls an operation'))).toBe(true);
  expect(judge(witness('agrees', 'more calls an operation'))).toBe(false);
  expect(judge(witness('agrees', '3 → 4 calls an operation', 0))).toBe(false);
  expect(judge(witness('blind', 'no tool', 0))).toBe(true);
});

test('rates are of those that could be right, with their intervals', () => {
  const drill = (judged: Drill['judged'], fault?: Planted): Drill => ({
    ...{
      seed: 1,
      budgetS: 20,
      startedAt: '',
      verdict: 'regression',
      ratio: 1.05,
      named: [],
      witnesses: [],
      seconds: 1,
    },
    judged,
    ...(fault && { planted: fault }),
  });
  const rates = rateDrills([
    drill({ layer: true, site: true, witnesses: true }, planted('delay')),
    drill({ layer: true, site: false, witnesses: false }, planted('delay')),
    drill({ layer: true, witnesses: true }, planted('go-alloc')),
    drill({ layer: false, witnesses: true }, planted('allocs')),
    drill({ layer: true, witnesses: true }),
  ]);
  expect(rates.layer).toMatchObject({ count: 3, of: 4 });
  expect(rates.site).toMatchObject({ count: 1, of: 2 });
  expect(rates.silent).toMatchObject({ count: 1, of: 1 });
  expect(rates.witnesses).toMatchObject({ count: 4, of: 5 });
  // Clopper and Pearson's interval of 3 in 4.
  expect(rates.layer.low).toBeCloseTo(0.1941, 4);
  expect(rates.layer.high).toBeCloseTo(0.9937, 4);
});
