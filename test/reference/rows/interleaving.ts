/**
 * Why runs are shuffled inside blocks and the process is the unit. Nothing changes between A and B; what the order of runs or the choice
 * of unit makes of that. The stream of one machine: AR(1) with φ .9 and sd .05, a drift of 5 % from end to end, one step of
 * 4 % somewhere, and bursts: one run in eight hit by Exp(.15) on either side.
 */
import { judge } from '../../../src/analysis/verdict.ts';
import { createRandom, type Random } from '../../../src/stats/random.ts';
import { rankSumP } from '../../../src/stats/rank-sum.ts';
import { signedRankTest } from '../../../src/stats/signed-rank.ts';
import { atLeast, atMost, atMostShare, type Row } from '../row.ts';

/** Of each arm. */
const RUNS = 20;
const ITERATIONS = 40;
const LEVEL = 0.05;
const IN_TEST = 400;

export const rows: readonly Row[] = [
  {
    part: 'interleaving',
    figure: 'nothing changed, called: shuffled inside 20 blocks',
    ...atMostShare(0.065, IN_TEST),
    measure: (replicates, seed) => share(replicates, seed, isCalledShuffled),
  },
  {
    part: 'interleaving',
    figure: 'why: the same stream, 20 runs of A and then 20 of B',
    ...atLeast(0.3),
    measure: (replicates, seed) => share(replicates, seed, isCalledInSequence),
    inTest: { replicates: IN_TEST, holds: (reached) => reached >= 0.3 },
  },
  {
    part: 'interleaving',
    figure: 'one process an arm, each iteration judged: called',
    ...atMost(0),
    measure: (replicates, seed) => share(replicates, seed, isCalledOnOneBlock),
    inTest: { replicates: IN_TEST, holds: (reached) => reached === 0 },
  },
  {
    part: 'interleaving',
    figure: 'why: iterations of two processes as if they were runs',
    ...atLeast(0.3),
    measure: (replicates, seed) => share(replicates, seed, isCalledByIteration),
    inTest: { replicates: IN_TEST, holds: (reached) => reached >= 0.3 },
  },
];

function share(replicates: number, seed: number, isCalled: (random: Random) => boolean): number {
  let called = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    if (isCalled(createRandom(seed, 'interleaving', replicate))) called++;
  }
  return called / replicates;
}

function isCalledShuffled(random: Random): boolean {
  const runs = drawStream(random, 2 * RUNS);
  const logRatios = Array.from({ length: RUNS }, (_, block) => {
    const difference = runs[2 * block]! - runs[2 * block + 1]!;
    return random.uniform() < 0.5 ? difference : -difference;
  });
  return signedRankTest(logRatios).pValue <= LEVEL;
}

function isCalledInSequence(random: Random): boolean {
  const runs = drawStream(random, 2 * RUNS);
  return rankSumP(runs.slice(0, RUNS), runs.slice(RUNS)) <= LEVEL;
}

/** Where memory landed moves a process by 2 % for its whole life; its iterations scatter by 3 %. */
function drawProcess(random: Random): number[] {
  const placed = 0.02 * random.normal();
  return Array.from({ length: ITERATIONS }, () => placed + 0.03 * random.normal());
}

function isCalledByIteration(random: Random): boolean {
  return rankSumP(drawProcess(random), drawProcess(random)) <= LEVEL;
}

/** However many iterations, two processes are one block, and one block decides nothing. */
function isCalledOnOneBlock(random: Random): boolean {
  const middle = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const logRatio = middle(drawProcess(random)) - middle(drawProcess(random));
  return judge([logRatio], { nominal: LEVEL, margin: 0.02, kind: 'build' }).verdict !== 'undecided';
}

/** Log-times of runs in the order they ran. */
function drawStream(random: Random, runs: number): number[] {
  const [phi, sd] = [0.9, 0.05];
  const stepAt = random.integer(runs);
  let level = sd * random.normal();
  return Array.from({ length: runs }, (_, run) => {
    const now = level + (0.05 * run) / (runs - 1) + (run >= stepAt ? 0.04 : 0);
    level = phi * level + sd * Math.sqrt(1 - phi * phi) * random.normal();
    return now + 0.012 * random.normal() + (random.uniform() < 0.12 ? burst(random) : 0);
  });
}

const burst = (random: Random) => (random.uniform() < 0.5 ? 0.15 : -0.15) * Math.log(1 - random.uniform());
