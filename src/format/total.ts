/** Exact sums a site over all lanes, whatever became of the records. Means and attribution rest on these. */
import { KIND, type SiteFields, TOTAL } from './layout-gen.ts';
import type { RecordFile } from './reader.ts';

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
  /** Parts of callee, and what looking for them took: zeros in a file without DEEP. */
  readonly allocator: number;
  readonly wait: number;
  readonly ready: number;
  readonly spent: number;
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
  'allocator',
  'wait',
  'ready',
  'spent',
] as const;

const FIELDS = TOTAL.size / 8;

/** What people call a site of this kind. */
export function nameKind(kind: number): 'call' | 'callback' | 'copy' {
  return kind === KIND.CALLBACK ? 'callback' : kind === KIND.COPY ? 'copy' : 'call';
}

/** By site index, every site of the file. */
export function sumTotals(file: RecordFile): readonly SiteTotals[] {
  const sums = addLanes(file);
  return file.sites.map((site, index) => {
    const sum = (name: (typeof SUMMED)[number]): number => sums[index * FIELDS + TOTAL[name] / 8]!;
    const totals = Object.fromEntries(SUMMED.map((name) => [name, sum(name)])) as Record<
      (typeof SUMMED)[number],
      number
    >;
    return { site, ...totals };
  });
}

/**
 * Every field of every site, as it stands in the layout. In halves of 32 bits, because 64 lanes of hundreds of sites are read
 * while a program runs: as BigInt they take tens of milliseconds. The upper half counts as signed, so that what is below
 * zero in one lane is so in the sum.
 */
function addLanes(file: RecordFile): Float64Array {
  const sums = new Float64Array(file.sites.length * FIELDS);
  for (const lane of file.lanes) {
    const bytes = file.source.view(lane.totalsOffset, file.sites.length * TOTAL.size);
    // Copied where the bytes stand askew in their buffer.
    const even = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    const words = new Int32Array(even.buffer, even.byteOffset, even.byteLength / 4);
    for (let field = 0; field < sums.length; field++) {
      const low = words[2 * field]!;
      const high = words[2 * field + 1]!;
      if ((low | high) !== 0) sums[field]! += high * 2 ** 32 + (low >>> 0);
    }
  }
  return sums;
}
