/** Trajectories of a Morris screening over the levels of factors, drawn from the experiment's seed. */
import type { Design, DesignFactor } from '../model/design.ts';
import type { Experiment } from '../model/experiment.ts';
import { drawGridTrajectories, type Trajectory } from '../stats/morris.ts';
import { createRandom } from '../stats/random.ts';
import type { Chosen } from './rows.ts';

const USUAL_TRAJECTORIES = 10;

/** Factors in order: see `inGridOrder`. Each point once, however many trajectories pass it. */
export function morris(
  { trajectories: count = USUAL_TRAJECTORIES }: Extract<Design, { kind: 'morris' }>,
  factors: readonly DesignFactor[],
  seed: number,
): Chosen {
  const levels = factors.map((factor) => factor.levels.length);
  const trajectories: readonly Trajectory[] = drawGridTrajectories(levels, count, createRandom(seed, 'morris'));
  const points = new Map(trajectories.flat().map((point) => [point.join(), point]));
  return { rows: [...points.values()], terms: factors.map((_, at) => [at]), trajectories };
}

/** Numbers of one dimension from the least on; other levels as the experiment lists them. */
export function inGridOrder(factors: readonly DesignFactor[], experiment: Experiment): DesignFactor[] {
  return factors.map((factor) => {
    const listed = listedLevels(factor.name, experiment);
    const sorted = listed.every(({ value }) => value !== undefined)
      ? listed.toSorted((a, b) => a.value! - b.value!)
      : listed;
    return { name: factor.name, levels: sorted.map(({ text }) => text) };
  });
}

/** Of three levels or more, which have no order of their own. */
export function listUnordered(factors: readonly DesignFactor[], experiment: Experiment): string[] {
  return factors
    .filter(({ name, levels }) => {
      return levels.length > 2 && listedLevels(name, experiment).some(({ value }) => value === undefined);
    })
    .map(({ name }) => name);
}

interface Listed {
  readonly text: string;
  readonly value?: number;
}

function listedLevels(name: string, { factors, paths }: Experiment): readonly Listed[] {
  const levels = factors.find((factor) => factor.name === name)?.levels;
  if (levels === undefined) return paths.map((text) => ({ text }));
  const alike = levels.every(({ dimension }) => dimension === levels[0]!.dimension);
  return alike ? levels : levels.map(({ text }) => ({ text }));
}
