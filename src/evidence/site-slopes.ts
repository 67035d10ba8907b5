/** What one operation adds at each place in the code of both builds: allocations, bytes, waits; by the slope of slope.ts. */
import type { Arm } from '../model/plan.ts';
import type { Finding } from '../model/witness.ts';
import type { Case, EvidenceRequest } from './gather.ts';
import { differs } from './judgement.ts';
import { type Counted, measureSlopes, type Slope, type Slopes, type Steps } from './slope.ts';
import type { Place } from './stack.ts';

/** Something that a run did at a place, in several quantities: `{allocations: 3, bytes: 96}`. */
export interface Sighting<Quantity extends string> {
  readonly place: Place;
  readonly values: Readonly<Record<Quantity, number>>;
}

/** One place in both builds, an operation. */
export interface SitePair<Quantity extends string> {
  readonly place: Place;
  readonly baseline: Readonly<Record<Quantity, Slope>>;
  readonly candidate: Readonly<Record<Quantity, Slope>>;
}

/** All places of both builds. */
export interface SiteSlopes<Quantity extends string> {
  readonly pairs: readonly SitePair<Quantity>[];
  /** By how many the longer runs had more: what a run has by chance counts so much less. */
  readonly operations: number;
}

/** `look` runs one process and says what it saw. Rejects as it does. */
export async function measureSites<Quantity extends string>(
  { baselineArm, candidateArm }: Pick<Case, 'baselineArm' | 'candidateArm'>,
  { experiment }: Pick<EvidenceRequest, 'experiment'>,
  { steps, quantities }: { readonly steps: Steps; readonly quantities: readonly Quantity[] },
  look: (arm: Arm, operations: number) => Promise<{ operations: number; sightings: readonly Sighting<Quantity>[] }>,
): Promise<SiteSlopes<Quantity>> {
  const places = new Map<string, Place>();
  const measure = (arm: Arm): Promise<Slopes> =>
    measureSlopes(
      async (asked): Promise<Counted> => {
        const { operations, sightings } = await look(arm, asked);
        const counts = new Map<string, number>();
        for (const { place, values } of sightings) {
          places.set(place.key, place); // of the build that is measured last: the candidate's lines are told
          for (const quantity of quantities) {
            const name = `${quantity}\t${place.key}`;
            counts.set(name, (counts.get(name) ?? 0) + values[quantity]);
          }
        }
        return { operations, counts };
      },
      steps,
      experiment,
    );
  const before = await measure(baselineArm);
  const after = await measure(candidateArm);
  const read = (slopes: Slopes, key: string) =>
    Object.fromEntries(
      quantities.map((quantity) => [quantity, slopes.get(`${quantity}\t${key}`) ?? NOTHING]),
    ) as Record<Quantity, Slope>;
  const pairs = [...places.values()].map((place) => ({
    place,
    baseline: read(before, place.key),
    candidate: read(after, place.key),
  }));
  return { pairs, operations: experiment.subject.kind === 'command' ? 1 : steps.by };
}

const NOTHING: Slope = { value: 0, spread: 0 };

/** Places at which a quantity differs by more than `least` and by more than it repeats, the largest difference first. */
export function findMoved<Quantity extends string>(
  pairs: readonly SitePair<Quantity>[],
  quantity: NoInfer<Quantity>,
  least: number,
): readonly SitePair<Quantity>[] {
  return pairs
    .filter(({ baseline, candidate }) => {
      const [before, after] = [baseline[quantity], candidate[quantity]];
      return differs(before, after, Math.max(least, LEAST_SHARE * Math.abs(before.value)));
    })
    .sort((a, b) => Math.abs(differenceOf(b, quantity)) - Math.abs(differenceOf(a, quantity)));
}

/** What a runtime does by its own clock at a busy place moves by less. */
const LEAST_SHARE = 0.002;

export function differenceOf<Quantity extends string>(
  { baseline, candidate }: SitePair<Quantity>,
  quantity: NoInfer<Quantity>,
): number {
  return candidate[quantity].value - baseline[quantity].value;
}

export function sumOf<Quantity extends string>(
  pairs: readonly SitePair<Quantity>[],
  side: 'baseline' | 'candidate',
  quantity: NoInfer<Quantity>,
): number {
  return pairs.reduce((sum, pair) => sum + pair[side][quantity].value, 0);
}

export function toFinding<Quantity extends string>(
  { place: { what, language, where }, baseline, candidate }: SitePair<Quantity>,
  quantity: NoInfer<Quantity>,
  unit: Finding['unit'],
): Finding {
  return {
    what,
    ...(language === undefined ? {} : { language }),
    ...(where === undefined ? {} : { where }),
    unit,
    baseline: baseline[quantity].value,
    candidate: candidate[quantity].value,
  };
}
