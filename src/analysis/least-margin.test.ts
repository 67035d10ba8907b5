import { expect, test } from 'vitest';
import { inventExperiment } from '../model/invented-experiment.ts';
import { raiseMargins, warnOfRaised } from './least-margin.ts';

const fine = inventExperiment({ margin: 0.001, margins: { 'time.p90': 0.002, 'time.p99': 0.1 } });

test('builds in one process are judged against 0.25 % at least, and a warning names what asked for less', () => {
  expect(raiseMargins(fine, 'in-process')).toMatchObject({
    margin: 0.0025,
    margins: { 'time.p90': 0.0025, 'time.p99': 0.1 },
  });
  expect(warnOfRaised(fine, 'in-process')).toMatchObject([
    { code: 'margin-raised', message: expect.stringContaining('`margin`, `margins: time.p90` asked for less') },
  ]);
});

test('other modes, and margins that are large enough, stay as they were asked', () => {
  expect(raiseMargins(fine, 'alternating')).toBe(fine);
  expect(warnOfRaised(fine, 'alternating')).toEqual([]);
  const usual = inventExperiment({ margin: 0.02, margins: {} });
  expect(raiseMargins(usual, 'in-process')).toBe(usual);
  expect(warnOfRaised(usual, 'in-process')).toEqual([]);
});
