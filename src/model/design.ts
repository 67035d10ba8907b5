/** Which combinations of levels are run, and what can be told from them: asked for by the experiment, settled by the plan. */

/** What a spec asks for under `design`. Builds are crossed with every combination, whatever the design. */
export type Design =
  | { readonly kind: 'full-factorial'; readonly centre?: number }
  | {
      readonly kind: 'fractional';
      /** Least resolution; the usual one of so many factors when not said. */
      readonly resolution?: number;
      /** Factors whose level follows from others: the product of theirs. */
      readonly generators?: Readonly<Record<string, readonly string[]>>;
      readonly foldover?: boolean;
      readonly centre?: number;
    }
  | { readonly kind: 'screening'; readonly foldover?: boolean; readonly centre?: number }
  | {
      readonly kind: 'd-optimal';
      /** Combinations a block; what the model needs and three more when not said. */
      readonly runs?: number;
      /** Whether interactions of two factors are told as well; when the runs suffice for them, if not said. */
      readonly interactions?: boolean;
    }
  | { readonly kind: 'one-at-a-time' }
  | {
      readonly kind: 'morris';
      /** Random ways through the grid of levels, each of which moves every factor once: 10 when not said. */
      readonly trajectories?: number;
    };

/** As many processes as a block of a design may live with. */
export const MOST_CELLS = 64;

/** Of a Morris screening, which has many factors: ten trajectories of ten. `seamark plan` prints what that costs. */
export const MOST_SCREENED = 128;

/** A factor of the design, with `path` among them where several paths are run. */
export interface DesignFactor {
  readonly name: string;
  /** The baseline first: of two levels it counts as −1, the other as +1. For `morris` in order, from the least on. */
  readonly levels: readonly string[];
}

/** What another effect adds to an estimate: `share` 1 or −1 wholly (they can't be told apart), else in part. */
export interface Alias {
  readonly factors: readonly string[];
  readonly share: number;
}

/** An effect that can be estimated: of one factor, or the interaction of several. */
export interface DesignTerm {
  readonly factors: readonly string[];
  readonly aliases: readonly Alias[];
  /** The study goes on until it is decided, within its looks. */
  readonly asked: boolean;
}

export interface DesignFacts {
  readonly kind: Design['kind'];
  /** Combinations of the factors' levels, the middle left out. */
  readonly cells: number;
  readonly factors: readonly DesignFactor[];
  /** Main effects first. Empty where one factor is varied at a time: comparisons tell those effects. */
  readonly terms: readonly DesignTerm[];
  /** Of a regular fraction: factors of the shortest product that is constant. */
  readonly resolution?: number;
  /** All such products. */
  readonly definingRelation?: readonly (readonly string[])[];
  /** 1 is as good as running everything, run for run. */
  readonly dEfficiency?: number;
  /** Level of each numeric factor halfway, and processes a block there. */
  readonly centre?: { readonly levels: Readonly<Record<string, string>>; readonly processes: number };
  /** What it costs beside running every combination, and what is given up: sentences. */
  readonly price: string;
  /**
   * Of a Morris screening, whose factors have their levels in order: points of each trajectory, as level numbers of the
   * factors (builds left out, with which every point is crossed). Neighbours differ in one factor, by one level.
   */
  readonly trajectories?: readonly (readonly (readonly number[])[])[];
  /** Factors of three levels or more that are no numbers: steps follow the order in which levels are listed. */
  readonly unordered?: readonly string[];
}

/** `payload × handover`; `path` as any other. */
export function sayTerm(factors: readonly string[]): string {
  return factors.join(' × ');
}
