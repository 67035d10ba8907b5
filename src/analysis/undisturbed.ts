/**
 * What of two runs of one block was not disturbed. A shared machine takes a process away now and then, for far longer than a layer
 * differs: means over everything would tell of the machine.
 */
import type { BoundarySlice, BoundaryWindow, SiteTimes } from '../model/site.ts';
import { sum } from '../stats/sums.ts';

/** What is cut into layers: a window of one run, or what of it was not disturbed. */
export type Cut = Pick<BoundaryWindow, 'operations' | 'seconds' | 'pacedS' | 'collectorS' | 'goLockS'> & {
  readonly sites: readonly SiteTimes[];
};

export interface Pair {
  readonly baseline: Cut & Pick<BoundaryWindow, 'slices'>;
  readonly candidate: Cut & Pick<BoundaryWindow, 'slices'>;
}

/**
 * Slices in which one build was far slower beside the other than it usually is in this block, or far quicker, say more of the machine
 * than of the builds: the outer quarters go, of both builds together, chosen by the whole alone, so that layers still add up.
 */
export function leaveDisturbed({ baseline, candidate }: Pair): Pair {
  const [from, to] = [baseline.slices ?? [], candidate.slices ?? []];
  if (from.length < LEAST_SLICES || from.length !== to.length) return { baseline, candidate };
  const per = ({ seconds, operations }: BoundarySlice) => seconds / operations;
  const ranked = from.map((slice, at) => ({ at, difference: per(to[at]!) - per(slice) }));
  ranked.sort((a, b) => a.difference - b.difference);
  const quarter = Math.floor(ranked.length / 4);
  const kept = new Set(ranked.slice(quarter, ranked.length - quarter).map(({ at }) => at));
  return { baseline: joinSlices(baseline, from, kept), candidate: joinSlices(candidate, to, kept) };
}

const LEAST_SLICES = 8;

/** What Go waited for is known of the window alone, and taken to be spread over it. */
function joinSlices(
  { collectorS, goLockS, operations: all }: Cut,
  slices: readonly BoundarySlice[],
  kept: ReadonlySet<number>,
): Cut {
  const chosen = slices.filter((_, at) => kept.has(at));
  const sites = new Map<string, SiteTimes>();
  for (const site of chosen.flatMap((slice) => slice.sites)) {
    const key = `${site.kind} ${site.site}`;
    const known = sites.get(key);
    sites.set(key, known ? addTimes(known, site) : site);
  }
  const operations = sum(chosen.map((slice) => slice.operations));
  const share = operations / all;
  return {
    operations,
    seconds: sum(chosen.map(({ seconds }) => seconds)),
    sites: [...sites.values()],
    ...(collectorS === undefined ? {} : { collectorS: collectorS * share }),
    ...(goLockS === undefined ? {} : { goLockS: goLockS * share }),
  };
}

function addTimes(one: SiteTimes, other: SiteTimes): SiteTimes {
  const both = (name: 'allocatorS' | 'waitS' | 'readyS' | 'spentS') =>
    one[name] === undefined || other[name] === undefined ? {} : { [name]: one[name] + other[name] };
  return {
    ...{ site: one.site, kind: one.kind },
    entryS: one.entryS + other.entryS,
    calleeS: one.calleeS + other.calleeS,
    returnS: one.returnS + other.returnS,
    nestedS: one.nestedS + other.nestedS,
    ...both('allocatorS'),
    ...both('waitS'),
    ...both('readyS'),
    ...both('spentS'),
  };
}
