/** A series' reading for a terminal: its stretches, where changes are to be sought, and what the newest values say. */
import type { NominatedChange, SeriesReading } from '../analysis/series.ts';
import type { Dimension } from '../model/unit.ts';
import { formatChange, formatShare } from '../report/change.ts';
import { chooseUnit, countOf, formatFigure } from '../report/figure.ts';
import { noteOf } from '../report/note.ts';
import { painter, printable, type TextOptions, wrap } from '../report/terminal.ts';
import { layNotes } from '../report/text-notes.ts';
import { layTable } from '../report/text-table.ts';

const NO_MARGIN = 0.02;

export function renderSeries(reading: SeriesReading, name: string, options: TextOptions): string {
  const columns = Math.max(60, options.columns);
  const paint = painter(options.color);
  const { changes, newest } = reading;
  const found =
    changes.length === 0
      ? `no change of ${formatShare(reading.magnitude)} or more`
      : `${countOf(changes.length, 'change')} of ${formatShare(reading.magnitude)} or more`;
  const sections = [
    [paint('strong', printable(`${name}: ${countOf(reading.values, 'value')}, ${found}`))],
    layStretches(reading, columns, paint),
    changes.flatMap((change) => wrap(printable(sayRange(change)), columns)),
    newest === undefined ? [] : wrap(sayNewest(newest), columns),
    layNotes('warnings', reading.warnings.map(noteOf), columns, paint),
    changes.length === 0
      ? []
      : wrap(
          'A change point says where to look, and is no verdict: versions measured at different times share what the machine did. Compare two versions with seamark run.',
          columns,
        ).map((line) => paint('dim', line)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function layStretches(
  { stretches, changes, dimension }: SeriesReading,
  columns: number,
  paint: ReturnType<typeof painter>,
): readonly string[] {
  const unit = chooseUnit(
    dimension satisfies Dimension,
    stretches.map((stretch) => stretch.median),
  );
  const from = stretches.map(({ from, to }) => ({ text: printable(from === to ? from : `${from} … ${to}`) }));
  const change = stretches.map((_, at) => {
    const ratio = changes[at - 1]?.ratio;
    return { text: ratio === undefined ? '' : changeOf(ratio) };
  });
  return layTable(
    [
      { head: 'versions', align: 'left', cells: from, least: 20 },
      { head: 'values', align: 'right', cells: stretches.map(({ values }) => ({ text: String(values) })) },
      {
        head: unit.name === '' ? 'median' : `median ${unit.name}`,
        align: 'decimal',
        cells: stretches.map(({ median }) => ({ text: formatFigure(median / unit.factor) })),
      },
      { head: 'change', align: 'decimal', cells: change },
    ],
    columns,
    paint,
  );
}

function sayRange({ before, after, ratio, range }: NominatedChange): string {
  const surely =
    range.good === before && range.bad === after
      ? 'no other place fits as well'
      : `surely (${formatShare(range.confidence)}) after ${range.good} and by ${range.bad}`;
  return `${changeOf(ratio)} between ${before} and ${after}; ${surely}`;
}

function sayNewest({ window, ratio, low, high, confidence, says }: NonNullable<SeriesReading['newest']>): string {
  const { change, interval } = formatChange(ratio, low, high, ratio >= 10 ? '×' : '%', NO_MARGIN);
  const words = says === 'nothing seen' ? 'no difference seen' : `${says} than before`;
  return `The newest ${window} against the ${window} before them: ${change} ${interval} (${formatShare(confidence)}): ${words}.`;
}

const changeOf = (ratio: number): string =>
  formatChange(ratio, ratio, ratio, ratio >= 10 ? '×' : '%', NO_MARGIN).change;
