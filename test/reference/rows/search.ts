/**
 * The first bad one of 64 commits, from blocks whose effect is as large as their spread. Bursts: one block in eight is hit,
 * ten spreads on average. `known`: the search is told effect and spread; else it takes both from 40 blocks of a
 * confirmation, as it would in use. On recorded noise those 40 come first, and the probes follow in recorded order.
 */
import { beginSearch, type Evidence, learn, likeliest, nextProbe, STOP_AT } from '../../../src/stats/bisection.ts';
import { hodgesLehmann } from '../../../src/stats/hodges-lehmann.ts';
import { createRandom, type Random } from '../../../src/stats/random.ts';
import { robustSd } from '../../../src/stats/robust.ts';
import { recorded, type Source } from '../rates.ts';
import { readNoise } from '../recorded-noise.ts';
import { atLeastShare, atMost, once, type Row } from '../row.ts';

const COMMITS = 64;
const CONFIRMING = 40;
const MOST_PROBES = 1000;
const IN_TEST = 100;

const gaussian: Source = (random, blocks) => Array.from({ length: blocks }, () => random.normal());
const bursts: Source = (random, blocks) =>
  Array.from({ length: blocks }, () => random.normal() + (random.uniform() < 0.12 ? burst(random) : 0));
const burst = (random: Random) => (random.uniform() < 0.5 ? -10 : 10) * Math.log(1 - random.uniform());

interface Searched {
  readonly right: number;
  readonly meanProbes: number;
}

const searches = (source: Source, effect: number, known: boolean) =>
  once((replicates, seed): Searched => {
    let right = 0;
    let probes = 0;
    for (let replicate = 0; replicate < replicates; replicate++) {
      const random = createRandom(seed, 'search', replicate);
      const culprit = random.integer(COMMITS);
      const noise = source(random, CONFIRMING + MOST_PROBES);
      const result = search(noise, culprit, effect, known);
      if (result.first === culprit && result.last === culprit) right++;
      probes += result.probes;
    }
    return { right: right / replicates, meanProbes: probes / replicates };
  });

function search(noise: readonly number[], culprit: number, effect: number, known: boolean) {
  const confirming = noise.slice(0, CONFIRMING).map((value) => value + effect);
  const told: Pick<Evidence, 'effect' | 'scale'> = known
    ? { effect: { centre: effect, low: effect, high: effect, confidence: 1 }, scale: 1 }
    : { effect: hodgesLehmann(confirming, 0.1), scale: robustSd(confirming) };
  let state = beginSearch({ ...told, prior: new Array<number>(COMMITS).fill(1) });
  let probes = 0;
  for (; probes < MOST_PROBES && likeliest(state).probability < STOP_AT; probes++) {
    const commit = nextProbe(state);
    if (commit === undefined) break;
    state = learn(state, commit, noise[CONFIRMING + probes]! + (commit >= culprit ? effect : 0));
  }
  return { ...likeliest(state), probes };
}

function rowsOf(name: string, run: ReturnType<typeof searches>, correct: number, most: number): Row[] {
  return [
    {
      part: 'search',
      figure: `the right one of 64 commits, ${name}`,
      ...atLeastShare(correct, IN_TEST),
      measure: (replicates, seed) => run(replicates, seed).right,
    },
    {
      part: 'search',
      figure: `mean blocks to find it, ${name}`,
      ...atMost(most),
      measure: (replicates, seed) => run(replicates, seed).meanProbes,
    },
  ];
}

const replayed = (recording: Parameters<typeof readNoise>[0]) =>
  searches(recorded(readNoise(recording)), Math.log(1.05), false);

export const rows: readonly Row[] = [
  ...rowsOf('normal noise, effect known', searches(gaussian, 1, true), 0.95, 55),
  ...rowsOf('bursts, effect known', searches(bursts, 1, true), 0.94, 66),
  ...rowsOf('normal noise, effect from 40 blocks', searches(gaussian, 1, false), 0.94, 66),
  ...rowsOf('bursts, effect from 40 blocks', searches(bursts, 1, false), 0.94, 100),
  ...rowsOf('5 %, recorded: resident, busy', replayed('resident-busy'), 0.94, 66),
  ...rowsOf('5 %, recorded: resident, fine, busy', replayed('resident-fine-busy'), 0.94, 66),
  ...rowsOf('5 %, recorded: in process, busy', replayed('in-process-busy'), 0.94, 66),
];
