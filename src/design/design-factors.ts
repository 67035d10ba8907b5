/** What a design varies: the factors of an experiment and its paths, the baseline of each first. */
import type { DesignFactor } from '../model/design.ts';
import type { Experiment, Factor, Path } from '../model/experiment.ts';
import { holds, type Levels, type Treatment } from '../model/plan.ts';
import { listTreatments } from './treatments.ts';

export interface Varied {
  /** What a fraction is taken of: every factor with two levels or more, paths among them. */
  readonly conditions: readonly DesignFactor[];
  /** Crossed with whatever is chosen of the others, so that each combination is run with every build. */
  readonly builds: readonly DesignFactor[];
}

/** Benchmarks of a Go package are different work and no factor: each combination is run with each. */
export function listVaried(experiment: Experiment): Varied {
  const paths = experiment.paths.length > 1 ? [order('path', experiment.paths, experiment.baseline.path)] : [];
  const factors = experiment.factors
    .filter((factor) => factor.levels.length > 1 && !isBenchmark(experiment, factor))
    .map((factor) => ({
      family: factor.family,
      ...order(
        factor.name,
        factor.levels.map((level) => level.text),
        experiment.baseline[factor.name],
      ),
    }));
  const plain = ({ name, levels }: DesignFactor): DesignFactor => ({ name, levels });
  return {
    conditions: [...paths, ...factors.filter((factor) => factor.family !== 'build').map(plain)],
    builds: factors.filter((factor) => factor.family === 'build').map(plain),
  };
}

export function isBenchmark(experiment: Experiment, factor: Pick<Factor, 'name'>): boolean {
  return experiment.subject.kind === 'go-bench' && factor.name === 'benchmark';
}

/** The treatments at these levels: one, or one a build and benchmark where those are left open. */
export function treatmentsAt(experiment: Experiment, levels: Levels): Treatment[] {
  const path = levels.path as Path | undefined;
  const factors = experiment.factors.map((factor) => {
    const text = levels[factor.name];
    return text === undefined ? factor : { ...factor, levels: [{ text }] };
  });
  const wanted = path === undefined ? experiment.paths : [path];
  return listTreatments({ ...experiment, paths: wanted, factors }).filter((treatment) =>
    holds(treatment.levels, levels),
  );
}

function order(name: string, levels: readonly string[], baseline: string | undefined): DesignFactor {
  const first = baseline !== undefined && levels.includes(baseline) ? baseline : levels[0]!;
  return { name, levels: [first, ...levels.filter((level) => level !== first)] };
}
