/** Every allocation that the Go side of both builds makes, by the place in the code that made it, per operation. */
import type { Arm } from '../model/plan.ts';
import type { EvidenceRequest } from './gather.ts';
import type { GoSample } from './go-profile.ts';
import { runProfiled } from './go-profile-run.ts';
import { oncePerCase } from './once.ts';
import { measureSites, type Sighting, type SiteSlopes } from './site-slopes.ts';
import { chooseSteps } from './slope.ts';
import { placeInGo } from './stack.ts';

/** held: bytes of what nobody gave back, after a collection at the end. */
export type HeapQuantity = 'allocations' | 'bytes' | 'held';
export const HEAP_QUANTITIES: readonly HeapQuantity[] = ['allocations', 'bytes', 'held'];

/** Seconds the further operations take when nothing is profiled; an allocation that is recorded takes about a microsecond. */
const NATIVE_S = 0.1;

/** Asked by several witnesses. Rejects with a Problem when the runs fail. */
export const runGoHeap = oncePerCase((one, request): Promise<SiteSlopes<HeapQuantity>> => {
  const steps = chooseSteps(one, request, NATIVE_S);
  return measureSites(one, request, { steps, quantities: HEAP_QUANTITIES }, (arm, operations) =>
    lookOnce(arm, operations, request),
  );
});

async function lookOnce(arm: Arm, wanted: number, request: EvidenceRequest) {
  const { operations, profiles } = await runProfiled(['heap'], arm, wanted, request);
  const { types, samples } = profiles.heap;
  const [objects, space, held] = ['alloc_objects', 'alloc_space', 'inuse_space'].map((name) =>
    types.findIndex((type) => type.startsWith(name)),
  ) as [number, number, number];
  const sightings = samples.flatMap(({ values, stack }: GoSample): readonly Sighting<HeapQuantity>[] => {
    const place = placeInGo(stack);
    const at = (index: number): number => values[index] ?? 0;
    return place ? [{ place, values: { allocations: at(objects), bytes: at(space), held: at(held) } }] : [];
  });
  return { operations, sightings };
}
