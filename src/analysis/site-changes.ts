/**
 * Where two builds differ in what is exact: crossings, allocations, copies and bytes of single sites. Nobody has to ask for
 * them; what is equal is not listed, nor what varies so much from run to run that the ranges meet.
 */
import { SITE_COUNTS } from '../model/metric.ts';
import type { Contrast } from '../model/plan.ts';
import type { BoundaryMap, SiteSummary } from '../model/site.ts';
import type { SiteChange } from '../model/site-change.ts';
import { type CountInput, compareCounts } from './exact-counts.ts';

/** A count that is seen once could vary without being seen to. */
const LEAST_RUNS = 2;

/** Of contrasts between builds, site by site, the order that of the boundary maps: costliest first. */
export function listSiteChanges(contrasts: readonly Contrast[], input: CountInput): SiteChange[] {
  return contrasts
    .filter(({ kind }) => kind === 'build')
    .flatMap((contrast) =>
      sitesOf(contrast, input).flatMap((site) =>
        SITE_COUNTS.flatMap((quantity) => changeAt(contrast, site, quantity, input)),
      ),
    );
}

function sitesOf({ baselineArm, candidateArm }: Contrast, { boundary }: CountInput): string[] {
  const maps = [candidateArm, baselineArm].flatMap((arm) => boundary.find(({ of }) => of === arm) ?? []);
  return [...new Set(maps.flatMap(({ sites }) => sites.map((site) => nameAmong(site, maps))))];
}

/**
 * As one asks for it: by its symbol, and where a map has several of that name by its package too, or by its kind. A symbol that only
 * one package calls in each build is the same site, though the package be another one or have a new path.
 */
function nameAmong({ site, kind, package: home }: SiteSummary, maps: readonly BoundaryMap[]): string {
  const alike = maps.map(({ sites }) => sites.filter((other) => other.site === site));
  const isOfKinds = alike.flat().some((other) => other.kind !== kind);
  const isOfPackages = alike.some((some) => some.filter((other) => other.kind === kind).length > 1);
  return `${isOfKinds ? `${kind} ` : ''}${isOfPackages ? `${home}.` : ''}${site}`;
}

function changeAt(contrast: Contrast, site: string, quantity: string, input: CountInput): SiteChange[] {
  const [found] = compareCounts(contrast, `site(${site}).${quantity}`, input);
  if (found?.verdict !== 'different' || found.blocks < LEAST_RUNS) return [];
  const { treatment, factor, baseline, candidate, baselineArm, candidateArm, baselineValue, candidateValue } = found;
  return [
    {
      ...{ site, quantity, treatment, factor, baseline, candidate, baselineArm, candidateArm },
      ...{ baselineValue, candidateValue, runs: found.blocks, steady: found.warnings.length === 0 },
    },
  ];
}
