import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRecordFiles, withRecordSource } from './record-folder.ts';

const VECTOR = new URL('../../format/vectors/crossings.rec', import.meta.url).pathname;

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'seamark-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a file that the system does not let us read is named with its reason, and the others are read', () => {
  const folder = makeFolder();
  mkdirSync(join(folder, '1-a.rec'));
  symlinkSync('nowhere', join(folder, '2-b.rec'));
  copyFileSync(VECTOR, join(folder, '3-c.rec'));
  writeFileSync(join(folder, '4-d.why-limit-27'), '');
  const { files, refused, bare } = readRecordFiles(folder);
  expect(files.map(({ name }) => name)).toEqual(['3-c.rec']);
  expect(refused).toEqual(['1-a.rec: EISDIR', '2-b.rec: ENOENT']);
  expect(bare).toEqual([{ pid: 4, step: 'limit', error: 'EFBIG' }]);
});

test('a piece is read into the room that is given, and what is cut off is zero there', () => {
  const path = join(makeFolder(), 'x.rec');
  writeFileSync(path, Uint8Array.of(1, 2, 3, 4));
  const room = new Uint8Array(8).fill(9);
  const piece = withRecordSource(path, (source) => source.view(2, 4, room));
  expect(piece.buffer).toBe(room.buffer);
  expect([...room]).toEqual([3, 4, 0, 0, 9, 9, 9, 9]);
});
