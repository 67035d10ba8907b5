/** Effects and interactions as rows: figures and words, computed once for text, Markdown and page. */
import type { DesignFacts } from '../model/design.ts';
import type { Effect, Result } from '../model/result.ts';
import { chooseChangeUnit, formatChange, formatShare } from './change.ts';
import { countOf, formatFigure } from './figure.ts';
import { displayLevel } from './names.ts';
import type { Judgement } from './verdict.ts';

export interface EffectRow {
  /** `payload: 4 KiB → 64 KiB`, `payload × handover` */
  readonly label: string;
  readonly change: string;
  readonly interval: string;
  readonly judgement: Judgement;
  /** `on fresh blocks`, `seen once`; '' where nothing had to repeat. */
  readonly repeated: string;
  /** What can't be told from it; '' for nothing of weight. */
  readonly aliases: string;
  /** Of a Morris screening: with their signs, how far they differ, and what that says. */
  readonly steps?: { readonly mean: string; readonly spread: string; readonly says: string };
  readonly of: Effect;
}

export interface VarianceRow {
  readonly label: string;
  readonly df: string;
  readonly f: string;
  readonly p: string;
}

export interface EffectsView {
  /** `effects on time.p50 over 8 combinations` */
  readonly title: string;
  /** `margin ±2 %, 12 blocks` */
  readonly ground: string;
  /** Worst first. */
  readonly rows: readonly EffectRow[];
  /** Some effect is mixed with a main effect or an interaction of two factors. */
  readonly aliased: boolean;
  /** Rows are sizes of steps to the next level. */
  readonly stepped: boolean;
  /** The middle of all factors, as a sentence. */
  readonly middle?: string;
  readonly variance: readonly VarianceRow[];
  /** How to read it, and what the design gave up. */
  readonly notes: readonly string[];
}

export function viewEffects(result: Result): EffectsView | undefined {
  const { designFacts: facts, effects = [], anova = [], curvature } = result;
  if (!facts || (effects.length === 0 && anova.length === 0)) return undefined;
  const rows = effects.map((effect): EffectRow => {
    const { ratio, low, high, terms, aliases } = effect;
    return {
      label: terms.length === 1 ? labelOf(terms[0]!, facts) : terms.join(' × '),
      // A unit a row: beside a sixteenfold effect one of 3 % would read ×1.03, and its interval nothing.
      ...formatChange(ratio, low, high, chooseChangeUnit([ratio]), result.margin),
      judgement: judgementOf(effect),
      repeated: repeatedOf(effect),
      aliases: aliases.join(', '),
      ...(effect.steps && {
        ...sizeOfStep(effect, result.margin),
        steps: sayStep(effect.steps, facts, effect, result.margin),
      }),
      of: effect,
    };
  });
  const blocks = [...new Set(effects.map((effect) => effect.blocks))].sort((a, b) => a - b);
  const levels = [...new Set(effects.map(({ confidence }) => formatShare(confidence)))];
  const ground = [
    `margin ±${formatShare(result.margin)}`,
    ...(blocks.length === 0
      ? []
      : [blocks.length === 1 ? countOf(blocks[0]!, 'block') : `${blocks[0]} to ${blocks.at(-1)} blocks`]),
    ...(levels.length === 1 ? [`${levels[0]} intervals`] : []),
  ];
  return {
    title: facts.trajectories
      ? `steps to the next level, ${result.primary}, ${facts.trajectories.length} trajectories over ${facts.cells} combinations`
      : `effects on ${result.primary} over ${facts.cells} combinations`,
    ground: ground.join(', '),
    rows,
    // Interactions of three and more are seldom of weight; the price says that they are there, and the page has no want of room.
    aliased: facts.terms.some(({ aliases }) => aliases.some(({ factors }) => factors.length <= 2)),
    stepped: effects.some(({ steps }) => steps !== undefined),
    ...(curvature && { middle: sayMiddle(curvature, result.margin) }),
    variance: anova.map(({ terms, df, f, p }) => ({
      label: terms.length === 0 ? 'left over' : terms.join(' × '),
      df: String(df),
      f: Number.isFinite(f) ? formatFigure(f) : '',
      p: Number.isFinite(p) ? (p < 0.0001 ? '< 0.0001' : p.toFixed(4)) : '',
    })),
    notes: notesOf(facts, rows),
  };
}

/** `payload: 4 KiB → 64 KiB` */
function labelOf(name: string, { factors }: DesignFacts): string {
  const levels = factors.find((factor) => factor.name === name)?.levels ?? [];
  return `${name}: ${levels.map(displayLevel).join(' → ')}`;
}

/** A size has no sign: `±5.0 %`. */
function sizeOfStep({ ratio, low, high }: Effect, margin: number): Pick<EffectRow, 'change' | 'interval'> {
  const said = formatChange(ratio, low, high, chooseChangeUnit([ratio]), margin);
  return { ...said, change: said.change.replace(/^\+/, '±') };
}

function sayStep(
  { mean, spread }: NonNullable<Effect['steps']>,
  { factors }: DesignFacts,
  { terms }: Effect,
  margin: number,
): NonNullable<EffectRow['steps']> {
  const write = (ratio: number) => formatChange(ratio, ratio, ratio, chooseChangeUnit([ratio]), margin).change;
  const bends = (factors.find(({ name }) => name === terms[0])?.levels.length ?? 0) > 2;
  const says = {
    matters: bends ? 'bends, or acts with others' : 'acts with others',
    negligible: 'alike everywhere',
    undecided: 'not known',
  }[spread.size];
  return { mean: write(mean.ratio), spread: write(spread.ratio).replace(/^\+/, '±'), says };
}

export function judgementOf({ size, ratio, steps }: Pick<Effect, 'size' | 'ratio' | 'steps'>): Judgement {
  if (size === 'matters' && steps) {
    const { low, high } = steps.mean;
    return { word: 'matters', mark: low > 1 ? '▲' : high < 1 ? '▼' : '↕', tone: 'plain' };
  }
  if (size === 'matters') return { word: 'matters', mark: ratio > 1 ? '▲' : '▼', tone: 'plain' };
  if (size === 'negligible') return { word: 'negligible', mark: '=', tone: 'plain' };
  return { word: 'undecided', mark: '?', tone: 'doubt' };
}

function repeatedOf({ size, confirmed }: Effect): string {
  if (confirmed === 'fresh') return 'on fresh blocks';
  return size === 'matters' || confirmed === 'not-repeated' ? 'seen once' : '';
}

function sayMiddle({ ratio, low, high, at, size }: NonNullable<Result['curvature']>, margin: number): string {
  const { change, interval } = formatChange(ratio, low, high, chooseChangeUnit([ratio]), margin);
  const seen = `At the middle (${at}) it is ${change} ${interval} beside what the ends predict`;
  if (size === 'matters')
    return `${seen}: it bends between the levels, and effects say little of what lies in between.`;
  return size === 'negligible' ? `${seen}: no bend that matters.` : `${seen}: whether it bends is undecided.`;
}

function notesOf(facts: DesignFacts, rows: readonly EffectRow[]): string[] {
  const { factors, price, trajectories, unordered = [] } = facts;
  if (trajectories) {
    return [
      'size (μ*): what a step to the next level changes on average, whichever way; mean (μ): the same with signs, from the first level listed to the last; spread (σ): how far steps differ, by where they start or what other factors are at.',
      ...(unordered.length > 0 ? [`${unordered.join(', ')}: levels without an order, in which they are listed.`] : []),
      price,
    ];
  }
  const pair = rows.find(({ of }) => of.terms.length === 2)?.of.terms;
  const wide = factors.filter(({ levels }) => levels.length > 2).map(({ name }) => name);
  return [
    ...(pair
      ? [
          `${pair[0]} × ${pair[1]}: how much more ${pair[0]} changes at the second level of ${pair[1]} than on average, and as much less at the first.`,
        ]
      : []),
    ...(wide.length > 0
      ? [`${wide.join(', ')}: more than two levels, told by the table of variance and the comparisons.`]
      : []),
    price,
  ];
}
