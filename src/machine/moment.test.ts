import { expect, test } from 'vitest';
import { parseOwn, parsePressure, parseStat, readMoment } from './moment.ts';

test('the first line of /proc/stat in seconds: guests are in user already', () => {
  const text = 'cpu  1000 200 300 9000 50 10 20 30 400 0\ncpu0 1 2 3 4 5 6 7 8 9 0\n';
  expect(parseStat(text)).toEqual({ busyS: 15.3, stealS: 0.3 });
  expect(parseStat('cpu  1 2\n')).toEqual({});
});

test('own time is found behind a name that holds blanks and brackets', () => {
  const fields = ['S', ...Array.from({ length: 10 }, () => '7'), '100', '50', '30', '20', '9', '9'];
  expect(parseOwn(`42 (no) de (x) ${fields.join(' ')}`)).toBeCloseTo(2, 12);
  expect(parseOwn('')).toBeUndefined();
});

test('waiting for memory is the total of some', () => {
  const text = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=1500000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=9';
  expect(parsePressure(text)).toBe(1.5);
  expect(parsePressure('')).toBeUndefined();
});

test('counters of this machine never go back', async () => {
  const [before, after] = [await readMoment(), await readMoment()];
  expect(after.atS).toBeGreaterThan(before.atS);
  for (const name of ['busyS', 'stealS', 'ownS', 'memoryWaitS', 'throttles'] as const) {
    if (before[name] !== undefined) expect(after[name]).toBeGreaterThanOrEqual(before[name]);
  }
});
