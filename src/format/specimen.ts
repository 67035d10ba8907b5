/** Parts of record files with every field set to something plain: for vectors and tests, which change what they are about. */
import { decodeFields } from './field.ts';
import {
  CLOCK,
  FILE_FLAGS,
  HEADER,
  type HeaderFields,
  KIND,
  LANE,
  type LaneFields,
  MAGIC,
  RECORD,
  type RecordFields,
  SITE,
  type SiteFields,
  STATE,
  TOTAL,
  TOTAL_FIELDS,
  type TotalFields,
  TRIPLES,
  type TripleFields,
  VERSION,
} from './layout-gen.ts';

const TRIPLE: TripleFields = { beforeTicks: 0n, ns: 0n, afterTicks: 0n };

/** A header whose places fit its capacities: the site table behind it, the lanes behind that. */
export function specimenHeader(changes: Partial<HeaderFields> = {}): HeaderFields {
  const capacities = { siteCapacity: 4, laneCapacity: 2, laneSlots: 8, ...changes };
  const start = 1_234_567_890_123n;
  return {
    magic: MAGIC,
    version: VERSION,
    headerBytes: HEADER.size,
    runId: 0x5ea3a2c0ffee1234n,
    clock: CLOCK.TSC,
    process: 1,
    ticksPerSecond: 2_600_000_000n,
    quantumTicks: 26,
    flags: FILE_FLAGS.FINISHED,
    startTicks: start,
    startNs: 987_654_321n,
    endTicks: start + 2_600_000_000n,
    endNs: 1_987_654_321n,
    environment: '00'.repeat(32),
    siteCount: 0,
    laneCount: 0,
    tripleCount: 0,
    sitesOffset: BigInt(HEADER.size),
    lanesOffset: BigInt(HEADER.size + SITE.size * capacities.siteCapacity),
    laneBytes: BigInt(LANE.size + TOTAL.size * capacities.siteCapacity + RECORD.size * capacities.laneSlots),
    overflowCrossings: 0n,
    ownCostTicks: 0n,
    pid: 4321,
    counterLayout: 0,
    samplesOffset: 0n,
    sampleIntervalNs: 0n,
    sampleCapacity: 0,
    sampleCount: 0,
    recordPeriod: 0,
    keySlot: 0,
    ...capacities,
    triples: Array.from({ length: TRIPLES }, (_, index) => changes.triples?.[index] ?? TRIPLE),
  };
}

export function specimenSite(id: number, changes: Partial<SiteFields> = {}): SiteFields {
  return {
    id,
    kind: KIND.CALL,
    flags: 0,
    line: 10 + id,
    symbol: `fc_site_${id}`,
    package: 'example.com/first/crossing',
    file: 'crossing.go',
    ...changes,
  };
}

export function specimenLane(sequence: number | bigint, changes: Partial<LaneFields> = {}): LaneFields {
  return { sequence: BigInt(sequence), dropped: 0n, thread: 1n, owners: 1, inUse: 0, samplePeriod: 1, ...changes };
}

/** All zeros but for the changes. */
export function specimenTotal(changes: Partial<TotalFields> = {}): TotalFields {
  return { ...decodeFields(TOTAL_FIELDS, new Uint8Array(TOTAL.size), 0), ...changes } as TotalFields;
}

/** A closed call of 40 + 100 + 30 ticks. */
export function specimenRecord(changes: Partial<RecordFields> = {}): RecordFields {
  return {
    t0: 1000n,
    d1: 40,
    d2: 140,
    d3: 170,
    site: 0,
    kind: KIND.CALL,
    state: STATE.CLOSED,
    request: 0n,
    parent: 0n,
    bytesIn: 0,
    bytesOut: 0,
    allocBytes: 0,
    allocs: 0,
    copies: 0,
    result: 0,
    generation: 1,
    aux: 0,
    ...changes,
  };
}

/** A map from consecutive numbers, as lanes hold totals and records. */
export function inOrder<Item>(...items: readonly Item[]): ReadonlyMap<number, Item> {
  return new Map(items.entries());
}
