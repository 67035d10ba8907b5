/** The rows of a design that runs a part of all combinations: level numbers of its factors, and the terms they tell. */
import type { DesignFactor } from '../model/design.ts';
import type { Experiment } from '../model/experiment.ts';
import type { LevelTable, Term } from '../stats/coding.ts';
import { dOptimal } from './d-optimal-rows.ts';
import { fractional, screening } from './fraction-rows.ts';
import { morris } from './morris-rows.ts';

export interface Chosen {
  readonly rows: LevelTable;
  readonly terms: readonly Term[];
  readonly resolution?: number;
  readonly definingRelation?: readonly (readonly string[])[];
  readonly dEfficiency?: number;
  readonly trajectories?: readonly LevelTable[];
}

export function chooseRows(experiment: Experiment, factors: readonly DesignFactor[]): Chosen {
  const { design, seed } = experiment;
  switch (design.kind) {
    case 'full-factorial':
      throw new RangeError('every combination of a full factorial is run: there is nothing to choose');
    case 'one-at-a-time':
      return { rows: oneAtATime(factors), terms: [] };
    case 'd-optimal':
      return dOptimal(design, factors, seed);
    case 'fractional':
      return fractional(design, factors);
    case 'screening':
      return screening(design, factors);
    case 'morris':
      return morris(design, factors, seed);
  }
}

/** The baseline, and each other level of each factor alone. */
function oneAtATime(factors: readonly DesignFactor[]): number[][] {
  const base = factors.map(() => 0);
  return [base, ...factors.flatMap(({ levels }, at) => levels.slice(1).map((_, level) => base.with(at, level + 1)))];
}
