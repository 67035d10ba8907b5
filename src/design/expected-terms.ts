/** Interactions that the experiment expects: whether the design can tell them, and that the study waits for them. */
import { type DesignFacts, sayTerm } from '../model/design.ts';
import type { Experiment } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import { listVaried } from './design-factors.ts';
import { isWhole } from './design-terms.ts';
import { listFractions } from './generators.ts';

/** Throws a Problem for an interaction that this design can't tell, or not from another effect. */
export function askExpected(experiment: Experiment, facts: DesignFacts | undefined): DesignFacts | undefined {
  const { expect, design } = experiment;
  const expected = expect.flatMap((each) => (each.kind === 'interaction' ? [each.factors] : []));
  for (const wanted of expected) {
    const wide = facts?.factors.find(({ name, levels }) => wanted.includes(name) && levels.length > 2);
    if (wide) {
      throw new Problem({
        code: 'design-levels',
        message: `an interaction is judged between factors of two levels, and \`${wide.name}\` has ${wide.levels.length}`,
        cure: 'name two of its levels',
      });
    }
    const term = facts?.terms.find(({ factors }) => isSame(factors, wanted));
    const rival = term
      ? term.aliases.find((alias) => isWhole(alias) && alias.factors.length <= wanted.length)?.factors
      : facts?.terms.find(({ aliases }) => aliases.some((alias) => isSame(alias.factors, wanted) && isWhole(alias)))
          ?.factors;
    if (rival) {
      throw new Problem({
        code: 'design-aliased',
        message: `in this design ${sayTerm(wanted)} can't be told from ${sayTerm(rival)}`,
        cure: sayFiner(experiment, facts!.resolution),
      });
    }
    if (!term) {
      throw new Problem({
        code: 'design-inestimable',
        message: `\`design: ${design.kind}\` of these factors tells no interaction ${sayTerm(wanted)}`,
        cure: 'take `design: full-factorial` with factors of two levels that exist everywhere, or leave the expectation out',
      });
    }
  }
  return (
    facts && {
      ...facts,
      terms: facts.terms.map((term) =>
        expected.some((wanted) => isSame(term.factors, wanted)) ? { ...term, asked: true } : term,
      ),
    }
  );
}

/** The finest fraction of these factors, where it is finer than what was taken. */
function sayFiner(experiment: Experiment, resolution = Infinity): string {
  const { conditions } = listVaried(experiment);
  const best = Math.max(0, ...listFractions(conditions.length).map((each) => each.resolution));
  const all = 'take `design: full-factorial`';
  if (best <= resolution) return all;
  const ask = `\`resolution: ${best}\``;
  return experiment.design.kind === 'fractional'
    ? `ask for ${ask}, or ${all}`
    : `take \`design: fractional\` with ${ask}, or ${all}`;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
