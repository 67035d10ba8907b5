/** The parts of a callee's time, each set against what the callee's own clocks say of it. */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readBoundary } from '../../src/instrument/boundary-reading.ts';
import type { SiteReading } from '../../src/model/site.ts';
import { Laboratory } from './laboratory.ts';

let lab: Laboratory;
let program: string;

beforeAll(async () => {
  lab = new Laboratory('parts');
  program = await lab.buildProbed('probed');
});
afterAll(() => lab[Symbol.dispose]());

type Parts = Record<'own' | 'allocator' | 'wait' | 'ready' | 'callee' | 'spent', number>;

interface Look {
  /** Seconds, by site. */
  readonly parts: Readonly<Record<string, Parts>>;
  readonly truth: Readonly<Record<string, number>>;
}

async function look(argv: readonly string[], added: Readonly<Record<string, string>> = {}): Promise<Look> {
  const records = path.join(lab.makeFolder(), 'one.rec');
  const variables = { SEAMARK_RECORDS: records, SEAMARK_DEEP: '1', ...added };
  const { stdout, exitCode } = await lab.run(argv[0]!, argv.slice(1), variables);
  expect(exitCode).toBe(0);
  const reading = readBoundary(records)!;
  const truth = JSON.parse(stdout) as Record<string, number>;
  return {
    parts: Object.fromEntries(reading.sites.map((site) => [site.site, partsOf(site, reading.ticksPerSecond)])),
    truth: Object.fromEntries(Object.entries(truth).map(([name, ns]) => [name, ns / 1e9])),
  };
}

function partsOf({ callee, nested, deep }: SiteReading, ticksPerSecond: number): Parts {
  expect(deep).toBeDefined();
  const { allocator = Number.NaN, wait, ready, spent } = deep!;
  const ticks = { own: callee - nested - allocator - wait - ready, allocator, wait, ready, callee, spent };
  return Object.fromEntries(Object.entries(ticks).map(([name, value]) => [name, value / ticksPerSecond])) as Parts;
}

/** A tenth, and so much besides for what the callee does around its own reading of the clock. */
function expectNear(part: number, truth: number, stillS = 40 * 3e-6): void {
  expect(Math.abs(part - truth)).toBeLessThan(0.1 * truth + stillS);
}

it.each([
  ['with the registration that the C library made', {}],
  ['with one of its own where the C library made none', { GLIBC_TUNABLES: 'glibc.pthread.rseq=0' }],
  ['by the clock of the system', { SEAMARK_CLOCK: 'os' }],
])('each part of a callee lands in its own place, %s', async (_, added) => {
  const { parts, truth } = await look([program], added);
  const of = (site: string): Parts => parts[site]!;
  expectNear(of('spins').own, truth.spins!);
  expectNear(of('spins').wait, 0);
  expectNear(of('sleeps').wait + of('sleeps').ready, truth.sleeps!);
  expect(of('sleeps').wait).toBeGreaterThan(40 * 1e-3);
  expectNear(of('locks').wait + of('locks').ready, truth.locks!);
  expect(of('locks').wait).toBeGreaterThan(of('locks').ready);
  // What Go waits inside a callback is the callback's.
  expectNear(of('callsBack').wait + of('callsBack').ready, 0);
  expect(of('goSleeps').wait).toBeGreaterThan(40 * 1e-3);
  // Neither the clock's cost nor the spinning is in the allocator's part.
  expectNear(of('allocates').own, truth.allocates!, 40 * 100 * 20e-9);
  expect(of('allocates').allocator / (40 * 100)).toBeGreaterThan(200e-9);
  expect(of('spins').allocator).toBe(0);
});

it('a callee that lost its processor to another thread was ready, and did not wait', async () => {
  const { parts, truth } = await look(['taskset', '-c', '0', program, 'disturbed']);
  const { ready, wait, own } = parts.preempted!;
  expectNear(ready, truth.preempted!);
  expectNear(wait, 0, 0.05 * truth.preempted!);
  expectNear(own, 4 * 20e-3);
});
