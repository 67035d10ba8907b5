/**
 * Exact totals of a process that may still run: its record file is memory it shares with the disk. Reads the header, the
 * site table and the totals of the lanes in use, never a slot: some ten kilobytes of a file of megabytes.
 */
import { clockRate } from '../format/clock.ts';
import { FILE_FLAGS, SITE_FLAGS, type SiteFields } from '../format/layout-gen.ts';
import { openRecordFile, type RecordFile } from '../format/reader.ts';
import { FormatRefusal } from '../format/refusal.ts';
import { nameKind, type SiteTotals, sumTotals } from '../format/total.ts';
import type { BoundaryReading, SiteReading } from '../model/site.ts';
import { sumsBetween } from '../model/site-sums.ts';
import { withRecordSource } from './record-folder.ts';

/**
 * Undefined when there is no file, it is none of ours, or its clock has no rate: the probe was off, could not write, or the
 * program crosses nowhere. Call it while no crossing is under way: one that is counts as opened, not as closed.
 */
export function readBoundary(path: string): BoundaryReading | undefined {
  try {
    return withRecordSource(path, (source) => toReading(openRecordFile(source)));
  } catch (error) {
    if (error instanceof FormatRefusal || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function toReading(file: RecordFile): BoundaryReading | undefined {
  const clock = clockRate(file.header);
  if (!clock) return undefined;
  const { kind, quantumS, ticksPerSecond } = clock;
  const isUnpatched = (site: SiteFields): boolean => (site.flags & SITE_FLAGS.UNPATCHED) !== 0;
  return {
    clock: { kind, quantumS },
    ticksPerSecond,
    countsOnly: (file.header.flags & FILE_FLAGS.COUNTERS_ONLY) !== 0,
    allocations: (file.header.flags & FILE_FLAGS.ALLOCATIONS) !== 0,
    ...seenOf(file.header),
    unpatched: file.sites.filter(isUnpatched).map((site) => `${site.package}: ${site.symbol}`),
    declared: file.sites.filter((site) => !isUnpatched(site)).length,
    sites: sumTotals(file).map((totals) => toSite(totals, file.header.flags)),
    lanes: file.lanes.map((lane) => Number(lane.head.sequence)),
  };
}

function seenOf({ startNs, endNs }: RecordFile['header']): Pick<BoundaryReading, 'seenS'> {
  return endNs > startNs ? { seenS: Number(endNs - startNs) / 1e9 } : {};
}

function toSite({ site, count, exit, ...totals }: SiteTotals, flags: number): SiteReading {
  const { opened, errors, recorded, entry, callee, nested } = totals;
  const where = site.line > 0 ? `${site.file}:${site.line}` : site.file;
  return {
    site: site.symbol,
    kind: nameKind(site.kind),
    package: site.package,
    ...(site.file === '' ? {} : { where }),
    opened,
    closed: count,
    errors,
    recorded,
    entry,
    callee,
    return: exit,
    nested,
    ...sumsBetween(undefined, totals),
    ...deepOf(totals, flags),
  };
}

function deepOf(
  { allocator, wait, ready, spent }: Pick<SiteTotals, 'allocator' | 'wait' | 'ready' | 'spent'>,
  flags: number,
): Pick<SiteReading, 'deep'> {
  if ((flags & FILE_FLAGS.DEEP) === 0) return {};
  return { deep: { ...((flags & FILE_FLAGS.ALLOCATIONS) === 0 ? {} : { allocator }), wait, ready, spent } };
}
