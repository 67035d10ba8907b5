/** The same treatment against itself, in the blocks that carry it twice: what chance and position do on this machine. */
import type { Mode, Plan } from '../model/plan.ts';
import type { SelfCheck } from '../model/result.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { signedRankTest } from '../stats/signed-rank.ts';
import { type Block, pairBlocks } from './samples.ts';

const LEAST_PAIRS = 8;
const REJECT_BELOW = 0.01;

/** One a A/A arm, on the primary metric, over `blocks` of both stages pooled; judged from eight pairs on. */
export function checkSelf(plan: Plan, metric: string, blocks: readonly Block[], mode: Mode): SelfCheck[] {
  return plan.arms
    .filter((arm) => arm.role === 'aa')
    .map((arm) => {
      const pairs = pairBlocks(blocks, { baselineArm: arm.treatment.id, candidateArm: arm.id }, metric, mode);
      const x = pairs.map((pair) => pair.logRatio);
      const { centre, low, high, confidence } = hodgesLehmann(x, 0.05);
      const judged = x.length >= LEAST_PAIRS;
      return {
        arm: arm.treatment.id,
        pairs: x.length,
        ratio: Math.exp(centre),
        low: Math.exp(low),
        high: Math.exp(high),
        confidence,
        judged,
        rejects: judged && signedRankTest(x).pValue < REJECT_BELOW,
        series: pairs.map((pair) => ({ block: pair.block, ratio: Math.exp(pair.logRatio) })),
      };
    });
}
