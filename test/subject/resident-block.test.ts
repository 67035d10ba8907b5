/** A block of an unmodified Go package whose benchmarks take turns, probed: what crossed is exact. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildSubjects } from '../../src/artifact/build.ts';
import type { Experiment } from '../../src/model/experiment.ts';
import type { Arm } from '../../src/model/plan.ts';
import { runBlock } from '../../src/runner/block.ts';
import { machineClock } from '../../src/runner/clock.ts';
import { createExecutor } from '../../src/subject/executor.ts';
import { armOf, experimentOn } from './awkward.ts';

const project = mkdtempSync(join(tmpdir(), 'seamark-resident-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));

const ROUNDS = 5;
const ITERATIONS = 200;

test('batches of probed benchmarks take turns, and all that crossed in them is counted', async () => {
  const experiment: Experiment = {
    ...experimentOn({
      kind: 'go-bench',
      folder: join(import.meta.dirname, 'testdata/resident'),
      build: [],
      environment: { GOWORK: 'off' },
      package: './crossing',
      bench: '.',
    }),
    factors: [{ name: 'benchmark', family: 'parameter', levels: [] }],
    mode: 'alternating',
    probe: 'full',
  };
  const artifacts = await buildSubjects(experiment, { project, probed: true });
  const crossings: Readonly<Record<string, number>> = { Twice: 2, 'Within/three': 3 };
  const arms = Object.keys(crossings).map((benchmark): Arm => ({ ...armOf({ benchmark }), role: 'probed' }));
  const opening = arms.map(({ id }) => id);
  const outcomes = await runBlock(
    {
      experiment,
      plan: { seed: 1, modes: ['alternating'], arms, contrasts: [], pilotBlocks: 0, budgetS: 60 },
      order: { block: 0, opening, rounds: Array.from({ length: ROUNDS }, () => opening), padding: {} },
      stage: 'judged',
      mode: 'alternating',
      executor: createExecutor({ experiment, artifacts, conditions: {} }),
      pace: { iterations: () => ITERATIONS, batchFor: () => ITERATIONS, warmUp: () => 2 },
      clock: machineClock,
      originS: machineClock.nowS(),
      recordFile: (arm) => ({ path: join(project, `${arms.indexOf(arm)}.rec`), name: arm.id }),
    },
    new AbortController().signal,
  );
  for (const [at, benchmark] of Object.keys(crossings).entries()) {
    const outcome = outcomes[at];
    if (outcome?.kind !== 'run' || !outcome.boundary)
      throw new Error(`no window of ${benchmark}: ${JSON.stringify(outcome)}`);
    expect(outcome.batches).toHaveLength(ROUNDS);
    expect(outcome.gcCycles).toBe(0);
    // A sub-benchmark runs once with N = 1 before each batch.
    const { operations, sites } = outcome.boundary;
    expect(operations).toBe(ROUNDS * (benchmark === 'Twice' ? ITERATIONS : ITERATIONS + 1));
    expect(sites.reduce((sum, site) => sum + site.opened, 0)).toBe(operations * (crossings[benchmark] ?? 0));
  }
}, 120_000);
