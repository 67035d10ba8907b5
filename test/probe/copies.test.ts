/** Copies at the boundary: counted to the byte at the helper that makes them and at the call that they serve. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KIND, type RecordFields, STATE } from '../../src/format/layout-gen.ts';
import { readRecord, refuseRecord } from '../../src/format/record.ts';
import { type SiteTotals, sumTotals } from '../../src/format/total.ts';
import { listSites } from '../../src/instrument/site-list.ts';
import { crossingsOf, Laboratory, type Seen } from './laboratory.ts';

let lab: Laboratory;
let bare: string;
let probed: string;

beforeAll(async () => {
  lab = new Laboratory('copies');
  bare = await lab.build('bare');
  probed = await lab.buildProbed('probed');
});
afterAll(() => lab[Symbol.dispose]());

/** [crossings, copies, bytes in, bytes out] of every site that has any copies. */
type Copies = Readonly<Record<string, readonly [number, number, number, number]>>;

const totalsOf = ({ folder }: Seen): readonly SiteTotals[] => sumTotals(folder.files[0]!.file);

function copiesOf(seen: Seen): Copies {
  const some = totalsOf(seen).filter(({ copies }) => copies > 0);
  return Object.fromEntries(some.map((one) => [one.site.symbol, [one.count, one.copies, one.bytesIn, one.bytesOut]]));
}

/** The same from the records, all of which have to be believable. */
function recordedOf(seen: Seen): Copies {
  const { file } = seen.folder.files[0]!;
  const sums: Record<string, [number, number, number, number]> = {};
  for (const record of recordsOf(seen)) {
    const { symbol } = file.sites[record.site]!;
    sums[symbol] ??= [0, 0, 0, 0];
    const sum = sums[symbol];
    for (const [index, value] of [1, record.copies, record.bytesIn, record.bytesOut].entries()) sum[index]! += value;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, [, copies]]) => copies > 0));
}

function recordsOf({ folder }: Seen): readonly RecordFields[] {
  const { file } = folder.files[0]!;
  return file.lanes.flatMap((lane) =>
    Array.from({ length: lane.usedSlots }, (_, slot) => {
      const record = readRecord(file, lane, slot);
      expect(refuseRecord(file, lane, slot, record)).toBeUndefined();
      return record;
    }),
  );
}

const SERVED: Copies = {
  'C.CString': [2, 2, 12, 0],
  'C.CBytes': [2, 2, 100, 0],
  'C.GoString': [2, 2, 0, 8],
  'C.GoStringN': [1, 1, 0, 20],
  'C.GoBytes': [2, 2, 0, 51],
  length: [1, 2, 12, 0],
  failing: [2, 1, 100, 0],
  answer: [1, 1, 0, 8],
  bytes: [1, 3, 0, 71],
  release: [1, 1, 0, 0],
  plain: [1, 1, 0, 0],
};

const CALLBACKS: Copies = {
  'C.CString': [3 + 1 + 3, 7, 3 * 6 + 4 + 3 * 5, 0],
  'C.GoString': [3 + 2 * 3 + 1, 10, 0, 3 * 5 + 3 * 4 + 3 * 5 + 4],
  goShout: [3, 6, 3 * 5, 3 * 6],
  goCount: [3, 3, 3 * 4, 0],
  count: [1, 1, 4, 0],
  countTwice: [1, 1, 0, 4],
  length: [3, 6, 3 * 5, 3 * 5],
};

describe.each([
  ['served', SERVED],
  ['callbacks', CALLBACKS],
] as const)('a program that copies (%s)', (mode, wanted) => {
  it('answers the same bare, with the probe off, counting and on', async () => {
    const answer = await lab.run(bare, [mode]);
    const runs = [
      await lab.run(probed, [mode]),
      await lab.watch(probed, [mode], { SEAMARK_PROBE: 'counters' }),
      await lab.watch(probed, [mode], { SEAMARK_CLOCK: 'os' }),
      await lab.watch(probed, [mode]),
    ];
    for (const run of runs) {
      expect(run.stdout).toBe(answer.stdout);
      expect(run.calls).toBe(answer.calls);
    }
  });

  it('has every copy and every byte at its helper and at the call that it serves', async () => {
    const seen = await lab.watch(probed, [mode]);
    expect(copiesOf(seen)).toEqual(wanted);
    expect(recordedOf(seen)).toEqual(wanted);
  });

  it.each([
    ['when nothing is timed', { SEAMARK_PROBE: 'counters' }],
    ['by the clock of the system', { SEAMARK_CLOCK: 'os' }],
    ['when 1 in 3 is timed', { SEAMARK_EVERY: '3' }],
    ['when records overwrite', { SEAMARK_FLIGHT: '1', SEAMARK_RECORDS_PER_LANE: '64' }],
  ])('has them also %s', async (_, added) => {
    expect(copiesOf(await lab.watch(probed, [mode], added))).toEqual(wanted);
  });

  it('crosses into C only where it copies out of Go', async () => {
    const seen = await lab.watch(probed, [mode]);
    expect(crossingsOf(seen.map)).toBe(seen.calls);
  });

  it.each(['go1.22.12', 'go1.24.4'])('counts the same with %s', async (toolchain) => {
    const file = await lab.buildProbed(`probed-${toolchain}`, [], { GOTOOLCHAIN: toolchain });
    expect(copiesOf(await lab.watch(file, [mode]))).toEqual(wanted);
  });
});

it('a list of sites says how often the source names each, and why pins are not counted', () => {
  const { sites } = listSites([probed]);
  const of = (name: string) => sites.find(({ site }) => site === name)!;
  const text = readFileSync(path.join(lab.source, 'main.go'), 'utf8');
  expect(of('C.CString').uses).toBe(text.split('C.CString(').length - 1);
  expect([of('failing').form, of('failing').uses]).toEqual(['errno', text.split('C.failing(').length - 1]);
  expect(of('goShout').uses).toBeUndefined();
  expect(of('runtime.Pinner.Pin')).toMatchObject({ probed: false, where: 'elsewhere.go:6' });
  expect(of('runtime.Pinner.Pin').reason).toMatch(/does not import "C"/);
});

describe('a pin', () => {
  it('is counted at the next call of its goroutine, and named where its file is not one that cgo translates', async () => {
    const seen = await lab.watch(probed, ['pins']);
    expect(seen.stdout).toBe((await lab.run(bare, ['pins'])).stdout);
    const pins = totalsOf(seen).flatMap((one) => (one.pins > 0 ? [[one.site.symbol, one.count, one.pins]] : []));
    expect(pins).toEqual(
      expect.arrayContaining([
        ['peekBoth', 1, 2],
        ['peek', 3, 3],
      ]),
    );
    expect(pins).toHaveLength(2);
    expect(seen.map.unpatched).toEqual(['example.com/copies: runtime.Pinner.Pin']);
    const file = await lab.buildProbed('probed-checked', ['-gcflags=-d=checkptr', '-race']);
    expect((await lab.watch(file, ['pins'])).stdout).toBe(seen.stdout);
  });
});

describe('a copy', () => {
  it('that no call follows is counted at its helper and served nobody', async () => {
    expect(copiesOf(await lab.watch(probed, ['unserved']))).toEqual({
      'C.CString': [1, 1, 6, 0],
      'C.GoString': [1, 1, 0, 6],
    });
  });

  it('is found again at its call however its goroutine moves between threads', async () => {
    const each = 2000;
    const texts = (24 * 23) / 2;
    const odd = 12 * 12;
    const seen = await lab.watch(probed, ['together', String(each)]);
    expect(seen.stdout).toBe((await lab.run(bare, ['together', String(each)])).stdout);
    expect(copiesOf(seen)).toEqual({
      'C.CString': [24 * each, 24 * each, texts * each, 0],
      'C.GoString': [24 * each, 24 * each, 0, 24 * 8 * each],
      'C.GoBytes': [24 * each, 24 * each, 0, 24 * 3 * each],
      length: [12 * each, 12 * each, (texts - odd) * each, 0],
      failing: [12 * each, 12 * each, odd * each, 0],
      answer: [24 * each, 24 * each, 0, 24 * 8 * each],
      bytes: [24 * each, 24 * each, 0, 24 * 3 * each],
    });
    const counted = await lab.watch(probed, ['together', String(each)], { SEAMARK_PROBE: 'counters' });
    expect(copiesOf(counted)).toEqual(copiesOf(seen));
  });

  it("in a callback on a thread that C made is the callback's", async () => {
    const seen = await lab.watch(probed, ['foreign']);
    expect(seen.stdout).toBe((await lab.run(bare, ['foreign'])).stdout);
    expect(copiesOf(seen)).toEqual({
      'C.CString': [25, 25, 24 * 6 + 4, 0],
      'C.GoString': [25, 25, 0, 24 * 5 + 4],
      goShout: [24, 48, 24 * 5, 24 * 6],
      shoutFromThreads: [1, 2, 4, 4],
    });
  });

  it('into Go is timed as a whole, one for C with its way into malloc and back', async () => {
    const records = recordsOf(await lab.watch(probed, ['served'])).filter(({ kind }) => kind === KIND.COPY);
    expect(records).toHaveLength(9);
    for (const { d1, d2, d3, bytesOut, bytesIn } of records) {
      expect(d3).toBeGreaterThan(0);
      if (bytesIn > 0) expect([d1 > 0, d2 > d1, d3 > d2]).toEqual([true, true, true]);
      if (bytesOut > 0) expect([d1, d2]).toEqual([0, 0]);
    }
  });

  it('goes on being counted when the records are full, and fills no other lane', async () => {
    const seen = await lab.watch(probed, ['alone', '300000'], { SEAMARK_RECORDS_PER_LANE: '1024' });
    const copies = totalsOf(seen).find(({ site }) => site.symbol === 'C.GoString')!;
    expect([copies.count, copies.opened, copies.bytesOut]).toEqual([300_000, 300_000, 2_400_000]);
    expect(totalsOf(seen).find(({ site }) => site.symbol === 'answer')!.bytesOut).toBe(2_400_000);
    expect(recordsOf(seen).length).toBeLessThanOrEqual(1024);
  });

  it('beyond what a record can count is exact in the totals, and the record says so', async () => {
    const seen = await lab.watch(probed, ['large', '1000']);
    expect(copiesOf(seen).plain).toEqual([1, 300, 300_000, 0]);
    const call = recordsOf(seen).find(({ kind, copies }) => kind === KIND.CALL && copies > 0)!;
    expect([call.copies, call.bytesIn, call.state]).toEqual([255, 300_000, STATE.CLOSED | STATE.SATURATED]);
  });
});
