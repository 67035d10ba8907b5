import { describe, expect, test } from 'vitest';
import { readSpec } from './read-spec.ts';

const SOURCE = { file: 'seamark.yaml', folder: '/home/project' };
const MINIMAL = 'experiment: x\nsubject: {kind: go-bench}\n';
const HARNESS = 'experiment: x\nsubject: {kind: harness, run: ./b}\npaths: [go, go->rust]\n';

/** Code, line, column and what the cure must say. */
type Mistake = [name: string, text: string, code: string, line: number, column: number, cure: RegExp | undefined];

describe('a mistake in a design is named where it stands', () => {
  test.each<Mistake>([
    [
      'an interaction on another metric',
      `${HARNESS}factors: {a: [1, 2]}\nexpect: [{interaction: [a, path], on: cpu}]\n`,
      'bad-expectation',
      5,
      39,
      /on: time.p50/,
    ],
    [
      'an interaction of an unknown factor',
      `${HARNESS}factors: {pay: [1, 2]}\nexpect: [{interaction: [path, play], on: time.p50}]\n`,
      'unknown-factor',
      5,
      31,
      /`pay`/,
    ],
    [
      'an interaction of a factor with itself',
      `${HARNESS}expect: [{interaction: [path, path], on: time.p50}]\n`,
      'bad-expectation',
      4,
      31,
      undefined,
    ],
    [
      'an interaction of three',
      `${HARNESS}expect: [{interaction: [path], on: time.p50}]\n`,
      'unexpected-value',
      4,
      24,
      undefined,
    ],
    ['a misspelt design', `${MINIMAL}design: screning\n`, 'unexpected-value', 3, 9, /`screening`/],
    ['a misspelt design in a map', `${MINIMAL}design: {kind: fractonal}\n`, 'unexpected-value', 3, 16, /`fractional`/],
    ['a design of a number', `${MINIMAL}design: 3\n`, 'unexpected-value', 3, 9, undefined],
    ['an option of another design', `${MINIMAL}design: {kind: screening, runs: 8}\n`, 'unknown-key', 3, 27, /foldover/],
    [
      'a Morris screening of two trajectories',
      `${MINIMAL}design: {kind: morris, trajectories: 2}\n`,
      'unexpected-value',
      3,
      38,
      undefined,
    ],
    ['runs of a Morris screening', `${MINIMAL}design: {kind: morris, runs: 8}\n`, 'unknown-key', 3, 24, /trajectories/],
    [
      'a resolution of two',
      `${MINIMAL}design: {kind: fractional, resolution: 2}\n`,
      'unexpected-value',
      3,
      40,
      undefined,
    ],
    [
      'a generator of an unknown factor',
      `${HARNESS}factors: {pay: [1, 2]}\ndesign: {kind: fractional, generators: {pay: [path, gogc]}}\n`,
      'unknown-factor',
      5,
      53,
      undefined,
    ],
  ])('%s', (_, text, code, line, column, cure) => {
    const problems = readSpec(text, SOURCE).problems.map((problem) => problem.facts);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    const [problem] = problems;
    expect([problem?.at?.line ?? 0, problem?.at?.column ?? 0]).toEqual([line, column]);
    if (cure) expect(problem?.cure).toMatch(cure);
  });
});

test.each([
  ['full-factorial', { kind: 'full-factorial' }],
  ['screening', { kind: 'screening' }],
  ['morris', { kind: 'morris' }],
  ['{kind: morris, trajectories: 20}', { kind: 'morris', trajectories: 20 }],
  ['{kind: d-optimal, runs: 12}', { kind: 'd-optimal', runs: 12 }],
  [
    '{kind: fractional, resolution: 4, foldover: true, centre: 2}',
    { kind: 'fractional', resolution: 4, foldover: true, centre: 2 },
  ],
])('design: %s is read as it stands', (written, design) => {
  const { experiments } = readSpec(`${MINIMAL}design: ${written}\n`, SOURCE);
  expect(experiments[0]?.design).toEqual(design);
});

test('where a design is asked for is kept, for the room that says whether it can be made', () => {
  const { designs } = readSpec(`${MINIMAL}design: screening\n`, SOURCE);
  expect(designs.map(({ at }) => [at.line, at.column])).toEqual([[3, 9]]);
  const asked = readSpec(
    `${HARNESS}factors: {a: [1, 2]}\ndesign: fractional\nexpect: [{interaction: [a, path], on: time.p50}]\n`,
    SOURCE,
  ).designs;
  expect(asked.map(({ at, experiment }) => [at.line, experiment.expect.length])).toEqual([
    [5, 0],
    [6, 1],
  ]);
  const text = `${HARNESS}factors: {a: [1, 2]}\nexpect: [{interaction: [a, path], on: time.p50}]\n`;
  expect(readSpec(text, SOURCE).designs.map(({ at }) => [at.line, at.column])).toEqual([[5, 24]]);
});

test('so many factors that all combinations are too many are fine where a part of them is run', () => {
  const factors = Array.from({ length: 20 }, (_, at) => `f${at}: [1, 2]`).join(', ');
  const spec = (design: string) => readSpec(`${HARNESS}factors: {${factors}}\ndesign: ${design}\n`, SOURCE).problems;
  expect(spec('screening')).toEqual([]);
  expect(spec('full-factorial').map((problem) => problem.facts.code)).toEqual(['too-many-treatments']);
});
