/** A result for a terminal: 80 columns suffice, 120 are used; colour only repeats what a word or a mark says. */
import type { Result } from '../model/result.ts';
import type { ComparisonBlock, ComparisonRow } from './comparison-view.ts';
import type { Note } from './note.ts';
import { sentenceText } from './sentence.ts';
import { type Ink, type Paint, painter, printable, shorten, type TextOptions, widthOf, wrap } from './terminal.ts';
import { layCrossings } from './text-crossings.ts';
import { layCounts, layPaths } from './text-paths.ts';
import { type Column, layTable } from './text-table.ts';
import type { Judgement } from './verdict.ts';
import { type View, viewResult } from './view.ts';

export function renderText(result: Result, options: TextOptions): string {
  const view = viewResult(result);
  const columns = Math.max(60, Math.min(120, options.columns));
  const paint = painter(options.color);
  const sections = [
    layHead(view, columns, paint),
    layPaths(view, columns, paint),
    ...layComparisons(view, columns, paint),
    layCounts(view, columns, paint),
    layCrossings(view, columns, paint),
    layChecks(view, columns, paint),
    layExpectations(view, columns, paint),
    layList('could not have been seen', view.limits, columns, paint),
    layList('failed runs', view.failures, columns, paint),
    layNotes('warnings', view.warnings, columns, paint),
    layLast(view, columns, paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

export function inkOf(judgement: Judgement): Ink | undefined {
  return judgement.tone === 'plain' ? undefined : judgement.tone;
}

function layHead(view: View, columns: number, paint: Paint): readonly string[] {
  return [
    ...wrap(printable(sentenceText(view.sentence)), columns).map((line) => paint('strong', line)),
    ...wrap(printable(view.facts.join(' · ')), columns).map((line) => paint('dim', line)),
    ...(view.hypothesis === undefined
      ? []
      : wrap(printable(view.hypothesis), columns, 'hypothesis: ').map((line) => paint('dim', line))),
  ];
}

/** Judged metrics in full; of what was only explored between paths and levels, one line a block: the report has the rest. */
function layComparisons(view: View, columns: number, paint: Paint): readonly (readonly string[])[] {
  const full = view.blocks.filter((block) => !block.exact && (block.primary || block.kind === 'build'));
  // Counts of paths and levels stand in their own table.
  const brief = view.blocks.filter(
    (block) => !full.includes(block) && !(block.exact && block.kind !== 'build' && view.counts),
  );
  const last = full.length - 1;
  const notes = layNotes(
    '',
    view.footnotes.filter((note) =>
      full.some((block) => block.rows.some((row) => row.notes.includes(note.number ?? 0))),
    ),
    columns,
    paint,
  );
  return [
    ...full.map((block, at) => [...layBlock(block, columns, paint), ...(at === last ? notes : [])]),
    brief.flatMap((block) => layBrief(block, columns, paint)),
  ];
}

function blockTitle(block: ComparisonBlock): string {
  const role = (name: string) => shorten(printable(name), 28);
  const common = block.common === '' ? '' : `, ${printable(block.common)}`;
  return `${block.metric}: ${role(block.candidate)} beside ${role(block.baseline)}${common}`;
}

function layBlock(block: ComparisonBlock, columns: number, paint: Paint): readonly string[] {
  const unit = block.unit.name === '' ? '' : ` ${block.unit.name}`;
  const column = (
    head: string,
    align: Column['align'],
    of: (row: ComparisonRow) => string,
    ink?: (row: ComparisonRow) => Ink | undefined,
  ): Column => ({
    head: printable(head),
    align,
    cells: block.rows.map((row) => ({ text: printable(of(row)), ink: ink?.(row) })),
  });
  const wide = columns >= 100;
  const labelled = block.rows.some((row) => row.label !== '');
  const table = layTable(
    [
      ...(labelled ? [{ ...column(block.head, 'left', (row) => row.label), least: 16 }] : []),
      { ...column(`${block.baseline}${unit}`, 'decimal', (row) => row.baseline), least: 4, most: 22 },
      { ...column(`${block.candidate}${unit}`, 'decimal', (row) => row.candidate), least: 4, most: 22 },
      column('change', 'decimal', (row) => row.change),
      { ...column('interval', 'left', (row) => row.interval), gap: 1 },
      ...(wide
        ? [
            column('level', 'right', (row) => row.confidence),
            column('blocks', 'right', (row) => String(row.blocks)),
            column('would see', 'decimal', (row) => row.detectable),
          ]
        : []),
      column(
        '',
        'left',
        (row) => `${row.judgement.mark} ${row.judgement.word}${row.notes.map((note) => ` [${note}]`).join('')}`,
        (row) => inkOf(row.judgement),
      ),
    ],
    columns,
    paint,
  );
  return [`${paint('strong', blockTitle(block))}${paint('dim', `  margin ${block.marginText}`)}`, ...table];
}

/** `crossings: go→rust beside go: 3 different, 6 equal (exact)`, and which, where counts differ between builds. */
function layBrief(block: ComparisonBlock, columns: number, paint: Paint): readonly string[] {
  const words = new Map<string, number>();
  for (const row of block.rows)
    words.set(
      `${row.judgement.mark} ${row.judgement.word}`,
      (words.get(`${row.judgement.mark} ${row.judgement.word}`) ?? 0) + 1,
    );
  const summary = [...words].map(([word, count]) => `${count} ${word}`).join(', ');
  const differing = block.kind === 'build' ? block.rows.filter((row) => row.of.verdict === 'different') : [];
  return [
    ...wrap(printable(`${summary}${block.exact ? ' (exact)' : ''}`), columns, `  ${blockTitle(block)}: `),
    ...differing.flatMap((row) =>
      wrap(
        printable(`${row.label === '' ? '' : `${row.label}: `}${row.baseline} → ${row.candidate} (${row.change})`),
        columns,
        '  ',
      ).map((line) => paint('doubt', line)),
    ),
  ];
}

function layChecks(view: View, columns: number, paint: Paint): readonly string[] {
  const checks = view.selfChecks.flatMap((check) =>
    wrap(
      printable(
        `${check.arm} against itself: ${check.change} ${check.interval} over ${check.pairs} pairs: ${check.says}`,
      ),
      columns,
      'A/A  ',
    ).map((line) => paint(check.tone === 'plain' ? undefined : check.tone, line)),
  );
  const unit = view.probeCosts.unit.name;
  const costs = layTable(
    [
      {
        head: 'probe adds to',
        align: 'left',
        cells: view.probeCosts.lines.map((line) => ({ text: printable(line.treatment) })),
        least: 20,
      },
      { head: `${unit}/op`, align: 'decimal', cells: view.probeCosts.lines.map((line) => ({ text: line.figure })) },
      {
        head: 'interval',
        align: 'left',
        gap: 1,
        cells: view.probeCosts.lines.map((line) => ({ text: line.interval })),
      },
      { head: 'share', align: 'decimal', cells: view.probeCosts.lines.map((line) => ({ text: line.share })) },
    ],
    columns,
    paint,
  );
  return [...(view.probeCosts.lines.length > 0 ? [...costs, ...(checks.length > 0 ? [''] : [])] : []), ...checks];
}

function layExpectations(view: View, columns: number, paint: Paint): readonly string[] {
  if (view.expectations.length === 0) return [];
  return [
    paint('strong', 'expected'),
    ...view.expectations.flatMap((row) => [
      ...wrap(printable(`${row.text}: ${row.judgement.word}`), columns, `  ${row.judgement.mark} `).map((line) =>
        paint(inkOf(row.judgement), line),
      ),
      ...wrap(printable(`seen: ${row.seen}`), columns, '    ').map((line) => paint('dim', line)),
    ]),
  ];
}

function layList(title: string, items: readonly string[], columns: number, paint: Paint): readonly string[] {
  if (items.length === 0) return [];
  return [paint('strong', title), ...items.flatMap((item) => wrap(printable(item), columns, '  '))];
}

function layNotes(title: string, notes: readonly Note[], columns: number, paint: Paint): readonly string[] {
  if (notes.length === 0) return [];
  return [
    ...(title === '' ? [] : [paint('strong', title)]),
    ...notes.flatMap((note) =>
      wrap(
        printable(`${note.message}${note.cure === undefined ? '' : `; ${note.cure}`}`),
        columns,
        note.number === undefined ? '  ' : `  [${note.number}] `,
      ).map((line) => paint('doubt', line)),
    ),
  ];
}

function layLast(view: View, columns: number, paint: Paint): readonly string[] {
  const tally = view.tally.map(
    ({ judgement, count }) => `${judgement.mark} ${count === undefined ? '' : `${count} `}${judgement.word}`,
  );
  const verdict = `verdict  ${tally.join('  ')}`;
  const report = `report  ${printable(view.report)}`;
  const painted = paint(inkOf(view.judgement), verdict);
  return widthOf(verdict) + 3 + widthOf(report) <= columns ? [`${painted}   ${report}`] : [painted, report];
}
