import { expect, test } from 'vitest';
import { Problem, Problems } from '../model/problem.ts';
import { parseSeries } from './series-file.ts';

test.each([
  [
    '12\n13\n',
    [
      ['#1', 12],
      ['#2', 13],
    ],
    'count',
  ],
  [
    'v1,12 ms\nv2,14 ms\n',
    [
      ['v1', 0.012],
      ['v2', 0.014],
    ],
    'seconds',
  ],
  [
    'version;time\nv1;0.5\r\nv2;0.7\r\n',
    [
      ['v1', 0.5],
      ['v2', 0.7],
    ],
    'count',
  ],
  [
    '# by hand\nabc123 1.5 ms\n\nabc124\t2 ms\n',
    [
      ['abc123', 0.0015],
      ['abc124', 0.002],
    ],
    'seconds',
  ],
  [
    '1.5 KiB\n2 KiB',
    [
      ['#1', 1536],
      ['#2', 2048],
    ],
    'bytes',
  ],
  [
    'v1,1\nv1,3\nv1,2\nv2,5\n',
    [
      ['v1', 2],
      ['v2', 5],
    ],
    'count',
  ],
  ['"v1","7"\n', [['v1', 7]], 'count'],
])('%j is read', (text, points, dimension) => {
  const read = parseSeries(text, 'x.csv');
  expect(read.points.map(({ version, value }) => [version, value])).toEqual(points);
  expect(read.dimension).toBe(dimension);
});

test.each([
  ['1\nNaN\n', /`NaN` is not a number/, 2],
  ['v1,1\nv2,-3\n', /`-3` is not above zero/, 2],
  ['v1,0\n', /`0` is not above zero/, 1],
  ['v1,fast1\n', /`fast1` is not a number/, 1],
  ['v1,1 ms\nv2,3 KiB\n', /in bytes, the ones above in seconds/, 2],
  ['v1,2,3\n', /more than a version and a value/, 1],
])('%j is refused with its line and a cure', (text, message, line) => {
  const facts = refusal(text);
  expect(facts.message).toMatch(message);
  expect(facts.at).toMatchObject({ file: 'x.csv', line });
  expect(facts.cure).toBeTruthy();
});

test('every bad line is named, and beyond ten they are counted', () => {
  const text = Array.from({ length: 30 }, (_, i) => `v${i},-1`).join('\n');
  try {
    parseSeries(text, 'x.csv');
    expect.unreachable();
  } catch (error) {
    expect((error as Problems).problems).toHaveLength(10);
    expect((error as Problems).problems[9]!.message).toBe('21 more lines of x.csv can not be read either');
  }
});

test('an empty file, or one of a head alone, is no series', () => {
  expect(() => parseSeries('', 'x.csv')).toThrow('x.csv holds no value');
  expect(() => parseSeries('version,time\n', 'x.csv')).toThrow('x.csv holds no value');
});

function refusal(text: string): Problem['facts'] {
  try {
    parseSeries(text, 'x.csv');
  } catch (error) {
    if (error instanceof Problems) return error.problems[0]!.facts;
    if (error instanceof Problem) return error.facts;
    throw error;
  }
  throw new Error('it was read');
}

test('lines in another unit are one problem, with the first of them and how many there are', () => {
  const facts = refusal('v1,1 ms\nv2,3 KiB\nv3,2 ms\nv4,4 KiB\nv5,5\n');
  expect(facts.message).toBe('the value is in bytes, the ones above in seconds; 2 more lines differ too');
  expect(facts).toMatchObject({ at: { line: 2 }, cure: 'write all values in one unit' });
});
