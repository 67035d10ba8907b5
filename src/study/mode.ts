/** Which mode judges: the one that sees a change of the margin in the fewest seconds, as far as the pilot can tell. */
import { raiseMargins } from '../analysis/least-margin.ts';
import { collectBlocks, pairBlocks } from '../analysis/samples.ts';
import { FIRST_LOOK } from '../design/schedule.ts';
import { marginOf } from '../model/experiment.ts';
import type { Mode, ModePrice, Pacing, Plan } from '../model/plan.ts';
import { blocksToDetect } from '../stats/power.ts';
import { median } from '../stats/quantile.ts';
import { robustSd } from '../stats/robust.ts';
import type { Piloted } from './pacing.ts';

/** Fewer pairs say too little of how they scatter. */
const LEAST_PAIRS = 3;
/** A spread of nothing at all is a coarse clock, or luck. */
const LEAST_SPREAD = 1e-5;

/** `pacing`: as the mode would run. Without builds to compare, only what a block costs. */
export function priceMode({ blocks, mode, plan, experiment }: Piloted, { blockS }: Pacing): ModePrice {
  const metric = experiment.metrics.primary;
  // The first block also searched for its pace.
  const seen = collectBlocks(
    blocks.slice(1).flatMap(({ outcomes }) => outcomes),
    'pilot',
  );
  const spreads = plan.contrasts
    .filter(({ kind }) => kind === 'build')
    .map((contrast) => pairBlocks(seen, contrast, metric, mode).map(({ logRatio }) => logRatio))
    .filter((x) => x.length >= LEAST_PAIRS)
    .map((x) => Math.max(LEAST_SPREAD, robustSd(x)));
  const price = { mode, blocks: seen.length, blockS };
  if (spreads.length === 0) return price;
  const spread = median(spreads);
  const logRatio = Math.log1p(marginOf(raiseMargins(experiment, mode), metric));
  const needed = blocksToDetect({ sd: spread, logRatio, nominal: 0.05 });
  return { ...price, spread, seconds: blockS * Math.max(FIRST_LOOK, needed) };
}

/** What was asked for; else the least seconds, the first of equals; the most whole when nothing tells. */
export function chooseMode(prices: readonly ModePrice[], plan: Plan): Mode {
  const told = prices.filter((price) => price.seconds !== undefined);
  if (plan.mode !== undefined) return plan.mode;
  const cheapest = told.reduce<ModePrice | undefined>(
    (least, price) => (least && least.seconds! <= price.seconds! ? least : price),
    undefined,
  );
  return cheapest?.mode ?? prices.at(-1)!.mode;
}
