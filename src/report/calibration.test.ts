import { expect, test } from 'vitest';
import { makeBuildStudy } from '../../test/browser/fixtures/seeded-result.ts';
import { CALIBRATION_SCHEMA, type Calibration, type CalibrationRates } from '../model/calibration.ts';
import { calibrationOf, formatRate } from './calibration.ts';
import { renderMarkdown } from './markdown.ts';
import { renderText } from './text.ts';

const rates = (changes: Partial<CalibrationRates>): CalibrationRates => ({
  share: 0,
  margin: 0.02,
  budgetS: 30,
  called: { count: 1, of: 200, low: 0.000127, high: 0.0275 },
  equivalent: { count: 190, of: 200, low: 0.91, high: 0.976 },
  undecided: 9,
  wrong: 0,
  covered: { count: 198, of: 200, low: 0.964, high: 0.999 },
  confidence: 0.95,
  medianS: 5,
  medianBlocks: 24,
  must: [],
  ...changes,
});

const calibration: Calibration = {
  schema: CALIBRATION_SCHEMA,
  subject: 'payload-handover',
  treatment: 'go->rust · payload=4 KiB',
  metric: 'time.p50',
  lab: true,
  measuredAt: '2026-11-23T19:00:00.000Z',
  version: '0.1.0',
  rates: [
    rates({}),
    rates({ share: 0.05, called: { count: 40, of: 40, low: 0.912, high: 1 } }),
    rates({ share: 0.02, margin: 0.01, budgetS: 60, called: { count: 19, of: 20, low: 0.751, high: 0.9987 } }),
  ],
};

test('a calibration is one sentence with the intervals of its rates', () => {
  expect(calibrationOf({ calibration })).toEqual([
    'calibrated here on 2026-11-23 with payload-handover (go→rust · payload=4 KiB); margin ±2 %, 30 s a study: false alarms in 1 of 200 [0.013, 2.8] %, equivalent in 190, a planted 5 % seen in 40 of 40 [91, 100] %; margin ±1 %, 1 min 0 s a study: a planted 2 % seen in 19 of 20 [75, 100] %',
  ]);
  expect(calibrationOf({})).toEqual([]);
  expect(formatRate({ count: 0, of: 3, low: 0, high: 0.708 })).toBe('0 of 3 [0, 71] %');
});

test('every form says it beside what could not have been seen', () => {
  const result = { ...makeBuildStudy(), calibration };
  const text = renderText(result, { columns: 100, color: false }).replaceAll(/\s+/g, ' ');
  expect(text).toContain('a planted 5 % seen in 40 of 40 [91, 100] %');
  expect(renderMarkdown(result)).toContain('a planted 5 % seen in 40 of 40');
});
