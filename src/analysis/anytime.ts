/**
 * `--watch`: no looks. After every block the confidence sequence by symmetric betting is judged against the margin, which costs
 * no error however often it is done (docs/method.md, "Watching").
 */
import type { Contrast } from '../model/plan.ts';
import { type BettingInterval, startBetting } from '../stats/betting.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import type { AssessInput, Decision, GateJudgement } from './assess.ts';
import { type Block, pairBlocks } from './samples.ts';
import { callInterval, type Judgement } from './verdict.ts';

const ALPHA = 0.05;

export interface Watched {
  readonly metrics: { readonly primary: string; readonly gates: readonly string[] };
  readonly marginOf: (metric: string) => number;
}

/** The decision at the first block, from that of the first look on, at which the sequence lies on one side of what matters. */
export function decideAnytime(
  contrast: Contrast,
  judged: readonly Block[],
  { schedule, experiment }: Pick<AssessInput, 'schedule' | 'experiment'>,
  { metrics, marginOf }: Watched,
): Decision {
  const { mode, looks } = schedule;
  const least = looks[0]?.blocks ?? 1;
  const most = experiment.maxBlocks ?? Infinity;
  const margin = marginOf(metrics.primary);
  const ratios = ratiosByBlock(judged, contrast, metrics.primary, mode);
  const betting = startBetting(ALPHA);
  let interval: BettingInterval | undefined;
  for (const [index, block] of judged.entries()) {
    const ratio = ratios.get(block.block);
    if (ratio !== undefined) interval = betting.add(ratio);
    const blocks = index + 1;
    if (!interval || blocks < least) continue;
    const verdict = callInterval(interval, margin, contrast.kind);
    if (verdict === 'undecided' && blocks < most) continue;
    const seen = judged.slice(0, blocks);
    const primary = { ...asInterval(interval, seen, contrast, metrics.primary, mode), verdict };
    const gate = judgeGates(contrast, seen, mode, { metrics, marginOf });
    return { contrast, look: 0, blocks, nominal: ALPHA, primary, gate, state: 'settled' };
  }
  const open = interval ?? { low: -Infinity, high: Infinity };
  const primary: Judgement = { ...asInterval(open, judged, contrast, metrics.primary, mode), verdict: 'undecided' };
  return { contrast, look: -1, blocks: judged.length, nominal: ALPHA, primary, gate: {}, state: 'pending' };
}

/** Each gate metric by a sequence of its own, at an equal share of the error: the moment of looking was chosen by the primary. */
function judgeGates(
  contrast: Contrast,
  seen: readonly Block[],
  mode: AssessInput['schedule']['mode'],
  { metrics, marginOf }: Watched,
): Record<string, GateJudgement> {
  const nominal = ALPHA / Math.max(1, metrics.gates.length);
  return Object.fromEntries(
    metrics.gates.flatMap((metric) => {
      const ratios = [...ratiosByBlock(seen, contrast, metric, mode).values()];
      if (ratios.length === 0) return [];
      const betting = startBetting(nominal);
      let interval: BettingInterval | undefined;
      for (const ratio of ratios) interval = betting.add(ratio);
      const verdict = callInterval(interval!, marginOf(metric), contrast.kind);
      const judged = {
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
