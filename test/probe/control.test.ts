/**
 * What a run may say of its probe: which sites, how often, which end; and what the list says without any run.
 *
 * long: one program built once, and every way of watching it.
 */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapBoundary } from '../../src/analysis/boundary-map.ts';
import type { SitesAnswer } from '../../src/cli/probe-list.ts';
import { tellBare } from '../../src/cli/probe-silence.ts';
import { readRecord, refuseRecord } from '../../src/format/record.ts';
import { sumTotals } from '../../src/format/total.ts';
import { controlProbe } from '../../src/instrument/probe-control.ts';
import { readRecordFiles } from '../../src/instrument/record-folder.ts';
import { leavesOut, listSites } from '../../src/instrument/site-list.ts';
import { seamark } from '../cli/seamark.ts';
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
    ...controlProbe({ filter, every: 1, flight: false, counters: false, ...more }),
    ...('variables' in more ? (more.variables as Record<string, string>) : {}),
  });
const ALL = { only: [], not: [] };
const counts = (map: { sites: readonly { site: string; crossings: number }[] }) =>
  Object.fromEntries(map.sites.map(({ site, crossings }) => [site, crossings]));

describe('filters', () => {
  it.each([
    [{ only: [], not: ['two'] }, { one: 500, back: 500 }, ['two']],
    [{ only: ['*ing.t?o'], not: [] }, { two: 1000 }, ['spin', 'take', 'one', 'back']],
    [{ only: ['o*', 'two'], not: ['t??', 'C.*'] }, { one: 500 }, ['spin', 'take', 'two', 'back']],
    [{ only: [], not: ['back'] }, { one: 500, two: 1000 }, ['back']],
  ])('%j: the others run as if the probe were off, and are named', async (filter, seen, leftOut) => {
    const { map, exitCode } = await cross(500, 1, filter);
    expect(exitCode).toBe(0);
    expect(counts(map)).toEqual(seen);
    expect(map.leftOut).toEqual(leftOut.map((site) => `example.com/forms/crossing: ${site}`).sort());
    expect(
      ['spin', 'take', 'one', 'two', 'back'].filter((site) =>
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
    expect(counts(map)).toEqual({ spin: 20_000, take: 20_000 });
    // What is counted is exact, timed or not.
    const [take] = sumTotals(file).filter(({ site }) => site.symbol === 'take');
    expect([take!.allocs, take!.allocBytes, take!.frees, take!.heldBytes]).toEqual([20_000, 2_000_000, 20_000, 0]);
    expect(take!.errors).toBe(Math.ceil(20_000 / 7));
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
        ['take', 'call', 'errno', `main.go:${lineOf('C.take(')}`, true],
        ['one', 'call', 'plain', `main.go:${lineOf('C.one()')}`, true],
        ['two', 'call', 'both', `main.go:${lineOf('C.two()')}`, true],
      ]);
      expect(sites.map(({ site }) => site).sort()).toEqual(
        folder.files[0]!.file.sites.map(({ symbol }) => symbol).sort(),
      );
    }
  });
});

describe('a bad day', () => {
  it.each([
    ['a folder that is not there', '/nowhere/at/all/'],
    ['a place where nobody may write', '/proc'],
    ['no place', ''],
  ])('%s leaves the program running, and says nothing in it', async (_, records) => {
    const bare = await execa(crossing, ['50', '1'], { env: { SEAMARK_RECORDS: records } });
    expect([bare.exitCode, bare.stdout, bare.stderr]).toEqual([0, '', '']);
  });

  it('a limit on the size of files leaves it running, and the reason in the name of an empty file', async () => {
    const records = lab.makeFolder();
    const script = `ulimit -f 100; exec ${crossing} 50 1`;
    const ran = await execa('sh', ['-c', script], { env: { SEAMARK_RECORDS: records } });
    expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
    const { files, refused, bare } = readRecordFiles(records);
    expect([files, refused]).toEqual([[], []]);
    expect(bare).toEqual([{ pid: expect.any(Number), step: 'limit', error: 'EFBIG' }]);
    expect(tellBare({ bare, place: 'here' })).toEqual([expect.stringMatching(/ran unwatched.*ulimit -f.*EFBIG/)]);
  });

  it('so does an address space that is too small', async () => {
    const records = lab.makeFolder();
    // Go itself wants some hundred megabytes of addresses; the file asks for a gigabyte more.
    const script = `ulimit -v 3000000; exec ${crossing} 50 1`;
    const slots = String(2 ** 20);
    const ran = await execa('sh', ['-c', script], {
      env: { SEAMARK_RECORDS: records, SEAMARK_RECORDS_PER_LANE: slots },
    });
    expect(ran.exitCode).toBe(0);
    expect(readRecordFiles(records).bare).toEqual([{ pid: expect.any(Number), step: 'map', error: 'ENOMEM' }]);
  });

  it('a disk that is full from the start, or fills up, costs records and never the program', async () => {
    // Of its own in a name space of its own: it goes with the shell. Without the right to mount one there is none.
    const words = process.getuid?.() === 0 ? ['-m'] : ['-Urm'];
    const disk = lab.makeFolder();
    const fill = (size: string, more = '') =>
      execa(
        'unshare',
        [
          ...words,
          ...['sh', '-c'],
          `mount -t tmpfs -o size=${size} none ${disk} || exit 77; ${more} ${crossing} 200000 8; code=$?; cp -r ${disk} ${disk}-seen; exit $code`,
        ],
        { env: { SEAMARK_RECORDS: disk }, reject: false },
      );
    const seen = () => readRecordFiles(`${disk}-seen`);
    const start = await fill('64k');
    const mayNot = start.exitCode !== 0 && (start.exitCode === 77 || /unshare/.test(start.stderr));
    if (mayNot) return void expect(start.stderr).toMatch(/permi|not permitted|denied|unshare/i);
    expect([start.exitCode, start.stderr]).toEqual([0, '']);
    expect(seen().bare).toEqual([{ pid: expect.any(Number), step: 'room', error: expect.stringMatching(/^E/) }]);
    rmSync(`${disk}-seen`, { recursive: true });
    const later = await fill('1m');
    expect([later.exitCode, later.stderr]).toEqual([0, '']);
    const { files } = seen();
    const map = mapBoundary(files, { of: 'test' });
    expect(counts(map)).toEqual({ one: 200_000, two: 400_000, back: 200_000 });
    expect(map.noRoom).toBe(true);
  });

  it('a process that is killed leaves a readable file with what it did', async () => {
    const records = lab.makeFolder();
    const ran = await execa('sh', ['-c', `${crossing} 1000000000 1 & sleep 0.3; kill -9 $!; wait $!`], {
      env: { SEAMARK_RECORDS: records },
      reject: false,
    });
    expect(ran.exitCode).toBe(137);
    const { map, folder } = lab.see(records);
    expect(folder.refused).toEqual([]);
    expect(counts(map).one).toBeGreaterThan(1000);
    expect(Math.abs(counts(map).two! - 2 * counts(map).one!)).toBeLessThan(3);
  });
});

describe('seamark probe', () => {
  const say = (words: readonly string[]) =>
    seamark(['probe', ...words], { cwd: lab.source, env: { GOFLAGS: '-buildvcs=false', GOWORK: 'off' } });

  it('lists the sites of packages without running them, as text and as JSON', async () => {
    const text = await say(['--list', '--not', 't?o', '--', 'go', 'run', './crossing', '1', '1']);
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toMatch(/↩ back +main\.go:\d+ +callback +yes\n/);
    expect(text.stdout).toMatch(/two +main\.go:\d+ \(2 uses\) +both +left out\n/);
    expect(text.stdout).toMatch(/5 sites, 4 probed\nnot probed: Go's own runtime\/cgo/);
    const json = await say(['--list', '--json', '--', './...']);
    const { schema, sites } = JSON.parse(json.stdout) as SitesAnswer;
    expect(schema).toBe('seamark/sites@1');
    expect(new Set(sites.map((site) => site.package))).toEqual(
      new Set(['example.com/forms', 'example.com/forms/crossing', 'example.com/forms/second']),
    );
    expect(sites.every((site) => site.probed && site.where !== undefined)).toBe(true);
  });

  it('refuses to list what it would have to run, what holds no probe, and what does not build', async () => {
    for (const [words, code, said] of [
      [['make', 'check'], 2, /not-listable/],
      [['/bin/sh'], 2, /not-probed/],
      [['./nowhere/...'], 3, /build-failed/],
    ] as const) {
      const { code: got, stderr } = await say(['--list', '--', ...words]);
      expect([got, stderr]).toEqual([code, expect.stringMatching(said)]);
    }
  });

  it('sees what it was asked to see, and says what that was', async () => {
    const said = await say(['--every', '10', '--flight', '--site', 'two', '--', crossing, '1000', '1']);
    expect(said.code).toBe(0);
    expect(said.stderr).toMatch(/two +2,000 /);
    expect(said.stderr).toMatch(/left out as asked: 4 of the sites/);
    expect(said.stderr).toMatch(/1 in 10 crossings of a site was timed/);
    expect(said.stderr).toMatch(/a flight recorder/);
    const wrong = await say(['--site', 'a,b', '--', crossing, '1', '1']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/site-pattern/)]);
  });

  it.each([
    ['a limit on files', () => ['sh', '-c', `ulimit -f 100; exec ${crossing} 9 1`], /ran unwatched.*ulimit -f/s],
    ['an environment that was dropped', () => ['env', '-i', crossing, '9', '1'], /holds the probe and left no record/],
    ['a folder that was removed', () => ['sh', '-c', `rm -r "$SEAMARK_RECORDS"; exec ${crossing} 9 1`], /is gone/],
    ['another place', () => ['unshare', '--nothing-of-that-name', crossing], /where other folders are seen/],
    ['a signal', () => ['sh', '-c', 'kill -9 $$'], /ended by a signal before a probed program ran/],
    ['filters', () => ['--not', '*', '--', crossing, '9', '1'], /left every site out/],
  ])('says why no file came back: %s', async (_, words, reason) => {
    const all = words();
    const said = await say(all[0] === '--not' ? all : ['--', ...all]);
    expect(said.stderr.replace(/\s+/g, ' ')).toMatch(reason);
  });
});

const lineOf = (text: string): number => CROSSING.split('\n').findIndex((line) => line.includes(text)) + 1;

const CROSSING = `package main

/*
#include <errno.h>
#include <stdlib.h>
static int two(void) { return 2; }
static int take(int number)
{
	void *volatile block = malloc(100);
	free(block);
	errno = number % 7 == 0 ? 5 : 0;
	return number;
}
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
		_, _ = C.take(C.int(i))
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
