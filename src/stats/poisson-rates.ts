/**
 * Whether two counts of events, each over an exposure of its own, come from one rate. Given their sum, the first is
 * binomial with the share of its exposure: outcomes no likelier than the one seen make the p-value.
 * Source: Przyborowski & Wilenski 1940, Biometrika 31:313-323; the two sides as in R's poisson.test.
 */
import { binomialCdf } from './binomial.ts';
import { logGamma } from './gamma.ts';

/** Outcomes are called equally likely within this, as R does. */
const EQUAL = 1e-7;

export interface EventCount {
  /** Whole, zero or more. */
  readonly events: number;
  /** What they were counted over: operations, seconds … above zero. */
  readonly exposure: number;
}

/** Two-sided p-value, 1 when nothing was counted. RangeError for counts that are not whole and exposures that are not above zero. */
export function poissonRatesTest(first: EventCount, second: EventCount): number {
  for (const { events, exposure } of [first, second]) {
    if (!Number.isSafeInteger(events) || events < 0) throw new RangeError(`${events} is no count of events.`);
    if (!(exposure > 0 && Number.isFinite(exposure)))
      throw new RangeError(`${exposure} is no exposure: it must be above zero.`);
  }
  const trials = first.events + second.events;
  if (trials === 0) return 1;
  const share = first.exposure / (first.exposure + second.exposure);
  const seen = first.events;
  const logShares = [Math.log(share), Math.log1p(-share)] as const;
  const likelihood = (k: number): number =>
    logGamma(trials + 1) - logGamma(k + 1) - logGamma(trials - k + 1) + k * logShares[0] + (trials - k) * logShares[1];
  const limit = likelihood(seen) + EQUAL;
  const mean = trials * share;
  if (seen === mean) return 1;
  const below = (k: number): number => binomialCdf(k, trials, share);
  // The likelihood falls on both sides of its mode: what is as unlikely on the other side begins at one place.
  if (seen < mean) {
    const from = firstWhere(Math.ceil(mean), trials + 1, (k) => likelihood(k) <= limit);
    return Math.min(1, below(seen) + binomialCdf(trials - from, trials, 1 - share));
  }
  const over = firstWhere(0, Math.floor(mean) + 1, (k) => likelihood(k) > limit);
  return Math.min(1, binomialCdf(trials - seen, trials, 1 - share) + below(over - 1));
}

/** The least whole number in [low, high) for which `holds`, which holds for all above it too; `high` when there is none. */
function firstWhere(low: number, high: number, holds: (k: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
