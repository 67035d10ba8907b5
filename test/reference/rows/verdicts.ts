/** The verdicts of one look after the other, and of both stages, on invented noise. Margin 2 %. */
import { NOISE_MODELS } from '../../../src/stats/noise.ts';
import { looksFor, modelled, runTrials, type Source } from '../rates.ts';
import { atLeastShare, atMost, atMostShare, once, type Row } from '../row.ts';

const MARGIN = 0.02;
const IN_TEST = 400;
const looks = looksFor(60);

const trials = (source: Source, change: number, twoStages: boolean) =>
  once((replicates, seed) =>
    runTrials({ source, looks, effect: Math.log1p(change), margin: MARGIN, twoStages, replicates, seed }),
  );

const [none, two, three] = [0, 0.02, 0.03].map((change) => trials(modelled('N1'), change, false));
const oneStage: readonly Row[] = [
  {
    part: 'three verdicts',
    figure: 'nothing changed, equivalent, N1',
    ...atLeastShare(0.98, IN_TEST),
    measure: (replicates, seed) => none!(replicates, seed).share('equivalent'),
  },
  {
    part: 'three verdicts',
    figure: 'nothing changed, regression, N1',
    ...atMostShare(0.01, IN_TEST),
    measure: (replicates, seed) => none!(replicates, seed).share('regression'),
  },
  {
    part: 'three verdicts',
    figure: '2 %, equivalent, N1',
    ...atMostShare(0.025, IN_TEST),
    measure: (replicates, seed) => two!(replicates, seed).share('equivalent'),
  },
  {
    part: 'three verdicts',
    figure: '3 %, regression, N1',
    ...atLeastShare(0.99, IN_TEST),
    measure: (replicates, seed) => three!(replicates, seed).share('regression'),
  },
];

const twoStages = NOISE_MODELS.flatMap((model): Row[] => {
  const [none, two, three] = [0, 0.02, 0.03].map((change) => trials(modelled(model), change, true));
  return [
    {
      part: 'two stages',
      figure: `nothing changed, regression, ${model}`,
      ...atMost(0.005),
      measure: (replicates, seed) => none!(replicates, seed).share('regression'),
      inTest: { replicates: IN_TEST, holds: (reached) => reached <= 0.005 },
    },
    {
      part: 'two stages',
      figure: `2 %, mean effect announced off by a share of, ${model}`,
      ...atMost(0.1),
      measure: (replicates, seed) => Math.abs(two!(replicates, seed).meanFound / Math.log(1.02) - 1),
    },
    {
      part: 'two stages',
      figure: `3 %, regression, ${model}`,
      ...atLeastShare(0.94, IN_TEST),
      measure: (replicates, seed) => three!(replicates, seed).share('regression'),
    },
  ];
});

export const rows: readonly Row[] = [...oneStage, ...twoStages];
