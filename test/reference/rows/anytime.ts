/** What watching without an end promises: one look after every block, by symmetric betting. */
import { bettingWealth } from '../../../src/stats/betting.ts';
import { hodgesLehmann } from '../../../src/stats/hodges-lehmann.ts';
import { NOISE_MODELS } from '../../../src/stats/noise.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { modelled, recorded, type Source } from '../rates.ts';
import { KNOWN, type Recording, readNoise } from '../recorded-noise.ts';
import { atLeast, atMost, type Row } from '../row.ts';

const PART = 'anytime betting';
const BLOCKS = 60;
const ALPHA = 0.05;

interface Watch {
  readonly source: Source;
  /** True log-ratio. */
  readonly effect: number;
  /** Log-ratio below which a real machine's "nothing" is not told from something: called is what lies beyond it. */
  readonly offset?: number;
  readonly replicates: number;
  readonly seed: number;
}

/** The share of watches that called a difference within the blocks, and the mean number of blocks until they did or ended. */
function watch({ source, effect, offset = 0, replicates, seed }: Watch): {
  readonly called: number;
  readonly meanBlocks: number;
} {
  let called = 0;
  let blocks = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const x = source(createRandom(seed, 'anytime', replicate), BLOCKS).map((value) => value + effect);
    const first = firstCall(x, offset);
    if (first !== undefined) called++;
    blocks += first ?? BLOCKS;
  }
  return { called: called / replicates, meanBlocks: blocks / replicates };
}

/** Blocks after which every centre within the offset was refuted on one side. */
function firstCall(x: readonly number[], offset: number): number | undefined {
  const { up } = bettingWealth(x, offset);
  const { down } = bettingWealth(x, -offset);
  const at = x.findIndex((_, block) => Math.max(up[block]!, down[block]!) >= 2 / ALPHA);
  return at === -1 ? undefined : at + 1;
}

const RECORDINGS: readonly Recording[] = [
  'resident-busy',
  'resident-fine-busy',
  'resident-quiet',
  'in-process-busy',
  'in-process-quiet',
  'interleaved-busy',
  'interleaved-long-busy',
  'interleaved-quiet',
];

const modelRows: readonly Row[] = NOISE_MODELS.flatMap((model): Row[] => {
  const source = modelled(model);
  const called = (effect: number) => (replicates: number, seed: number) =>
    watch({ source, effect, replicates, seed }).called;
  return [
    {
      part: PART,
      figure: `A/A called within ${BLOCKS} blocks, ${model}`,
      ...atMost(0.03),
      measure: called(0),
      inTest: { replicates: 400, holds: (reached) => reached <= 0.055 },
    },
    ...(model === 'N2' || model === 'N3'
      ? [
          {
            part: PART,
            figure: `1 % called within ${BLOCKS} blocks, ${model}`,
            ...atLeast(0.92),
            measure: called(Math.log(1.01)),
            inTest: { replicates: 400, holds: (reached: number) => reached >= 0.88 },
          },
        ]
      : []),
    {
      part: PART,
      figure: `mean blocks to call 5 %, ${model}`,
      ...atMost(11),
      measure: (replicates, seed) => watch({ source, effect: Math.log(1.05), replicates, seed }).meanBlocks,
      inTest: { replicates: 200, holds: (reached) => reached <= 12 },
    },
  ];
});

const onRecording = (name: string, values: readonly number[], known?: string, times = 1): Row => {
  return {
    part: PART,
    figure: `A/A called within ${BLOCKS} blocks, beyond .25 %, recorded ${name}`,
    ...atMost(0.03),
    measure: (replicates, seed) =>
      watch({ source: recorded(values), effect: 0, offset: 0.0025, replicates: times * replicates, seed }).called,
    ...(known === undefined ? {} : { known }),
  };
};

/** As recorded; and one about its own centre, which lies .25 % off: what is called there is that, and not chance. */
const recordedRows = [
  ...RECORDINGS.map((name) => onRecording(name, readNoise(name), KNOWN[name])),
  // It stays near its bound: a fifth of the replicates would call chance a miss one time in twenty.
  onRecording(
    'resident-busy, about its own centre (5 times the replicates)',
    centred(readNoise('resident-busy')),
    undefined,
    5,
  ),
];

function centred(values: readonly number[]): number[] {
  const { centre } = hodgesLehmann(values, ALPHA);
  return values.map((value) => value - centre);
}

export const rows: readonly Row[] = [...modelRows, ...recordedRows];
