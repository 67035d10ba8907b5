/** Every kind of picture is saved as it is drawn: a change of one is seen, and reviewed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HOSTILE, makeBuildStudy, makeHostileStudy, makePathStudy } from '../../test/browser/fixtures/seeded-result.ts';
import { addRuntimes } from '../../test/browser/fixtures/seeded-runtimes.ts';
import type { Result } from '../model/result.ts';
import { drawPicture, listPictures, PICTURE_NAMES, readPicture } from './gallery.ts';

const read = (name: string): Result => JSON.parse(readFileSync(join(import.meta.dirname, 'testdata', name), 'utf8'));

function withShift(result: Result): Result {
  const shift = [0.1, 0.5, 0.9, 0.99].map((quantile) => {
    const ratio = 1 + 0.1 * quantile;
    return { quantile, ratio, low: ratio - 0.02 - 0.02 * quantile, high: ratio + 0.02 + 0.02 * quantile };
  });
  return { ...result, comparisons: result.comparisons.map((each) => ({ ...each, shift })) };
}

const SAVED: Readonly<Record<string, () => Result>> = {
  forest: makeBuildStudy,
  blocks: makeBuildStudy,
  self: makePathStudy,
  shift: () => withShift(makeBuildStudy()),
  paths: makePathStudy,
  map: makePathStudy,
  effects: () => read('factors.json'),
  'half-normal': () => read('factors.json'),
  layers: () => ({
    ...makeBuildStudy(),
    layers: (['callee', 'go', 'entry'] as const).map((layer, at) => ({
      ...{ treatment: '', baseline: 'v1.4.0', candidate: 'HEAD', layer, blocks: 20, confidence: 0.95 },
      ...{ baselineS: 1e-6, candidateS: 1.05e-6 - at * 25e-9, delta: (50 - 25 * at) * 1e-9 },
      ...{ low: (30 - 25 * at) * 1e-9, high: (70 - 25 * at) * 1e-9, verdict: at === 0 ? 'regression' : 'undecided' },
    })),
  }),
  runtimes: () => addRuntimes(makePathStudy()),
};

describe.each(Object.keys(SAVED))('the picture %s', (name) => {
  test('is drawn as it is saved', async () => {
    const svg = drawPicture(SAVED[name]!(), name, 0, 720);
    await expect(svg).toMatchFileSnapshot(join('testdata', 'pictures', `${name}.svg`));
  });

  test('has its numbers, a row each', () => {
    const rows = readPicture(SAVED[name]!(), name, 0)!;
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => Object.keys(row).join())).size).toBe(1);
  });
});

test('a kind whose data a study lacks has no pictures, and is listed without any', () => {
  const study = makeBuildStudy();
  expect(PICTURE_NAMES).toContain('half-normal');
  expect(drawPicture(study, 'half-normal', 0, 720)).toBeUndefined();
  expect(listPictures(study).find(({ name }) => name === 'half-normal')?.titles).toEqual([]);
});

test('names of a study are never markup in a picture', () => {
  const study = addRuntimes(makeHostileStudy(), [HOSTILE]);
  for (const { name, titles } of listPictures(study)) {
    for (const at of titles.keys()) expect(drawPicture(study, name, at, 720)).not.toMatch(/<(script|img|b|iframe)\b/i);
  }
});
