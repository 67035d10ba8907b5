/** How often studies like this one err on this machine, as sentences beside what this one could not have seen. */
import type { Calibration, CalibrationRates, Rate } from '../model/calibration.ts';
import type { Result } from '../model/result.ts';
import { formatShare } from './change.ts';
import { respell } from './names.ts';

export function calibrationOf({ calibration }: Pick<Result, 'calibration'>): readonly string[] {
  return calibration === undefined ? [] : [sayCalibration(calibration)];
}

/** One sentence: on what, when, false alarms, and each planted share with how often it was seen. */
export function sayCalibration({ subject, treatment, measuredAt, rates }: Calibration): string {
  const where = treatment === '' ? subject : `${subject}, ${respell(treatment)}`;
  return `calibrated here on ${measuredAt.slice(0, 10)} (${where}): ${rates.map(sayRates).join('; ')}`;
}

function sayRates({ share, margin, called, equivalent }: CalibrationRates): string {
  const rule = `margin ±${formatShare(margin)}`;
  if (share > 0) return `${formatShare(share)} planted was seen in ${formatRate(called)} (${rule})`;
  return `a program against itself was called changed in ${formatRate(called)} studies and equivalent in ${equivalent.count} (${rule})`;
}

/** `1 of 200 [0.013, 2.8] %` */
export function formatRate({ count, of, low, high }: Rate): string {
  const percent = (share: number) => Number((share * 100).toPrecision(2)).toString();
  return `${count} of ${of} [${percent(low)}, ${percent(high)}] %`;
}
