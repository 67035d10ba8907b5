import { expect, test } from 'vitest';
import { HOSTILE, makeBuildStudy } from '../../test/browser/fixtures/seeded-result.ts';
import type { LayerChange } from '../model/layer.ts';
import type { Result } from '../model/result.ts';
import { renderHtml } from './html.ts';
import { viewLayers } from './layer-view.ts';
import { renderMarkdown } from './markdown.ts';
import { renderText } from './text.ts';

function change(
  layer: LayerChange['layer'],
  from: number,
  delta: number,
  more: Partial<LayerChange> = {},
): LayerChange {
  const moved = Math.abs(delta) > 2;
  return {
    ...{ treatment: 'payload=64 B', baseline: 'v1.4.0', candidate: 'HEAD', layer, blocks: 20, confidence: 0.95 },
    ...{ baselineS: from * 1e-9, candidateS: (from + delta) * 1e-9, delta: delta * 1e-9 },
    ...{ low: (delta - 1.5) * 1e-9, high: (delta + 1.5) * 1e-9 },
    verdict: moved ? (delta > 0 ? 'regression' : 'improvement') : 'equivalent',
    ...more,
  };
}

const LAYERS = [
  change('allocator', 40, 14),
  change('allocator', 40, 13.9, { site: 'decode' }),
  change('go', 60, 1),
  change('entry', 30, 0.2),
  change('collector', 0.001, 0),
];

const withLayers = (layers: readonly LayerChange[], more: Partial<Result> = {}): Result => ({
  ...makeBuildStudy(),
  ...more,
  layers,
});

test('the sentence says how much of the whole is where', () => {
  const [view] = viewLayers(withLayers(LAYERS));
  expect(view?.sentence).toBe('Of +15.2 ns an operation, +14 ns are in the foreign allocator of decode.');
  expect(view?.title).toBe('HEAD beside v1.4.0, payload=64 B');
});

test('a layer that moved against the others, and none that moved, are said in other words', () => {
  const against = [change('callee', 100, 9), change('go', 60, -8), change('entry', 30, 0)];
  expect(viewLayers(withLayers(against))[0]?.sentence).toBe(
    "+9 ns an operation are in foreign code; −8 ns in Go's own code.",
  );
  expect(viewLayers(withLayers([change('go', 60, 1)]))[0]?.sentence).toBe('No layer moved by more than chance does.');
});

test('text, Markdown and page have the same rows: the whole, layers with their sites, exact counts last', () => {
  const siteChanges = [
    {
      ...{
        site: 'decode',
        quantity: 'callee.allocs',
        treatment: 'payload=64 B',
        factor: 'build',
        steady: true,
        runs: 8,
      },
      ...{ baseline: 'v1.4.0', candidate: 'HEAD', baselineArm: 'a', candidateArm: 'b' },
      ...{ baselineValue: 2, candidateValue: 16 },
    },
  ];
  const result = withLayers(LAYERS, { siteChanges });
  const rows = viewLayers(result)[0]!.rows;
  expect(rows.map(({ kind, label, delta }) => [kind, label, delta])).toEqual([
    ['whole', 'whole', '+15.2'],
    ['layer', 'foreign allocator', '+14.0'],
    ['site', 'decode', '+13.9'],
    ['layer', 'Go', '+1.00'],
    ['layer', 'entry', '+0.20'],
    ['count', 'allocations of decode', '+14'],
  ]);
  const text = renderText(result, { columns: 100, color: false });
  const markdown = renderMarkdown(result);
  const page = renderHtml(result);
  for (const { label, delta, interval } of rows) {
    for (const form of [text, page]) expect(form).toContain(label);
    expect(markdown.replaceAll('\\', '')).toContain(`${label} |`);
    expect(text).toMatch(new RegExp(`${label}.*\\${delta}\\s+${interval.replaceAll(/[[\].]/g, '\\$&')}`));
  }
});

test('names of sites are data, never markup', () => {
  const page = renderHtml(withLayers([change('callee', 100, 9), change('callee', 90, 9, { site: HOSTILE })]));
  expect(page).not.toMatch(/<img|<b>x/i);
});
