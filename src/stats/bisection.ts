/**
 * Search for the first bad one of many commits in order, each probe a noisy measurement: Bayesian bisection. A probe of a
 * commit is one paired block against the good end (a log-ratio), so that what drifts cancels; it centres on the
 * effect from the culprit on, on zero before. The likelihood is Student's t with four degrees of freedom and the blocks' robust
 * spread for scale: a normal one believes bursts. The effect is known only by its interval, so it is searched for along with
 * the culprit: taking the interval's cautious end instead needs a third more probes to be right as often.
 * Sources: Waeber, Frazier & Henderson, SIAM J. Control Optim. 51(3), 2013 (halving the posterior); Lange, Little & Taylor,
 * JASA 84, 1989 (the t likelihood against outliers).
 */
import type { Interval } from './hodges-lehmann.ts';
import { normalQuantile } from './normal.ts';

export interface Evidence {
  /**
   * Log-ratio of the bad end against the good one, as a confirmation gave it: centre not zero. An interval of no width is
   * an effect that is known.
   */
  readonly effect: Interval;
  /** Robust standard deviation of a block's log-ratio, above zero, from at least 40 blocks. */
  readonly scale: number;
  /** One weight a commit, oldest first, not negative: say 1, and more where changed paths matter. */
  readonly prior: readonly number[];
}

export interface Search {
  /** Log-ratios that the effect may be. */
  readonly effects: readonly number[];
  readonly scale: number;
  /** Probability of each effect (row) together with each commit being the first bad one (column); they sum to 1. */
  readonly joint: readonly (readonly number[])[];
}

export interface Terrain {
  /** Commits that can't be built: they are never probed. */
  readonly unbuildable?: ReadonlySet<number>;
  /** What a probe of each commit costs, in any one unit (a commit already built is cheap); alike where left out. */
  readonly costs?: readonly number[];
}

/** Commits first … last, between which no buildable probe can tell: usually one. */
export interface Suspects {
  readonly first: number;
  readonly last: number;
  readonly probability: number;
}

const FREEDOM = 4;
export const STOP_AT = 0.95;
/** Standard errors from the centre at which effects are tried. */
const STEPS = [-2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5];

/** Before the first probe. Throws RangeError where there is nothing to find, or nothing to find it with. */
export function beginSearch({ effect, scale, prior }: Evidence): Search {
  if (!(Number.isFinite(effect.centre) && effect.centre !== 0)) {
    throw new RangeError('a search needs an effect that is not zero');
  }
  if (!(Number.isFinite(effect.low) && Number.isFinite(effect.high))) {
    throw new RangeError('the effect has no finite interval: confirm it with more blocks first');
  }
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new RangeError('the scale must be above zero: blocks that are all alike tell no spread');
  }
  if (!prior.every((weight) => weight >= 0 && Number.isFinite(weight)) || !prior.some((weight) => weight > 0)) {
    throw new RangeError('prior weights must be finite and not negative, and one of them above zero');
  }
  const tried = effectsIn(effect);
  const joint = normalise(tried.map(({ weight }) => prior.map((own) => own * weight)));
  return { effects: tried.map((one) => one.effect), scale, joint };
}

/** What is known after the block `logRatio` of `commit` (counted from 0) against the good end. */
export function learn(search: Search, commit: number, logRatio: number): Search {
  return learnPair(search, 0, commit, logRatio);
}

/** The same of commit `last` against the one before `first`: slower where the culprit is one of first … last. */
export function learnPair({ effects, scale, joint }: Search, first: number, last: number, logRatio: number): Search {
  if (!(last in (joint[0] ?? []) && first >= 0 && first <= last)) throw new RangeError(`there is no commit ${last}`);
  if (!Number.isFinite(logRatio)) throw new RangeError('a log-ratio must be a finite number');
  const ifGood = studentLikelihood(logRatio / scale);
  const updated = joint.map((row, i) => {
    const ifBad = studentLikelihood((logRatio - effects[i]!) / scale);
    return row.map((probability, culprit) => probability * (first <= culprit && culprit <= last ? ifBad : ifGood));
  });
  return { effects, scale, joint: normalise(updated) };
}

/** What is known once none of the commits `first` … `last` is the first bad one; undefined where no other can be. */
export function exclude({ effects, scale, joint }: Search, first: number, last: number): Search | undefined {
  const left = joint.map((row) =>
    row.map((probability, commit) => (commit < first || commit > last ? probability : 0)),
  );
  const some = left.some((row) => row.some((probability) => probability > 0));
  return some ? { effects, scale, joint: normalise(left) } : undefined;
}

/** Probability of each commit to be the first bad one; they sum to 1. */
export function posterior({ joint }: Search): number[] {
  return joint[0]!.map((_, commit) => joint.reduce((sum, row) => sum + row[commit]!, 0));
}

/**
 * The probe that teaches most for its cost: p(1 − p) / cost, p being the chance that it is bad. That is what a probe tells
 * where noise is large, and with equal costs it halves the posterior. Undefined when no buildable probe can tell more.
 */
export function nextProbe(search: Search, { unbuildable, costs }: Terrain = {}): number | undefined {
  let best: number | undefined;
  let most = 0;
  let bad = 0;
  const culprits = posterior(search);
  // The last commit is the bad end itself.
  for (const [commit, probability] of culprits.slice(0, -1).entries()) {
    bad += probability;
    if (unbuildable?.has(commit)) continue;
    const cost = costs?.[commit] ?? 1;
    if (!(cost > 0)) throw new RangeError(`the cost of commit ${commit} must be above zero`);
    const worth = (bad * (1 - bad)) / cost;
    if (worth > most) {
      most = worth;
      best = commit;
    }
  }
  return best;
}

/** The likeliest suspects; they are the answer once their probability reaches `STOP_AT`, or what else was asked for. */
export function likeliest(search: Search, { unbuildable }: Terrain = {}): Suspects {
  let best: Suspects = { first: 0, last: 0, probability: -1 };
  let [first, probability] = [0, 0];
  const culprits = posterior(search);
  culprits.forEach((own, commit) => {
    probability += own;
    // No probe parts a commit that can't be built from the next one.
    if (unbuildable?.has(commit) && commit < culprits.length - 1) return;
    if (probability > best.probability) best = { first, last: commit, probability };
    [first, probability] = [commit + 1, 0];
  });
  return best;
}

/** Effects about the centre, on its side of zero, with their weights. */
function effectsIn({ centre, low, high, confidence }: Interval): { effect: number; weight: number }[] {
  const error = high > low ? (high - low) / 2 / normalQuantile((1 + confidence) / 2) : 0;
  if (error === 0) return [{ effect: centre, weight: 1 }];
  return STEPS.map((step) => ({ effect: centre + step * error, weight: Math.exp((-step * step) / 2) })).filter(
    ({ effect }) => effect * centre > 0,
  );
}

/** Up to a factor that both hypotheses share. */
function studentLikelihood(t: number): number {
  return (1 + (t * t) / FREEDOM) ** (-(FREEDOM + 1) / 2);
}

function normalise(joint: readonly (readonly number[])[]): number[][] {
  const sum = joint.reduce((all, row) => row.reduce((partial, weight) => partial + weight, all), 0);
  return joint.map((row) => row.map((weight) => weight / sum));
}
