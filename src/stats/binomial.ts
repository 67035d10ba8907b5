/** Counts of successes in independent trials. */
import { betaQuantile, logBetaTails } from './beta.ts';

/** P(B <= successes); whole numbers, 0 <= share <= 1. */
export function binomialCdf(successes: number, trials: number, share: number): number {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  return Math.exp(logBetaTails(1 - share, trials - successes, successes + 1, share).lower);
}

/**
 * The interval of a share that covers it at least as often as it says, whatever the share. Source: Clopper & Pearson 1934.
 * RangeError unless 0 <= successes <= trials are whole numbers, and the confidence lies between 0 and 1.
 */
export function clopperPearson(
  successes: number,
  trials: number,
  confidence = 0.95,
): { readonly low: number; readonly high: number } {
  if (!(Number.isInteger(successes) && Number.isInteger(trials) && 0 <= successes && successes <= trials))
    throw new RangeError(
      `${successes} of ${trials} is no share: both must be whole, and the first not above the second.`,
    );
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`The confidence is ${confidence}: it lies between 0 and 1.`);
  const tail = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    high: successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
  };
}

/** Two-sided p-value that the median is zero: signs alone, zeros left out. 1 for no signs. Decides nothing: docs/rationale.md. */
export function signTest(values: readonly number[]): number {
  const above = values.filter((value) => value > 0).length;
  const below = values.filter((value) => value < 0).length;
  return Math.min(1, 2 * binomialCdf(Math.min(above, below), above + below, 0.5));
}
