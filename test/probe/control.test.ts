/** What a run may say of its probe: which sites, how often, which end; and what the list says without any run. */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecord, refuseRecord } from '../../src/format/record.ts';
import { sumTotals } from '../../src/format/total.ts';
import { controlProbe } from '../../src/instrument/probe-control.ts';
import { leavesOut, listSites } from '../../src/instrument/site-list.ts';
import { Laboratory } from './laboratory.ts';

const lab = new Laboratory();
/** Crosses so often, from so many goroutines: `crossing COUNT WORKERS`. */
let crossing = '';
beforeAll(async () => {
  const folder = path.join(lab.source, 'crossing');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'main.go'), CROSSING);
  writeFileSync(path.join(folder, 'one.c'), 'void back(void);\nvoid one(void) { back(); }\n');
  crossing = path.join(lab.work, 'crossing-program');
  await lab.go(['build', '-o', crossing, './crossing'], await lab.probe());
}, 120_000);
afterAll(() => lab[Symbol.dispose]());

const cross = (count: number, workers: number, filter: Parameters<typeof controlProbe>[0]['filter'], more = {}) =>
  lab.watch(crossing, [String(count), String(workers)], {
    ...controlProbe({ filter, every: 1, flight: false, ...more }),
    ...('variables' in more ? (more.variables as Record<string, string>) : {}),
  });
const ALL = { only: [], not: [] };
const counts = (map: { sites: readonly { site: string; crossings: number }[] }) =>
  Object.fromEntries(map.sites.map(({ site, crossings }) => [site, crossings]));

describe('filters', () => {
  it.each([
    [{ only: [], not: ['two'] }, { one: 500, back: 500 }, ['two']],
    [{ only: ['*ing.t?o'], not: [] }, { two: 1000 }, ['spin', 'one', 'back']],
    [{ only: ['o*', 'two'], not: ['t??', 'C.*'] }, { one: 500 }, ['spin', 'two', 'back']],
    [{ only: [], not: ['back'] }, { one: 500, two: 1000 }, ['back']],
  ])('%j: the others run as if the probe were off, and are named', async (filter, seen, leftOut) => {
    const { map, exitCode } = await cross(500, 1, filter);
    expect(exitCode).toBe(0);
    expect(counts(map)).toEqual(seen);
    expect(map.leftOut).toEqual(leftOut.map((site) => `example.com/forms/crossing: ${site}`).sort());
    expect(
      ['spin', 'one', 'two', 'back'].filter((site) =>
        leavesOut(filter, { site, package: 'example.com/forms/crossing' }),
      ),
    ).toEqual(leftOut);
  });
});

describe('1 in so many', () => {
  it('is timed and recorded, all are counted, by one thread and by many', async () => {
    for (const workers of [1, 8]) {
      const { map, folder } = await cross(40_000, workers, ALL, { every: 50 });
      expect(counts(map)).toEqual({ one: 40_000, two: 80_000, back: 40_000 });
      expect(map.every).toBe(50);
      for (const site of map.sites) {
        // Distances are uniform from 1 to 99: the count of draws lies within six standard deviations of its mean.
        expect(Math.abs(site.recorded - site.crossings / 50)).toBeLessThan(6 * Math.sqrt(site.crossings / 50 / 3) + 40);
        expect(site.crossings - site.recorded).toBe(site.dropped);
        expect(site.total.mean).toBeGreaterThan(0);
      }
      expect(folder.files[0]!.file.header.recordPeriod).toBe(50);
    }
  });

  it('draws the same crossings each time', async () => {
    const seen = [];
    for (let run = 0; run < 2; run++) {
      const { map } = await cross(5000, 1, ALL, { every: 20 });
      seen.push(map.sites.map(({ site, recorded }) => [site, recorded]).sort());
    }
    expect(seen[1]).toEqual(seen[0]);
  });

  it('still times when the lane has no slot left, so that means do not stand still', async () => {
    const { map, folder } = await cross(20_000, 0, ALL, { every: 10, variables: { SEAMARK_RECORDS_PER_LANE: '64' } });
    const { file } = folder.files[0]!;
    expect(file.lanes.every(({ head }) => head.sequence <= 64n)).toBe(true);
    // Each crossing spins for 4,000 ticks at least, so a sum that went on weighs 20,000 of them, give or take some draws.
    const [spin] = sumTotals(file).filter(({ site }) => site.symbol === 'spin');
    expect(counts(map)).toEqual({ spin: 20_000 });
    expect(spin!.callee / 4000).toBeGreaterThan(0.9 * 20_000);
  });
});

describe('the flight recorder', () => {
  it('keeps the last records of each thread, whole, in a file of the same size', async () => {
    const slots = 128;
    const { folder, map } = await cross(30_000, 4, ALL, {
      flight: true,
      variables: { SEAMARK_RECORDS_PER_LANE: String(slots) },
    });
    expect(counts(map)).toEqual({ one: 30_000, two: 60_000, back: 30_000 });
    expect(map.flight).toBe(true);
    const { file } = folder.files[0]!;
    const used = file.lanes.filter(({ head }) => head.sequence > BigInt(slots));
    expect(used.length).toBeGreaterThan(0);
    let handedOut = 0;
    for (const lane of file.lanes) {
      handedOut += Number(lane.head.sequence);
      const records = Array.from({ length: lane.usedSlots }, (_, slot) => readRecord(file, lane, slot));
      expect(records.flatMap((record, slot) => refuseRecord(file, lane, slot, record)?.code ?? [])).toEqual([]);
      if (lane.usedSlots < slots) continue;
      const turn = Number(lane.head.sequence % BigInt(slots));
      const inOrder = [...records.slice(turn), ...records.slice(0, turn)].map(({ t0 }) => t0);
      expect(inOrder.every((t0, at) => at === 0 || t0 >= inOrder[at - 1]!)).toBe(true);
    }
    expect(handedOut).toBe(120_000);
    const size = Number(file.header.lanesOffset + 64n * file.header.laneBytes);
    expect(file.source.size).toBe(size);
  });
});

describe('a day of records', () => {
  // 16 million crossings in 64 slots are to a lane what four thousand million are to the usual 16,384: a day at 48,000 a second.
  it.each([false, true])('stays within its file, whole totals and all (flight recorder: %j)', async (flight) => {
    const { map, folder } = await cross(4_000_000, 1, ALL, { flight, variables: { SEAMARK_RECORDS_PER_LANE: '64' } });
    expect(counts(map)).toEqual({ one: 4_000_000, two: 8_000_000, back: 4_000_000 });
    for (const site of map.sites) expect(site.recorded + site.dropped).toBe(site.crossings);
    const { file } = folder.files[0]!;
    expect(file.source.size).toBe(Number(file.header.lanesOffset + 64n * file.header.laneBytes));
    if (!flight) expect(file.lanes.every(({ head }) => head.sequence <= 64n)).toBe(true);
  });
});

describe('the list', () => {
  it('has what a run has, from a stripped program as from a whole one', async () => {
    const { folder } = await cross(1, 1, ALL);
    const bare = path.join(lab.work, 'stripped');
    await execa('cp', [crossing, bare]);
    await execa('strip', [bare]);
    expect(statSync(bare).size).toBeLessThan(statSync(crossing).size);
    for (const file of [crossing, bare]) {
      const { sites, unprobed } = listSites([file]);
      expect(unprobed).toEqual([]);
      expect(sites.map(({ site, kind, form, where, probed }) => [site, kind, form, where, probed])).toEqual([
        ['back', 'callback', undefined, `main.go:${lineOf('//export back')}`, true],
        ['spin', 'call', 'plain', `main.go:${lineOf('C.spin(')}`, true],
        ['one', 'call', 'plain', `main.go:${lineOf('C.one()')}`, true],
        ['two', 'call', 'both', `main.go:${lineOf('C.two()')}`, true],
      ]);
      expect(sites.map(({ site }) => site).sort()).toEqual(
        folder.files[0]!.file.sites.map(({ symbol }) => symbol).sort(),
      );
    }
  });
});

const lineOf = (text: string): number => CROSSING.split('\n').findIndex((line) => line.includes(text)) + 1;

const CROSSING = `package main

/*
static int two(void) { return 2; }
static unsigned long long ticks(void)
{
	unsigned low, high;
	__asm__ __volatile__("rdtsc" : "=a"(low), "=d"(high));
	return (unsigned long long)high << 32 | low;
}
static void spin(int long_) { unsigned long long began = ticks(); while (ticks() - began < (unsigned)long_) {} }
void one(void);
*/
import "C"

import (
	"os"
	"runtime"
	"strconv"
	"sync"
)

//export back
func back() {}

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	workers, _ := strconv.Atoi(os.Args[2])
	for i := 0; i < count && workers == 0; i++ {
		C.spin(4000)
	}
	var group sync.WaitGroup
	for w := 0; w < workers; w++ {
		group.Add(1)
		go func() {
			defer group.Done()
			runtime.LockOSThread() // one lane each
			for i := 0; i < count/workers; i++ {
				C.one()
				C.two()
				_, _ = C.two()
			}
		}()
	}
	group.Wait()
}
`;
