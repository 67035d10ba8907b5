/** Drills as text: a line as each ends, and what all of them came to. */
import type { Rate } from '../model/calibration.ts';
import type { Drill, DrillRates, Planted } from '../model/drill.ts';
import { formatRate } from '../report/calibration.ts';
import { formatChange, formatShare } from '../report/change.ts';
import { chooseUnit, formatFigure } from '../report/figure.ts';
import { wrap } from '../report/terminal.ts';

/** Fault, size and site; the layer and site that were said, and by how much; the witnesses; right or wrong. */
export function renderDrill(drill: Drill, number: number, of: number, columns: number): string {
  const { planted, judged } = drill;
  const head = `  ${String(number).padStart(String(of).length)} of ${of}  `;
  const whole = `${drill.verdict} ${formatChange(drill.ratio, drill.ratio, drill.ratio, '%', 0.01).change}`;
  const parts = [
    planted ? sayPlanted(planted) : 'nothing hidden',
    `said: ${whole}, ${sayNamed(drill)}`,
    sayWitnesses(drill),
  ];
  const right = planted ? judged.layer && judged.site !== false : judged.layer;
  const verdict = `${right ? 'right' : 'WRONG'}${judged.witnesses ? '' : ', a witness agrees without grounds'}`;
  const text = [...parts.filter((part) => part !== ''), verdict].join('; ');
  return wrap(text, Math.max(40, columns - head.length))
    .map((line, index) => (index === 0 ? head : ' '.repeat(head.length)) + line)
    .join('\n');
}

function sayPlanted({ kind, size, every, site, share, seconds }: Planted): string {
  const each = every === undefined ? '' : ` at 1 in ${every.toLocaleString('en-US')}`;
  return `${kind} ${size}${each} in ${site}, ${formatShare(share)} (${inUnit(seconds)})`;
}

/** The answer's first layer and its site. */
function sayNamed({ named }: Drill): string {
  const first = named[0];
  if (first === undefined) return 'no layer';
  const site = named.find((one) => one.layer === first.layer && one.site !== undefined)?.site;
  const figures = [first.low, first.high].map((value) => inUnit(value)).join(', ');
  return `${first.layer}${site === undefined ? '' : ` at ${site}`} ${first.delta > 0 ? '+' : ''}${inUnit(first.delta)} [${figures}]`;
}

function sayWitnesses({ witnesses }: Drill): string {
  const of = (says: string) => witnesses.filter((one) => one.says === says).map(({ name }) => name);
  return [
    ...(of('agrees').length > 0 ? [`${of('agrees').join(', ')} agree`] : []),
    ...(of('disagrees').length > 0 ? [`${of('disagrees').join(', ')} disagree`] : []),
  ].join('; ');
}

function inUnit(seconds: number): string {
  const { name, factor } = chooseUnit('seconds', [seconds]);
  return `${formatFigure(seconds / factor)} ${name}`;
}

export function renderDrillRates({ layer, site, silent, witnesses }: DrillRates, columns: number): string {
  const said = (what: string, rate: Rate) => (rate.of === 0 ? [] : wrap(`${what} ${formatRate(rate)}`, columns, '  '));
  return [
    '',
    'Faults hidden in five layers',
    ...said('the right layer first in', layer),
    ...said('its site in', site),
    ...said('nothing hidden, nothing named in', silent),
    ...said('every witness that agrees cites its count in', witnesses),
    '',
  ].join('\n');
}
