import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CALIBRATION_SCHEMA, type Calibration, type CalibrationStudy } from '../model/calibration.ts';
import { addSelfCheck, CalibrationSeries, readCalibrations, readSelfChecks } from './calibrations.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-calibrations-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const study = (seed: number, share = 0): CalibrationStudy => ({
  share,
  margin: 0.02,
  budgetS: 30,
  seed,
  startedAt: '2026-01-02T03:04:05.000Z',
  verdict: 'equivalent',
  ratio: 1,
  low: 0.99,
  high: 1.01,
  confidence: 0.95,
  truth: 1 + share,
  blocks: 20,
  seconds: { all: 5, pilot: 1, judged: 4, fresh: 0 },
});
const seeds = (series: CalibrationSeries) => series.studies().map(({ seed, share }) => [seed, share]);

test('studies are there again when the series is opened anew, and a new begin forgets its groups alone', () => {
  const first = new CalibrationSeries(join(folder, 'a'));
  first.begin([study(0), study(0, 0.05)]);
  const open = { ...study(2), low: 0, high: Number.POSITIVE_INFINITY };
  for (const one of [study(1), open, study(1, 0.05)]) first.add(one);
  const second = new CalibrationSeries(join(folder, 'a'));
  expect(second.studies()).toEqual([study(1), open, study(1, 0.05)]);
  second.begin([study(0)]);
  second.add(study(9));
  expect(seeds(first)).toEqual([
    [1, 0.05],
    [9, 0],
  ]);
});

test('a line that a crash cut short is lost, and no other', () => {
  const series = new CalibrationSeries(folder);
  series.add(study(1));
  appendFileSync(join(folder, 'series.ndjson'), '{"kind":"study","seed":');
  expect(seeds(series)).toEqual([[1, 0]]);
  series.add(study(2));
  expect(seeds(series)).toEqual([
    [1, 0],
    [2, 0],
  ]);
});

test('calibrations are found by their subject; what is broken or of another version is left out', () => {
  expect(readCalibrations(join(folder, 'nowhere')).size).toBe(0);
  const calibration: Calibration = {
    schema: CALIBRATION_SCHEMA,
    subject: 'lab',
    treatment: '',
    metric: 'time.p50',
    lab: true,
    measuredAt: '2026-01-02T03:04:05.000Z',
    version: '0',
    rates: [],
  };
  for (const name of ['good', 'broken', 'foreign']) {
    const series = new CalibrationSeries(join(folder, name));
    series.add(study(1));
    series.summarise(calibration);
  }
  writeFileSync(join(folder, 'broken', 'calibration.json'), '{');
  writeFileSync(join(folder, 'foreign', 'calibration.json'), '{"schema":"seamark/calibration@99"}');
  expect([...readCalibrations(folder)]).toEqual([['good', calibration]]);
});

test('the ledger of self checks keeps its latest lines and does not grow for ever', () => {
  for (let study = 0; study < 405; study++)
    addSelfCheck(folder, { study: `${study}`, startedAt: '', logRatios: [0.01] });
  const kept = readSelfChecks(folder);
  expect(kept.length).toBeLessThanOrEqual(400);
  expect(kept.at(-1)?.study).toBe('404');
  expect(readFileSync(join(folder, 'self-checks.ndjson'), 'utf8').split('\n').length).toBe(kept.length + 1);
});
