/**
 * Shares of a function's variance by input: first-order and total indices, for a surrogate or a simulator. It asks for n(k + 2)
 * evaluations, far more than a benchmark can pay for.
 * Source: Saltelli et al., Variance based sensitivity analysis of model output (Comput. Phys. Commun. 181, 2010); totals and
 * first order by Jansen 1999. No command uses it yet.
 */
import type { Random } from './random.ts';

export interface SobolIndices {
  readonly variance: number;
  /** Share of each input alone, and with all its interactions. */
  readonly first: readonly number[];
  readonly total: readonly number[];
}

/** `f` over the unit cube of `inputs` dimensions. Throws RangeError for fewer than two points or a constant function. */
export function sobolIndices(
  f: (point: readonly number[]) => number,
  inputs: number,
  points: number,
  random: Random,
): SobolIndices {
  if (points < 2) throw new RangeError('a variance needs two points or more');
  const draw = () => Array.from({ length: points }, () => Array.from({ length: inputs }, () => random.uniform()));
  const [a, b] = [draw(), draw()];
  const fa = a.map(f);
  const fb = b.map(f);
  const all = [...fa, ...fb];
  const centre = all.reduce((sum, value) => sum + value, 0) / all.length;
  const variance = all.reduce((sum, value) => sum + (value - centre) ** 2, 0) / all.length;
  if (!(variance > 0)) throw new RangeError('a constant function has no variance to share out');
  const indices = Array.from({ length: inputs }, (_, input) => {
    let alone = 0;
    let withAll = 0;
    a.forEach((point, i) => {
      const mixed = f(point.map((value, j) => (j === input ? b[i]![j]! : value)));
      alone += (fb[i]! - mixed) ** 2;
      withAll += (fa[i]! - mixed) ** 2;
    });
    return { first: 1 - alone / (2 * points * variance), total: withAll / (2 * points * variance) };
  });
  return { variance, first: indices.map(({ first }) => first), total: indices.map(({ total }) => total) };
}
