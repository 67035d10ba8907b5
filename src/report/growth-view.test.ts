import { expect, test } from 'vitest';
import { inventExperiment, inventStudy } from '../analysis/invented-study.ts';
import { buildResult, toJson } from '../analysis/result.ts';
import type { Factor } from '../model/experiment.ts';
import type { Arm } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { parseQuantity } from '../model/unit.ts';
import { viewGrowth } from './growth-view.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import { renderText } from './text.ts';

const factor = (name: string, ...levels: readonly string[]): Factor => ({
  name,
  family: 'parameter',
  levels: levels.map((text) => ({ text })),
});
const SIZES = ['1 KiB', '2 KiB', '4 KiB', '8 KiB', '16 KiB', '32 KiB', '64 KiB'];
const bytes = (arm: Arm): number => parseQuantity(arm.treatment.levels.payload!)!.value;

function resultOf(factors: readonly Factor[], seconds: (arm: Arm) => number): Result {
  const invented = inventStudy({ experiment: inventExperiment({ factors, baseline: {} }), seconds, runNoise: 0.01 });
  return buildResult({
    experiment: invented.experiment,
    plan: invented.plan,
    schedule: invented.schedule,
    outcomes: invented.run('judged', 12),
    boundary: [],
    environment: {},
    study: { id: 's', startedAt: '2026-01-01T00:00:00Z', durationS: 60, folder: '', complete: true },
  });
}

test('a study over sizes tells fixed cost, exponent, superlinearity and knee, in every form alike', () => {
  const result = resultOf([factor('payload', ...SIZES)], (arm) => 2e-6 + 1e-9 * bytes(arm) ** 1.2);
  const [block] = viewGrowth(result);
  expect(block?.title).toMatch(/^growth of time\.p50 with payload/);
  expect(block?.rows).toHaveLength(1);
  const [fixed, exponent, interval, superlinear, knee] = block!.rows[0]!.cells;
  expect(fixed).toMatch(/^[\d.]+ µs$/);
  expect(exponent).toMatch(/^1\.\d\d$/);
  expect(interval).toMatch(/^\[1\.\d\d, 1\.\d\d\]$/);
  expect([superlinear, knee]).toEqual(['yes', 'none inside the range']);
  const text = renderText(result, { columns: 100, color: false });
  expect(text).toContain('growth of time.p50 with payload');
  for (const form of [text, renderMarkdown(result), renderHtml(result)]) {
    for (const cell of [fixed!, exponent!, superlinear!, knee!]) expect(form).toContain(cell);
  }
  expect(JSON.parse(toJson(result)).curves[0]).toMatchObject({ factor: 'payload', blocks: 12 });
});

test('the page draws every level as a dot with its interval, and the fitted curve through them', () => {
  const result = resultOf([factor('payload', ...SIZES), factor('limit', 'off', 'low')], (arm) => 1e-9 * bytes(arm));
  const [block] = viewGrowth(result);
  expect(block!.panels.map(({ label }) => label)).toEqual(['limit=off', 'limit=low']);
  expect(new Set(block!.panels.map(({ domain }) => String(domain))).size).toBe(1);
  for (const { lines } of block!.panels) {
    for (const { dots, fitted } of lines) {
      expect(dots).toHaveLength(SIZES.length);
      for (const { value, low, high } of dots) expect(low <= value && value <= high).toBe(true);
      expect(fitted.at(-1)!.value / dots.at(-1)!.value).toBeCloseTo(1, 1);
    }
  }
  const page = renderHtml(result);
  const drawn = page.slice(page.indexOf('id="growth"'), page.indexOf('id="certainty"'));
  expect(drawn.match(/<circle /g)).toHaveLength(2 * SIZES.length);
});

test('steeper growth under a limit is a sentence with its interval', () => {
  const result = resultOf([factor('payload', ...SIZES), factor('limit', 'off', 'low')], (arm) =>
    arm.treatment.levels.limit === 'low' ? 1e-9 * bytes(arm) ** 1.2 : 1e-9 * bytes(arm),
  );
  const [block] = viewGrowth(result);
  expect(block!.rows.map(({ label }) => label)).toEqual(['limit=off', 'limit=low']);
  expect(block!.lines).toHaveLength(1);
  expect(block!.lines[0]).toMatch(
    /^It grows more steeply at limit=low than at off: each doubling of payload changes their ratio by 1[45]\.\d % \[1\d\.\d, 1\d\.\d\] \(95\.?\d? %\)\.$/,
  );
});

test('concurrency tells what waits in line, what keeping in step costs, and where it is fastest', () => {
  const law = (n: number) => n / (1 + 0.08 * (n - 1) + 0.004 * n * (n - 1));
  const result = resultOf([factor('workers', '1', '2', '4', '8', '16', '32')], (arm) => {
    return 1e-3 / law(Number(arm.treatment.levels.workers));
  });
  const [block] = viewGrowth(result);
  expect(block!.heads).toEqual(['in line', 'keeping in step', 'fastest at', '95 % interval']);
  expect(block!.rows[0]!.cells[2]).toMatch(/^1[456](\.\d)?$/);
  expect(renderText(result, { columns: 80, color: false })).toContain('Universal Scalability Law');
});

test('times that do not grow say so', () => {
  const [block] = viewGrowth(resultOf([factor('payload', ...SIZES)], () => 1e-6));
  expect(block!.rows[0]!.cells[3]).toBe('it does not grow, or too little to tell');
});

test('a study without numbers to grow with has no such section', () => {
  const result = resultOf([factor('mode', 'a', 'b')], () => 1e-6);
  expect(viewGrowth(result)).toEqual([]);
  expect(result).not.toHaveProperty('curves');
  expect(renderHtml(result)).not.toContain('id="growth"');
});

test('a knee is told with its interval, and how much steeper it goes on', () => {
  const result = resultOf(
    [factor('payload', ...SIZES)],
    (arm) => 1e-6 + 1e-9 * bytes(arm) + 4e-9 * Math.max(0, bytes(arm) - 10_000),
  );
  const [block] = viewGrowth(result);
  expect(block!.rows[0]!.cells[4]).toMatch(/^[\d.]+ \[[\d.]+, [\d.]+\] KiB$/);
  expect(block!.lines.join(' ')).toMatch(/[45]\.\d\d times as steep beyond/);
});
