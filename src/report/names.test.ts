import { describe, expect, test } from 'vitest';
import type { Levels } from '../model/plan.ts';
import { groupRows } from './names.ts';

const labels = (rows: readonly Levels[], without: readonly string[] = []) =>
  groupRows(rows, without).map((group) => [group.label, ...group.rows.map((row) => row.label)]);
const cross = (...levels: readonly Levels[]) =>
  levels.flatMap((level) => ['borrow', 'copy'].map((handover) => ({ ...level, handover })));

describe('rows of two factors or more', () => {
  test('stand under the first level they share, in the order they come', () => {
    expect(labels(cross({ payload: '64 B' }, { payload: '4 KiB' }))).toEqual([
      ['payload=64 B', 'borrow', 'copy'],
      ['payload=4 KiB', 'borrow', 'copy'],
    ]);
  });

  test('are parted by build and path only where nothing else parts them', () => {
    const builds = [{ build: 'a' }, { build: 'b' }];
    expect(labels(builds.flatMap((build) => cross(build))).map(([head]) => head)).toEqual([
      'handover=borrow',
      'handover=copy',
    ]);
    expect(labels([...cross({ path: 'go->rust' }), { path: 'go', size: '1' }, { path: 'go', size: '2' }])).toEqual([
      ['go→rust', 'borrow', 'copy'],
      ['go', 'size=1', 'size=2'],
    ]);
  });

  test('are left alone where a group would hold one row', () => {
    const rows = [
      { payload: '64 B', handover: 'borrow' },
      { payload: '4 KiB', handover: 'copy' },
    ];
    expect(labels(rows)).toEqual([['', '64 B · borrow', '4 KiB · copy']]);
    expect(labels([{ payload: '64 B' }, { payload: '4 KiB' }])).toEqual([['', '64 B', '4 KiB']]);
    expect(labels([{}])).toEqual([['', '']]);
  });
});
