/** What crossings of a site handed over and allocated: sums of them, between two readings of a process and part by part. */
import type { SitePart, SiteReading, SiteSums } from './site.ts';

export const NO_SUMS: SiteSums = {
  ...{ bytesIn: 0, bytesOut: 0, copies: 0, pins: 0 },
  ...{ allocs: 0, allocBytes: 0, frees: 0, heldBytes: 0 },
};

const NAMES = Object.keys(NO_SUMS) as readonly (keyof SiteSums)[];

export function addSums(one: SiteSums, other: SiteSums | undefined): SiteSums {
  return other ? combine(one, other, (a, b) => a + b) : one;
}

/** A property to spread, absent where nothing came between. */
export function sumsBetween(before: SiteSums | undefined, after: SiteSums | undefined): { readonly sums?: SiteSums } {
  const sums = combine(after ?? NO_SUMS, before ?? NO_SUMS, (a, b) => a - b);
  return NAMES.every((name) => sums[name] === 0) ? {} : { sums };
}

/** Of one site, from reading to reading: one part fewer. Undefined: before the site was known. */
export function partsBetween(readings: readonly (Pick<SiteReading, 'closed' | 'sums'> | undefined)[]): SitePart[] {
  return readings.slice(1).map((end, part) => {
    const begin = readings[part];
    const { allocs, allocBytes, heldBytes } = sumsBetween(begin?.sums, end?.sums).sums ?? NO_SUMS;
    return { crossings: (end?.closed ?? 0) - (begin?.closed ?? 0), allocs, allocBytes, heldBytes };
  });
}

function combine(one: SiteSums, other: SiteSums, by: (a: number, b: number) => number): SiteSums {
  return Object.fromEntries(NAMES.map((name) => [name, by(one[name], other[name])])) as unknown as SiteSums;
}
