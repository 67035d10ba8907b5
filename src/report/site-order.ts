/** How sites are listed and marked, alike in every table of them. */
import type { SiteKind, SiteSummary } from '../model/site.ts';

/** Seconds over all crossings seen. */
export const spent = (site: SiteSummary): number => site.crossings * site.total.mean;

export function costliestFirst(one: SiteSummary, other: SiteSummary): number {
  return spent(other) - spent(one) || (one.site < other.site ? -1 : 1);
}

/** Before the name of a site that is no call from Go. */
export const MARKS: Readonly<Record<SiteKind, string>> = { call: '', callback: '↩ ', copy: '≡ ' };

/** What the marks mean, of those that are shown. */
export function noteMarks(sites: readonly { readonly kind: SiteKind }[]): readonly string[] {
  const shown = new Set(sites.map(({ kind }) => kind));
  return [
    ...(shown.has('callback') ? ['↩ the callee calls Go: its time lies inside that of its call'] : []),
    ...(shown.has('copy')
      ? ["≡ a copy by cgo's own helper: what it copied also stands at the call that it served"]
      : []),
  ];
}
