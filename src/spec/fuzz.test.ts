import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { Problem } from '../model/problem.ts';
import { readSpec } from './read-spec.ts';

const SOURCE = { file: 'f.yaml', folder: '/p' };
const GOOD = `experiment: x
hypothesis: y
subject: {kind: harness, build: [cargo build, "go build -o $OUT/b ./c"], run: {go: ./g, go->rust: "./b 'a b'"}, environment: {A: 1}}
workload: {name: w, seed: 7, records: {distribution: zipf, s: 1.1, of: 4096}}
factors:
  payload: [64 B, 4 KiB]
  handover: {levels: [borrow, copy], within: {path: go->rust}}
baseline: {payload: 64 B}
metrics: {primary: time.p50, gate: [crossings], explore: [time.p99]}
expect:
  - {metric: time.p50, at: {payload: 4 KiB}, from: {handover: copy}, to: {handover: borrow}, change: "< -20 %"}
  - {metric: crossings, value: "= 1 /op"}
margin: 2 %
margins: {cpu: 5 %}
probe: full
seed: 3
budget: 90 s
blocks: 40
limits: {answer: 5 s}
cores: [0, 1]
`;

/** Whatever comes in: experiments or problems, never a throw; each problem says something and points into the text. */
function holds(text: string): void {
  const { experiments, problems } = readSpec(text, SOURCE);
  expect(experiments.length + problems.length).toBeGreaterThan(0);
  const lines = text.split('\n');
  for (const problem of problems) {
    expect(problem).toBeInstanceOf(Problem);
    expect(problem.message).not.toBe('');
    const { at } = problem.facts;
    expect(at?.file).toBe('f.yaml');
    if (at?.line === undefined) continue;
    expect(lines[at.line - 1]?.replace(/\r$/, '')).toBe(at.source);
    expect(at.column! - 1 + (at.length ?? 1)).toBeLessThanOrEqual([...at.source!].length + 1);
  }
}

test('the untouched spec is fine', () => {
  expect(readSpec(GOOD, SOURCE).problems).toEqual([]);
});

test('random text becomes problems, never a throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 120 }), holds), { seed: 11, numRuns: 500 });
});

test('text made of the pieces YAML is made of becomes problems, never a throw', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '&a ',
    '*a',
    '"',
    "'",
    '#',
    '|\n',
    '>',
    '? ',
    '---\n',
    '...\n',
    '!!x ',
    '%',
    '\t',
    '\r\n',
    'experiment',
    'subject',
    'kind',
    'null',
    '1',
    '<<',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => holds(pieces.join(''))),
    { seed: 12, numRuns: 500 },
  );
});

test('a spec with bytes removed, doubled or replaced becomes problems, never a throw', () => {
  const edit = fc.record({
    at: fc.nat(GOOD.length),
    cut: fc.nat(12),
    put: fc.string({ unit: 'grapheme', maxLength: 6 }),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      holds(edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), GOOD));
    }),
    { seed: 13, numRuns: 500 },
  );
});

test('a value of any shape under any key becomes problems, never a throw', () => {
  const keys =
    'experiment hypothesis subject workload paths factors baseline design metrics expect margin margins probe seed budget blocks limits cores'.split(
      ' ',
    );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        null,
        true,
        0,
        -1,
        1.5,
        1e300,
        '',
        'x',
        'go',
        'go->rust',
        '2 %',
        '64 KiB',
        '< -20 %',
        'time.p50',
        'crossings',
        'constructor',
        'toString',
      ),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom(
          'kind',
          'run',
          'build',
          'levels',
          'within',
          'path',
          'payload',
          'metric',
          'at',
          'from',
          'to',
          'change',
          'value',
          'primary',
          'gate',
          'name',
          'records',
          'distribution',
          'toString',
          'constructor',
          'go',
          '0',
        ),
        tie('any'),
        { maxKeys: 4 },
      ),
    ),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 }), fc.boolean(), (changes, whole) => {
      const base = 'experiment: x\nsubject: {kind: harness, run: ./b}\npaths: [go]\n';
      holds(
        whole
          ? stringify(changes)
          : base +
              stringify(
                Object.fromEntries(
                  Object.entries(changes).filter(([key]) => !/^(experiment|subject|paths)$/.test(key)),
                ),
              ).replace('{}\n', ''),
      );
    }),
    { seed: 14, numRuns: 500 },
  );
});
