/** Whether a design can be made of an experiment's factors, before anything is built. */
import type { Experiment } from '../model/experiment.ts';
import { Problem, type ProblemFacts } from '../model/problem.ts';
import { chooseCells } from './cells.ts';

/** What is wrong with it; undefined when nothing is. */
export function refuseDesign(experiment: Experiment): ProblemFacts | undefined {
  try {
    chooseCells(experiment);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.facts;
    throw error;
  }
}
