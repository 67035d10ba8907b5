/**
 * The rows of a candidate set from which the coefficients of a model come out most precisely: those with the largest
 * |XᵀX|, found by exchanging one row for another while that helps, from several seeded starts. No row is taken twice, since
 * a block runs every combination once. Source: Fedorov, Theory of Optimal Experiments (1972); Cook & Nachtsheim,
 * Technometrics 22 (1980).
 */
import { createRandom } from '../stats/random.ts';
import { logDeterminant, type Matrix } from '../stats/regression.ts';

export interface Chosen {
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
export function chooseDOptimal(candidates: Matrix, runs: number, seed: number): Chosen {
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

/** Best exchange of any chosen row for any other, again and again, until none gains. */
function exchange(candidates: Matrix, start: readonly number[]): number[] {
  const chosen = [...start];
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const inverse = invert(informationOf(chosen.map((at) => candidates[at]!)));
    const carried = candidates.map((row) => inverse.map((line) => dot(line, row)));
    const variance = candidates.map((row, at) => dot(row, carried[at]!));
    const taken = new Set(chosen);
    let best = { gain: LEAST_GAIN, place: -1, by: -1 };
    for (const [place, out] of chosen.entries()) {
      for (let by = 0; by < candidates.length; by++) {
        if (taken.has(by)) continue;
        // |X'X| grows by the factor 1 + gain (Fedorov's delta).
        const cross = dot(candidates[by]!, carried[out]!);
        const gain = variance[by]! - (variance[by]! * variance[out]! - cross * cross) - variance[out]!;
        if (gain > best.gain) best = { gain, place, by };
      }
    }
    if (best.place < 0) break;
    chosen[best.place] = best.by;
  }
  return chosen;
}

function informationOf(rows: Matrix): number[][] {
  const width = rows[0]?.length ?? 0;
  return Array.from({ length: width }, (_, i) =>
    Array.from({ length: width }, (_, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? RIDGE : 0)),
  );
}

/** Gauss-Jordan; the ridge keeps it away from singular. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(work[row]![column]!) > Math.abs(work[pivot]![column]!)) pivot = row;
    }
    [work[column], work[pivot]] = [work[pivot]!, work[column]!];
    const head = work[column]![column]!;
    work[column] = work[column]!.map((value) => value / head);
    for (let row = 0; row < n; row++) {
      const by = work[row]![column]!;
      if (row !== column && by !== 0) work[row] = work[row]!.map((value, at) => value - by * work[column]![at]!);
    }
  }
  return work.map((row) => row.slice(n));
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
