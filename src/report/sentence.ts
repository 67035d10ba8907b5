/** The one sentence a report opens with: what was found, by how much, with its interval. Never a centre without one. */
import { findMetric } from '../model/metric.ts';
import type { Effect, Result } from '../model/result.ts';
import type { ComparisonBlock, ComparisonRow } from './comparison-view.ts';
import { viewEffects } from './effect-view.ts';
import { countOf, formatCount } from './figure.ts';
import { PATH_TITLES } from './names.ts';
import { priceOfCall } from './price.ts';

/** A run of words, set as code where it is a name out of the data. */
export interface Piece {
  readonly text: string;
  readonly kind: 'plain' | 'name' | 'figure';
}

const plain = (text: string): Piece => ({ text, kind: 'plain' });
const name = (text: string): Piece => ({ text, kind: 'name' });
const figure = (row: ComparisonRow): Piece => ({
  text: row.interval === '' ? row.change : `${row.change} ${row.interval}`,
  kind: 'figure',
});

/** `HEAD is 6.1 % slower than v1.4.0 [4.9, 7.4] …`, and before it what a call costs, where paths over the boundary are compared. */
export function composeSentences(result: Result, blocks: readonly ComparisonBlock[]): readonly (readonly Piece[])[] {
  const price = blocks.some((block) => block.kind === 'build') ? [] : sentenceOfPrice(result, blocks);
  return [price, sentenceOfFinding(result, blocks)].filter((sentence) => sentence.length > 0);
}

function sentenceOfFinding(result: Result, blocks: readonly ComparisonBlock[]): readonly Piece[] {
  const primary = blocks.filter((block) => block.primary && block.rows.length > 0);
  const builds = primary.filter((block) => block.kind === 'build');
  if (builds.length > 0) return sentenceOfBuilds(result, builds, blocks);
  const contrast = primary[0];
  if (contrast) return sentenceOfContrast(contrast);
  const effects = sentenceOfEffects(result);
  if (effects) return effects;
  if (result.runs.blocks === 0) return [name(result.experiment), plain(' ended before a block could be judged.')];
  return [
    name(result.experiment),
    plain(` was measured in ${countOf(result.runs.blocks, 'block')}; nothing was compared.`),
  ];
}

/** Where effects are the question: the largest that matters, and how many more. */
function sentenceOfEffects(result: Result): readonly Piece[] | undefined {
  const view = viewEffects(result);
  const first = view?.rows[0];
  if (!view || !first) return undefined;
  const count = (size: Effect['size']) => view.rows.filter(({ of }) => of.size === size).length;
  const rest = plain(`; ${count('matters')} of ${view.rows.length} effects matter, ${count('undecided')} undecided.`);
  if (first.of.size !== 'matters') {
    return [
      name(result.experiment),
      plain(
        `: no effect was found that matters${count('undecided') > 0 ? `; ${count('undecided')} of ${view.rows.length} undecided` : ''}.`,
      ),
    ];
  }
  return [
    name(first.label),
    plain(' matters most: '),
    { text: `${first.change} ${first.interval}`, kind: 'figure' },
    rest,
  ];
}

export function sentenceText(sentences: readonly (readonly Piece[])[]): string {
  return sentences.map((pieces) => pieces.map((piece) => piece.text).join('')).join(' ');
}

function sentenceOfBuilds(
  result: Result,
  builds: readonly ComparisonBlock[],
  all: readonly ComparisonBlock[],
): readonly Piece[] {
  const rows = builds.flatMap((block) => block.rows.map((row) => ({ block, row })));
  const worst = rows.find(({ row }) => row.of.verdict === result.verdict) ?? rows[0]!;
  const { block, row } = worst;
  const alike = rows.filter((each) => each.row.of.verdict === row.of.verdict).length;
  const where = placeOf(block, row);
  const others = alike > 1 ? [plain(` (and ${alike - 1} more of ${rows.length} comparisons)`)] : [];
  const change = [plain(': '), figure(row)];
  switch (row.of.verdict) {
    case 'regression':
    case 'improvement':
    case 'slower':
    case 'faster':
      return [
        name(block.candidate),
        plain(' is '),
        { text: amount(block, row), kind: 'figure' },
        plain(' than '),
        name(block.baseline),
        ...where,
        ...(row.interval === '' ? [] : [plain(' '), { text: row.interval, kind: 'figure' } as const]),
        ...(row.of.confirmed === 'fresh' ? [plain(', confirmed')] : []),
        ...others,
        ...witnesses(row, all),
        plain('.'),
      ];
    case 'equivalent':
      return [
        name(block.candidate),
        plain(` and `),
        name(block.baseline),
        plain(` are equivalent within ${block.marginText}`),
        ...where,
        ...change,
        ...(alike > 1 ? [plain(`, and so in all ${alike} comparisons`)] : []),
        plain('.'),
      ];
    case 'different':
    case 'equal':
      return [
        plain(`${block.metric} of `),
        name(result.experiment),
        plain(row.of.verdict === 'equal' ? ' is the same in ' : ' differs between '),
        name(block.baseline),
        plain(' and '),
        name(block.candidate),
        ...where,
        plain(
          row.of.verdict === 'equal' ? `: ${row.candidate}` : `: ${row.baseline} → ${row.candidate} (${row.change})`,
        ),
        ...others,
        plain('.'),
      ];
    default: {
      const cure =
        row.of.blocksNeeded === undefined ? '' : `; about ${formatCount(row.of.blocksNeeded)} blocks would decide`;
      return [
        plain('Undecided whether '),
        name(block.candidate),
        plain(' differs from '),
        name(block.baseline),
        ...where,
        ...change,
        plain(` after ${countOf(row.blocks, 'block')}${cure}`),
        ...others,
        plain('.'),
      ];
    }
  }
}

function placeOf(block: ComparisonBlock, row: ComparisonRow): readonly Piece[] {
  const place = row.label === '' ? block.place : row.label;
  const isBenchmark = /^benchmark=[^·]*$/.test(row.of.treatment);
  if (isBenchmark) return [plain(' in '), name(place.replace(/^benchmark=/, ''))];
  return place === '' ? [] : [plain(' at '), name(place)];
}

/** `6.1 % slower`: the figure of the table, the sign as a word. */
function amount(block: ComparisonBlock, row: ComparisonRow): string {
  return `${row.change.replace(/^[+−]/, '')} ${moreOrLess(block, row.of.ratio > 1)}`;
}

/** Where the time went and what else moved: only from comparisons that were judged themselves. */
function witnesses(row: ComparisonRow, all: readonly ComparisonBlock[]): readonly Piece[] {
  const same = (metric: string) =>
    all
      .filter((block) => block.kind === 'build' && block.metric === metric)
      .flatMap((block) => block.rows)
      .find((each) => each.of.candidateArm === row.of.candidateArm && each.of.baselineArm === row.of.baselineArm);
  const layers: readonly (readonly [string, string])[] = [
    ['callee', 'Rust'],
    ['entry', 'the entry'],
    ['return', 'the return'],
  ];
  const moved = layers.filter(([metric]) => same(metric)?.of.verdict === row.of.verdict).map(([, word]) => word);
  const allocs = same('rust.allocs');
  const more = allocs && allocs.of.verdict === 'different' ? allocs.of.candidateValue - allocs.of.baselineValue : 0;
  const counts =
    more === 0
      ? ''
      : `, with ${formatCount(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'} Rust allocations an operation`;
  if (moved.length === 0 && counts === '') return [];
  const went = row.of.ratio > 1 ? 'the time went to' : 'the time was saved in';
  return [plain(moved.length === 0 ? counts : `; ${went} ${moved.join(' and ')}${counts}`)];
}

/**
 * What a call costs, where that is the question: entry and return of the cheapest call that was mapped, the middle of the
 * probed processes with its interval, or exact means over all crossings where processes were too few. They hold a clock reading each, so the bare call costs less; that is said.
 */
function sentenceOfPrice(result: Result, blocks: readonly ComparisonBlock[]): readonly Piece[] {
  if (!blocks.some((block) => block.factor === 'path' && block.candidate === 'go→rust')) return [];
  const price = priceOfCall(result);
  if (price === undefined) return [];
  const [total, parts] =
    price.overProcesses === ''
      ? [price.total, `entry ${price.entry}, return ${price.return}`]
      : [price.overProcesses, 'entry and return'];
  return [
    plain('A call from Go to Rust cost '),
    { text: total, kind: 'figure' },
    plain(` at its cheapest (${parts}, the probe's clock readings included).`),
  ];
}

function sentenceOfContrast(block: ComparisonBlock): readonly Piece[] {
  const title = (role: string) => PATH_TITLES[role === 'go→rust' ? 'go->rust' : role]?.replace('Pure', 'pure');
  const byPath = block.factor === 'path';
  const candidate = byPath ? plain(title(block.candidate) ?? block.candidate) : name(block.candidate);
  const baseline = byPath ? plain(title(block.baseline) ?? block.baseline) : name(block.baseline);
  const of = (verdict: string) => block.rows.filter((row) => row.of.verdict === verdict);
  const slower = of('slower');
  const faster = of('faster');
  const one = (row: ComparisonRow): Piece[] => [
    figure(row),
    ...(row.label === '' ? [] : [plain(' at '), name(row.label)]),
  ];
  const clauses: Piece[][] = [];
  if (slower.length > 0) {
    const by = slower.length > 1 ? ', at most ' : ', ';
    clauses.push([
      plain(`${moreOrLess(block, true)} than `),
      baseline,
      ...placesOf(block, slower),
      plain(by),
      ...one(extreme(slower, 1)),
    ]);
  }
  if (faster.length > 0) {
    const best = extreme(faster, -1);
    const than = slower.length > 0 ? '' : ' than ';
    clauses.push([
      plain(`${moreOrLess(block, false)}${than}`),
      ...(slower.length > 0 ? [] : [baseline]),
      ...placesOf(block, faster),
      plain(faster.length > 1 ? ', at best ' : ', '),
      ...one(best),
    ]);
  }
  const equivalent = of('equivalent').length;
  const undecided = of('undecided').length;
  if (clauses.length === 0) {
    if (undecided === 0) {
      return [
        candidate,
        plain(' is equivalent to '),
        baseline,
        plain(` within ${block.marginText}: `),
        ...one(block.rows[0]!),
        plain('.'),
      ];
    }
    return [
      plain('Undecided whether '),
      candidate,
      plain(' differs from '),
      baseline,
      plain(': '),
      ...one(of('undecided')[0]!),
      plain('.'),
    ];
  }
  const rest = [
    ...(equivalent > 0 ? [`equivalent within ${block.marginText} in ${equivalent}`] : []),
    ...(undecided > 0 ? [`undecided in ${undecided}`] : []),
  ];
  return [
    candidate,
    plain(' was '),
    ...clauses.flatMap((clause, at) => (at === 0 ? clause : [plain('; '), ...clause])),
    ...(rest.length > 0 ? [plain(`; ${rest.join(', ')}`)] : []),
    plain('.'),
  ];
}

/** The row with the largest change up (1) or down (-1). */
function extreme(rows: readonly ComparisonRow[], sign: 1 | -1): ComparisonRow {
  return rows.reduce((most, row) => (sign * (row.of.ratio - most.of.ratio) > 0 ? row : most));
}

/** ` at 4 KiB and 64 KiB` where whole groups are meant and no other row, else how many of all. */
function placesOf(block: ComparisonBlock, rows: readonly ComparisonRow[]): readonly Piece[] {
  const total = block.rows.length;
  if (total === 1) return [];
  if (rows.length === total) return [plain(` in all ${total} treatments`)];
  const whole = block.groups.filter((group) =>
    block.rows.slice(group.from, group.to).every((row) => rows.includes(row)),
  );
  const covered = whole.reduce((sum, group) => sum + group.to - group.from, 0);
  if (block.groups.length < 2 || covered !== rows.length) return [plain(` in ${rows.length} of ${total} treatments`)];
  return whole.flatMap((group, at) => [
    plain(at === 0 ? ' at ' : at === whole.length - 1 ? ' and ' : ', '),
    name(group.level),
  ]);
}

function moreOrLess(block: ComparisonBlock, up: boolean): string {
  const isTime = (findMetric(block.metric)?.dimension ?? 'seconds') === 'seconds';
  if (isTime) return up ? 'slower' : 'faster';
  return up ? 'dearer' : 'cheaper';
}
