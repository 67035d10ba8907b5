/** Every block that the foreign side of both builds asks of the C allocator, by the code that asked, per operation; by dhat. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arm } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { steadied } from './callgrind.ts';
import { type AllocationPoint, readDhat } from './dhat.ts';
import { demangle, isRustSymbol } from './function-name.ts';
import type { EvidenceRequest } from './gather.ts';
import { HEAP_QUANTITIES, type HeapQuantity } from './go-heap.ts';
import { oncePerCase } from './once.ts';
import { measureSites, type Sighting, type SiteSlopes } from './site-slopes.ts';
import { chooseSteps } from './slope.ts';
import { placeInForeign } from './stack.ts';
import { runUnder } from './tool-run.ts';

/** Seconds the further operations take without valgrind. */
const NATIVE_S = 0.02;
const LIMIT_S = 180;

/** Asked by several witnesses. Rejects with a Problem when the runs fail. */
export const runForeignHeap = oncePerCase((one, request): Promise<SiteSlopes<HeapQuantity>> => {
  const steps = chooseSteps(one, request, NATIVE_S);
  return measureSites(one, request, { steps, quantities: HEAP_QUANTITIES }, (arm, operations) =>
    lookOnce(arm, operations, request),
  );
});

async function lookOnce(arm: Arm, wanted: number, request: EvidenceRequest) {
  const folder = await mkdtemp(join(request.scratch, 'dhat-'));
  try {
    const ran = await runUnder(
      {
        tool: [
          'valgrind',
          '--tool=dhat',
          '--demangle=no',
          '--vgdb=no',
          '--trace-children=yes',
          '--num-callers=24',
          `--log-file=${join(folder, 'said.%p')}`,
          `--dhat-out-file=${join(folder, 'blocks.%p')}`,
        ],
        environment: steadied(arm),
        operations: wanted,
        limitS: LIMIT_S,
      },
      arm,
      request,
    );
    const files = (await readdir(folder)).filter((name) => name.startsWith('blocks.'));
    const points = await Promise.all(files.map(async (name) => readPoints(join(folder, name))));
    return { operations: ran.operations, sightings: await toSightings(points.flat()) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readPoints(file: string): Promise<readonly AllocationPoint[]> {
  const points = readDhat(await readFile(file, 'utf8'));
  if (points) return points;
  throw new Problem({ code: 'tool-output-broken', message: 'dhat left a file that can’t be read', blame: 'run' });
}

async function toSightings(points: readonly AllocationPoint[]): Promise<readonly Sighting<HeapQuantity>[]> {
  const symbols = new Set(points.flatMap(({ stack }) => stack.map((frame) => frame.function)));
  const names = await demangle([...symbols]);
  const besideRust = [...symbols].some(isRustSymbol);
  return points.flatMap(({ blocks, bytes, heldBytes, stack }) => {
    const frames = stack.map((frame) => {
      const name = names.get(frame.function);
      return name === undefined ? frame : { ...frame, function: name, symbol: frame.function };
    });
    const place = placeInForeign(frames, besideRust);
    return place ? [{ place, values: { allocations: blocks, bytes, held: heldBytes } }] : [];
  });
}
