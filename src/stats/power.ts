/** What a number of blocks can be expected to see. Normal approximation of the signed-rank test (efficiency 3/π). */
import { normalQuantile } from './normal.ts';
import { criticalCount } from './signed-rank.ts';

export interface Sight {
  /** Standard deviation of a block's log-ratio. */
  readonly sd: number;
  readonly blocks: number;
  /** Two-sided level. */
  readonly nominal: number;
  /** Share of studies that shall call it: 0.8 by default. */
  readonly power?: number;
}

/** The smallest true log-ratio that is called in `power` of the studies; Infinity when so few blocks can call nothing. */
export function detectableLogRatio({ sd, blocks, nominal, power = 0.8 }: Sight): number {
  if (blocks === 0 || criticalCount(blocks, nominal / 2).k === 0) return Infinity;
  const distance = -normalQuantile(nominal / 2) + normalQuantile(power);
  return (distance * sd * Math.sqrt(Math.PI / 3)) / Math.sqrt(blocks);
}

/**
 * The same, told from an interval at level 1 − nominal that was reached: robust to blocks that are nearly all alike but for a
 * few, where a robust spread says 0.
 */
export function detectableFromInterval(low: number, high: number, nominal: number, power = 0.8): number {
  const reach = -normalQuantile(nominal / 2);
  return ((high - low) / 2) * ((reach + normalQuantile(power)) / reach);
}

/** How many blocks call a true log-ratio in `power` of the studies at one look; the inverse of `detectableLogRatio`, not whole. */
export function blocksToDetect({
  sd,
  logRatio,
  nominal,
  power = 0.8,
}: Omit<Sight, 'blocks'> & { readonly logRatio: number }): number {
  const distance = -normalQuantile(nominal / 2) + normalQuantile(power);
  return (Math.PI / 3) * ((distance * sd) / logRatio) ** 2;
}
