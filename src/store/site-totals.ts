/** What one probed process saw at one site, summed: a row of sites.parquet. */
import { clockRate } from '../format/clock.ts';
import type { SiteFields } from '../format/layout-gen.ts';
import { KIND } from '../format/layout-gen.ts';
import type { RecordFile } from '../format/reader.ts';
import { sumTotals } from '../format/total.ts';

export interface SiteTotals {
  readonly stage: string;
  readonly block: number;
  readonly arm: string;
  readonly site: string;
  readonly kind: string;
  readonly package: string;
  readonly crossings: number;
  readonly errors: number;
  /** Seconds over all crossings. */
  readonly entryS: number;
  readonly calleeS: number;
  readonly returnS: number;
  readonly recorded: number;
  readonly dropped: number;
}

export function listSiteTotals(
  file: RecordFile,
  of: { readonly stage: string; readonly block: number; readonly arm: string },
): SiteTotals[] {
  const perSecond = clockRate(file.header)?.ticksPerSecond ?? Number.NaN;
  return sumTotals(file).map((totals) => ({
    ...of,
    site: totals.site.symbol,
    kind: nameKind(totals.site),
    package: totals.site.package,
    crossings: totals.opened,
    errors: totals.errors,
    entryS: totals.entry / perSecond,
    calleeS: totals.callee / perSecond,
    returnS: totals.exit / perSecond,
    recorded: totals.recorded,
    dropped: totals.opened - totals.recorded,
  }));
}

function nameKind(site: SiteFields): string {
  return site.kind === KIND.CALLBACK ? 'callback' : 'call';
}
