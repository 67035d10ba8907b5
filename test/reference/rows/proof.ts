/**
 * Good, bad and reverted in 20 blocks: a change of 2 %, each arm's block scattering by 1.5 %. On recorded noise, 5 %:
 * neighbouring blocks serve for bad over good and bad over reverted, and their difference for the third pair.
 */
import { proveByRevert, type RevertBlocks } from '../../../src/analysis/confirmation.ts';
import { isConfirmed } from '../../../src/model/confirmation.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { recorded, type Source } from '../rates.ts';
import { type Recording, readNoise } from '../recorded-noise.ts';
import { atLeastShare, atMostShare, once, type Row } from '../row.ts';

const BLOCKS = 20;
const ARM_SD = 0.015;
const MARGIN = 0.02;
/** What alternating modes show of nothing. */
const OFFSET = 0.0025;
const IN_TEST = 400;

/** Noise of bad over good and of bad over reverted. */
type Pairs = (replicate: number, seed: number) => readonly (readonly [number, number])[];

const modelled: Pairs = (replicate, seed) => {
  const random = createRandom(seed, 'proof', replicate);
  return Array.from({ length: BLOCKS }, () => {
    const [good, bad, reverted] = [random.normal(), random.normal(), random.normal()];
    return [ARM_SD * (bad! - good!), ARM_SD * (bad! - reverted!)];
  });
};

const replayed = (source: Source): Pairs => {
  return (replicate, seed) => {
    const noise = source(createRandom(seed, 'proof', replicate), 2 * BLOCKS);
    return Array.from({ length: BLOCKS }, (_, block) => [noise[2 * block]!, noise[2 * block + 1]!]);
  };
};

/** Share of proofs that confirm the change, of five times the replicates: what is promised lies close to what is reached. */
const confirmed = (pairs: Pairs, offset: number, bad: number, reverted: number) =>
  once((replicates, seed) => {
    let count = 0;
    const proofs = 5 * replicates;
    for (let replicate = 0; replicate < proofs; replicate++) {
      const blocks = withEffects(pairs(replicate, seed), Math.log1p(bad), Math.log1p(reverted));
      if (isConfirmed(proveByRevert(blocks, { margin: MARGIN, offset }).outcome)) count++;
    }
    return count / proofs;
  });

function withEffects(pairs: ReturnType<Pairs>, bad: number, reverted: number): RevertBlocks {
  return {
    badOverGood: pairs.map(([good]) => bad + good),
    badOverReverted: pairs.map(([, back]) => bad - reverted + back),
    revertedOverGood: pairs.map(([good, back]) => reverted + good - back),
  };
}

const rowsOf = (name: string, pairs: Pairs, change: number, offset: number): Row[] => [
  {
    part: 'proof',
    figure: `reverting cures: confirmed, ${name}`,
    ...atLeastShare(0.95, IN_TEST),
    measure: confirmed(pairs, offset, change, 0),
  },
  {
    part: 'proof',
    figure: `nothing changed: confirmed, ${name}`,
    ...atMostShare(0.02, IN_TEST),
    measure: confirmed(pairs, offset, 0, 0),
  },
  {
    part: 'proof',
    figure: `reverting does nothing: confirmed, ${name}`,
    ...atMostShare(0.06, IN_TEST),
    measure: confirmed(pairs, offset, change, change),
  },
];

const recordings: readonly Recording[] = ['resident-busy', 'resident-fine-busy', 'in-process-busy'];

export const rows: readonly Row[] = [
  ...rowsOf('2 %', modelled, 0.02, 0),
  ...recordings.flatMap((name) =>
    rowsOf(`5 %, recorded: ${name.replaceAll('-', ' ')}`, replayed(recorded(readNoise(name))), 0.05, OFFSET),
  ),
];
