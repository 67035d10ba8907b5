/** What the probe itself costs, on and switched off: against bare, the same treatment in the same blocks. */
import { holdsProbe, type Mode, type Plan } from '../model/plan.ts';
import type { ProbeCost } from '../model/result.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { median } from '../stats/quantile.ts';
import { type Block, pairBlocks, runValue } from './samples.ts';

const METRIC = 'time.p50';

/** Seconds an operation that the probe adds, with a 95 % interval over blocks; one a treatment with probed runs, the one of its runs with the probe off last. */
export function priceProbe(plan: Plan, blocks: readonly Block[], mode: Mode): ProbeCost[] {
  return plan.arms.filter(holdsProbe).flatMap((arm) => {
    const added = blocks.flatMap((block) => addedSeconds(block, arm.treatment.id, arm.id, mode));
    if (added.length === 0) return [];
    const { centre, low, high } = hodgesLehmann(added, 0.05);
    const arms = { baselineArm: arm.treatment.id, candidateArm: arm.id };
    const logRatios = pairBlocks(blocks, arms, METRIC, mode).map((pair) => pair.logRatio);
    const ratio = Math.exp(hodgesLehmann(logRatios, 0.05).centre);
    const off = arm.role === 'off' && ({ probe: 'off' } as const);
    return [{ treatment: arm.treatment.id, ...off, seconds: centre, low, high, ratio, blocks: added.length }];
  });
}

function addedSeconds(block: Block, bareArm: string, probedArm: string, mode: Mode): number[] {
  const bare = block.runs.get(bareArm);
  const probed = block.runs.get(probedArm);
  if (!bare || !probed) return [];
  if (mode !== 'interleaved' && bare.batches.length > 0 && probed.batches.length > 0) {
    const rounds = Math.min(bare.batches.length, probed.batches.length);
    return [median(Array.from({ length: rounds }, (_, round) => probed.batches[round]! - bare.batches[round]!))];
  }
  const [from, to] = [runValue(bare, METRIC), runValue(probed, METRIC)];
  return from === undefined || to === undefined ? [] : [to - from];
}
