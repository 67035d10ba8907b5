/**
 * What `--watch` announces: after every block the confidence sequence is judged against a margin of 2 %, from 12 blocks on,
 * and what was found must repeat on fresh blocks. Nobody watches longer than 300 blocks here.
 */
import { callInterval, confirm, freshBlocksFor, isFound } from '../../../src/analysis/verdict.ts';
import type { Verdict } from '../../../src/model/result.ts';
import { startBetting } from '../../../src/stats/betting.ts';
import { NOISE_MODELS } from '../../../src/stats/noise.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { modelled, recorded, type Source } from '../rates.ts';
import { type Recording, readNoise } from '../recorded-noise.ts';
import { atLeastShare, atMostShare, once, type Row } from '../row.ts';

const LEAST = 12;
const MOST = 300;
const MARGIN = 0.02;
const ALPHA = 0.05;
const IN_TEST = 100;

/** Counts of what was announced, as shares. */
const watches = (source: Source, effect: number) =>
  once((replicates: number, seed: number) => {
    const counts = new Map<Verdict, number>();
    for (let replicate = 0; replicate < replicates; replicate++) {
      const stretch = source(createRandom(seed, 'watch', replicate), 2 * MOST);
      const verdict = announce(stretch.map((value) => value + effect));
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    }
    return (verdict: Verdict) => (counts.get(verdict) ?? 0) / replicates;
  });

function announce(x: readonly number[]): Verdict {
  const betting = startBetting(ALPHA);
  for (let blocks = 1; blocks <= MOST; blocks++) {
    const interval = betting.add(x[blocks - 1]!);
    if (blocks < LEAST) continue;
    const verdict = callInterval(interval, MARGIN, 'build');
    if (verdict === 'undecided') continue;
    if (!isFound(verdict)) return verdict;
    const fresh = x.slice(blocks, blocks + freshBlocksFor(blocks));
    return confirm(fresh, { margin: MARGIN, kind: 'build', found: verdict }).verdict;
  }
  return 'undecided';
}

function rowsOf(name: string, source: Source): Row[] {
  const [none, three] = [watches(source, 0), watches(source, Math.log(1.03))];
  const part = 'watching';
  return [
    {
      part,
      figure: `nothing changed, announced as a regression, ${name}`,
      ...atMostShare(0.005, IN_TEST),
      measure: (replicates, seed) => none(replicates, seed)('regression'),
    },
    {
      part,
      figure: `3 % announced within ${MOST} blocks, ${name}`,
      ...atLeastShare(0.9, IN_TEST),
      measure: (replicates, seed) => three(replicates, seed)('regression'),
    },
  ];
}

const RECORDINGS: readonly Recording[] = ['resident-busy', 'resident-quiet', 'in-process-busy', 'in-process-quiet'];

export const rows: readonly Row[] = [
  ...NOISE_MODELS.flatMap((model) => rowsOf(model, modelled(model))),
  ...RECORDINGS.flatMap((name) => rowsOf(`recorded ${name}`, recorded(readNoise(name)))),
];
