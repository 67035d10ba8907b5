/**
 * Effects of designs, through the product's own decisions: 2³ with all runs of a block sharing what the machine did to it,
 * and each scattering by heavy tails of its own (Student's t with three degrees of freedom, half of the runs twice as wide).
 * And the critical values of Lenth's method, against those that Ye and Hamada published.
 */
import { decideEffects, type EffectDecision, repeatEffect } from '../../../src/analysis/effect-decisions.ts';
import { inventStudy } from '../../../src/analysis/invented-study.ts';
import type { Block } from '../../../src/analysis/samples.ts';
import type { Experiment, Factor } from '../../../src/model/experiment.ts';
import { inventExperiment } from '../../../src/model/invented-experiment.ts';
import type { Treatment } from '../../../src/model/plan.ts';
import type { RunOutcome } from '../../../src/model/run.ts';
import { lenth, simulateLenthCritical } from '../../../src/stats/lenth.ts';
import { createRandom, type Random } from '../../../src/stats/random.ts';
import { looksFor } from '../rates.ts';
import { atLeastShare, atMostShare, between, betweenShares, once, type Row } from '../row.ts';

const IN_TEST = 60;
const MOST_BLOCKS = 60;
const RUN_SD = 0.02;
/** Ratio of a's two levels, and of the interaction of a and b; c does nothing. */
const TRUTH = { a: 1.05, 'a,b': 0.96 } as const;

const two = (name: string): Factor => ({
  name,
  family: 'parameter',
  levels: ['1', '2'].map((text) => ({ text })),
});
const experiment: Experiment = inventExperiment({ factors: [two('a'), two('b'), two('c')], baseline: {} });
const study = inventStudy({ experiment, mode: 'interleaved', looks: looksFor(MOST_BLOCKS), seconds: () => 1 });
const [shape] = study.run('judged', 1) as RunOutcome[];

const simulate = (planted: boolean) =>
  once((replicates: number, seed: number) => {
    let [found, false_, intervals, held] = [0, 0, 0, 0];
    for (let replicate = 0; replicate < replicates; replicate++) {
      const random = createRandom(seed, 'design', planted ? 1 : 0, replicate);
      const judged = drawBlocks(random, MOST_BLOCKS, planted);
      const fresh = drawBlocks(random, MOST_BLOCKS, planted);
      const seen = decideEffects(study, judged).map((decision) => ({ decision, ...announce(decision, fresh) }));
      const real = seen.filter(({ decision }) => truthOf(decision, planted) !== 0);
      const none = seen.filter((one) => !real.includes(one));
      if (real.every(({ matters }) => matters)) found++;
      if (none.some(({ matters }) => matters)) false_++;
      for (const { low, high, decision } of seen) {
        intervals++;
        const truth = truthOf(decision, planted);
        if (low <= truth && truth <= high) held++;
      }
    }
    return { found: found / replicates, false: false_ / replicates, held: held / intervals };
  });

/** Both stages of the first-stage decision, and the interval it had there. */
function announce(decision: EffectDecision, fresh: readonly Block[]) {
  const { low, high } = decision.first;
  const said = decision.first.size === 'matters' ? repeatEffect(decision, fresh, study).said : undefined;
  return { matters: said?.size === 'matters', low, high };
}

function truthOf({ reading }: EffectDecision, planted: boolean): number {
  const ratio = planted ? (TRUTH as Readonly<Record<string, number>>)[reading.term.factors.join()] : undefined;
  return ratio === undefined ? 0 : Math.log(ratio);
}

function drawBlocks(random: Random, blocks: number, planted: boolean): Block[] {
  return Array.from({ length: blocks }, (_, block) => {
    const machine = 0.1 * random.normal();
    const runs = study.plan.arms.map(({ id, treatment }, at) => {
      const spread = at % 2 === 0 ? RUN_SD : 2 * RUN_SD;
      const time = Math.exp(machine + spread * studentThree(random) + (planted ? logOf(treatment) : 0));
      return [id, { ...shape!, arm: id, block, batches: [time], values: { 'time.p50': time } }] as const;
    });
    return { block, stage: 'judged', runs: new Map(runs) };
  });
}

function logOf({ levels }: Treatment): number {
  const sign = (name: string) => (levels[name] === '2' ? 1 : -1);
  return (Math.log(TRUTH.a) / 2) * sign('a') + (Math.log(TRUTH['a,b']) / 2) * sign('a') * sign('b');
}

/** Of unit scale: its tails are heavy, its variance three. */
function studentThree(random: Random): number {
  const squares = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;
  return random.normal() / Math.sqrt(squares / 3);
}

const [nothing, planted] = [simulate(false), simulate(true)];
const effects: readonly Row[] = [
  {
    part: 'designs',
    figure: 'nothing changed, any of seven effects matters after both stages, 2³',
    ...atMostShare(0.005, IN_TEST),
    measure: (replicates, seed) => nothing(replicates, seed).false,
  },
  {
    part: 'designs',
    figure: 'main effect of 5 % and interaction of −4 %, both found, 2³, at most 60 blocks',
    ...atLeastShare(0.95, IN_TEST),
    measure: (replicates, seed) => planted(replicates, seed).found,
  },
  {
    part: 'designs',
    figure: 'beside them any of five effects of nothing matters, 2³',
    ...atMostShare(0.005, IN_TEST),
    measure: (replicates, seed) => planted(replicates, seed).false,
  },
  {
    part: 'designs',
    figure: 'the interval of an effect at the look that settles it holds the truth, 2³',
    ...atLeastShare(0.95, IN_TEST),
    measure: (replicates, seed) => planted(replicates, seed).held,
  },
];

const round = (value: number) => Number(value.toFixed(3));
const about = (value: number, by: number) => between(round(value - by), round(value + by));

/** m, rate of t with m/3 degrees of freedom at 5 %, Ye & Hamada's critical values of one effect and of the largest. */
const LENTH = [
  [7, 0.02, 2.3, 4.86],
  [11, 0.026, 2.21, 4.46],
  [15, 0.029, 2.15, 4.23],
  [31, 0.038, 2.07, 3.91],
] as const;

const critical = once((replicates, seed) => LENTH.map(([m]) => simulateLenthCritical(m, { replicates, seed })));
const lenthRows: readonly Row[] = LENTH.flatMap(([m, rate, one, largest], at): Row[] => [
  {
    part: "Lenth's method",
    figure: `critical value of one of ${m} effects, 100 sets a replicate`,
    ...about(one, 0.03),
    measure: (replicates, seed) => critical(100 * replicates, seed)[at]!.individual,
  },
  {
    part: "Lenth's method",
    figure: `critical value of the largest of ${m} effects, 100 sets a replicate`,
    ...about(largest, 0.12),
    measure: (replicates, seed) => critical(100 * replicates, seed)[at]!.experimentWise,
  },
  {
    part: "Lenth's method",
    figure: `true rate of the published 5 % margin, ${m} effects`,
    ...betweenShares(round(rate - 0.005), round(rate + 0.005), 200),
    measure: (replicates, seed) => rateOfMargin(m, replicates, seed),
  },
]);

function rateOfMargin(effects: number, replicates: number, seed: number): number {
  let beyond = 0;
  const random = createRandom(seed, 'lenth margin', effects);
  const quantile = lenth(Array.from({ length: effects }, (_, i) => i + 1));
  const factor = quantile.me / quantile.pse;
  for (let replicate = 0; replicate < replicates; replicate++) {
    const drawn = Array.from({ length: effects }, () => random.normal());
    const { pse } = lenth(drawn);
    beyond += drawn.filter((effect) => Math.abs(effect) > factor * pse).length;
  }
  return beyond / (effects * replicates);
}

export const rows: readonly Row[] = [...effects, ...lenthRows];
