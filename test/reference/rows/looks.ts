/** Five looks at growing data: what they call where nothing is there, and how soon they call what is. No margin, one stage. */
import { NOISE_MODELS } from '../../../src/stats/noise.ts';
import { looksFor, modelled, runTrials, type Source } from '../rates.ts';
import { atLeast, atLeastShare, atMost, atMostShare, once, type Row } from '../row.ts';

// A margin of next to nothing: equivalence never stops a study, so these are the bare rates of the sequential test.
const NO_MARGIN = 1e-9;
const IN_TEST = 400;
const CALLED_AT_ONE = { N1: 0.92, N2: 0.98, N3: 0.97, N4: 0.77, N5: 0.76 } as const;
const looks = looksFor(60);

const trials = (source: Source, effect: number, schedule = looks) =>
  once((replicates, seed) =>
    runTrials({ source, looks: schedule, effect, margin: NO_MARGIN, twoStages: false, replicates, seed }),
  );

const unspent = trials(
  modelled('N1'),
  0,
  looks.map(({ blocks }) => ({ blocks, nominal: 0.05 })),
);

export const rows: readonly Row[] = [
  ...NOISE_MODELS.flatMap((model): Row[] => {
    const source = modelled(model);
    const [none, one, five] = [0, 0.01, 0.05].map((change) => trials(source, Math.log1p(change)));
    return [
      {
        part: 'looks',
        figure: `nothing changed, a difference called, ${model}`,
        ...atMostShare(0.06, IN_TEST),
        measure: (replicates, seed) => none!(replicates, seed).found,
      },
      {
        part: 'looks',
        figure: `1 % called, at most 60 blocks, ${model}`,
        ...atLeastShare(CALLED_AT_ONE[model], IN_TEST),
        measure: (replicates, seed) => one!(replicates, seed).share('regression'),
      },
      {
        part: 'looks',
        figure: `5 % called, ${model}`,
        ...atLeastShare(0.999, IN_TEST),
        measure: (replicates, seed) => five!(replicates, seed).share('regression'),
      },
      {
        part: 'looks',
        figure: `5 % called, mean blocks, ${model}`,
        ...atMost(18),
        measure: (replicates, seed) => five!(replicates, seed).meanBlocks,
      },
    ];
  }),
  {
    part: 'looks',
    figure: 'why levels are spent: nothing changed, called by five looks at 5 % each, N1',
    ...atLeast(0.1),
    measure: (replicates, seed) => unspent(replicates, seed).found,
    inTest: { replicates: IN_TEST, holds: (reached) => reached > 0.1 },
  },
];
