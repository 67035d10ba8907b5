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
  /** A small seeded share of this row runs in `npm test`, judged with room for chance. */
  readonly inTest?: { readonly replicates: number; holds(reached: number): boolean };
}

export const atLeast = (bound: number): Pick<Row, 'must' | 'holds'> => ({
  must: `>= ${bound}`,
  holds: (reached) => reached >= bound,
});

export const atMost = (bound: number): Pick<Row, 'must' | 'holds'> => ({
  must: `<= ${bound}`,
  holds: (reached) => reached <= bound,
});

export const between = (low: number, high: number): Pick<Row, 'must' | 'holds'> => ({
  must: `${low} to ${high}`,
  holds: (reached) => low <= reached && reached <= high,
});
