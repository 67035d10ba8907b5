/** How often studies like this one err on this machine, as sentences beside what this one could not have seen. */
import type { Calibration, CalibrationRates, Rate } from '../model/calibration.ts';
import type { Result } from '../model/result.ts';
import { formatShare } from './change.ts';
import { formatDuration } from './facts.ts';
import { respell } from './names.ts';

export function calibrationOf({ calibration }: Pick<Result, 'calibration'>): readonly string[] {
  return calibration === undefined ? [] : [sayCalibration(calibration)];
}

/** One sentence: on what, when, and by each rule that studies were judged by, false alarms and how often each share was seen. */
export function sayCalibration({ subject, treatment, measuredAt, rates }: Calibration): string {
  const what = treatment === '' ? subject : `${subject} (${respell(treatment)})`;
  const rules = [...new Set(rates.map(ruleOf))];
  const said = rules.map((rule) => {
    const own = rates.filter((one) => ruleOf(one) === rule);
    return `${rule}: ${own.map(sayRates).join(', ')}`;
  });
  return `calibrated here on ${measuredAt.slice(0, 10)} with ${what}; ${said.join('; ')}`;
}

const ruleOf = ({ margin, budgetS }: CalibrationRates): string =>
  `margin ±${formatShare(margin)}, ${formatDuration(budgetS)} a study`;

function sayRates({ share, called, equivalent }: CalibrationRates): string {
  if (share > 0) return `a planted ${formatShare(share)} seen in ${formatRate(called)}`;
  return `false alarms in ${formatRate(called)}, equivalent in ${equivalent.count}`;
}

/** `1 of 200 [0.013, 2.8] %` */
export function formatRate({ count, of, low, high }: Rate): string {
  const percent = (share: number) => Number((share * 100).toPrecision(2)).toString();
  return `${count} of ${of} [${percent(low)}, ${percent(high)}] %`;
}
