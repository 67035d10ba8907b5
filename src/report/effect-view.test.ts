import { expect, test } from 'vitest';
import { inventExperiment, inventStudy } from '../analysis/invented-study.ts';
import { buildResult } from '../analysis/result.ts';
import type { Effect, Result } from '../model/result.ts';
import { viewEffects } from './effect-view.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import { renderText } from './text.ts';

const effect = (terms: string[], ratio: number, more: Partial<Effect> = {}): Effect => ({
  terms,
  ratio,
  low: ratio * 0.99,
  high: ratio * 1.01,
  confidence: 0.9,
  blocks: 20,
  aliases: [],
  size: 'matters',
  confirmed: 'fresh',
  asked: true,
  score: 1,
  ...more,
});
const invent = (effects: readonly Effect[], more: Partial<Result> = {}): Result =>
  ({
    primary: 'time.p50',
    margin: 0.02,
    effects,
    designFacts: {
      kind: 'full-factorial',
      cells: 4,
      factors: [
        { name: 'payload', levels: ['4 KiB', '64 KiB'] },
        { name: 'path', levels: ['go', 'go->rust'] },
      ],
      terms: [],
      price: 'All 4 combinations a block.',
    },
    ...more,
  }) as Result;

test('each effect is written in the unit that shows it, with its levels', () => {
  const view = viewEffects(
    invent([
      effect(['payload'], 16.1),
      effect(['path'], 0.95),
      effect(['payload', 'path'], 1.001, { size: 'negligible', confirmed: 'none' }),
    ]),
  );
  expect(
    view?.rows.map(({ label, change, interval, judgement }) => [
      label,
      change,
      interval,
      judgement.mark,
      judgement.word,
    ]),
  ).toEqual([
    ['payload: 4 KiB → 64 KiB', '×16.1', '[15.9, 16.3]', '▲', 'matters'],
    ['path: go → go→rust', '−5.0 %', '[−5.9, −4.1]', '▼', 'matters'],
    ['payload × path', '+0.1 %', '[−0.9, 1.1]', '=', 'negligible'],
  ]);
  expect(view?.ground).toBe('margin ±2 %, 20 blocks, 90 % intervals');
  expect(view?.notes).toEqual([
    'payload × path: how much more payload changes at the second level of path than on average, and as much less at the first.',
    'All 4 combinations a block.',
  ]);
});

test('what was seen once says so, and what is mixed in is named', () => {
  const view = viewEffects(invent([effect(['payload'], 1.1, { confirmed: 'none', asked: false, aliases: ['b × c'] })]));
  expect(view?.rows[0]).toMatchObject({ repeated: 'seen once', aliases: 'b × c' });
});

test('the middle is told in a sentence', () => {
  const curvature = {
    ratio: 1.1,
    low: 1.08,
    high: 1.12,
    confidence: 0.9,
    blocks: 20,
    at: 'payload=16 KiB',
    size: 'matters',
  } as const;
  expect(viewEffects(invent([effect(['payload'], 1.1)], { curvature }))?.middle).toBe(
    'At the middle (payload=16 KiB) it is +10.0 % [8.0, 12.0] beside what the ends predict: it bends between the levels, and effects say little of what lies in between.',
  );
});

test('a result without a design has no effects', () => {
  const { designFacts: _, ...plain } = invent([]);
  expect(viewEffects(plain as Result)).toBeUndefined();
});

test('text, Markdown and the page show the same effects, and say what was found without a comparison', () => {
  const two = (name: string) => ({ name, family: 'parameter' as const, levels: [{ text: 'low' }, { text: 'high' }] });
  const study = inventStudy({
    experiment: inventExperiment({
      factors: ['a', 'b', 'c', 'd'].map(two),
      baseline: {},
      design: { kind: 'fractional' },
    }),
    seconds: ({ treatment }) => (treatment.levels.b === 'high' ? 1.2e-6 : 1e-6),
    runNoise: 0.005,
  });
  const result = buildResult({
    ...study,
    outcomes: [...study.run('judged', 12), ...study.run('fresh', 20)],
    boundary: [],
    environment: {},
    study: { id: 'x', startedAt: '2026-01-01T00:00:00Z', durationS: 100, folder: '', complete: true },
  });
  const { rows } = viewEffects(result)!;
  expect(rows.map(({ judgement }) => judgement.word)).toEqual(['matters', ...Array(6).fill('negligible')]);
  const forms = [renderText(result, { columns: 100, color: false }), renderMarkdown(result), renderHtml(result)];
  for (const form of forms) {
    for (const row of rows) expect(form).toContain(row.change);
    expect(form).toContain('a × b');
    expect(form).toMatch(/b: low → high/);
    expect(form).toContain('matters most');
    expect(form).not.toContain('no builds were compared');
  }
  expect(forms[0]).toContain('mixed with');
});

test('steps of a screening are told by size, mean and spread in every form', () => {
  const levels = (name: string, texts: readonly string[]) => ({
    name,
    family: 'parameter' as const,
    levels: texts.map((text) => ({ text })),
  });
  const study = inventStudy({
    experiment: inventExperiment({
      factors: [levels('a', ['1', '2', '3']), levels('b', ['low', 'high']), levels('c', ['low', 'high'])],
      baseline: {},
      design: { kind: 'morris', trajectories: 6 },
    }),
    seconds: ({ treatment }) =>
      (treatment.levels.b === 'high' ? 0.8 : 1) * (treatment.levels.a === '3' ? 1.3e-6 : 1e-6),
    runNoise: 0.003,
  });
  const result = buildResult({
    ...study,
    outcomes: [...study.run('judged', 12), ...study.run('fresh', 20)],
    boundary: [],
    environment: {},
    study: { id: 'x', startedAt: '2026-01-01T00:00:00Z', durationS: 100, folder: '', complete: true },
  });
  const { rows, notes } = viewEffects(result)!;
  const told = new Map(rows.map((row) => [row.of.terms[0], row]));
  expect(told.get('a')).toMatchObject({
    judgement: { word: 'matters', mark: '▲' },
    steps: { says: 'bends, or acts with others' },
  });
  expect(told.get('b')).toMatchObject({ judgement: { mark: '▼' }, steps: { says: 'alike everywhere' } });
  expect(told.get('b')!.change).toMatch(/^±2[45]\.\d %$/);
  expect(told.get('b')!.steps!.mean).toMatch(/^−(19|20)\.\d %$/);
  expect(told.get('c')).toMatchObject({ judgement: { word: 'negligible' } });
  expect(notes.join()).toContain('a: levels without an order');
  for (const form of [renderText(result, { columns: 110, color: false }), renderMarkdown(result), renderHtml(result)]) {
    expect(form).toMatch(/size μ\\?\*/);
    expect(form).toContain('alike everywhere');
    for (const row of rows) expect(form).toContain(row.change);
  }
});
