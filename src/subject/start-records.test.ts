import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clearRecords } from './start.ts';

test('a run that is repeated leaves nothing of the one before: no records, no word of why there are none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seamark-clear-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const other = 'arm1-judged-00010.why-room-28';
  const own = ['.rec', '.rec.77', '.why-room-28', '.rec.77.why-map-12'].map((end) => `arm1-judged-00001${end}`);
  for (const name of [...own, other]) writeFileSync(join(folder, name), '');
  clearRecords({ options: { env: { SEAMARK_RECORDS: join(folder, 'arm1-judged-00001.rec') } } });
  expect(readdirSync(folder)).toEqual([other]);
});
