/** Rows of two-level designs: fractions by table or by the spec's own generators, and screens. */
import type { Design, DesignFactor } from '../model/design.ts';
import { Problem } from '../model/problem.ts';
import { listTerms } from '../stats/coding.ts';
import type { Matrix } from '../stats/regression.ts';
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
import type { Chosen } from './rows.ts';
import { definingWords, distinctTerms, foldOver, fractionalTwoLevel, fullTwoLevel } from './two-level.ts';

export function fractional(design: Extract<Design, { kind: 'fractional' }>, factors: readonly DesignFactor[]): Chosen {
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
  requireApart(signs, factors);
  return regular(design.foldover === true ? folded(signs) : signs, factors);
}

/** Products that cancel out, or two factors of one product: nothing could ever be told of these. */
function requireApart(signs: Matrix, factors: readonly DesignFactor[]): void {
  const word = definingWords(signs)[0];
  if (!word || word.length > 2) return;
  const names = word.map((factor) => `\`${factors[factor]!.name}\``);
  throw new Problem({
    code: 'design-generators',
    message:
      names.length === 1
        ? `${names[0]} would never change: its factors cancel out`
        : `${names.join(' and ')} would always change together`,
    cure: 'give each generated factor a product of its own, of factors that differ',
  });
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

export function screening(
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
