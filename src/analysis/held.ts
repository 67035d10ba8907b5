/**
 * What stays in memory after calls: how much a crossing, and whether it grows with the crossings or was taken once. Every
 * process was read several times while it ran. A leak leaves some in each part of a run; an arena that grew leaves all of it
 * in one or two, and a cache that fills up leaves less and less.
 */
import type { BoundaryWindow, Held, SitePart as Part } from '../model/site.ts';
import { medianInterval } from '../stats/order-statistic.ts';
import { sum } from '../stats/sums.ts';

type SitePart = Pick<Part, 'crossings' | 'heldBytes'>;

export interface HeldProcess {
  readonly crossings: number;
  readonly heldBytes: number;
  /** Empty where the process was not read in parts. */
  readonly parts: readonly SitePart[];
}

/** Fewer parts of a run can't tell growth from a step. */
const LEAST_PARTS = 3;
/** Share of the processes in which the same must be seen. */
const MOST = 0.8;

/** Processes without a crossing say nothing. */
export function tellHeld(all: readonly HeldProcess[]): Held {
  const processes = all.filter(({ crossings }) => crossings > 0);
  const bytes = sum(processes.map(({ heldBytes }) => heldBytes));
  const {
    centre: value,
    low,
    high,
    confidence,
  } = medianInterval(processes.map(({ heldBytes, crossings }) => heldBytes / crossings));
  const parts = processes.map(crossedParts);
  const told = parts.filter((some) => some.length >= LEAST_PARTS);
  const known = Number.isFinite(high - low);
  const bounded = (side: number): boolean => !known || (side > 0 ? low > 0 : high < 0);
  const mostly = (holds: (some: readonly SitePart[]) => boolean): boolean =>
    told.filter(holds).length >= MOST * told.length;
  const says: Held['says'] =
    told.length === 0
      ? undefined
      : mostly((some) => keepsGrowing(some, 1)) && bounded(1)
        ? 'grows'
        : mostly((some) => keepsGrowing(some, -1)) && bounded(-1)
          ? 'falls'
          : bytes > 0
            ? 'grew'
            : 'balanced';
  return {
    bytes,
    ...(known ? { slope: { value, low, high, confidence, processes: processes.length } } : {}),
    parts: sum(parts.map((some) => some.length)),
    grewIn: sum(parts.map((some) => some.filter(({ heldBytes }) => heldBytes > 0).length)),
    ...(says === undefined ? {} : { says }),
  };
}

/** What all sites of one process hold together: what one sets aside, another may take back. */
export function heldOf(sites: BoundaryWindow['sites']): HeldProcess {
  const parts = Math.max(0, ...sites.map((site) => site.parts?.length ?? 0));
  const calls = sites.filter(({ kind }) => kind === 'call');
  return {
    crossings: sum(calls.map(({ closed }) => closed)),
    heldBytes: sum(sites.map(({ sums }) => sums?.heldBytes ?? 0)),
    parts: Array.from({ length: parts }, (_, at) => ({
      crossings: sum(calls.map((site) => site.parts?.[at]?.crossings ?? 0)),
      heldBytes: sum(sites.map((site) => site.parts?.[at]?.heldBytes ?? 0)),
    })),
  };
}

/** A part in which the site was not crossed can't show that it holds something. */
function crossedParts({ parts }: HeldProcess): readonly SitePart[] {
  return parts.filter(({ crossings }) => crossings > 0);
}

/** In every part, and a crossing of the later half leaves at least half of what one of the earlier half does. */
function keepsGrowing(parts: readonly SitePart[], sign: 1 | -1): boolean {
  const half = Math.ceil(parts.length / 2);
  const slope = (some: readonly SitePart[]): number =>
    (sign * sum(some.map(({ heldBytes }) => heldBytes))) / sum(some.map(({ crossings }) => crossings));
  return (
    parts.every(({ heldBytes }) => sign * heldBytes > 0) && slope(parts.slice(half)) >= slope(parts.slice(0, half)) / 2
  );
}
