import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isArchive, isOffered, listArchiveNames } from './archive.ts';
import { digestLoaded, type Elf, listNeeded, listSymbols, measureLoaded, preferOwnSymbols, readElf } from './elf.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamark-elf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compile = (...words: string[]): Buffer => {
  execFileSync('cc', ['-O1', '-fPIC', ...words], { cwd: folder });
  return readFileSync(join(folder, words[words.indexOf('-o') + 1] ?? ''));
};

let library: Elf;
beforeAll(() => {
  const source =
    'extern int away(void); int number = 3; static int own(void) { return number; } int here(void) { return own() + away(); }\n';
  writeFileSync(join(folder, 'a.c'), source);
  library = readElf(compile('-shared', 'a.c', '-o', 'liba.so', '-Wl,--no-as-needed', '-lm'))!;
});

test('what a shared library offers and lacks is read, and what is its own is not', () => {
  const symbols = listSymbols(library, 'dynamic');
  const named = (name: string) => symbols.find((symbol) => symbol.name === name);
  expect(named('here')).toMatchObject({ kind: 'function', defined: true, exported: true });
  expect(named('number')).toMatchObject({ kind: 'data', defined: true, exported: true });
  expect(named('away')).toMatchObject({ defined: false, exported: false });
  expect(named('own')).toBeUndefined();
  expect(listNeeded(library).some((name) => name.startsWith('libm.'))).toBe(true);
  expect(measureLoaded(library) % 4096).toBe(0);
});

test.each([[['-Wl,-soname,liba.so.1']], [[]], [['-Wl,-Bsymbolic']], [['-Wl,-z,now']]])(
  'a library linked with %j comes to prefer its own symbols, in a file of the same length',
  (flags) => {
    const elf = readElf(compile('-shared', ...flags, 'a.c', '-o', 'libb.so'))!;
    const own = preferOwnSymbols(elf);
    expect(own?.length).toBe(elf.bytes.length);
    writeFileSync(join(folder, 'libown.so'), own!);
    expect(execFileSync('readelf', ['-d', 'libown.so'], { cwd: folder, encoding: 'utf8' })).toContain('SYMBOLIC');
    expect(listSymbols(readElf(own!)!, 'dynamic')).toEqual(listSymbols(elf, 'dynamic'));
  },
);

test('the digest of what is loaded leaves notes aside and nothing else', () => {
  const digest = (...flags: string[]) => digestLoaded(readElf(compile('-shared', ...flags, 'a.c', '-o', 'libc.so'))!);
  expect(digest('-Wl,--build-id=0x01')).toBe(digest('-Wl,--build-id=0x02'));
  expect(digest('-Wl,--build-id=0x01')).not.toBe(digest('-Wl,--build-id=0x01', '-Dthree=4', '-O2', '-fno-inline'));
});

test('the names in the index of an archive are those that its members define', () => {
  compile('-c', 'a.c', '-o', 'a.o');
  execFileSync('ar', ['rcs', 'liba.a', 'a.o'], { cwd: folder });
  const bytes = readFileSync(join(folder, 'liba.a'));
  expect(isArchive(bytes)).toBe(true);
  expect(listArchiveNames(bytes).sort()).toEqual(['here', 'number']);
  expect(
    ['fc_transform', '_ZN4core3fmt', '_RNv1a', '__rust_alloc', 'rust_eh_personality', 'malloc'].filter(isOffered),
  ).toEqual(['fc_transform']);
});

test('what is no such file, or cut short, is no library and no error', () => {
  expect(readElf(Buffer.from('#!/bin/sh\n'))).toBeUndefined();
  expect(isArchive(Buffer.alloc(3))).toBe(false);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: library.bytes.length - 1 }), (length) => {
      expect(readElf(library.bytes.subarray(0, length))).toBeUndefined();
    }),
    { seed: 4, numRuns: 200 },
  );
});
