/** Imported benchmarks for people: a table a unit and pair of files, worst first; why it is advisory; and what to run instead. */
import { badness, CONFOUNDED, type ImportedComparison, type ImportReading } from '../analysis/imported.ts';
import { unitOf } from '../analysis/imported-unit.ts';
import { chooseChangeUnit, formatChange } from '../report/change.ts';
import { chooseUnit, countOf, formatCount, formatFigure, withUnit } from '../report/figure.ts';
import { layTable as layMarkdownTable } from '../report/markdown.ts';
import { escapeMarkdown } from '../report/markdown-words.ts';
import { noteOf } from '../report/note.ts';
import { type Ink, type Paint, painter, printable, type TextOptions, wrap } from '../report/terminal.ts';
import { layNotes } from '../report/text-notes.ts';
import { layTable } from '../report/text-table.ts';

export type WholeImport = ImportReading & { readonly properly: string };

interface Row {
  readonly benchmark: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly change: string;
  readonly interval: string;
  readonly n: string;
  readonly word: string;
  readonly ink?: Ink | undefined;
}

interface Block {
  readonly title: string;
  readonly unit: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly rows: readonly Row[];
  readonly mean?: Row;
}

/** A margin nobody gave: percent with one decimal. */
const NO_MARGIN = 0.02;
const BELOW = 'Measured so that a verdict may be given, both versions taking turns:';

export function renderImport(reading: WholeImport, options: TextOptions): string {
  const columns = Math.max(60, options.columns);
  const paint = painter(options.color);
  const sections = [
    wrap(printable(headOf(reading)), columns).map((line) => paint('strong', line)),
    ...blocksOf(reading).map((block) => layBlock(block, columns, paint)),
    listAlone(reading).flatMap((line) => wrap(printable(line), columns)),
    layNotes('warnings', reading.warnings.map(noteOf), columns, paint),
    [BELOW, ...reading.properly.split('\n').map((line) => `  ${printable(line)}`)],
    [`verdict  ${verdictOf(reading)}`],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

export function renderImportMarkdown(reading: WholeImport): string {
  const parts = [
    `### ${escapeMarkdown(headOf(reading))}`,
    ...blocksOf(reading).map((block) => {
      const rows = [...block.rows, ...(block.mean ? [block.mean] : [])];
      const cells = rows.map((row) => [
        row.benchmark,
        row.baseline,
        row.candidate,
        row.change,
        row.interval,
        row.n,
        row.word,
      ]);
      const heads = ['benchmark', block.baseline, block.candidate, 'change', 'interval', 'n', 'seen'];
      return `**${escapeMarkdown(block.title)}**\n\n${layMarkdownTable(heads, cells, ['l', 'r', 'r', 'r', 'l', 'r', 'l'])}`;
    }),
    listAlone(reading).map(escapeMarkdown).join('\n'),
    reading.warnings
      .map(noteOf)
      .map(
        ({ message, cure }) => `- ${escapeMarkdown(message)}${cure === undefined ? '' : `; ${escapeMarkdown(cure)}`}`,
      )
      .join('\n'),
    `${BELOW}\n\n\`\`\`sh\n${printable(reading.properly.replaceAll('\n', '\u0000')).replaceAll('\\u{0}', '\n')}\n\`\`\``,
    `**Verdict: ${escapeMarkdown(verdictOf(reading))}**`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headOf({ arms, comparisons }: ImportReading): string {
  const files = arms.map(
    ({ name, processes }) => `${name} (${processes === 1 ? 'one process' : `${formatCount(processes)} processes`})`,
  );
  const names = new Set(comparisons.map((one) => `${one.package} ${one.benchmark}`));
  return `${countOf(names.size, 'benchmark')} in ${files.join(', ')}`;
}

const verdictOf = ({ verdict }: ImportReading): string =>
  verdict === CONFOUNDED ? `${CONFOUNDED}; nothing here fails a gate` : 'none: these files allow no verdict';

function blocksOf(reading: ImportReading): Block[] {
  const calls = callArms(reading);
  const keys = [...new Set(reading.comparisons.map((one) => JSON.stringify([one.candidateArm, one.unit])))];
  return keys.map((key) => {
    const [arm, unit] = JSON.parse(key) as [string, string];
    const some = reading.comparisons.filter((one) => one.candidateArm === arm && one.unit === unit);
    return blockOf(some, reading, calls);
  });
}

/** A file by its last name, where that tells it from the others. */
function callArms({ arms }: ImportReading): ReadonlyMap<string, string> {
  const last = (name: string) => name.replace(/^.*[\\/]/, '');
  const names = arms.map(({ name }) => last(name));
  return new Map(
    arms.map(({ name }) => [name, names.filter((one) => one === last(name)).length > 1 ? name : last(name)]),
  );
}

function blockOf(
  some: readonly ImportedComparison[],
  { means, comparisons }: ImportReading,
  calls: ReadonlyMap<string, string>,
): Block {
  const { unit: printed, dimension, baselineArm, candidateArm } = some[0]!;
  const values = some.flatMap((one) => [one.baseline.value, one.candidate.value]);
  // A rate keeps the unit it was printed in: `228 MB/s`.
  const unit =
    dimension === 'rate' ? { name: printed, factor: unitOf(printed, {}).factor } : chooseUnit(dimension, values);
  const [baseline, candidate] = [baselineArm, candidateArm].map((arm) => calls.get(arm) ?? arm) as [string, string];
  const changeUnit = chooseChangeUnit(some.flatMap(({ ratio = 1 }) => [ratio, 1 / ratio]));
  const change = (ratio: number, low = ratio, high = ratio) => formatChange(ratio, low, high, changeUnit, NO_MARGIN);
  const figure = (value: number) =>
    withUnit(unit.factor === 1 ? formatCount(value) : formatFigure(value / unit.factor), unit.name);
  const manyPackages = new Set(comparisons.map((one) => one.package)).size > 1;
  const rows = some.map((one): Row => {
    const { ratio, low, high } = one;
    const text = ratio === undefined ? undefined : change(ratio, low, high);
    const { word, ink } = sayFinding(one);
    return {
      benchmark: manyPackages ? `${one.package} ${one.benchmark}` : one.benchmark,
      baseline: figure(one.baseline.value),
      candidate: figure(one.candidate.value),
      change: text?.change ?? '',
      interval: low === undefined ? '' : (text?.interval ?? ''),
      n: `${one.baseline.processes}+${one.candidate.processes}`,
      word,
      ink,
    };
  });
  const mean = means.find((one) => one.unit === printed && one.candidateArm === candidateArm);
  const last: Row | undefined = mean && {
    ...{ benchmark: `geomean of ${mean.benchmarks}`, baseline: '', candidate: '', interval: '', n: '', word: '' },
    change: change(mean.ratio).change,
  };
  const better = some[0]!.better === 'unknown' ? '' : `, ${some[0]!.better} is better`;
  const title = `${printed}: ${candidate} beside ${baseline}${better}`;
  return { title, unit: unit.name, baseline, candidate, rows, ...(last && { mean: last }) };
}

/** Always with its cap: the word alone would be read as a verdict. */
function sayFinding(one: ImportedComparison): { readonly word: string; readonly ink?: Ink } {
  const { says, dimension, better, p, adjusted } = one;
  const tested = p === undefined ? '' : ` (p ${p < 0.001 ? '< 0.001' : p.toFixed(3)})`;
  if (says === 'nothing seen') {
    const held = p !== undefined && adjusted !== undefined && p <= 0.05 && adjusted > 0.05;
    return { word: `nothing seen${held ? ` (p ${p.toFixed(3)}, over all rows ${adjusted.toFixed(3)})` : tested}` };
  }
  if (says !== 'higher' && says !== 'lower') return { word: says };
  const words = dimension === 'seconds' ? ['slower', 'faster'] : ['more', 'less'];
  const word = words[says === 'higher' ? 0 : 1]!;
  const mark = better === 'unknown' ? '' : badness(one) > 0 ? '▲ ' : '▼ ';
  return { word: `${mark}advisory: ${word}${tested}`, ink: 'doubt' };
}

function layBlock(block: Block, columns: number, paint: Paint): readonly string[] {
  const rows = [...block.rows, ...(block.mean ? [block.mean] : [])];
  const cells = (of: (row: Row) => string) => rows.map((row) => ({ text: printable(of(row)) }));
  return [
    ...wrap(printable(block.title), columns).map((line) => paint('strong', line)),
    ...layTable(
      [
        { head: 'benchmark', align: 'left', cells: cells((row) => row.benchmark), least: 16 },
        { head: printable(block.baseline), align: 'right', cells: cells((row) => row.baseline), most: 14 },
        { head: printable(block.candidate), align: 'right', cells: cells((row) => row.candidate), most: 14 },
        { head: 'change', align: 'decimal', cells: cells((row) => row.change) },
        { head: '', align: 'left', cells: cells((row) => row.interval), gap: 1 },
        { head: 'n', align: 'right', cells: cells((row) => row.n) },
        { head: '', align: 'left', cells: rows.map((row) => ({ text: row.word, ink: row.ink })) },
      ],
      columns,
      paint,
    ),
  ];
}

function listAlone({ alone }: ImportReading): readonly string[] {
  const arms = [...new Set(alone.map(({ only }) => only.join(' and ')))];
  return arms.map((arm) => {
    const names = alone.filter(({ only }) => only.join(' and ') === arm).map(({ benchmark }) => benchmark);
    const shown = names.slice(0, 5).join(', ');
    return `only in ${arm}: ${shown}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
  });
}
