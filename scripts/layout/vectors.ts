/**
 * The shared byte vectors: small record files that TypeScript, Go, Rust and C all read to the same JSON and write back
 * byte for byte, and broken ones that all refuse with the same code. No clock and no chance: the same bytes every time.
 */
import { describeRecordFile } from '../../src/format/json.ts';
import { CLOCK, FILE_FLAGS, KIND, type RecordFields, STATE } from '../../src/format/layout-gen.ts';
import { openRecordFile } from '../../src/format/reader.ts';
import {
  inOrder,
  specimenHeader,
  specimenLane,
  specimenRecord,
  specimenSite,
  specimenTotal,
} from '../../src/format/specimen.ts';
import { type RecordData, writeRecordFile } from '../../src/format/writer.ts';
import { brokenVectors } from './broken-vectors.ts';

/** File name under format/vectors to its content. */
export function makeVectors(): ReadonlyMap<string, Uint8Array | string> {
  const files = new Map<string, Uint8Array | string>();
  for (const [name, data] of Object.entries(WHOLE)) {
    const bytes = writeRecordFile(data);
    files.set(`${name}.rec`, bytes);
    files.set(`${name}.json`, jsonText(describeRecordFile(openRecordFile(bytes))));
  }
  for (const { name, level, refused, bytes } of brokenVectors(crossings)) {
    files.set(`broken/${name}.rec`, bytes);
    files.set(`broken/${name}.json`, jsonText({ level, refused }));
  }
  return files;
}

const jsonText = (value: object): string => `${JSON.stringify(value, null, 1)}\n`;

const U32 = 0xffffffff;
const U64 = 0xffffffffffffffffn;

const crossings: RecordData = {
  header: specimenHeader({
    siteCount: 3,
    laneCount: 2,
    tripleCount: 3,
    environment: Array.from({ length: 32 }, (_, index) => (index * 7).toString(16).padStart(2, '0')).join(''),
    overflowCrossings: 5n,
    ownCostTicks: 81n * 256n,
    triples: [0n, 1n, 2n].map((step) => ({
      beforeTicks: 1_234_567_890_123n + step * 1_300_000_000n,
      ns: 987_654_330n + step * 500_000_000n,
      afterTicks: 1_234_567_890_171n + step * 1_300_000_000n,
    })),
  }),
  sites: [
    specimenSite(0),
    specimenSite(1, { kind: KIND.CALLBACK, symbol: 'goVisit', line: 0 }),
    specimenSite(2, { symbol: 'dé_codé', package: 'exämple.com/übergang', file: 'naïve.go' }),
  ],
  lanes: [
    {
      head: specimenLane(7, { dropped: 3n, thread: 4711n }),
      totals: inOrder(
        specimenTotal({ count: 9n, entry: 400n, callee: 1100n, exit: 310n, nested: 60n, opened: 9n, recorded: 5n }),
        specimenTotal({ count: 1n, errors: 1n, entry: 20n, callee: 60n, exit: 20n, opened: 1n, recorded: 1n }),
      ),
      records: inOrder(
        specimenRecord({ request: 1n, bytesIn: 64, bytesOut: 32, allocBytes: 96, allocs: 2, copies: 1 }),
        specimenRecord({ t0: 2000n, d1: 0, d2: 0, d3: 0 }),
        specimenRecord({
          t0: 3000n,
          site: 1,
          kind: KIND.CALLBACK,
          state: STATE.CLOSED | STATE.ERROR,
          result: 3,
          parent: (1n << 48n) | (1n << 32n),
        }),
        specimenRecord({
          t0: 4000n,
          d1: 1,
          d2: U32,
          d3: U32,
          state: STATE.CLOSED | STATE.SATURATED,
          bytesIn: U32,
          allocs: 0xffff,
          copies: 0xff,
        }),
        specimenRecord({ t0: 5000n, d1: 1, d2: 2_000_000, d3: 2_000_004, state: STATE.CLOSED | STATE.COARSE }),
        specimenRecord({
          t0: 6000n,
          state: STATE.CLOSED | STATE.SAMPLED | STATE.REQUEST_IS_KEY,
          request: 0xc000123456n,
        }),
        specimenRecord({ t0: 7000n, d1: 9, d2: 3, d3: 1, site: 0xffff, kind: KIND.CONTEXT, request: 77n, aux: 5 }),
      ),
    },
    {
      head: specimenLane(4, { thread: 4712n, owners: 2, samplePeriod: 16 }),
      totals: new Map([
        [2, specimenTotal({ count: 2n, entry: 80n, callee: 200n, exit: 60n, bytesIn: 128n, opened: 2n, recorded: 2n })],
      ]),
      records: inOrder(
        specimenRecord({ site: 2, aux: U32 }),
        specimenRecord({ t0: U64, site: 2, result: 255 }),
        specimenRecord({ t0: 8000n, d1: 0, d2: 0, site: 1, kind: KIND.COPY, bytesOut: 33, copies: 1 }),
        specimenRecord({ t0: 9000n, site: 3, kind: KIND.COPY }), // refused: there is no such site
      ),
    },
  ],
};

/** What a process leaves that was killed: no end, a call that never came back, a slot reserved and never begun. */
const died: RecordData = {
  header: specimenHeader({ flags: 0, endTicks: 0n, endNs: 0n, ticksPerSecond: 0n, siteCount: 1, laneCount: 1 }),
  sites: [specimenSite(0)],
  lanes: [
    {
      head: specimenLane(3, { inUse: 1 }),
      totals: inOrder(specimenTotal({ count: 1n, entry: 40n, callee: 100n, exit: 30n, opened: 2n, recorded: 1n })),
      records: inOrder(specimenRecord(), specimenRecord({ t0: 2000n, d2: 0, d3: 0, state: STATE.OPEN })),
    },
  ],
};

/** A flight recorder on its second turn: 13 records in 8 slots, one place of the first turn taken and not yet rewritten. */
const wrapped: RecordData = {
  header: specimenHeader({ flags: FILE_FLAGS.FINISHED | FILE_FLAGS.FLIGHT_RECORDER, siteCount: 1, laneCount: 1 }),
  sites: [specimenSite(0)],
  lanes: [
    {
      head: specimenLane(13),
      totals: inOrder(
        specimenTotal({ count: 13n, entry: 520n, callee: 1300n, exit: 390n, opened: 13n, recorded: 13n }),
      ),
      records: inOrder(
        ...Array.from({ length: 8 }, (_, slot) =>
          specimenRecord({ t0: BigInt(1000 * (slot < 4 ? slot + 8 : slot)), generation: slot < 4 ? 2 : 1 }),
        ),
      ),
    },
  ],
};

/** Every field at its largest, texts that fill their room, the OS clock, what a reader can't understand but must keep. */
const extremes: RecordData = {
  header: specimenHeader({
    clock: CLOCK.OS,
    flags: FILE_FLAGS.FINISHED | FILE_FLAGS.COUNTERS_ONLY,
    runId: U64,
    process: 0xffff,
    ticksPerSecond: U64,
    quantumTicks: U32,
    startTicks: U64,
    startNs: U64,
    endTicks: U64,
    endNs: U64,
    environment: 'ff'.repeat(32),
    siteCapacity: 1,
    siteCount: 1,
    laneCapacity: 1,
    laneCount: 1,
    laneSlots: 1,
    tripleCount: 8,
    overflowCrossings: U64,
    ownCostTicks: U64,
    pid: U32,
    counterLayout: U32,
    sampleIntervalNs: U64,
    recordPeriod: U32,
    keySlot: U32,
    triples: Array.from({ length: 8 }, () => ({ beforeTicks: U64, ns: U64, afterTicks: U64 })),
  }),
  sites: [
    specimenSite(0, {
      kind: 255,
      flags: 255,
      line: U32,
      symbol: 's'.repeat(152),
      package: 'ü'.repeat(96),
      file: 'f'.repeat(160),
    }),
  ],
  lanes: [
    {
      head: { sequence: 1n, dropped: U64, thread: U64, owners: U32, inUse: U32, samplePeriod: U32 },
      totals: inOrder({
        count: U64,
        errors: U64,
        entry: U64,
        callee: U64,
        exit: U64,
        bytesIn: U64,
        bytesOut: U64,
        allocBytes: U64,
        allocs: U64,
        copies: U64,
        nested: U64,
        opened: U64,
        recorded: U64,
        frees: U64,
        heldBytes: U64,
        pins: U64,
        allocator: U64,
        wait: U64,
        ready: U64,
        spent: U64,
      }),
      records: inOrder(
        specimenRecord({
          t0: U64,
          d1: U32,
          d2: U32,
          d3: U32,
          state: 0xfe,
          request: U64,
          parent: U64,
          bytesIn: U32,
          bytesOut: U32,
          allocBytes: U32,
          allocs: 0xffff,
          copies: 255,
          result: 255,
          aux: U32,
        }),
      ),
    },
  ],
};

/** Believable crossings without a pattern, for the eyes of a histogram: times over twenty octaves, from a fixed seed. */
function scattered(): RecordData {
  let seed = 1;
  const next = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed;
  };
  const record = (index: number): RecordFields => {
    const step = (): number => next() >>> (12 + (next() >>> 28));
    const [entry, callee, exit] = [step(), step(), step()];
    return specimenRecord({
      t0: BigInt(index) * 10_000_000n,
      d1: entry,
      d2: entry + callee,
      d3: entry + callee + exit,
      site: index % 3,
    });
  };
  return {
    header: specimenHeader({ laneSlots: 128, laneCapacity: 1, siteCount: 3, laneCount: 1 }),
    sites: [specimenSite(0), specimenSite(1), specimenSite(2)],
    lanes: [
      {
        head: specimenLane(100),
        totals: new Map(),
        records: inOrder(...Array.from({ length: 100 }, (_, index) => record(index))),
      },
    ],
  };
}

const empty: RecordData = { header: specimenHeader({ siteCapacity: 0, laneCapacity: 0 }), sites: [], lanes: [] };

const WHOLE: Readonly<Record<string, RecordData>> = {
  empty,
  crossings,
  died,
  wrapped,
  extremes,
  scattered: scattered(),
};
