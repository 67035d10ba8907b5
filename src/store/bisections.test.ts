import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BISECTION_SCHEMA, type Bisection } from '../model/bisection.ts';
import { KeptBisection } from './bisections.ts';

let project = '';
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'seamark-bisections-'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const ID = '20260102-030405-abcdef';
const facts = { bisection: ID, startedAt: '2026-01-02T03:04:05.000Z', asked: { good: 'v1', bad: 'v2' } };
const built = { kind: 'built', version: 3, seconds: 2 } as const;

test('a search that was stopped is taken up with all its steps, a torn one left out', () => {
  const begun = KeptBisection.begin(project, facts);
  begun.append(built);
  begun.close();
  appendFileSync(join(project, begun.place, 'journal.ndjson'), '{"kind":"bui');
  const resumed = KeptBisection.resume(project, undefined);
  expect(resumed).toMatchObject({ id: ID, asked: facts.asked, steps: [built] });
  resumed.append({ ...built, version: 4 });
  resumed.close();
  expect(KeptBisection.resume(project, ID).steps.length).toBe(2);
});

test('a finished search is written beside its journal and can not be taken up again', () => {
  const kept = KeptBisection.begin(project, facts);
  const found = { schema: BISECTION_SCHEMA, bisection: ID, outcome: 'found' } as Bisection;
  kept.finish(
    { ...found, warnings: [{ code: 'x', message: join(project, 'inside') }] },
    { 'report.html': () => '<p>' },
  );
  kept.close();
  const text = readFileSync(join(project, kept.place, 'bisection.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ schema: 'seamark/bisection@1', warnings: [{ message: './inside' }] });
  expect(existsSync(join(project, kept.place, 'report.html'))).toBe(true);
  expect(() => KeptBisection.resume(project, undefined)).toThrow(/There is no search to go on with/);
  expect(() => KeptBisection.resume(project, ID)).toThrow(/There is no open search/);
});
