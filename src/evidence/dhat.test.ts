import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDhat } from './dhat.ts';

/** As valgrind 3.19 writes it, with the fields that are not read left out. */
const FILE = {
  dhatFileVersion: 2,
  mode: 'heap',
  pps: [
    { tb: 128064, tbk: 2001, eb: 64, ebk: 1, fs: [1, 2, 3] },
    { tb: 72, tbk: 3, eb: 0, ebk: 0, fs: [1, 4, 5] },
  ],
  ftbl: [
    '[root]',
    '0x48417B4: malloc (in /usr/libexec/valgrind/vgpreload_dhat-amd64-linux.so)',
    '0x540BEB: keep (ab.go:5)',
    '0xA4185AE63BF: ???',
    '0x11A0C0: _ZN5codec6decode17h0123456789abcdefE (in /srv/libcodec.so)',
    '0x11A0C4: (below main)',
  ],
};

test('every stack has its blocks, bytes and what was kept; frames without a name are left out', () => {
  expect(readDhat(JSON.stringify(FILE))).toEqual([
    {
      ...{ blocks: 2001, bytes: 128064, heldBytes: 64 },
      stack: [{ function: 'malloc' }, { function: 'keep', file: 'ab.go', line: 5 }],
    },
    {
      ...{ blocks: 3, bytes: 72, heldBytes: 0 },
      stack: [
        { function: 'malloc' },
        { function: '_ZN5codec6decode17h0123456789abcdefE' },
        { function: '(below main)' },
      ],
    },
  ]);
});

test('another version, another mode and what is no such file are refused', () => {
  expect(readDhat(JSON.stringify({ ...FILE, dhatFileVersion: 3 }))).toBeUndefined();
  expect(readDhat(JSON.stringify({ ...FILE, mode: 'copy' }))).toBeUndefined();
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readDhat(text)).toBeUndefined();
    }),
    { seed: 6 },
  );
});
