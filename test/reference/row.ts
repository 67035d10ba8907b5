/** A rate that the method promises, and how it is measured: one line of what `npm run calibrate` prints. */
export interface Row {
  /** The part of the method it belongs to: `change points`. */
  readonly part: string;
  /** `5 % called, N3`. */
  readonly figure: string;
  /** What is promised: `>= .95`, `.935 to .970`. */
  readonly must: string;
  /** From invented or recorded noise, the seed deciding everything. Slow rows take fewer replicates and say so in `figure`. */
  measure(replicates: number, seed: number): number;
  holds(reached: number): boolean;
  /** Why it is missed, where that is understood and can't be mended: printed with the miss, which then fails nothing. */
  readonly known?: string;
  /** A small seeded share of this row runs in `npm test`, judged with room for chance. */
  readonly inTest?: { readonly replicates: number; holds(reached: number): boolean };
}

type Judged = Pick<Row, 'must' | 'holds' | 'inTest'>;

export const atLeast = (bound: number): Pick<Row, 'must' | 'holds'> => ({
  must: `>= ${bound}`,
  holds: (reached) => reached >= bound,
});

export const atMost = (bound: number): Pick<Row, 'must' | 'holds'> => ({
  must: `<= ${bound}`,
  holds: (reached) => reached <= bound,
});

/** Bounds that were worked out carry rounding errors that nobody promised. */
const tidy = (bound: number): number => Number(bound.toPrecision(6));

export const between = (low: number, high: number): Pick<Row, 'must' | 'holds'> => ({
  must: `${tidy(low)} to ${tidy(high)}`,
  holds: (reached) => low <= reached && reached <= high,
});

/** Three standard errors of a share that is `rate` in truth, seen over so many replicates. */
const slack = (rate: number, replicates: number): number => 3 * Math.sqrt((rate * (1 - rate)) / replicates);

/** A promised share, `replicates` of which run in `npm test` with room for chance. */
export const atLeastShare = (bound: number, replicates: number): Judged => ({
  ...atLeast(bound),
  inTest: { replicates, holds: (reached) => reached >= bound - slack(bound, replicates) },
});

export const atMostShare = (bound: number, replicates: number): Judged => ({
  ...atMost(bound),
  inTest: { replicates, holds: (reached) => reached <= bound + slack(bound, replicates) },
});

export const betweenShares = (low: number, high: number, replicates: number): Judged => ({
  ...between(low, high),
  inTest: {
    replicates,
    holds: (reached) => low - slack(low, replicates) <= reached && reached <= high + slack(high, replicates),
  },
});

/** Several rows read one simulation: it runs once for each number of replicates and seed. */
export function once<T>(simulate: (replicates: number, seed: number) => T): (replicates: number, seed: number) => T {
  const known = new Map<string, T>();
  return (replicates, seed) => {
    const key = `${replicates} ${seed}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = simulate(replicates, seed);
    known.set(key, made);
    return made;
  };
}
