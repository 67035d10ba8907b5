import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readGlibcHeap, readGoHeap, readHeapSnapshots } from './heap-snapshot.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-heaps-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const string = (length: number): number[] => [...varint(length), ...new Array<number>(length).fill(7)];
const object = (size: number): number[] => [1, ...varint(0xc000010000), ...string(size), 1, 0, 1, 8, 0];
const HEAD = [...Buffer.from('go1.7 heap dump\n')];
const PARAMS = [6, 0, 8, ...varint(0xc000000000), ...varint(0xc004000000), ...string(5), ...string(8), 2];
const TYPES = [3, ...varint(0x4a0000), 24, ...string(12), 1, 8, ...varint(0x4b0000), ...varint(0x4a0000)];

function dump(bytes: readonly number[]): string {
  const path = join(folder, 'one.goheap');
  writeFileSync(path, Uint8Array.from(bytes));
  return path;
}

test('objects are counted by size, those that take most together first', () => {
  const objects = [object(16), object(100_000), object(16), object(70_000), object(16)].flat();
  // What follows the objects, here a thread, is not read.
  expect(readGoHeap(dump([...HEAD, ...PARAMS, ...TYPES, ...objects, 9, 1, 1, 1, 0]))).toEqual({
    ...{ objects: 5, bytes: 170_048 },
    sizes: [
      { size: 100_000, objects: 1 },
      { size: 70_000, objects: 1 },
      { size: 16, objects: 3 },
    ],
  });
});

test('a dump that is cut, or is something else, tells nothing', () => {
  const whole = [...HEAD, ...PARAMS, ...TYPES, ...object(300), 0];
  expect(readGoHeap(dump(whole))).toMatchObject({ objects: 1 });
  for (let length = 0; length < whole.length; length++) {
    expect(readGoHeap(dump(whole.slice(0, length)))).toBeUndefined();
  }
});

test('any bytes are a heap or nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const read = readGoHeap(dump([...HEAD, ...bytes]));
      expect(read === undefined || read.objects >= 0).toBe(true);
    }),
    { seed: 5 },
  );
});

const XML = `<malloc version="1">
<heap nr="0">
<total type="fast" count="9" size="999"/><total type="rest" count="9" size="999"/><system type="current" size="99999"/>
</heap>
<heap nr="1">
</heap>
<total type="fast" count="2" size="96"/>
<total type="rest" count="3" size="1000"/>
<total type="mmap" count="4" size="8192"/>
<system type="current" size="270336"/>
</malloc>`;

test("of glibc's account the sums over all arenas are read", () => {
  expect(readGlibcHeap(XML)).toEqual({ usedBytes: 277_432, systemBytes: 278_528, arenas: 2, mappedBlocks: 4 });
  expect(readGlibcHeap('<malloc version="1">')).toBeUndefined();
});

test('what belongs to one process stands together', () => {
  const own = mkdtempSync(join(folder, 'own-'));
  writeFileSync(join(own, '12.malloc.xml'), XML);
  writeFileSync(join(own, '7.goheap'), Uint8Array.from([...HEAD, ...PARAMS, ...object(8), 0]));
  expect(readHeapSnapshots(own)).toEqual([
    { pid: 7, go: { objects: 1, bytes: 8, sizes: [{ size: 8, objects: 1 }] } },
    { pid: 12, glibc: expect.objectContaining({ arenas: 2 }) },
  ]);
});
