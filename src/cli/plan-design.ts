/** The design of a plan as text: what it can tell, what it can't tell apart, and what it costs. */
import { selfShare } from '../design/block-order.ts';
import type { Price } from '../design/price.ts';
import { probedShare } from '../design/probed-blocks.ts';
import { type DesignFacts, type DesignTerm, sayTerm } from '../model/design.ts';
import type { Plan } from '../model/plan.ts';
import { formatNumber, formatQuantity } from '../model/unit.ts';

export interface DesignText {
  readonly title: string;
  /** Sentences. */
  readonly said: readonly string[];
  /** A table of effects, one a line; empty where every effect is told apart. */
  readonly aliases: readonly string[];
}

export function sayDesign(plan: Plan, { blockS, looks, smallest }: Price): DesignText | undefined {
  const { design } = plan;
  const blocks = looks.at(-1)?.blocks ?? 0;
  if (!design) return undefined;
  const { kind, resolution, dEfficiency, definingRelation } = design;
  const title = [
    `design: ${kind}`,
    ...(resolution === undefined ? [] : [`resolution ${ROMAN[resolution] ?? resolution}`]),
    ...(dEfficiency === undefined ? [] : [`D-efficiency ${formatNumber(100 * dEfficiency)} %`]),
  ].join(', ');
  return {
    title,
    said: [
      design.price,
      ...sayEffects(design),
      ...saySight(design, smallest.last),
      ...(definingRelation ? [`Constant everywhere: ${listed(definingRelation.map(sayTerm))}.`] : []),
      ...(design.centre ? [sayCentre(design.centre)] : []),
      sayRuns(plan, blockS, blocks),
    ],
    aliases: aliasTable(design.terms),
  };
}

const ROMAN: Readonly<Record<number, string>> = { 3: 'III', 4: 'IV', 5: 'V', 6: 'VI', 7: 'VII' };
const MOST_LISTED = 7;

function sayEffects({ kind, factors, terms, trajectories, unordered = [] }: DesignFacts): string[] {
  if (terms.length === 0) return [];
  if (trajectories) {
    const [shown, points] = [terms.map(({ factors }) => sayTerm(factors)), trajectories[0]?.length ?? 0];
    return [
      `${trajectories.length} trajectories of ${points} points each; it tells how much a step to the next level of ${listed(shown)} changes, and whether steps differ.`,
      ...(unordered.length > 0
        ? [`${listed(unordered)}: no order of their own, so steps follow the order as listed.`]
        : []),
    ];
  }
  const asked = terms.filter((term) => term.asked).map(({ factors }) => sayTerm(factors));
  const waits = asked.length === 0 ? 'The study waits for none of them.' : `The study waits for ${listed(asked)}.`;
  const wide = new Set(factors.filter(({ levels }) => levels.length > 2).map(({ name }) => name));
  const single = terms.filter((term) => !term.factors.some((name) => wide.has(name)));
  const main = single.filter((term) => term.factors.length === 1).length;
  return [
    `It tells ${counted(main, 'main effect')} and ${counted(single.length - main, 'interaction')}. ${waits}`,
    ...sayWide(terms.length - single.length, [...wide], kind),
  ];
}

/** An effect is one ratio: of three levels or more there is none. */
function sayWide(terms: number, wide: readonly string[], kind: DesignFacts['kind']): string[] {
  if (wide.length === 0) return [];
  const parts = kind === 'd-optimal' ? ' What is mixed with these is not listed.' : '';
  return [
    `${listed(wide)}: more than two levels, which have no one effect. A table of variance says whether they matter at all (${counted(terms, 'line')}); the study does not wait for it.${parts}`,
  ];
}

/** An effect is the mean of half of a block's processes less that of the other half, not the difference of two. */
function saySight({ terms, cells, trajectories }: DesignFacts, smallest: number): string[] {
  // How well a size is seen depends on how unlike its steps are, which nobody knows beforehand.
  if (trajectories || terms.length === 0 || !Number.isFinite(smallest)) return [];
  const beyond = Math.expm1(Math.log1p(smallest) * Math.sqrt(2 / cells));
  const percent = formatQuantity({ dimension: 'fraction', value: beyond });
  return [`An effect ${percent} beyond the margin would be found in 8 of 10 such studies.`];
}

function sayCentre({ levels, processes }: NonNullable<DesignFacts['centre']>): string {
  const at = Object.entries(levels).map(([name, level]) => `${name}=${level}`);
  return `The middle is ${at.join(' · ')}, ${processes} ${processes === 1 ? 'process' : 'processes'} a block.`;
}

function sayRuns({ arms }: Plan, blockS: number, blocks: number): string {
  const plain = arms.filter(({ every }) => every === 1).length;
  const runs = plain * (1 + selfShare(arms)) + probedShare(arms, 0);
  const seconds = formatQuantity({ dimension: 'seconds', value: blockS });
  const most = formatQuantity({ dimension: 'seconds', value: blockS * blocks });
  return `${formatNumber(runs)} runs and ${seconds} a block; ${formatNumber(runs * blocks)} runs and ${most} for the ${blocks} blocks of the first stage.`;
}

/** Only effects with something in them that matters as much: pairs, or the shortest there is. */
function aliasTable(terms: readonly DesignTerm[]): string[] {
  const mixed = terms.filter(({ aliases }) => aliases.length > 0);
  const width = Math.max(0, ...mixed.map(({ factors }) => sayTerm(factors).length));
  return mixed.map(({ factors, aliases }) => `${sayTerm(factors).padEnd(width)}  with ${sayAliases(aliases)}`);
}

function sayAliases(aliases: DesignTerm['aliases']): string {
  const shares = [...new Set(aliases.map(({ share }) => Math.abs(share).toFixed(2)))];
  const isWhole = shares.length === 1 && shares[0] === '1.00';
  if (!isWhole && aliases.length > MOST_LISTED) {
    return `parts of ${aliases.length} interactions (${shares.length === 1 ? shares[0] : `up to ${shares.sort().at(-1)}`} each)`;
  }
  const said = aliases.map(({ factors, share }) => {
    const sign = share < 0 ? '−' : '';
    return isWhole ? `${sign}${sayTerm(factors)}` : `${sign}${Math.abs(share).toFixed(2)} of ${sayTerm(factors)}`;
  });
  return listed(said);
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function listed(words: readonly string[]): string {
  const shown = words.slice(0, MOST_LISTED);
  return words.length > shown.length ? `${shown.join(', ')} and ${words.length - shown.length} more` : shown.join(', ');
}
