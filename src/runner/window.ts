/** Readings of a boundary -> what crossed between the first and the last, and what each part of it left in memory. */
import type {
  BoundaryReading,
  BoundarySlice,
  BoundaryWindow,
  DeepTicks,
  SiteReading,
  SiteWindow,
} from '../model/site.ts';
import { partsBetween, sumsBetween } from '../model/site-sums.ts';

/** What ran between the readings. */
export interface Measured {
  readonly operations: number;
  /** Undefined when something ran that has no time of its own. */
  readonly seconds?: number;
  /** Then: what all of it would have taken at the pace of what was timed. */
  readonly pacedS?: number;
}

/**
 * `before` undefined: from the start of the process. Ticks become seconds at the rate of the later reading, which knows more.
 * `between`: readings inside the window, in order, which cut it into parts.
 */
export function windowBetween(
  before: BoundaryReading | undefined,
  after: BoundaryReading,
  measured: Measured,
  between: readonly BoundaryReading[] = [],
): BoundaryWindow {
  return {
    ...measured,
    clock: after.clock,
    ...(after.countsOnly ? { countsOnly: true } : {}),
    ...(after.allocations ? { allocations: true } : {}),
    ...(after.seenS === undefined ? {} : { windowS: [before?.seenS ?? 0, after.seenS] as const }),
    unpatched: after.unpatched,
    declared: after.declared,
    sites: after.sites.flatMap((site, index) => {
      const crossed = subtract(site, before?.sites[index], after.ticksPerSecond);
      if (crossed.opened <= 0 && crossed.closed <= 0) return [];
      if (after.allocations !== true || between.length === 0) return [crossed];
      return [{ ...crossed, parts: partsBetween([before, ...between, after].map((each) => each?.sites[index])) }];
    }),
    records: after.lanes.map((end, lane) => [before?.lanes[lane] ?? 0, end] as const),
  };
}

/** The times alone. */
export function sliceBetween(
  before: BoundaryReading | undefined,
  after: BoundaryReading,
  measured: Required<Pick<Measured, 'operations' | 'seconds'>>,
): BoundarySlice {
  const { sites } = windowBetween(before, after, measured);
  return {
    ...measured,
    sites: sites.map(({ site, kind, entryS, calleeS, returnS, nestedS, allocatorS, waitS, readyS, spentS }) => ({
      ...{ site, kind, entryS, calleeS, returnS, nestedS },
      ...(allocatorS === undefined ? {} : { allocatorS }),
      ...(waitS === undefined ? {} : { waitS }),
      ...(readyS === undefined ? {} : { readyS }),
      ...(spentS === undefined ? {} : { spentS }),
    })),
  };
}

function subtract(after: SiteReading, before: SiteReading | undefined, ticksPerSecond: number): SiteWindow {
  const { site, kind, package: package_, where } = after;
  const seconds = (ticks: number, earlier: number | undefined): number => (ticks - (earlier ?? 0)) / ticksPerSecond;
  return {
    site,
    kind,
    package: package_,
    ...(where === undefined ? {} : { where }),
    opened: after.opened - (before?.opened ?? 0),
    closed: after.closed - (before?.closed ?? 0),
    errors: after.errors - (before?.errors ?? 0),
    recorded: after.recorded - (before?.recorded ?? 0),
    entryS: seconds(after.entry, before?.entry),
    calleeS: seconds(after.callee, before?.callee),
    returnS: seconds(after.return, before?.return),
    nestedS: seconds(after.nested, before?.nested),
    ...deepBetween(before?.deep, after.deep, ticksPerSecond),
    ...sumsBetween(before?.sums, after.sums),
  };
}

type DeepSeconds = Pick<SiteWindow, 'allocatorS' | 'waitS' | 'readyS' | 'spentS'>;

function deepBetween(before: DeepTicks | undefined, after: DeepTicks | undefined, ticksPerSecond: number): DeepSeconds {
  if (!after) return {};
  const seconds = (name: 'wait' | 'ready' | 'spent'): number => (after[name] - (before?.[name] ?? 0)) / ticksPerSecond;
  const allocator = after.allocator === undefined ? undefined : after.allocator - (before?.allocator ?? 0);
  return {
    ...(allocator === undefined ? {} : { allocatorS: allocator / ticksPerSecond }),
    waitS: seconds('wait'),
    readyS: seconds('ready'),
    spentS: seconds('spent'),
  };
}
