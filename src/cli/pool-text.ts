/** Several machines' answers for a terminal: one block a comparison, a row a machine, then the mean and one more machine. */
import type { Dependence, MachineProperty } from '../analysis/machine-properties.ts';
import type { MachineEffect, MachinesReading, PooledComparison } from '../analysis/machines.ts';
import { formatNumber, formatQuantity } from '../model/unit.ts';
import { chooseChangeUnit, formatChange, formatShare } from '../report/change.ts';
import { countOf } from '../report/figure.ts';
import { respell } from '../report/names.ts';
import { noteOf } from '../report/note.ts';
import { type Paint, painter, printable, type TextOptions, wrap } from '../report/terminal.ts';
import { inkOf, layNotes } from '../report/text-notes.ts';
import { layTable } from '../report/text-table.ts';
import { judgementOf } from '../report/verdict.ts';

const MARKS = { generalises: '●', 'machine-dependent': '◐', undecided: '?', 'not assessed': '–' } as const;
const STRIP = 29;
const LEAST_MACHINES = 3;

/** `all`: of every metric, not of the primary one alone. */
export function renderMachines(reading: MachinesReading, options: TextOptions & { readonly all?: boolean }): string {
  const columns = Math.max(60, options.columns);
  const paint = painter(options.color);
  const primary = reading.comparisons.filter(({ metric }) => metric === reading.primary);
  const shown = options.all || primary.length === 0 ? reading.comparisons : primary;
  const hidden = reading.comparisons.length - shown.length;
  const sections = [
    wrap(printable(`${reading.experiment} on ${countOf(reading.machines.length, 'machine')}`), columns).map((line) =>
      paint('strong', line),
    ),
    ...shown.map((comparison) => layOne(comparison, reading.properties ?? [], columns, paint)),
    reading.countsApart.length === 0
      ? []
      : [
          paint('strong', 'counts that are not the same on all machines'),
          ...reading.countsApart.flatMap((each) => wrap(printable(respell(each)), columns, '  ')),
        ],
    hidden === 0 ? [] : [paint('dim', `${countOf(hidden, 'comparison')} of other metrics: --all shows them`)],
    layNotes('warnings', reading.warnings.map(noteOf), columns, paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function layOne(
  pooled: PooledComparison,
  properties: readonly MachineProperty[],
  columns: number,
  paint: Paint,
): readonly string[] {
  const { metric, treatment, baseline, candidate, machines, mean, prediction, margin, verdict } = pooled;
  const where = treatment === '' ? '' : `, ${treatment}`;
  const title = printable(respell(`${metric}: ${candidate} beside ${baseline}${where}`));
  const unit = chooseChangeUnit([...machines.map(({ ratio }) => ratio), mean?.ratio ?? 1]);
  const figures = (ratio: number, low: number, high: number) => formatChange(ratio, low, high, unit, margin);
  const level = (confidence: number) => formatShare(confidence);
  const rows = [
    ...machines.map((each) => ({
      name: printable(each.machine),
      ...figures(each.ratio, each.low, each.high),
      level: level(each.confidence),
      word: judgementOf(each.verdict),
      at: each,
    })),
    ...(mean === undefined || prediction === undefined
      ? []
      : [
          {
            name: 'mean over machines',
            ...figures(mean.ratio, mean.low, mean.high),
            level: level(mean.confidence),
            at: mean,
          },
          {
            name: 'one more machine',
            ...figures(mean.ratio, prediction.low, prediction.high),
            change: '',
            level: level(mean.confidence),
            at: { ...prediction, ratio: mean.ratio },
          },
        ]),
  ];
  const scale = rangeOf(
    rows.map(({ at }) => at),
    margin,
  );
  return [
    ...wrap(title, columns).map((line) => paint('strong', line)),
    ...layTable(
      [
        { head: '', align: 'left', cells: rows.map((row) => ({ text: row.name })), least: 16 },
        { head: 'change', align: 'decimal', cells: rows.map((row) => ({ text: row.change })) },
        { head: 'interval', align: 'left', cells: rows.map((row) => ({ text: row.interval })) },
        { head: 'level', align: 'right', cells: rows.map((row) => ({ text: row.level })) },
        {
          head: '',
          align: 'left',
          cells: rows.map((row) => {
            const judgement = 'word' in row ? row.word : undefined;
            return judgement === undefined
              ? { text: '' }
              : { text: `${judgement.mark} ${judgement.word}`, ink: inkOf(judgement) };
          }),
        },
        ...properties.map(({ name, values }) => ({
          head: printable(name),
          align: 'right' as const,
          cells: rows.map((_, at) => ({ text: at < machines.length ? sayValue(name, values[at]) : '' })),
        })),
        ...(columns >= 100
          ? [{ head: '', align: 'left' as const, cells: rows.map(({ at }) => ({ text: strip(at, scale) })) }]
          : []),
      ],
      columns,
      paint,
    ),
    // Too few machines of all are told of once, by a warning.
    ...(machines.length < LEAST_MACHINES
      ? []
      : wrap(`${MARKS[verdict]} ${verdict}: ${explain(pooled)}`, columns, '  ').map((line) => paint('strong', line))),
    ...(pooled.on === undefined
      ? []
      : sayDependence(pooled.on, margin).flatMap((line) => wrap(printable(line), columns, '  '))),
  ];
}

function sayDependence(on: Dependence, margin: number): string[] {
  if (on.kind === 'not told') return [`– ${on.reason}: values stand beside each other, and nothing is said of them`];
  const level = formatShare(on.confidence);
  return on.doubling.map(({ property, ratio, low, high }) => {
    const { change, interval } = formatChange(ratio, low, high, chooseChangeUnit([ratio]), margin);
    const says = low > 1 || high < 1 ? 'goes with it' : 'not told from chance';
    return `twice the ${property}: ${change} ${interval} on the ratio, ${level} interval over ${countOf(on.machines, 'machine')}: ${says}; ${formatShare(on.explained)} of what is between machines`;
  });
}

/** In its own unit where the name says which; else the bare number. */
function sayValue(name: string, value: number | undefined): string {
  if (value === undefined) return '?';
  if (name === 'clock') return `${formatNumber(value / 1e9)} GHz`;
  const isBytes = /^(memory|cache)$|Bytes$/.test(name);
  return isBytes ? formatQuantity({ dimension: 'bytes', value }) : formatNumber(value);
}

function explain({ verdict, between, mean, margin, machines }: PooledComparison): string {
  if (between === undefined || mean === undefined) {
    const told = machines.filter(({ low, high }) => low > 0 && Number.isFinite(high)).length;
    return `${told} of ${machines.length} machines have a finite interval, and it takes ${LEAST_MACHINES}`;
  }
  const spread = `machines differ by ${formatShare(Math.expm1(between.sd))} (sd) [${formatShare(Math.expm1(between.low))}, ${formatShare(Math.expm1(between.high))}], I² ${formatShare(between.i2)}`;
  const within = Math.max(Math.abs(Math.log(mean.low)), Math.abs(Math.log(mean.high))) < Math.log1p(margin);
  if (verdict === 'generalises') {
    return within
      ? `within ±${formatShare(margin)} here and on one more such machine; ${spread}`
      : `an effect here, and on one more such machine; ${spread}`;
  }
  if (verdict === 'machine-dependent') return `one more machine may not show it, or show the opposite; ${spread}`;
  return `these machines do not tell; ${spread}`;
}

type Span = Pick<MachineEffect, 'ratio' | 'low' | 'high'>;

/** Ends of the strip, log scale: no change and twice the margin to either side, all centres and finite ends. */
function rangeOf(spans: readonly Span[], margin: number): readonly [number, number] {
  const room = 2 * Math.log1p(margin);
  const logs = spans.flatMap(({ ratio, low, high }) => [ratio, low, high].map(Math.log)).filter(Number.isFinite);
  return [Math.min(-room, ...logs), Math.max(room, ...logs)];
}

/** `──●──` with `│` where nothing changes; what is open ends in `‹` and `›`. */
function strip({ ratio, low, high }: Span, [from, to]: readonly [number, number]): string {
  const cells = new Array<string>(STRIP).fill(' ');
  const at = (value: number) => Math.round(((value - from) / (to - from)) * (STRIP - 1));
  const bound = (value: number) => Math.min(STRIP - 1, Math.max(0, at(Math.log(value))));
  cells[at(0)] = '│';
  for (let cell = bound(Math.max(0, low)); cell <= bound(high); cell++) cells[cell] = '─';
  if (!(low > 0)) cells[0] = '‹';
  if (!Number.isFinite(high)) cells[STRIP - 1] = '›';
  if (Number.isFinite(ratio) && ratio > 0) cells[bound(ratio)] = '●';
  return cells.join('');
}
