import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RecordFiles } from './record-files.ts';

/** A study that holds these record files, each of 8 KiB unless it is a word, the first the oldest. */
function keepFiles(names: readonly string[]) {
  const study = mkdtempSync(join(tmpdir(), 'seamark-records-'));
  onTestFinished(() => rmSync(study, { recursive: true }));
  const folder = join(study, 'records');
  mkdirSync(folder);
  for (const [second, name] of names.entries()) {
    writeFileSync(join(folder, name), new Uint8Array(name.includes('why') ? 0 : 8192).fill(1));
    utimesSync(join(folder, name), second, second);
  }
  return { files: new RecordFiles(study), list: () => readdirSync(folder).sort() };
}

test('the newest record file of an arm stays, whatever came after it', () => {
  const later = ['arm0-judged-00002.rec.77', 'arm0-judged-00003.why-room-28'];
  const { files, list } = keepFiles(['arm0-judged-00001.rec', 'arm0-judged-00002.rec', ...later]);
  files.trim([0], 4096);
  expect(list()).toEqual(['arm0-judged-00002.rec', 'arm0-judged-00003.why-room-28']);
});

test('words of processes that could not write are read with the reason as the system names it', () => {
  const { files } = keepFiles([
    'arm0-judged-00001.why-room-28',
    'arm1-pilot-00001.rec',
    'x.why-never-1',
    'y.why-map-0',
  ]);
  expect(files.listFailures()).toEqual([
    { step: 'room', error: 'ENOSPC' },
    { step: 'map', error: 'no reason given' },
  ]);
});
