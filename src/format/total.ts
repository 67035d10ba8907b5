/** Exact sums a site over all lanes, whatever became of the records. Means and attribution rest on these. */
import type { SiteFields } from './layout-gen.ts';
import { type RecordFile, readTotals } from './reader.ts';

/** Times are ticks. Plain numbers: exact below 2^53, which is a month of time inside calls at 3 GHz. */
export interface SiteTotals {
  readonly site: SiteFields;
  /** Crossings closed. */
  readonly count: number;
  readonly errors: number;
  readonly entry: number;
  readonly callee: number;
  readonly exit: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly allocBytes: number;
  readonly allocs: number;
  readonly copies: number;
  readonly nested: number;
  /** Crossings begun. */
  readonly opened: number;
  readonly recorded: number;
  readonly frees: number;
  /** Below zero where the callee gives back more than it takes. */
  readonly heldBytes: number;
  readonly pins: number;
}

const SUMMED = [
  'count',
  'errors',
  'entry',
  'callee',
  'exit',
  'bytesIn',
  'bytesOut',
  'allocBytes',
  'allocs',
  'copies',
  'nested',
  'opened',
  'recorded',
  'frees',
  'heldBytes',
  'pins',
] as const;

/** By site index, every site of the file. */
export function sumTotals(file: RecordFile): readonly SiteTotals[] {
  const lanes = file.lanes.map((lane) => readTotals(file, lane));
  return file.sites.map((site, index) => {
    const sum = (name: (typeof SUMMED)[number]): number =>
      Number(
        BigInt.asIntN(
          64,
          lanes.reduce((whole, totals) => whole + totals[index]![name], 0n),
        ),
      );
    const sums = Object.fromEntries(SUMMED.map((name) => [name, sum(name)])) as Record<(typeof SUMMED)[number], number>;
    return { site, ...sums };
  });
}
