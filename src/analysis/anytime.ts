/**
 * `--watch`: no looks. After every block the confidence sequence by symmetric betting is judged against the margin, which costs
 * no error however often it is done (docs/method.md, "Watching").
 */
import { type Experiment, marginOf } from '../model/experiment.ts';
import type { Contrast } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import { type BettingInterval, startBetting } from '../stats/betting.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import type { AssessInput, Decision, GateJudgement } from './assess.ts';
import { type Block, pairBlocks } from './samples.ts';
import { callInterval, type Judgement } from './verdict.ts';

const ALPHA = 0.05;

/** The decision at the first block, from that of the first look on, at which the sequence lies on one side of what matters. */
export function decideAnytime(
  contrast: Contrast,
  judged: readonly Block[],
  { schedule, experiment }: Pick<AssessInput, 'schedule' | 'experiment'>,
  gates: readonly string[],
): Decision {
  const { mode, looks } = schedule;
  const least = looks[0]?.blocks ?? 1;
  const most = experiment.maxBlocks ?? Infinity;
  const { primary: metric } = experiment.metrics;
  const margin = marginOf(experiment, metric);
  const ratios = ratiosByBlock(judged, contrast, metric, mode);
  const intervals = followRatios(contrast, [...ratios.values()]);
  let added = 0;
  let interval: BettingInterval | undefined;
  for (const [index, block] of judged.entries()) {
    if (ratios.has(block.block)) interval = intervals[added++];
    const blocks = index + 1;
    if (!interval || blocks < least) continue;
    const moved = interval.empty;
    // The ends stand still from there on: more blocks would never decide.
    const verdict = moved ? 'undecided' : callInterval(interval, margin, contrast.kind);
    if (verdict === 'undecided' && !moved && blocks < most) continue;
    const seen = judged.slice(0, blocks);
    const primary = {
      ...asInterval(interval, seen, contrast, metric, mode),
      verdict,
      ...(moved && { moved }),
    };
    const gate = judgeGates(contrast, seen, mode, { experiment, gates });
    return { contrast, look: 0, blocks, nominal: ALPHA, primary, gate, state: 'settled' };
  }
  const open = interval ?? { low: -Infinity, high: Infinity };
  const primary: Judgement = { ...asInterval(open, judged, contrast, metric, mode), verdict: 'undecided' };
  return { contrast, look: -1, blocks: judged.length, nominal: ALPHA, primary, gate: {}, state: 'pending' };
}

interface Followed {
  readonly betting: ReturnType<typeof startBetting>;
  readonly ratios: number[];
  readonly intervals: BettingInterval[];
}

/** What was bet on a contrast's ratios so far: the same values again only need the new ones added. It changes no answer. */
const followed = new WeakMap<Contrast, Followed>();

/** The sequence after each ratio. */
function followRatios(contrast: Contrast, ratios: readonly number[]): readonly BettingInterval[] {
  const known = followed.get(contrast);
  const goesOn = known?.ratios.every((ratio, at) => at >= ratios.length || ratio === ratios[at]);
  const own = known && goesOn ? known : { betting: startBetting(ALPHA), ratios: [], intervals: [] };
  followed.set(contrast, own);
  for (const ratio of ratios.slice(own.ratios.length)) {
    own.ratios.push(ratio);
    own.intervals.push(own.betting.add(ratio));
  }
  return own.intervals.slice(0, ratios.length);
}

/** What is said where nothing was left to decide. */
export function movedWarning({ moved }: Pick<Judgement, 'moved'>): Warning[] {
  if (!moved) return [];
  return [
    {
      code: 'centre-moved',
      message:
        'the ratio moved while it was watched: no single value fits all blocks any more, so watching ended without a verdict; the interval is the last that some value fitted',
      cure: 'look at the ratios in run order: what changed on the machine, or in the programs? run again when it holds still',
    },
  ];
}

/** Each gate metric by a sequence of its own, at an equal share of the error: the moment of looking was chosen by the primary. */
function judgeGates(
  contrast: Contrast,
  seen: readonly Block[],
  mode: AssessInput['schedule']['mode'],
  { experiment, gates }: { readonly experiment: Experiment; readonly gates: readonly string[] },
): Record<string, GateJudgement> {
  const nominal = ALPHA / Math.max(1, gates.length);
  return Object.fromEntries(
    gates.flatMap((metric) => {
      const ratios = [...ratiosByBlock(seen, contrast, metric, mode).values()];
      if (ratios.length === 0) return [];
      const betting = startBetting(nominal);
      let interval: BettingInterval | undefined;
      for (const ratio of ratios) interval = betting.add(ratio);
      const moved = interval!.empty;
      const verdict = moved ? 'undecided' : callInterval(interval!, marginOf(experiment, metric), contrast.kind);
      const judged = {
        ...(moved && { moved }),
        ...asInterval(interval!, seen, contrast, metric, mode),
        confidence: 1 - nominal,
        verdict,
        nominal,
      };
      return [[metric, judged]];
    }),
  );
}

function ratiosByBlock(
  blocks: readonly Block[],
  contrast: Contrast,
  metric: string,
  mode: AssessInput['schedule']['mode'],
) {
  return new Map(pairBlocks(blocks, contrast, metric, mode).map((pair) => [pair.block, pair.logRatio]));
}

/** The centre is Hodges and Lehmann's, kept inside: the sequence remembers ends that later blocks may leave behind. */
function asInterval(
  { low, high }: Pick<BettingInterval, 'low' | 'high'>,
  seen: readonly Block[],
  contrast: Contrast,
  metric: string,
  mode: AssessInput['schedule']['mode'],
) {
  const { centre } = hodgesLehmann([...ratiosByBlock(seen, contrast, metric, mode).values()], ALPHA);
  return { centre: Math.min(high, Math.max(low, centre)), low, high, confidence: 1 - ALPHA };
}
