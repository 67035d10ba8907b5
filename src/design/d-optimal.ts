/**
 * The rows of a candidate set from which the coefficients of a model come out most precisely: those with the largest
 * |XᵀX|, found by exchanging one row for another while that helps, from several seeded starts. No row is taken twice, since
 * a block runs every combination once. Source: Fedorov, Theory of Optimal Experiments (1972); each row in turn for the best
 * other one, which finds as good designs in a small part of the time: Cook & Nachtsheim, Technometrics 22 (1980).
 */
import { createRandom } from '../stats/random.ts';
import { logDeterminant, type Matrix } from '../stats/regression.ts';
import { dot } from '../stats/sums.ts';
import { invertSymmetric, multiply, normalEquations } from '../stats/symmetric.ts';

interface BestRows {
  /** Numbers of the chosen candidates, ascending. */
  readonly rows: readonly number[];
  /** |XᵀX/n| over that of all candidates, to the power 1/parameters: 1 is as good as running all, run for run. */
  readonly efficiency: number;
}

const STARTS = 12;
const MOST_SWEEPS = 200;
/** Lets a start be singular: exchanges lead out of it. */
const RIDGE = 1e-6;
const LEAST_GAIN = 1e-9;

/** `candidates` is the model matrix of the whole set. RangeError: too few runs for the model, or a model it can't tell. */
export function chooseDOptimal(candidates: Matrix, runs: number, seed: number): BestRows {
  const parameters = candidates[0]?.length ?? 0;
  if (runs < parameters) throw new RangeError(`${runs} runs can't tell ${parameters} coefficients`);
  if (runs > candidates.length) throw new RangeError(`there are ${candidates.length} candidates for ${runs} runs`);
  const whole = logDeterminant(candidates) - parameters * Math.log(candidates.length);
  if (whole === -Infinity) throw new RangeError('the model can not be told even from all candidates');
  let best: { rows: number[]; log: number } = { rows: [], log: -Infinity };
  for (let start = 0; start < STARTS; start++) {
    const random = createRandom(seed, 'd-optimal', start);
    const rows = exchange(candidates, random.shuffle(candidates.map((_, at) => at)).slice(0, runs));
    const log = logDeterminant(rows.map((at) => candidates[at]!));
    if (log > best.log + LEAST_GAIN) best = { rows, log };
  }
  if (best.log === -Infinity) throw new RangeError(`no ${runs} candidates tell the model`);
  const efficiency = Math.exp((best.log - parameters * Math.log(runs) - whole) / parameters);
  return { rows: best.rows.toSorted((a, b) => a - b), efficiency };
}

/** Each chosen row for the one that gains most by it, round after round, until none gains. */
function exchange(candidates: Matrix, start: readonly number[]): number[] {
  const chosen = [...start];
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    // Anew for each round: what the steps within one lose by rounding is not carried on.
    const state = beginRound(candidates, chosen);
    let moved = false;
    for (const [place, out] of chosen.entries()) {
      const by = bestFor(candidates, out, state, new Set(chosen));
      if (by === undefined) continue;
      replace(candidates, out, by, state);
      chosen[place] = by;
      moved = true;
    }
    if (!moved) break;
  }
  return chosen;
}

/** (XᵀX)⁻¹ of the chosen rows, and xᵀ(XᵀX)⁻¹x of every candidate. */
interface Round {
  readonly inverse: number[][];
  readonly variance: Float64Array;
}

function beginRound(candidates: Matrix, chosen: readonly number[]): Round {
  const rows = chosen.map((at) => candidates[at]!);
  const { matrix } = normalEquations(
    rows,
    rows.map(() => 0),
  );
  for (const [i, line] of matrix.entries()) line[i]! += RIDGE;
  const inverse = invertSymmetric(matrix);
  if (!inverse) throw new Error('the ridge keeps every choice of rows away from singular');
  return { inverse, variance: Float64Array.from(candidates, (row) => dot(row, multiply(inverse, row))) };
}

/** |XᵀX| grows by the factor 1 + gain (Fedorov's delta). */
function bestFor(
  candidates: Matrix,
  out: number,
  { inverse, variance }: Round,
  taken: ReadonlySet<number>,
): number | undefined {
  const carried = multiply(inverse, candidates[out]!);
  let best: number | undefined;
  let most = LEAST_GAIN;
  for (let by = 0; by < candidates.length; by++) {
    if (taken.has(by)) continue;
    const cross = dot(candidates[by]!, carried);
    const gain = variance[by]! - (variance[by]! * variance[out]! - cross * cross) - variance[out]!;
    if (gain > most) [most, best] = [gain, by];
  }
  return best;
}

/** Sherman and Morrison: a row comes, then one goes, without inverting again. */
function replace(candidates: Matrix, out: number, by: number, { inverse, variance }: Round): void {
  for (const [row, sign] of [
    [candidates[by]!, 1],
    [candidates[out]!, -1],
  ] as const) {
    const carried = multiply(inverse, row);
    const share = sign / (1 + sign * dot(row, carried));
    for (const [i, line] of inverse.entries()) {
      for (let j = 0; j < line.length; j++) line[j]! -= share * carried[i]! * carried[j]!;
    }
    for (let at = 0; at < candidates.length; at++) variance[at]! -= share * dot(candidates[at]!, carried) ** 2;
  }
}
