/** The rows of a design that runs a part of all combinations: level numbers of its factors, and the terms they tell. */
import type { Design, DesignFactor } from '../model/design.ts';
import type { Experiment } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import { codeTerms, columnsOf, type LevelTable, listTerms, type Term } from '../stats/coding.ts';
import type { Matrix } from '../stats/regression.ts';
import { chooseDOptimal } from './d-optimal.ts';
import {
  FEWEST_FACTORS,
  type Fraction,
  fractionOf,
  listFractions,
  MOST_FACTORS,
  screeningFraction,
  usualFraction,
} from './generators.ts';
import { plackettBurman } from './plackett-burman.ts';
import { definingWords, distinctTerms, foldOver, fractionalTwoLevel, fullTwoLevel } from './two-level.ts';

export interface Chosen {
  readonly rows: LevelTable;
  readonly terms: readonly Term[];
  readonly resolution?: number;
  readonly definingRelation?: readonly (readonly string[])[];
  readonly dEfficiency?: number;
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
  }
}

/** The baseline, and each other level of each factor alone. */
function oneAtATime(factors: readonly DesignFactor[]): number[][] {
  const base = factors.map(() => 0);
  return [base, ...factors.flatMap(({ levels }, at) => levels.slice(1).map((_, level) => base.with(at, level + 1)))];
}

function fractional(design: Extract<Design, { kind: 'fractional' }>, factors: readonly DesignFactor[]): Chosen {
  requireTwoLevels(design.kind, factors);
  if (factors.length < FEWEST_FACTORS || factors.length > MOST_FACTORS) {
    throw new Problem({
      code: 'design-factors',
      message: `there are fractions of ${FEWEST_FACTORS} to ${MOST_FACTORS} factors, and here are ${factors.length}`,
      cure: factors.length > MOST_FACTORS ? 'take `design: screening`' : 'take `design: full-factorial`',
    });
  }
  const { base, generators } = design.generators ? named(design.generators, factors) : ready(design, factors.length);
  // Generated factors stand behind the base in the tables, and anywhere in a spec that names its own.
  const order = design.generators ? baseFirst(design.generators, factors) : factors.map((_, at) => at);
  const signs = fractionalTwoLevel(base, generators).map((row) => {
    const sorted = new Array<number>(row.length);
    for (const [at, factor] of order.entries()) sorted[factor] = row[at]!;
    return sorted;
  });
  return regular(design.foldover === true ? folded(signs) : signs, factors);
}

function ready({ resolution }: { readonly resolution?: number }, factors: number): Fraction {
  if (resolution === undefined) return usualFraction(factors)!;
  const fraction = fractionOf(factors, resolution);
  if (fraction) return fraction;
  const best = Math.max(...listFractions(factors).map((each) => each.resolution));
  throw new Problem({
    code: 'design-resolution',
    message: `no fraction of ${factors} factors with at most 64 combinations has resolution ${resolution}`,
    cure: `the best has ${best}: write \`resolution: ${best}\`, or take \`design: full-factorial\` with fewer factors`,
  });
}

function baseFirst(
  generators: Readonly<Record<string, readonly string[]>>,
  factors: readonly DesignFactor[],
): number[] {
  const numbers = factors.map((_, at) => at);
  const isMade = (at: number) => Object.hasOwn(generators, factors[at]!.name);
  return [...numbers.filter((at) => !isMade(at)), ...numbers.filter(isMade)];
}

function named(generators: Readonly<Record<string, readonly string[]>>, factors: readonly DesignFactor[]): Fraction {
  const refuse = (message: string, cure: string) => new Problem({ code: 'design-generators', message, cure });
  const base = factors.filter(({ name }) => !Object.hasOwn(generators, name)).map(({ name }) => name);
  const foreign = Object.keys(generators).find((name) => !factors.some((factor) => factor.name === name));
  if (foreign !== undefined)
    throw refuse(
      `\`${foreign}\` is no factor of this design`,
      `the factors are ${factors.map(({ name }) => name).join(', ')}`,
    );
  const made = factors.filter(({ name }) => Object.hasOwn(generators, name));
  return {
    base: base.length,
    generators: made.map(({ name }) => {
      const product = generators[name]!;
      const unknown = product.find((each) => !base.includes(each));
      if (unknown !== undefined)
        throw refuse(
          `\`${name}\` can't follow from \`${unknown}\`, which is not run in full`,
          `name some of ${base.join(', ')}`,
        );
      if (product.length < 2)
        throw refuse(`\`${name}\` would always equal \`${product[0] ?? ''}\``, 'name two factors or more');
      return product.map((each) => base.indexOf(each));
    }),
  };
}

function screening(
  { foldover, kind }: Extract<Design, { kind: 'screening' }>,
  factors: readonly DesignFactor[],
): Chosen {
  requireTwoLevels(kind, factors);
  const k = factors.length;
  if (k <= 8) {
    const fraction = k < 5 ? undefined : screeningFraction(k)!;
    const signs = fraction ? fractionalTwoLevel(fraction.base, fraction.generators) : fullTwoLevel(k);
    return regular(foldover === true ? folded(signs) : signs, factors);
  }
  const signs = plackettBurman(k);
  if (!signs) {
    const message = `screening designs here take at most 23 factors, and there are ${k}`;
    throw new Problem({ code: 'design-factors', message, cure: 'leave factors out' });
  }
  // Interactions come in parts into every estimate: only a fold-over frees main effects of them.
  const rows = foldover === true ? folded(signs) : signs;
  return { rows: toLevels(rows), terms: listTerms(k, 1), resolution: foldover === true ? 4 : 3 };
}

function folded(signs: Matrix): number[][] {
  try {
    return foldOver(signs);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = 'every combination is run already: there is nothing to fold over';
    throw new Problem({ code: 'design-foldover', message, cure: 'remove `foldover`' }, error);
  }
}

function regular(signs: Matrix, factors: readonly DesignFactor[]): Chosen {
  const words = definingWords(signs);
  return {
    rows: toLevels(signs),
    terms: distinctTerms(signs),
    ...(words[0] && { resolution: words[0].length }),
    ...(words[0] && { definingRelation: words.map((word) => word.map((factor) => factors[factor]!.name)) }),
  };
}

function dOptimal(
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

const MOST_CANDIDATES = 4096;
/** More than the model needs, so that its misfit shows. */
const SPARE_RUNS = 3;

function requireTwoLevels(kind: Design['kind'], factors: readonly DesignFactor[]): void {
  const wide = factors.find(({ levels }) => levels.length > 2);
  if (!wide) return;
  throw new Problem({
    code: 'design-levels',
    message: `\`design: ${kind}\` takes factors of two levels, and \`${wide.name}\` has ${wide.levels.length}`,
    cure: 'name two of its levels, or take `design: d-optimal`',
  });
}

const toLevels = (signs: Matrix): number[][] => signs.map((row) => row.map((sign) => (sign < 0 ? 0 : 1)));

/** Level numbers of every combination, the first factor slowest, as treatments are listed. */
export function allRows(counts: readonly number[]): number[][] {
  return counts.reduce<number[][]>(
    (rows, count) => rows.flatMap((row) => Array.from({ length: count }, (_, level) => [...row, level])),
    [[]],
  );
}
