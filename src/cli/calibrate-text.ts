/** A calibration as text: its price, a line a study, and the rates. */
import type { CalibrationRates, CalibrationStudy } from '../model/calibration.ts';
import { formatRate } from '../report/calibration.ts';
import { formatChange, formatShare } from '../report/change.ts';
import { formatDuration } from '../report/facts.ts';
import { respell } from '../report/names.ts';
import { wrap } from '../report/terminal.ts';
import type { Wanted } from './calibrate.ts';
import type { CalibratedSubject } from './calibrate-subject.ts';

/** What a study that finds nothing takes of its budget, and one that finds something: the first look, and the repeat. */
const USUAL = { same: 0.3, planted: 0.6 } as const;

export function renderPrice(
  { experiment, treatment }: CalibratedSubject,
  wanted: readonly Wanted[],
  columns: number,
): string {
  const asked = wanted.map(
    ({ group, studies }) => `${studies} ${studies === 1 ? 'study' : 'studies'} of ${what(group.share)}`,
  );
  const most = wanted.reduce((sum, { group, studies }) => sum + studies * group.budgetS, 0);
  const usual = wanted.reduce(
    (sum, { group, studies }) => sum + studies * group.budgetS * (group.share === 0 ? USUAL.same : USUAL.planted),
    0,
  );
  const first = wanted[0]!.group;
  return wrap(
    `${experiment.name}${treatment === '' ? '' : ` (${respell(treatment)})`}: ${asked.join(', ')}; margin ±${formatShare(first.margin)}, budget ${formatDuration(first.budgetS)} each. At most about ${formatDuration(most)}, likely ${formatDuration(usual)}: a clear case ends early.`,
    columns,
  ).join('\n');
}

const what = (share: number): string => (share === 0 ? 'the program against itself' : `${formatShare(share)} planted`);

export function renderStudy(study: CalibrationStudy, number: number, of: number): string {
  const { change, interval } = formatChange(study.ratio, study.low, study.high, '%', study.margin);
  const planted = study.share === 0 ? 'same' : `planted ${signed(study.truth)}`;
  const { seconds } = study;
  const stages = [seconds.pilot, seconds.judged, seconds.fresh].map((each) => each.toFixed(1)).join(' + ');
  return `  ${String(number).padStart(String(of).length)} of ${of}  ${planted.padEnd(15)} ${study.verdict.padEnd(11)} ${change} ${interval}  ${study.blocks} blocks, ${seconds.all.toFixed(1)} s (${stages})`;
}

function signed(ratio: number): string {
  return `+${((ratio - 1) * 100).toFixed(2)} %`;
}

export function renderRates(rates: readonly CalibrationRates[], columns: number): string {
  return rates.map((one) => `\n${renderGroup(one, columns)}`).join('\n');
}

function renderGroup(rates: CalibrationRates, columns: number): string {
  const { called, equivalent, covered } = rates;
  const same = rates.share === 0;
  const facts = [
    `${same ? 'called a change' : 'called, with the right sign,'} in ${formatRate(called)}`,
    ...(rates.wrong > 0 ? [`with the wrong sign in ${rates.wrong}`] : []),
    ...(same || equivalent.count > 0 ? [`equivalent in ${formatRate(equivalent)}`] : []),
    ...(rates.undecided > 0 ? [`undecided in ${rates.undecided}`] : []),
    ...(covered.of > 0
      ? [`the interval (${Math.floor(rates.confidence * 100)} % or more) held the truth in ${formatRate(covered)}`]
      : []),
    `${rates.medianS.toFixed(1)} s and ${Math.round(rates.medianBlocks)} blocks each (median)`,
  ];
  const must = rates.must.map(
    ({ text, met }) => `  must be ${text}: ${met === undefined ? 'too few studies to tell' : met ? 'met' : 'MISSED'}`,
  );
  const title = `${same ? 'Against itself' : `${formatShare(rates.share)} planted`}, margin ±${formatShare(rates.margin)}`;
  return [title, ...facts.flatMap((fact) => wrap(fact, columns, '  ')), ...must, ''].join('\n');
}
