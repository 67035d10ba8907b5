/** A search for a terminal: the culprit, what it rests on, and the versions with their probabilities. */
import type { Bisection, SearchedLine, SearchedVersion } from '../model/bisection.ts';
import { formatProbability, sayFound } from './bisection-sentence.ts';
import { formatChange } from './change.ts';
import { formatDuration } from './facts.ts';
import { countOf } from './figure.ts';
import { noteOf } from './note.ts';
import { type Paint, painter, printable, type TextOptions, wrap } from './terminal.ts';
import { layNotes } from './text-notes.ts';
import { layTable } from './text-table.ts';

const NO_MARGIN = 0.02;
/** A version that is less likely is shown only where it was probed beside one that is. */
const SHOWN = 0.005;
const BAR = 20;

export function renderBisection(found: Bisection, options: TextOptions & { readonly place?: string }): string {
  const columns = Math.max(60, options.columns);
  const paint = painter(options.color);
  const sections = [
    wrap(printable(sayFound(found)), columns).map((line) => paint('strong', line)),
    ...found.lines.map((line) => layLine(line, columns, paint)),
    layStudies(found, columns),
    layNotes('warnings', found.warnings.map(noteOf), columns, paint),
    wrap(sayCost(found, options.place), columns).map((line) => paint('dim', line)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function layLine(line: SearchedLine, columns: number, paint: Paint): readonly string[] {
  const rows = shownOf(line.versions);
  const unusable = line.versions.filter((version) => version.unusable !== undefined).length;
  const head = `${line.versions.length} ${line.what}${unusable > 0 ? `, ${unusable} of them not to be measured` : ''}`;
  const cell = (text: (version: SearchedVersion) => string) =>
    rows.map((row) => ({ text: row.kind === 'version' ? text(row.version) : '' }));
  const table = layTable(
    [
      {
        head: '',
        align: 'left',
        cells: rows.map((row) => ({ text: row.kind === 'version' ? row.version.name : `… ${row.count}` })),
      },
      { head: '', align: 'left', cells: cell(({ subject = '' }) => printable(subject)), least: 16, most: 44 },
      { head: 'likely', align: 'decimal', cells: cell(({ probability }) => formatProbability(probability)) },
      { head: '', align: 'left', cells: cell(({ probability }) => '█'.repeat(Math.round(probability * BAR))) },
      {
        head: 'blocks',
        align: 'right',
        cells: cell(({ blocks, unusable: why }) => (why ? '–' : blocks > 0 ? String(blocks) : '')),
      },
    ],
    columns,
    paint,
  );
  const reasons = rows.flatMap((row) =>
    row.kind === 'version' && row.version.unusable !== undefined
      ? wrap(printable(`${row.version.name}: ${row.version.unusable}`), columns, '  ')
      : [],
  );
  return [head, ...table, ...reasons];
}

type Row =
  | { readonly kind: 'version'; readonly version: SearchedVersion }
  /** So many versions in between that are not worth a line. */
  | { readonly kind: 'gap'; readonly count: number };

function shownOf(versions: readonly SearchedVersion[]): readonly Row[] {
  const likely = versions.map(({ probability }) => probability >= SHOWN);
  const isShown = (at: number) => likely[at] || likely[at + 1] || (likely[at - 1] && versions[at]!.blocks > 0);
  const rows: Row[] = [];
  let gap = 0;
  versions.forEach((version, at) => {
    if (!isShown(at)) {
      gap += 1;
      return;
    }
    if (gap > 0) rows.push({ kind: 'gap', count: gap });
    gap = 0;
    rows.push({ kind: 'version', version });
  });
  return gap > 0 ? [...rows, { kind: 'gap', count: gap }] : rows;
}

function layStudies({ ends, checks, sought }: Bisection, columns: number): readonly string[] {
  const say = (what: string, { ratio, low, high, blocks, verdict, study }: NonNullable<typeof ends>) => {
    const { change, interval } = formatChange(ratio, low, high, '%', NO_MARGIN);
    return wrap(`${what}: ${change} ${interval}, ${verdict}, ${countOf(blocks, 'block')} (study ${study})`, columns);
  };
  const where = sought && sought.treatment !== '' ? ` at ${printable(sought.treatment)}` : '';
  return [
    ...(ends ? say(`both ends${where}`, ends) : []),
    ...checks.flatMap((check) => say(`${check.candidate} against ${check.baseline}`, check)),
  ];
}

function sayCost({ builds, blocks, durationS, lines }: Bisection, place: string | undefined): string {
  const searched = lines.length > 0 ? `${countOf(builds, 'build')} and ${countOf(blocks, 'block')} searched, ` : '';
  return `${searched}${formatDuration(durationS)} in all${place === undefined ? '' : `; ${place}`}`;
}
