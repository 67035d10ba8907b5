/** Which effects a design can tell, which of them it can't tell apart, and which ones a study waits for. */
import type { Alias, DesignFactor, DesignTerm } from '../model/design.ts';
import { codeTerms, type LevelTable, listTerms, signsOf, type Term } from '../stats/coding.ts';
import { fitWeights, type Matrix } from '../stats/regression.ts';

export interface TermsInput {
  readonly conditions: readonly DesignFactor[];
  readonly builds: readonly DesignFactor[];
  /** Level numbers of the conditions, row by row. */
  readonly rows: LevelTable;
  /** Of the conditions. */
  readonly terms: readonly Term[];
  /** A condition's term of this many factors or fewer is waited for, unless another effect of the like is in it. */
  readonly askedUpTo: number;
}

/** Terms of the conditions, then each build's, then what each build changes in each term of the conditions. */
export function describeTerms({ conditions, builds, rows, terms, askedUpTo }: TermsInput): DesignTerm[] {
  const names = (term: Term) => term.map((factor) => conditions[factor]!.name);
  // A factor of more levels has no one effect: it is told by the table of variance.
  const isTwoLevel = (term: Term) => term.every((factor) => conditions[factor]!.levels.length === 2);
  const aliases = listAliases(
    rows,
    conditions.map((factor) => factor.levels.length),
    terms,
  );
  const plain = terms.map((term, at) => ({
    factors: names(term),
    aliases: aliases[at]!.map((alias) => ({ factors: names(alias.term), share: alias.share })),
    asked: term.length <= askedUpTo && isTwoLevel(term) && (term.length === 1 || aliases[at]!.every(isSlight)),
  }));
  return [
    ...plain,
    ...builds.flatMap(({ name }) => [
      { factors: [name], aliases: [], asked: true },
      ...plain.map(({ factors, aliases: others }, at) => ({
        factors: [name, ...factors],
        aliases: others.map((alias) => ({ ...alias, factors: [name, ...alias.factors] })),
        asked: terms[at]!.length === 1,
      })),
    ]),
  ];
}

/** A wholly aliased pair of low order is not waited for: what is found of one may be the other. */
const isSlight = (alias: TermAlias): boolean => alias.term.length > 2 || Math.abs(alias.share) < WHOLE / 2;

interface TermAlias {
  readonly term: Term;
  readonly share: number;
}

const WHOLE = 1 - 1e-9;
const SLIGHT = 1e-9;
/** Products of all of more factors than this are too many to look at; none of them is regular here. */
const MOST_LISTED = 11;

/**
 * Of each term, what else of two-level factors is in its estimate: up to interactions of two factors, or where those are
 * free of it, the shortest that are wholly in it. The rows of (X₁ᵀX₁)⁻¹X₁ᵀX₂ (Montgomery, 8.9).
 */
function listAliases(rows: LevelTable, counts: readonly number[], terms: readonly Term[]): TermAlias[][] {
  const weights = fitWeights(codeTerms(rows, counts, terms));
  const signs: Matrix = rows.map((row) => row.map((level) => (level === 0 ? -1 : 1)));
  const known = new Set(terms.map(String));
  const others = listTerms(counts.length, counts.length > MOST_LISTED ? 2 : counts.length)
    .filter((term) => !known.has(String(term)) && term.every((factor) => counts[factor] === 2))
    .map((term) => ({ term, column: signsOf(signs, term) }));
  let at = 1;
  return terms.map((term) => {
    const line = weights[at]!;
    const single = term.every((factor) => counts[factor] === 2);
    at += term.reduce((columns, factor) => columns * (counts[factor]! - 1), 1);
    if (!single) return [];
    const found = others
      .map(({ term: other, column }) => ({
        term: other,
        share: column.reduce((sum, sign, i) => sum + sign * line[i]!, 0),
      }))
      .filter(({ share }) => Math.abs(share) > SLIGHT);
    const low = found.filter((alias) => alias.term.length <= 2);
    if (low.length > 0) return low.map(roundShare);
    const whole = found.filter((alias) => Math.abs(alias.share) > WHOLE);
    return whole.filter((alias) => alias.term.length === whole[0]!.term.length).map(roundShare);
  });
}

const roundShare = ({ term, share }: TermAlias): TermAlias => ({ term, share: Number(share.toFixed(9)) });

/** Whether nothing can tell the two apart, rather than a part of one being in the other. */
export function isWhole(alias: Alias): boolean {
  return Math.abs(alias.share) > WHOLE;
}
