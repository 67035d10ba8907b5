import { describe, expect, test } from 'vitest';
import { makeBuildStudy, makePathStudy } from '../../test/browser/fixtures/seeded-result.ts';
import { viewCounts } from './count-view.ts';

describe('exact counts', () => {
  test('that no payload changes stand once, and what it decides by itself below', () => {
    const counts = viewCounts(makePathStudy())!;
    expect(counts.rows.map((row) => row.label)).toEqual([
      'go',
      'rust',
      'go→rust · borrow',
      'go→rust · copy-in',
      'go→rust · copy-out',
    ]);
    expect(counts.heads).toEqual(['crossings', 'copies', 'allocs go/rust']);
    expect(counts.apart).toEqual(['bytes in/out: 64/64 at 64 B · 4,096/4,096 at 4 KiB · 65,536/65,536 at 64 KiB']);
  });

  test('that differ at one payload only are all shown', () => {
    const counts = viewCounts(makeBuildStudy())!;
    expect(counts.rows).toHaveLength(6);
    expect(counts.apart).toEqual([]);
  });
});
