/** Where goroutines of both builds wait, per operation: for locks, and for one another, by Go's block and mutex profiles. */
import type { Case, EvidenceRequest } from './gather.ts';
import type { GoProfile } from './go-profile.ts';
import { runProfiled } from './go-profile-run.ts';
import { measureSites, type Sighting, type SitePair } from './site-slopes.ts';
import { chooseSteps } from './slope.ts';
import { type Frame, type Place, placeInGo } from './stack.ts';

/** Of those who waited for a lock. */
export type WaitQuantity = 'waits' | 'seconds';

export interface GoWaits {
  readonly pairs: readonly SitePair<WaitQuantity>[];
  /** At the place that gave a lock free: seconds an operation that others had waited for it. */
  readonly holders: readonly { readonly place: Place; readonly baseline: number; readonly candidate: number }[];
}

const NATIVE_S = 0.2;

/** Rejects with a Problem when the runs fail. */
export async function runGoWaits(one: Case, request: EvidenceRequest): Promise<GoWaits> {
  const steps = chooseSteps(one, request, NATIVE_S);
  const { pairs } = await measureSites(
    one,
    request,
    { steps, quantities: ['waits', 'seconds'] },
    async (arm, wanted) => {
      const { operations, profiles } = await runProfiled(['block'], arm, wanted, request);
      return { operations, sightings: sightLocks(profiles.block) };
    },
  );
  return { pairs, holders: pairs.length === 0 ? [] : await findHolders(one, request, steps.by) };
}

async function findHolders(one: Case, request: EvidenceRequest, wanted: number): Promise<GoWaits['holders']> {
  const [before, after] = [
    await runProfiled(['mutex'], one.baselineArm, wanted, request),
    await runProfiled(['mutex'], one.candidateArm, wanted, request),
  ];
  const all = new Map<string, { place: Place; baseline: number; candidate: number }>();
  for (const [side, { profiles, operations }] of [['baseline', before] as const, ['candidate', after] as const]) {
    for (const { place, values } of sightLocks(profiles.mutex)) {
      const known = all.get(place.key) ?? { place, baseline: 0, candidate: 0 };
      all.set(place.key, { ...known, [side]: known[side] + values.seconds / operations });
    }
  }
  return [...all.values()].sort((a, b) => Math.abs(b.candidate - b.baseline) - Math.abs(a.candidate - a.baseline));
}

/**
 * Of locks alone: a goroutine that waits at a channel may have nothing to do, which grows whenever anything else does and
 * explains nothing.
 */
function sightLocks({ samples }: GoProfile): readonly Sighting<WaitQuantity>[] {
  return samples.flatMap(({ values: [waits = 0, ns = 0], stack }) => {
    const place = isLock(stack) ? placeInGo(stack) : undefined;
    return place ? [{ place, values: { waits, seconds: ns / 1e9 } }] : [];
  });
}

function isLock(stack: readonly Frame[]): boolean {
  return stack.slice(0, 6).some(({ function: name }) => /^(internal\/)?sync\.\(\*(RW)?Mutex\)\./.test(name));
}
