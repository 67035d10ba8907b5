/**
 * Why the signed-rank test decides always, and no sign test where the pilot shows heavy tails (docs/rationale.md): of the rules
 * that raise the power on busy machines, each calls byte-identical builds different on one quiet recording.
 */

import { signTest } from '../../../src/stats/binomial.ts';
import { mean, median } from '../../../src/stats/quantile.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { signedRankTest } from '../../../src/stats/signed-rank.ts';
import { looksFor, modelled, recorded, type Source } from '../rates.ts';
import { readNoise } from '../recorded-noise.ts';
import { atLeastShare, atMostShare, once, type Row } from '../row.ts';

const PILOT = 12;
/** Tails are heavy where the largest third of the pilot's deviations is this many times the robust spread, on average. */
const HEAVY = 2.5;

interface Trial {
  readonly source: Source;
  readonly effect: number;
  readonly most: number;
}

/** Shares of studies in which either rule calls any difference. */
const run = ({ source, effect, most }: Trial) =>
  once((replicates, seed) => {
    const looks = looksFor(most);
    let [always, chosen] = [0, 0];
    for (let replicate = 0; replicate < replicates; replicate++) {
      const all = source(createRandom(seed, 'choice', replicate), PILOT + most).map((value) => value + effect);
      const judged = all.slice(PILOT);
      const called = (p: (x: readonly number[]) => number) =>
        looks.some(({ blocks, nominal }) => p(judged.slice(0, blocks)) <= nominal);
      const byRank = called((x) => signedRankTest(x).pValue);
      always += byRank ? 1 : 0;
      chosen += (isHeavy(all.slice(0, PILOT)) ? called(signTest) : byRank) ? 1 : 0;
    }
    return { always: always / replicates, chosen: chosen / replicates };
  });

function isHeavy(pilot: readonly number[]): boolean {
  const centre = median(pilot);
  const away = pilot.map((value) => Math.abs(value - centre)).sort((a, b) => a - b);
  return mean(away.slice(Math.ceil((2 * away.length) / 3))) > HEAVY * 1.4826 * median(away);
}

const quiet = recorded(readNoise('interleaved-quiet'));
const busy = recorded(readNoise('interleaved-busy'));
const same = run({ source: quiet, effect: 0, most: 300 });
const one = run({ source: quiet, effect: 0.01, most: 300 });
const two = run({ source: busy, effect: 0.02, most: 60 });
const drift = run({ source: modelled('N5'), effect: 0.01, most: 60 });
const part = 'choice of test';

export const rows: readonly Row[] = [
  {
    ...{ part, figure: 'signed-rank, A/A called different, interleaved quiet' },
    ...atMostShare(0.06, 200),
    measure: (replicates, seed) => same(replicates, seed).always,
  },
  {
    ...{ part, figure: 'sign test where the pilot has heavy tails, the same: why it is not used' },
    must: '> .06',
    holds: (reached) => reached > 0.06,
    inTest: { replicates: 200, holds: (reached) => reached > 0.06 },
    measure: (replicates, seed) => same(replicates, seed).chosen,
  },
  {
    ...{ part, figure: 'signed-rank, 1 % called, interleaved quiet, 300 blocks' },
    ...atLeastShare(0.9, 200),
    measure: (replicates, seed) => one(replicates, seed).always,
  },
  {
    ...{ part, figure: 'signed-rank, 1 % called, N5, 60 blocks' },
    ...atLeastShare(0.76, 200),
    measure: (replicates, seed) => drift(replicates, seed).always,
  },
  {
    ...{ part, figure: 'signed-rank, 2 % called, interleaved busy, 60 blocks (the sign test: .56)' },
    ...atLeastShare(0.4, 200),
    measure: (replicates, seed) => two(replicates, seed).always,
  },
];
