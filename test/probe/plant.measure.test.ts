/** A fault planted in one layer of one site is seen in that layer of that site, as large as it is, and in no other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockRate } from '../../src/format/clock.ts';
import { RECORD, STATE } from '../../src/format/layout-gen.ts';
import type { RecordFile } from '../../src/format/reader.ts';
import { type Fault, faultBuild, faultRun } from '../../src/instrument/fault.ts';
import { Laboratory } from './laboratory.ts';

const KEY = '456789abcdef0123456789abcdef0123';
const ROUNDS = 7;
const CROSSINGS = 2000;
/** What a layer's median moves by itself, seconds: steps of the clock. What a fault leaves behind in caches adds a share of it. */
const STILL_S = 60e-9;

let lab: Laboratory;
let plantable: string;

beforeAll(async () => {
  lab = new Laboratory('plant');
  plantable = await lab.buildProbed('plantable', [], faultBuild(KEY));
});
afterAll(() => lab[Symbol.dispose]());

/** `before`: from the end of the last call of this thread, which is Go's own time. */
const LAYERS = ['before', 'entry', 'callee', 'return'] as const;
const NAMES = ['step', 'other', 'callBack', 'goStep']
  .flatMap((site) => LAYERS.map((layer) => `${site}.${layer}`))
  .filter((name) => name !== 'goStep.before');

interface Look {
  /** Ascending seconds of single crossings, over all rounds: `step.callee`. */
  readonly crossings: Readonly<Record<string, readonly number[]>>;
}

/** Several ways to run, in turns. */
async function look<Way extends string>(
  ways: Readonly<Record<Way, readonly Fault[]>>,
  threads = 1,
): Promise<Readonly<Record<Way, Look>>> {
  const names = Object.keys(ways) as Way[];
  const crossings = new Map(names.map((way) => [way, emptyLayers()]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of names) {
      const added = faultRun(ways[way], KEY, round);
      const { folder } = await lab.watch(plantable, [String(threads), String(CROSSINGS)], added);
      for (const { file } of folder.files) addCrossings(crossings.get(way)!, file);
    }
  }
  const all = names.map((way) => [way, { crossings: sorted(crossings.get(way)!) }]);
  return Object.fromEntries(all) as Record<Way, Look>;
}

const emptyLayers = (): Record<string, number[]> => Object.fromEntries(NAMES.map((name) => [name, []]));

const sorted = (layers: Record<string, number[]>): Record<string, readonly number[]> =>
  Object.fromEntries(Object.entries(layers).map(([name, values]) => [name, values.sort((a, b) => a - b)]));

function addCrossings(to: Record<string, number[]>, file: RecordFile): void {
  const tickS = 1 / clockRate(file.header)!.ticksPerSecond;
  for (const lane of file.lanes) {
    let last: bigint | undefined;
    for (let slot = 0; slot < lane.usedSlots; slot++) {
      const bytes = file.source.view(lane.recordsOffset + slot * RECORD.size, RECORD.size);
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const [d1, d2, d3] = [RECORD.d1, RECORD.d2, RECORD.d3].map((at) => view.getUint32(at, true)) as [
        number,
        number,
        number,
      ];
      const site = file.sites[view.getUint16(RECORD.site, true)]!.symbol;
      const t0 = view.getBigUint64(RECORD.t0, true);
      const isWhole = (view.getUint8(RECORD.state) & STATE.SAMPLED) === 0;
      if (site !== 'goStep') {
        if (isWhole && last !== undefined) to[`${site}.before`]?.push(Number(t0 - last) * tickS);
        last = isWhole ? t0 + BigInt(d3) : undefined;
      }
      to[`${site}.entry`]?.push(d1 * tickS);
      to[`${site}.callee`]?.push((d2 - d1) * tickS);
      to[`${site}.return`]?.push((d3 - d2) * tickS);
    }
  }
}

const shareOf = ({ crossings }: Look, name: string, share: number): number =>
  crossings[name]![Math.floor(share * crossings[name]!.length)]!;

/** Seconds by which each layer of each site grew, medians. */
async function grown(fault: Fault): Promise<Readonly<Record<string, number>>> {
  const { none, planted } = await look({ none: [{ ...fault, size: 0 }], planted: [fault] });
  return Object.fromEntries(NAMES.map((name) => [name, shareOf(planted, name, 0.5) - shareOf(none, name, 0.5)]));
}

function expectStill(change: Readonly<Record<string, number>>, moved: readonly string[]): void {
  const most = Math.max(STILL_S, ...moved.map((name) => 0.05 * change[name]!));
  for (const name of NAMES.filter((one) => !moved.includes(one))) {
    expect(Math.abs(change[name]!), name).toBeLessThan(most);
  }
}

describe('a fault at one site', () => {
  it.each([
    ['delay', 5e-6, 0.03],
    ['jitter', 5e-6, 0.1],
    ['lock', 5e-6, 0.03],
  ] as const)('%s is as long as it is in the callee, and nowhere else', async (kind, size, share) => {
    const change = await grown({ kind, site: 'step', size });
    expect(Math.abs(change['step.callee']! - size)).toBeLessThan(share * size);
    expectStill(change, ['step.callee']);
  });

  it.each([
    ['copy', 2 ** 18, 1e-6],
    ['alloc', 2 ** 16, 15e-9],
    ['leak', 2 ** 12, 15e-9],
    ['syscall', 8, 300e-9],
    ['threads', 1, 2e-6],
    ['allocs', 20, 100e-9],
  ] as const)('%s shows in the callee, and nowhere else', async (kind, size, least) => {
    const change = await grown({ kind, site: 'step', size });
    expect(change['step.callee']).toBeGreaterThan(least);
    expectStill(change, ['step.callee']);
  });

  it('time in Go is as long as it is before the call, and in no layer of any call', async () => {
    const change = await grown({ kind: 'go-delay', site: 'step', size: 5e-6 });
    expect(Math.abs(change['step.before']! - 5e-6)).toBeLessThan(0.03 * 5e-6);
    expectStill(change, ['step.before']);
  });

  it('garbage of Go shows before the call and in no layer of any call', async () => {
    const change = await grown({ kind: 'go-alloc', site: 'step', size: 2 ** 15 });
    expect(change['step.before']).toBeGreaterThan(300e-9);
    expectStill(change, ['step.before']);
  });

  it('contention is slept through in the callee for at least as long as the lock is held, and no longer than it takes to wake up', async () => {
    const { none, planted } = await look({
      none: [{ kind: 'contention', site: 'step', size: 0 }],
      planted: [{ kind: 'contention', site: 'step', size: 200e-6, every: 20 }],
    });
    const slept = planted.crossings['step.callee']!.filter((time) => time > 100e-6);
    expect(slept.length).toBeGreaterThan(200);
    expect(slept[0]).toBeGreaterThan(199e-6);
    expect(slept[Math.floor(slept.length / 2)]).toBeLessThan(400e-6);
    for (const name of NAMES)
      expect(Math.abs(shareOf(planted, name, 0.5) - shareOf(none, name, 0.5)), name).toBeLessThan(STILL_S);
  });

  it('a copy into Go shows behind the call, at the site of the helper, and in no layer of any call', async () => {
    const fault = { kind: 'go-copy', site: 'step', size: 2 ** 15 } as const;
    const change = await grown(fault);
    const { map } = await lab.watch(plantable, ['1', String(CROSSINGS)], faultRun([fault], KEY));
    const { total } = map.sites.find(({ site }) => site === 'C.GoBytes')!;
    expect(total.mean).toBeGreaterThan(300e-9);
    expectStill(change, []);
  });

  it('time in a callback shows there, and so in the callee of its call', async () => {
    const change = await grown({ kind: 'callback-delay', site: 'goStep', size: 5e-6 });
    expect(Math.abs(change['goStep.callee']! - 5e-6)).toBeLessThan(0.03 * 5e-6);
    expect(Math.abs(change['callBack.callee']! - 5e-6)).toBeLessThan(0.03 * 5e-6 + STILL_S);
    expectStill(change, ['goStep.callee', 'callBack.callee']);
  });
});

it('jitter lies about its mean in the shape that was asked for', async () => {
  const jitter = { kind: 'jitter', site: 'step', size: 20e-6 } as const;
  const { uniform, exponential } = await look({
    uniform: [jitter],
    exponential: [{ ...jitter, spread: 'exponential' }],
  });
  // One in so many is held up by the system as well, which moves every quantile: of uniform ones such are known by their length.
  const times = uniform.crossings['step.callee']!.filter((time) => time < 40.2e-6);
  const near = (seen: number, wanted: number) => expect(Math.abs(seen / 20e-6 - wanted)).toBeLessThan(0.1);
  for (const share of [0.1, 0.5, 0.9]) near(times[Math.floor(share * times.length)]!, 2 * share);
  for (const share of [0.1, 0.5]) near(shareOf(exponential, 'step.callee', share), -Math.log(1 - share));
});

it('the same seed draws the same times, another one others', async () => {
  const jitter = [{ kind: 'jitter', site: 'step', size: 20e-6 }] as const;
  const times = async (seed: number) => {
    const { folder } = await lab.watch(plantable, ['1', '200'], faultRun(jitter, KEY, seed));
    const layers = emptyLayers();
    for (const { file } of folder.files) addCrossings(layers, file);
    return layers['step.callee']!;
  };
  const apart = (one: readonly number[], two: readonly number[]) =>
    one.map((time, index) => Math.abs(time - two[index]!)).sort((a, b) => a - b)[100]!;
  const [first, again, other] = [await times(3), await times(3), await times(4)];
  expect(apart(first, again)).toBeLessThan(1e-6);
  expect(apart(first, other)).toBeGreaterThan(5e-6);
});

it('a lock is held by one thread at a time: others wait in their callee, where delays go side by side', async () => {
  const size = 50e-6;
  const cross = async (kind: 'delay' | 'lock', threads: number) => {
    const added = faultRun([{ kind, site: 'step', size }], KEY);
    const { map, stdout } = await lab.watch(plantable, [String(threads), String(CROSSINGS)], added);
    const { mean, quantiles } = map.sites.find(({ site }) => site === 'step')!.callee;
    return { mean, p50: quantiles!.p50, wholeS: (JSON.parse(stdout) as { ns: number }).ns * 1e-9 };
  };
  expect(Math.abs((await cross('lock', 1)).p50 / size - 1)).toBeLessThan(0.03);
  expect(Math.abs((await cross('delay', 2)).p50 / size - 1)).toBeLessThan(0.03);
  const lock = await cross('lock', 2);
  expect(lock.wholeS).toBeGreaterThan(0.99 * 2 * CROSSINGS * size);
  // A thread that has the lock may take it again and again: at the worst one has finished before the other begins to cross.
  expect(lock.mean).toBeGreaterThan(1.2 * size);
});
