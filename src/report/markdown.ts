/** A result in Markdown, for a pull request or a job summary: the same rows as on the terminal, folded where they are many. */
import type { Result } from '../model/result.ts';
import type { ComparisonBlock } from './comparison-view.ts';
import type { EffectsView } from './effect-view.ts';
import { withUnit } from './figure.ts';
import type { GrowthBlock } from './growth-view.ts';
import { layConfirmation } from './markdown-confirmation.ts';
import { layLayers } from './markdown-layers.ts';
import { layWitnesses } from './markdown-witnesses.ts';
import { code, escapeMarkdown } from './markdown-words.ts';
import type { Note } from './note.ts';
import { shortenBuilds } from './short-builds.ts';
import { MARKS } from './site-order.ts';
import { type View, viewResult } from './view.ts';

/** What forges take in one comment; beyond it the folded parts are left out, last ones first. */
const MOST_CHARACTERS = 65_536;

export function renderMarkdown(result: Result): string {
  const view = viewResult(shortenBuilds(result));
  const open = view.blocks.filter((block) => !block.exact && (block.primary || block.kind === 'build'));
  const counted = view.blocks.filter((block) => block.exact && block.kind === 'build');
  const folded = view.blocks.filter(
    (block) => !open.includes(block) && !counted.includes(block) && !(block.exact && view.counts),
  );
  const head = [
    ...view.sentences.map(
      (pieces, at) =>
        `${at === 0 ? '### ' : ''}${pieces.map((piece) => (piece.kind === 'name' ? code(piece.text) : escapeMarkdown(piece.text))).join('')}`,
    ),
    view.facts.map(escapeMarkdown).join(' · '),
    ...(view.hypothesis === undefined ? [] : [`> Hypothesis: ${escapeMarkdown(view.hypothesis)}`]),
    ...view.confirmation.map(layConfirmation),
    ...[...open, ...counted].map(layBlock),
    ...[...view.layers.map(layLayers), ...view.witnesses.map(layWitnesses)],
    ...view.siteChanges.map(({ title, lines }) =>
      layList(`Sites that differ, an operation: ${escapeMarkdown(title)}`, lines),
    ),
    ...(view.effects ? [layEffects(view.effects)] : []),
    ...view.growth.map(layGrowth),
    layNotes(view.footnotes),
    layExpectations(view),
    layList('Could not have been seen', view.limits),
    layList('Failed runs', view.failures),
    view.warnings.length === 0 ? '' : `**Warnings**\n\n${layNotes(view.warnings)}`,
  ].filter((part) => part !== '');
  const rest = [
    layPaths(view),
    layCounts(view),
    layCrossings(view),
    layCarried(view),
    layChecks(view),
    ...folded.map((block) => fold(`${block.metric}: ${block.candidate} beside ${block.baseline}`, layRows(block))),
  ].filter((part) => part !== '');
  const tally = view.tally.map(
    ({ judgement, count }) => `${judgement.mark} ${count === undefined ? '' : `${count} `}${judgement.word}`,
  );
  const last = `**Verdict: ${tally.join(' · ')}** — report: ${code(view.report)}`;
  const write = (parts: readonly string[]) => `${[...head, ...parts, last].join('\n\n')}\n`;
  while (rest.length > 0 && write(rest).length > MOST_CHARACTERS) rest.pop();
  return write(rest);
}

function layBlock(block: ComparisonBlock): string {
  const common = block.common === '' ? '' : `, ${escapeMarkdown(block.common)}`;
  return `**${code(block.metric)}: ${escapeMarkdown(block.candidate)} beside ${escapeMarkdown(block.baseline)}${common}** (${block.exact ? 'exact' : `margin ${block.marginText}, ${block.ground}`})\n\n${layRows(block)}`;
}

/** Groups have units of their own, so figures carry theirs; level and blocks are said above where they are the same. */
function layRows(block: ComparisonBlock): string {
  const noisy = !block.exact;
  const uneven = noisy && block.uneven;
  const labelled = block.rows.some((row) => row.label !== '');
  const heads = [
    ...(labelled ? [block.head] : []),
    block.baseline,
    block.candidate,
    noisy ? 'change' : 'difference',
    ...(noisy ? ['interval'] : []),
    ...(uneven ? ['level', 'blocks'] : []),
    'verdict',
  ];
  const rows = block.groups.flatMap((group) =>
    block.rows
      .slice(group.from, group.to)
      .map((row) => [
        ...(labelled ? [row.label] : []),
        withUnit(row.baseline, group.unit.name),
        withUnit(row.candidate, group.unit.name),
        row.change,
        ...(noisy ? [row.interval] : []),
        ...(uneven ? [row.confidence, String(row.blocks)] : []),
        `${row.judgement.mark} ${row.judgement.word}${row.notes.length === 0 ? '' : ` (${row.notes.join(', ')})`}`,
      ]),
  );
  return layTable(heads, rows, [
    ...(labelled ? (['l'] as const) : []),
    'r',
    'r',
    'r',
    ...(noisy ? (['l'] as const) : []),
    ...(uneven ? (['r', 'r'] as const) : []),
    'l',
  ]);
}

function layEffects({ title, ground, rows, aliased, stepped, middle, variance, notes }: EffectsView): string {
  const effects = layTable(
    [
      'effect',
      stepped ? 'size μ*' : 'change',
      'interval',
      'size',
      ...(stepped ? ['mean μ', 'spread σ', 'steps'] : []),
      ...(aliased ? ['mixed with'] : []),
    ],
    rows.map((row) => [
      row.label,
      row.change,
      row.interval,
      `${row.judgement.mark} ${row.judgement.word}${row.repeated === 'seen once' ? ', seen once' : ''}`,
      ...(stepped ? [row.steps?.mean ?? '', row.steps?.spread ?? '', row.steps?.says ?? ''] : []),
      ...(aliased ? [row.aliases] : []),
    ]),
    ['l', 'r', 'l', 'l', ...(stepped ? (['r', 'r', 'l'] as const) : []), ...(aliased ? (['l'] as const) : [])],
  );
  const table = layTable(
    ['variance (type III)', 'df', 'F', 'p'],
    variance.map((row) => [row.label, row.df, row.f, row.p]),
    ['l', 'r', 'r', 'r'],
  );
  return [
    `**${escapeMarkdown(title)}** (${escapeMarkdown(ground)})`,
    ...(rows.length > 0 ? [effects] : []),
    ...(middle === undefined ? [] : [escapeMarkdown(middle)]),
    ...(variance.length > 0 ? [table] : []),
    ...notes.map(escapeMarkdown),
  ].join('\n\n');
}

function layGrowth({ title, heads, rows, lines }: GrowthBlock): string {
  const named = rows.some(({ label }) => label !== '');
  const table = layTable(
    [...(named ? ['treatment'] : []), ...heads],
    rows.map(({ label, cells }) => [...(named ? [label] : []), ...cells]),
    [...(named ? (['l'] as const) : []), ...heads.map(() => 'l' as const)],
  );
  return [`**${escapeMarkdown(title)}**`, table, ...lines.map((line) => `- ${escapeMarkdown(line)}`)].join('\n\n');
}

function layPaths(view: View): string {
  const paths = view.paths;
  if (!paths) return '';
  const rows = paths.groups.flatMap((group) =>
    group.bars.map((bar) => [
      group.label === '' ? '–' : group.label,
      [bar.title, bar.label].filter((part) => part !== '').join(' · '),
      `${bar.value} ${group.unit.name}`.trim(),
      bar.interval,
    ]),
  );
  return fold(
    `${paths.metric} of each treatment`,
    layTable(['', 'path', 'value', 'interval'], rows, ['l', 'l', 'r', 'l']),
  );
}

function layCounts(view: View): string {
  const counts = view.counts;
  if (!counts) return '';
  const table = layTable(
    ['treatment', ...counts.heads],
    counts.rows.map((row) => [row.label, ...row.figures]),
    ['l', ...counts.heads.map(() => 'r' as const)],
  );
  return fold('Exact counts of one operation', [table, ...counts.apart.map(escapeMarkdown)].join('\n\n'));
}

function layCrossings(view: View): string {
  const crossings = view.crossings;
  if (!crossings) return '';
  const rows = crossings.treatments.flatMap((treatment) => [
    ...(treatment.goSelf === undefined ? [] : [[treatment.title, 'Go self', '', '', '', '', treatment.goSelf]]),
    ...treatment.map.rows.map((row) => [
      treatment.title,
      `${MARKS[row.kind]}${row.site}`,
      row.crossings,
      row.entry,
      row.callee,
      row.return,
      row.total,
    ]),
  ]);
  const table = layTable(['treatment', 'site', 'calls/op', 'entry', crossings.callee, 'return', 'total'], rows, [
    'l',
    'l',
    'r',
    'r',
    'r',
    'r',
    'r',
  ]);
  const notes = crossings.notes.map((note) => `- ${escapeMarkdown(note)}`).join('\n');
  return fold(
    `Boundary map, ${crossings.unit.name} an operation (${crossings.clock})`,
    notes === '' ? table : `${table}\n\n${notes}`,
  );
}

function layCarried({ crossings }: View): string {
  const carried = crossings?.carried;
  if (!crossings || !carried) return '';
  const rows = carried.rows.flatMap((sites, at) =>
    sites.map((site) => [crossings.treatments[at]!.title, `${MARKS[site.kind]}${site.site}`, ...site.figures]),
  );
  const table = layTable(['treatment', 'site', ...carried.heads], rows, [
    ...(['l', 'l'] as const),
    ...carried.heads.map((head) => (head === carried.words ? ('l' as const) : ('r' as const))),
  ]);
  return fold(`Memory and payload of one ${carried.per}`, table);
}

function layChecks(view: View): string {
  const checks = view.selfChecks.map(
    (check) =>
      `- A/A ${escapeMarkdown(check.arm)}: ${check.change} ${check.interval} over ${check.pairs} pairs: ${check.judgement.mark} ${check.judgement.word}${check.note === undefined ? '' : ` (${check.note})`}`,
  );
  const { perCrossing, lines, untold, unit } = view.probeCosts;
  const costs =
    lines.length === 0
      ? ''
      : layTable(
          ['probed beside bare', `${unit.name}/op`, 'interval', 'share'],
          lines.map((line) => [line.treatment, line.figure, line.interval, line.share]),
          ['l', 'r', 'l', 'r'],
        );
  const body = [
    checks.join('\n'),
    perCrossing === undefined ? '' : `The probe adds ${perCrossing} to a crossing, measured on an empty call.`,
    costs,
    ...untold.map((line) => escapeMarkdown(line)),
  ].filter((part) => part !== '');
  return body.length === 0 ? '' : fold('A/A and the cost of the probe', body.join('\n\n'));
}

function layExpectations(view: View): string {
  if (view.expectations.length === 0) return '';
  return layTable(
    ['expected', 'seen', 'outcome'],
    view.expectations.map((row) => [row.text, row.seen, `${row.judgement.mark} ${row.judgement.word}`]),
    ['l', 'l', 'l'],
  );
}

function layList(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `**${title}**\n\n${items.map((item) => `- ${escapeMarkdown(item)}`).join('\n')}`;
}

function layNotes(notes: readonly Note[]): string {
  return notes
    .map((note) => {
      const cure = note.cure === undefined ? '' : ` — ${escapeMarkdown(note.cure)}`;
      return `${note.number === undefined ? '-' : `${note.number}.`} ${escapeMarkdown(note.message)}${cure}`;
    })
    .join('\n');
}

/** `align`: one a column. */
export function layTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('l' | 'r')[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [
    line(heads),
    `| ${align.map((side) => (side === 'r' ? '--:' : ':--')).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n');
}

function fold(title: string, body: string): string {
  return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${body}\n\n</details>`;
}
