import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FILE_FLAGS } from '../format/layout-gen.ts';
import { inOrder, specimenHeader, specimenLane, specimenSite, specimenTotal } from '../format/specimen.ts';
import { writeRecordFile } from '../format/writer.ts';
import { Watch } from './probe-watch.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-watch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A record file of this very process, after so many crossings of 96 bytes that stay. */
function write(crossings: number, { pid = process.pid, flags = FILE_FLAGS.ALLOCATIONS as number } = {}): string {
  const name = `${pid}-1.rec`;
  const total = specimenTotal({ count: BigInt(crossings), heldBytes: BigInt(96 * crossings) });
  const lanes = [{ head: specimenLane(0), totals: inOrder(total), records: new Map() }];
  const header = specimenHeader({ siteCount: 1, laneCount: 1, flags });
  writeFileSync(join(folder, name), writeRecordFile({ header, sites: [specimenSite(0)], lanes }));
  return name;
}

const heldIn = (watch: Watch, name: string) => watch.readings.get(name)?.map(({ sites }) => sites[0]!.sums?.heldBytes);

test('a living process is read at each look', () => {
  const watch = new Watch(folder);
  let name = '';
  for (const crossings of [1, 2, 3]) {
    name = write(crossings);
    watch.look();
  }
  expect(heldIn(watch, name)).toEqual([96, 192, 288]);
  expect(watch.aliveNs.has(name)).toBe(true);
});

test('a long run keeps some readings, evenly over all of it', () => {
  const watch = new Watch(folder);
  let name = '';
  for (let look = 1; look <= 1000; look += 1) {
    if (look === 1 || look % 10 === 0) name = write(look);
    watch.look();
  }
  const held = heldIn(watch, name)!.map((bytes) => bytes! / 96);
  expect(held.length).toBeGreaterThanOrEqual(8);
  expect(held.length).toBeLessThanOrEqual(17);
  const steps = held.slice(1).map((to, at) => to - held[at]!);
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(20);
});

test('what is no record file, counts nothing, or belongs to a process that ended is passed over', () => {
  const watch = new Watch(folder);
  const uncounted = write(1, { flags: 0 });
  writeFileSync(join(folder, '999999999-1.rec'), 'x');
  writeFileSync(join(folder, 'notes.txt'), 'x');
  watch.look();
  expect(watch.readings.size).toBe(0);
  expect([...watch.aliveNs.keys()]).toEqual([uncounted]);
  writeFileSync(join(folder, uncounted), 'cut');
  expect(() => watch.look()).not.toThrow();
});
