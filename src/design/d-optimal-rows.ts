/** Rows of a D-optimal design: how many, for which model, out of all combinations. */
import { type Design, type DesignFactor, MOST_CELLS } from '../model/design.ts';
import { Problem } from '../model/problem.ts';
import { allRows, codeTerms, columnsOf, listTerms } from '../stats/coding.ts';
import { chooseDOptimal } from './d-optimal.ts';
import type { Chosen } from './rows.ts';

const MOST_CANDIDATES = 4096;
/** More than the model needs, so that its misfit shows. */
const SPARE_RUNS = 3;

export function dOptimal(
  design: Extract<Design, { kind: 'd-optimal' }>,
  factors: readonly DesignFactor[],
  seed: number,
): Chosen {
  const counts = factors.map(({ levels }) => levels.length);
  const combinations = counts.reduce((product, count) => product * count, 1);
  const refuse = (code: string, message: string, cure: string) => new Problem({ code, message, cure });
  if (combinations > MOST_CANDIDATES) {
    throw refuse(
      'design-too-large',
      `these factors make ${combinations} combinations, more than ${MOST_CANDIDATES} to choose from`,
      'leave levels or factors out',
    );
  }
  const parametersOf = (most: number) =>
    1 + listTerms(factors.length, most).reduce((sum, term) => sum + columnsOf(term, counts), 0);
  const [main, both] = [parametersOf(1), parametersOf(2)];
  const runs = design.runs ?? Math.min(combinations, (design.interactions === true ? both : main) + SPARE_RUNS);
  const interactions = design.interactions ?? runs >= both;
  const parameters = interactions ? both : main;
  if (runs < parameters) {
    throw refuse(
      'design-runs',
      `${runs} runs can't tell ${parameters} coefficients (${interactions ? 'effects and interactions of two factors' : 'main effects'}, and the mean)`,
      `write \`runs: ${parameters}\` or more`,
    );
  }
  // Before the search for them, which takes long for so many.
  if (runs > MOST_CELLS) {
    throw refuse(
      'design-too-large',
      `${parameters} coefficients take ${runs} runs, more than ${MOST_CELLS} in a block`,
      interactions ? 'write `interactions: false`, or leave factors out' : 'leave levels or factors out',
    );
  }
  if (runs > combinations)
    throw refuse(
      'design-runs',
      `there are only ${combinations} combinations for ${runs} runs`,
      'take `design: full-factorial`',
    );
  const terms = listTerms(factors.length, interactions ? 2 : 1);
  const candidates = allRows(counts);
  const { rows, efficiency } = chooseDOptimal(codeTerms(candidates, counts, terms), runs, seed);
  return { rows: rows.map((at) => candidates[at]!), terms, dEfficiency: efficiency };
}
