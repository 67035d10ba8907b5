import { expect, test } from 'vitest';
import { readGoProfile } from './go-profile.ts';

/** As `go tool pprof -raw` of Go 1.26 prints it. */
const RAW = `PeriodType: space bytes
Period: 1
Time: 2026-11-24 00:26:41.69749947 +0000 UTC
Samples:
alloc_objects/count alloc_space/bytes[dflt] inuse_objects/count inuse_space/bytes
         20       1280          2        128: 1 2 
                bytes:[64]
          1      96          0          0: 3 
          1      16          0          0: 
Locations
     1: 0x5303c4 M=1 runtime.makeslice /usr/local/go/src/runtime/slice.go:117:0 s=102
     2: 0x49084b M=1 example.com/codec.(*Reader[...]).grow /srv/my codec/read.go:12:3 s=9
             example.com/codec.Decode /srv/my codec/decode.go:40:0 s=31
     3: 0x417f11 M=2 
Mappings
1: 0x402000/0x542000/0x2000 /srv/codec.test 6edb [FN]
`;

test('samples have their values and the whole stack, inlined calls as frames of their own', () => {
  const profile = readGoProfile(RAW);
  expect(profile?.types).toEqual([
    'alloc_objects/count',
    'alloc_space/bytes',
    'inuse_objects/count',
    'inuse_space/bytes',
  ]);
  expect(profile?.samples).toEqual([
    {
      values: [20, 1280, 2, 128],
      stack: [
        { function: 'runtime.makeslice', file: '/usr/local/go/src/runtime/slice.go', line: 117 },
        { function: 'example.com/codec.(*Reader[...]).grow', file: '/srv/my codec/read.go', line: 12 },
        { function: 'example.com/codec.Decode', file: '/srv/my codec/decode.go', line: 40 },
      ],
    },
    { values: [1, 96, 0, 0], stack: [] },
    { values: [1, 16, 0, 0], stack: [] },
  ]);
});

test('lines of Go versions that tell no column are read too', () => {
  const old = RAW.replaceAll(/:(\d+):\d+ s=/g, ':$1 s=');
  expect(readGoProfile(old)?.samples[0]?.stack[1]).toEqual({
    ...{ function: 'example.com/codec.(*Reader[...]).grow', file: '/srv/my codec/read.go', line: 12 },
  });
});

test('what is no profile is none, and one without samples has none', () => {
  expect(readGoProfile('unrecognized profile format')).toBeUndefined();
  expect(readGoProfile('Samples:\ncontentions/count delay/nanoseconds\nLocations\n')).toEqual({
    types: ['contentions/count', 'delay/nanoseconds'],
    samples: [],
  });
});
