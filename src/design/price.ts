/** What an experiment costs and what it can and can't see, told before it is run. */

import { revertedBuilds } from '../model/confirmation.ts';
import { MOST_CELLS } from '../model/design.ts';
import type { Experiment } from '../model/experiment.ts';
import { EACH_AT_MOST_S, findMetric, operationsFor, TAILS } from '../model/metric.ts';
import type { Look, Mode, Plan } from '../model/plan.ts';
import { formatNumber, formatQuantity } from '../model/unit.ts';
import { detectableLogRatio } from '../stats/power.ts';
import { selfShare } from './block-order.ts';
import { listVaried } from './design-factors.ts';
import { MOST_FACTORS } from './generators.ts';
import { mayRunOff } from './probe-off.ts';
import { probedBlockArms, probedShare } from './probed-blocks.ts';
import { BATCH_S, DEFAULT_ROUNDS, LEAST_PILOT, PILOT_BLOCKS, PILOT_SHARE, scheduleLooks } from './schedule.ts';

/** What is known of this subject or machine already. */
export interface Known {
  /** Seconds a block took when this experiment was last run, and in which mode. */
  readonly blockS?: number;
  readonly mode?: Mode;
  /** Robust standard deviation of a block's log-ratio, and where it was seen: `the last study`, `this machine`. */
  readonly noise?: { readonly sd: number; readonly from: string };
}

export interface Price {
  readonly treatments: number;
  /** Processes of a plain block, and of all blocks of probed runs that come after every fifth together. */
  readonly processes: { readonly plain: number; readonly probed: number };
  readonly contrasts: number;
  readonly blockS: number;
  readonly looks: readonly Look[];
  /** Seconds of the pilot, of the first stage at most, and of the repetition on fresh blocks at most. */
  readonly pilotS: number;
  readonly judgedS: number;
  readonly freshS: number;
  /** Smallest true change that 8 of 10 such studies would call, as fractions, at the first and at the last look. */
  readonly smallest: { readonly first: number; readonly last: number };
  /** What the figures above rest on, as sentences. */
  readonly assumptions: readonly string[];
  /** What this experiment can't tell, as sentences. */
  readonly blind: readonly string[];
}

/** Assumed where nothing is known: a process's start and checks, its warm-up and its counting. */
const PROCESS_S: Readonly<Record<Mode, number>> = {
  'in-process': 0.06,
  alternating: 0.06,
  interleaved: 0.03,
  duet: 0.06,
};
/** Of an interleaved process. */
const ASSUMED_PIECES = 3;
const ASSUMED_NOISE = 0.03;
const LEAST_LINK = '0.5 %';

export function priceExperiment(experiment: Experiment, plan: Plan, known: Known = {}): Price {
  const plain = plan.arms.filter((arm) => arm.every === 1).length;
  // The pilot says which one runs with the probe switched off too; one it is.
  const off = mayRunOff(experiment, plan) ? 1 : 0;
  const averageProcesses = plain * (1 + selfShare(plan.arms)) + probedShare(plan.arms, off);
  const mode = likelyMode(plan, known);
  const priceOf = (one: Mode) => (one === mode ? known.blockS : undefined) ?? averageProcesses * processSeconds(one);
  const blockS = priceOf(mode);
  const pilotOf = (blocks: (one: Mode) => number) =>
    plan.modes.reduce((sum, one) => sum + blocks(one) * priceOf(one), 0);
  const pilotS = Math.min(
    pilotOf((one) => PILOT_BLOCKS[one]),
    Math.max(
      pilotOf(() => LEAST_PILOT),
      PILOT_SHARE * plan.budgetS,
    ),
  );
  const looks = scheduleLooks({
    pilot: { blockS },
    budgetLeftS: Math.max(0, plan.budgetS - pilotS),
    ...(experiment.maxBlocks !== undefined && { maxBlocks: experiment.maxBlocks }),
    proves: revertedBuilds(experiment) !== undefined,
  });
  const most = looks[looks.length - 1]!.blocks;
  const sd = known.noise?.sd ?? ASSUMED_NOISE;
  const smallest = (look: Look) => Math.expm1(detectableLogRatio({ sd, blocks: look.blocks, nominal: look.nominal }));
  const last = smallest(looks[looks.length - 1]!);
  return {
    treatments: plan.arms.filter((arm) => arm.role === 'main').length,
    processes: { plain, probed: probedBlockArms(plan.arms).length + off },
    contrasts: plan.contrasts.length,
    blockS,
    looks,
    pilotS,
    judgedS: most * blockS,
    freshS: Math.max(20, most) * blockS,
    smallest: { first: smallest(looks[0]!), last },
    assumptions: assumptions(plan, known, mode, blockS),
    blind: blindSpots(experiment, plan, last),
  };
}

/** Before the pilot: the one asked for, the one of the last study, or the dearest. */
function likelyMode({ mode, modes }: Plan, known: Known): Mode {
  return mode ?? (known.mode && modes.includes(known.mode) ? known.mode : (modes.at(-1) ?? 'interleaved'));
}

function processSeconds(mode: Mode): number {
  const rounds = mode === 'interleaved' ? ASSUMED_PIECES : DEFAULT_ROUNDS;
  return PROCESS_S[mode] + rounds * BATCH_S[mode];
}

function assumptions(plan: Plan, known: Known, mode: Mode, blockS: number): string[] {
  const seconds = formatQuantity({ dimension: 'seconds', value: blockS });
  const each = formatQuantity({ dimension: 'seconds', value: processSeconds(mode) });
  const choice = `The pilot tries ${plan.modes.join(' and ')}, and the cheaper one judges; this is the price of ${mode}.`;
  const noise = formatQuantity({ dimension: 'fraction', value: known.noise?.sd ?? ASSUMED_NOISE });
  return [
    ...(plan.modes.length > 1 && plan.mode === undefined ? [choice] : []),
    known.blockS === undefined
      ? `A block is taken to last ${seconds}: ${each} a process. The pilot measures it.`
      : `A block lasted ${seconds} when it was last measured.`,
    known.noise === undefined
      ? `The ratio of two arms is taken to scatter by ${noise} from block to block. The result states what was seen.`
      : `The ratio of two arms scattered by ${noise} from block to block (${known.noise.from}).`,
  ];
}

function blindSpots(experiment: Experiment, plan: Plan, smallest: number): string[] {
  const percent = (value: number) => formatQuantity({ dimension: 'fraction', value });
  const { primary, gate, explore } = experiment.metrics;
  const metrics = [primary, ...gate, ...explore];
  const spots: string[] = [];
  if (plan.contrasts.length === 0) {
    // Of effects the design says itself how small they may be.
    if ((plan.design?.terms.length ?? 0) === 0)
      spots.push('Nothing is compared: there are no builds, paths or levels to set against each other.');
  } else if (Number.isFinite(smallest)) {
    spots.push(`Changes of ${primary} under ${percent(smallest)} will often end undecided, or equivalent.`);
  } else spots.push('So few blocks can call nothing: the budget, or the cap on blocks, is too small.');
  const inside = `inside ±${percent(experiment.margin)}`;
  spots.push(
    plan.contrasts.length > 0 || !plan.design
      ? `Changes ${inside} are called equivalent, whatever their sign.`
      : `Effects ${inside} are called negligible, whatever their sign.`,
  );
  if (experiment.factors.some((factor) => factor.family === 'build')) {
    spots.push(
      `Under ${LEAST_LINK} a difference between builds may be where the linker put the code: there is one link of each.`,
    );
  }
  for (const [metric, share] of Object.entries(TAILS)) {
    if (!metrics.includes(metric)) continue;
    const operations = operationsFor(share);
    spots.push(
      `${metric} needs ${formatNumber(operations)} operations timed one by one in each process; where one takes longer than ${formatQuantity({ dimension: 'seconds', value: EACH_AT_MOST_S / operations })} there are fewer, and no ${metric}.`,
    );
  }
  const shared = metrics.filter((metric) => findMetric(metric)?.source === 'process');
  if (shared.length > 0 && plan.modes.includes('in-process')) {
    const when = plan.modes.length > 1 && plan.mode === undefined ? 'where the pilot chooses in-process, ' : '';
    spots.push(`${shared.join(', ')}: ${when}one process holds both builds; --mode alternating measures it.`);
  }
  const mapped = metrics.filter((metric) => findMetric(metric)?.source === 'probe' && !findMetric(metric)?.exact);
  if (mapped.length > 0)
    spots.push(`${mapped.join(', ')}: shown by the boundary map, too few probed runs for a verdict.`);
  const tellsPairs = plan.design?.terms.some(({ factors }) => factors.length === 2) ?? false;
  if (experiment.factors.length > 1 && !tellsPairs) {
    const reason =
      plan.contrasts.length > 0 ? 'each contrast is judged by itself' : 'this design tells main effects alone';
    spots.push(`Whether one factor changes the effect of another (an interaction): ${reason}.`);
  }
  spots.push(...unseenEffects(experiment));
  const compared = new Set(plan.contrasts.flatMap((contrast) => [contrast.baselineArm, contrast.candidateArm]));
  const alone = plan.arms.filter((arm) => arm.role === 'main' && !compared.has(arm.id)).length;
  if (alone > 0 && plan.contrasts.length > 0)
    spots.push(`${alone} of the treatments are measured but compared with nothing.`);
  spots.push('Other machines: this is one.');
  return spots;
}

/** More combinations than effects are told of are run and compared in pairs; a fraction of them would tell effects. */
function unseenEffects(experiment: Experiment): string[] {
  const { conditions, builds } = listVaried(experiment);
  const cells = [...conditions, ...builds].reduce((product, { levels }) => product * levels.length, 1);
  if (experiment.design.kind !== 'full-factorial' || conditions.length < 2 || cells <= MOST_CELLS) return [];
  const inPart = conditions.every(({ levels }) => levels.length === 2) && conditions.length <= MOST_FACTORS;
  const nested = experiment.factors.some(({ within }) => within !== undefined);
  const hint = inPart && !nested ? ': `design: fractional` runs a part of them that tells effects' : '';
  return [`Effects: they are told of ${MOST_CELLS} combinations at most, and here are ${formatNumber(cells)}${hint}.`];
}
