/**
 * Anytime-valid inference by symmetric betting: after every value, for as long as one likes, it may be asked whether the values
 * lie symmetrically about theta, and all answers together keep the error alpha. A gambler bets on the sign of the next
 * difference from theta; were theta the centre, the fortune would have no reason to grow, and reaches 2/alpha on either side
 * with probability alpha at most (Ville's inequality). What is assumed is symmetry, nothing about shape or variance.
 * Source: Ramdas, Ruf, Larsson & Koolen 2020 (symmetric test martingales); Waudby-Smith & Ramdas 2024 (betting).
 */

export interface BettingInterval {
  /** Centres that were never refuted; −Infinity and Infinity where none was. */
  readonly low: number;
  readonly high: number;
  /** Fortunes of betting that the centre is above, or below, zero. Zero is refuted once either reached 2/alpha. */
  readonly wealthUp: number;
  readonly wealthDown: number;
  /** No centre is left: it has moved while this watched. `low` and `high` are those of the last value that left one. */
  readonly empty: boolean;
}

export interface Betting {
  /** Takes the next value and tells what is left; O(1) mostly, O(n) when an end moves. RangeError when it is not finite. */
  add(value: number): BettingInterval;
}

/** Shares of the fortune that are staked, each by a gambler of its own. */
const STAKES = [0.15, 0.4, 0.7, 0.95] as const;
/** The first bets are on signs alone, there being no scale yet. */
const SIGN_BETS = 4;
const SIGN_BET = 0.8;

/** The confidence sequence at level 1 − alpha after the last value; every value counts once, in order. */
export function bettingInterval(values: readonly number[], alpha: number): BettingInterval {
  const betting = startBetting(alpha);
  let interval: BettingInterval = { low: -Infinity, high: Infinity, wealthUp: 1, wealthDown: 1, empty: false };
  for (const value of values) interval = betting.add(value);
  return interval;
}

/** The confidence sequence as values come: `add` after each block. RangeError unless 0 < alpha < 1. */
export function startBetting(alpha: number): Betting {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`The level is ${alpha}: it lies between 0 and 1.`);
  const goal = 2 / alpha;
  const values: number[] = [];
  const seen: Seen = { values, scales: [] };
  const sorted: number[] = [];
  const atZero = { up: newFortunes(), down: newFortunes() };
  // The upper end is the lower end of the values turned round: the same arithmetic serves both.
  const lower = lowerEnd(seen, 1, goal);
  const upper = lowerEnd(seen, -1, goal);
  let [low, high, empty] = [-Infinity, Infinity, false];
  return {
    add(value) {
      if (!Number.isFinite(value))
        throw new RangeError(`Value ${seen.values.length + 1} is ${value}: not a finite number.`);
      seen.scales.push(medianDeviation(sorted));
      values.push(value);
      sorted.splice(rankOf(sorted, value), 0, value);
      const bet = betOn(seen, seen.values.length - 1, 0, 1);
      stake(atZero.up, bet);
      stake(atZero.down, -bet);
      const [below, above] = [lower.extend(), -upper.extend()];
      empty ||= below >= above;
      if (!empty) [low, high] = [below, above];
      return { low, high, wealthUp: wealth(atZero.up), wealthDown: wealth(atZero.down), empty };
    },
  };
}

/** Fortune of betting that the centre is above `theta`, and below, after each value: the martingales themselves. */
export function bettingWealth(values: readonly number[], theta: number): { up: number[]; down: number[] } {
  const seen: Seen = { values, scales: [] };
  const sorted: number[] = [];
  const fortunes = { up: newFortunes(), down: newFortunes() };
  const wealths = { up: [] as number[], down: [] as number[] };
  values.forEach((value, index) => {
    seen.scales.push(medianDeviation(sorted));
    sorted.splice(rankOf(sorted, value), 0, value);
    const bet = betOn(seen, index, theta, 1);
    stake(fortunes.up, bet);
    stake(fortunes.down, -bet);
    wealths.up.push(wealth(fortunes.up));
    wealths.down.push(wealth(fortunes.down));
  });
  return wealths;
}

interface Seen {
  readonly values: readonly number[];
  /** The scale of each value: told from those before it alone. */
  readonly scales: number[];
}

/** The largest centre refuted from below so far: it only ever rises. `sign` −1 looks at the values turned round. */
function lowerEnd(seen: Seen, sign: 1 | -1, goal: number): { extend(): number } {
  let end = -Infinity;
  let fortunes = newFortunes();
  let [least, most, widest] = [Infinity, -Infinity, 0];
  const fortunesAt = (theta: number): number[] => {
    const played = newFortunes();
    for (let i = 0; i < seen.values.length; i++) stake(played, betOn(seen, i, theta, sign));
    return played;
  };
  return {
    extend() {
      const last = seen.values.length - 1;
      const value = sign * seen.values[last]!;
      [least, most, widest] = [Math.min(least, value), Math.max(most, value), Math.max(widest, seen.scales[last]!)];
      stake(fortunes, betOn(seen, last, end, sign));
      if (wealth(fortunes) < goal) return end;
      // Refuted here; not refuted at the largest value, about which no bet is won. Twenty scales off, a bet is its limit.
      const start = end === -Infinity ? least - 20 * widest : end;
      // The end moves by about a scale over the number of values: look there first.
      const near = (4 * widest) / seen.values.length;
      end = lastAbove((theta) => Math.log(wealth(fortunesAt(theta)) / goal), { from: start, to: most, near });
      fortunes = fortunesAt(end);
      return end;
    },
  };
}

/** The bet on value `index` being above `theta`, from −1 to 1: odd about theta, its size fixed beforehand. */
function betOn({ values, scales }: Seen, index: number, theta: number, sign: 1 | -1): number {
  const distance = sign * values[index]! - theta;
  if (index < SIGN_BETS) return SIGN_BET * Math.sign(distance);
  return Math.tanh(distance / scales[index]!);
}

const newFortunes = (): number[] => STAKES.map(() => 1);

function stake(fortunes: number[], bet: number): void {
  for (let i = 0; i < STAKES.length; i++) fortunes[i]! *= 1 + STAKES[i]! * bet;
}

const wealth = (fortunes: readonly number[]): number =>
  Math.min(Number.MAX_VALUE, fortunes.reduce((sum, fortune) => sum + fortune, 0) / STAKES.length);

/**
 * The largest theta, to a part in 1e9 of the range, at which a falling function is not below zero; it is not at `from`, and is
 * at `to`, and is sought within `near` of `from` first. Regula falsi in the manner of Illinois, halved where that does not shrink
 * the range: the first bets make steps.
 */
function lastAbove(
  height: (theta: number) => number,
  { from, to, near }: { readonly from: number; readonly to: number; readonly near: number },
): number {
  let [a, b] = [from, Math.min(to, from + near)];
  let [fa, fb] = [height(a), height(b)];
  for (let reach = near; fb >= 0 && b < to; reach *= 4) {
    [a, fa] = [b, fb];
    b = Math.min(to, b + 4 * reach);
    fb = height(b);
  }
  const enough = 1e-9 * (to - from);
  for (let step = 0; b - a > enough; step++) {
    const secant = a + ((b - a) * fa) / (fa - fb);
    const middle = step % 3 === 2 || !(secant > a && secant < b) ? a + (b - a) / 2 : secant;
    if (middle === a || middle === b) break;
    const f = height(middle);
    if (f >= 0) {
      [a, fa, fb] = [middle, f, fb / 2];
    } else {
      [b, fb, fa] = [middle, f, fa / 2];
    }
  }
  return a;
}

/** 1.4826 times the median distance from the median of ascending values; just above zero where there is none. */
function medianDeviation(sorted: readonly number[]): number {
  const n = sorted.length;
  if (n === 0) return 1e-12;
  const half = n >> 1;
  const centre = n % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  // Distances grow from the middle outwards on both sides: merge the two sides up to the middle of all distances.
  let [left, right] = [(n - 1) >> 1, ((n - 1) >> 1) + 1];
  let [before, now] = [0, 0];
  for (let taken = 0; taken <= half; taken++) {
    before = now;
    const below = left >= 0 ? centre - sorted[left]! : Infinity;
    const above = right < n ? sorted[right]! - centre : Infinity;
    if (below <= above) left--;
    else right++;
    now = Math.min(below, above);
  }
  return 1.4826 * (n % 2 === 1 ? now : (before + now) / 2) + 1e-12;
}

function rankOf(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
