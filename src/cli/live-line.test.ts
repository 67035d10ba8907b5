import { expect, test } from 'vitest';
import type { Contrast } from '../model/plan.ts';
import type { StudyEvent } from '../study/progress.ts';
import { LiveLine } from './live-line.ts';

const contrast: Contrast = {
  id: 'x',
  kind: 'contrast',
  treatment: 'payload=4 KiB',
  factor: 'path',
  baselineArm: 'a',
  candidateArm: 'b',
  baseline: 'go',
  candidate: 'go->rust',
};
const block = (blocks: number, more: Partial<Extract<StudyEvent, { kind: 'block' }>> = {}): StudyEvent => ({
  kind: 'block',
  stage: 'judged',
  blocks,
  of: 60,
  elapsedS: 12,
  leftS: 42.2,
  ...more,
});
const GLIMPSE = { contrast, ratio: 1.021, low: 0.996, high: 1.046 };

function listen(options: { live?: boolean; quiet?: boolean; verbose?: boolean; columns?: number } = {}) {
  let text = '';
  const stream = { columns: options.columns ?? 120, write: (more: string) => (text += more) };
  const line = new LiveLine({
    stream,
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
    live: options.live ?? false,
  });
  return { line, text: () => text };
}

test('the live line says where it is, what is known so far, and the time left', () => {
  const { line, text } = listen({ live: true });
  line.onEvent(block(7, { glimpse: GLIMPSE }));
  expect(text()).toBe(
    '\r\u001b[Kblock 7 of 60 · go→rust against go (payload=4 KiB) +2.1 % [−0.4, 4.6] · at most 43 s left',
  );
});

test('the last glimpse stays until there is a new one', () => {
  const { line, text } = listen({ live: true });
  line.onEvent(block(7, { glimpse: GLIMPSE }));
  line.onEvent(block(8));
  expect(text()).toContain('block 8 of 60 · go→rust against go (payload=4 KiB) +2.1 %');
});

test('it never breaks into a second line', () => {
  const { line, text } = listen({ live: true, columns: 40 });
  line.onEvent(block(7, { glimpse: GLIMPSE }));
  expect(text().replace('\r\u001b[K', '').length).toBeLessThan(40);
});

test('where nobody watches a stage has a handful of plain lines, without control characters', () => {
  const { line, text } = listen();
  for (let blocks = 1; blocks <= 60; blocks += 1) line.onEvent(block(blocks));
  const lines = text().trimEnd().split('\n');
  expect(lines.map((each) => each.split(' · ')[0])).toEqual([
    'block 15 of 60',
    'block 30 of 60',
    'block 45 of 60',
    'block 60 of 60',
  ]);
  expect(text()).not.toContain('\u001b');
});

test('a dropped block is said with its reason, above the line', () => {
  const { line, text } = listen({ live: true });
  line.onEvent(block(7));
  line.onEvent({ kind: 'dropped', stage: 'judged', block: 7, arm: 'b', message: 'it died' });
  expect(text().endsWith('\r\u001b[Kblock 8 dropped: it died\n')).toBe(true);
});

test('what has to repeat is counted, differences and effects apart', () => {
  const { line, text } = listen();
  line.onEvent({ kind: 'repeating', found: [], effects: 2, blocks: 20 });
  line.onEvent({ kind: 'repeating', found: [], effects: 0, blocks: 24 });
  expect(text()).toBe(
    '2 effects found; repeating on 20 fresh blocks\n0 differences found; repeating on 24 fresh blocks\n',
  );
});

test('a budget below the least study is said as soon as the pilot knows it', () => {
  const { line, text } = listen({ live: true });
  const overrun = { mostS: 31, budgetS: 20 };
  const schedule = { mode: 'alternating', iterations: {}, rounds: 20, blockS: 1, looks: [] } as const;
  line.onEvent({ kind: 'scheduled', blocks: 12, blockS: 1, mode: 'alternating', chosen: false, schedule, overrun });
  expect(text()).toBe('it may take up to 31 s: a budget of 20 s is less than the least study\n');
});

test('quiet says nothing at all', () => {
  const { line, text } = listen({ quiet: true, live: true });
  line.onEvent(block(7));
  line.say('x');
  line.show('y');
  line[Symbol.dispose]();
  expect(text()).toBe('');
});

test('the line is wiped when it is no longer needed', () => {
  const { line, text } = listen({ live: true });
  line.show('building');
  line[Symbol.dispose]();
  expect(text().endsWith('\r\u001b[K')).toBe(true);
});
