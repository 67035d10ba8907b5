import { describe, expect, test } from 'vitest';
import type { Experiment } from '../model/experiment.ts';
import { readSpec } from './read-spec.ts';

const SOURCE = { file: 'seamark.yaml', folder: '/home/project' };

function read(text: string): Experiment {
  const { experiments, problems } = readSpec(text, SOURCE);
  expect(problems.map((problem) => problem.message)).toEqual([]);
  return experiments[0]!;
}

const HANDOVER = `
experiment: payload-handover
hypothesis: Borrowing saves more than a fifth at 64 KiB and nothing at 64 B.
subject: {kind: harness, build: [cargo build --release, go build -o bench ./cmd/bench], run: ./bench}
workload: {name: transform, seed: 7, records: {distribution: zipf, s: 1.1, of: 4096}}
paths: [go, rust, go->rust]
factors:
  payload: [64 B, 4 KiB, 64 KiB]
  handover: {levels: [borrow, copy-in, copy-out], within: {path: go->rust}}
design: full-factorial
metrics: {primary: time.p50, gate: [crossings, copies, go.allocs, rust.allocs], explore: [time.p99, entry, return]}
expect:
  - {metric: time.p50, at: {payload: 64 KiB}, from: {handover: copy-out}, to: {handover: borrow}, change: "< -20 %"}
  - {metric: crossings, value: "= 1 /op"}
margin: 2 %
budget: 90 s
`;

const MINIMAL = 'experiment: x\nsubject: {kind: go-bench}\n';
const HARNESS = 'experiment: x\nsubject: {kind: harness, run: ./b}\npaths: [go, go->rust]\n';
const COMMAND = 'experiment: x\nsubject: {kind: command, run: ./b}\n';

describe('a spec becomes an experiment', () => {
  test('the first example of the plan is read in full', () => {
    expect(read(HANDOVER)).toEqual({
      name: 'payload-handover',
      hypothesis: 'Borrowing saves more than a fifth at 64 KiB and nothing at 64 B.',
      file: 'seamark.yaml',
      subject: {
        kind: 'harness',
        folder: '/home/project',
        build: [{ words: ['cargo', 'build', '--release'] }, { words: ['go', 'build', '-o', 'bench', './cmd/bench'] }],
        environment: {},
        run: { go: { words: ['./bench'] }, rust: { words: ['./bench'] }, 'go->rust': { words: ['./bench'] } },
      },
      workload: { name: 'transform', seed: 7, records: { kind: 'zipf', parameters: { s: 1.1, of: 4096 } } },
      paths: ['go', 'rust', 'go->rust'],
      factors: [
        {
          name: 'payload',
          family: 'parameter',
          levels: [
            { text: '64 B', value: 64, dimension: 'bytes' },
            { text: '4 KiB', value: 4096, dimension: 'bytes' },
            { text: '64 KiB', value: 65_536, dimension: 'bytes' },
          ],
        },
        {
          name: 'handover',
          family: 'parameter',
          levels: [{ text: 'borrow' }, { text: 'copy-in' }, { text: 'copy-out' }],
          within: { path: 'go->rust' },
        },
      ],
      baseline: {},
      design: { kind: 'full-factorial' },
      metrics: {
        primary: 'time.p50',
        gate: ['crossings', 'copies', 'go.allocs', 'rust.allocs'],
        explore: ['time.p99', 'entry', 'return'],
      },
      expect: [
        {
          kind: 'change',
          metric: 'time.p50',
          at: { payload: '64 KiB' },
          from: { handover: 'copy-out' },
          to: { handover: 'borrow' },
          bound: { relation: '<', value: -0.2, text: '< -20 %' },
        },
        { kind: 'value', metric: 'crossings', at: {}, bound: { relation: '=', value: 1, text: '= 1 /op' } },
      ],
      margin: 0.02,
      margins: {},
      probe: 'full',
      seed: 1,
      budgetS: 90,
      limits: { answerS: 30, buildS: 600 },
    });
  });

  test('what is left out has a default', () => {
    expect(read(MINIMAL)).toEqual({
      name: 'x',
      file: 'seamark.yaml',
      subject: { kind: 'go-bench', folder: '/home/project', build: [], environment: {}, package: './...', bench: '.' },
      paths: [],
      factors: [],
      baseline: {},
      design: { kind: 'full-factorial' },
      metrics: { primary: 'time.p50', gate: [], explore: [] },
      expect: [],
      margin: 0.02,
      margins: {},
      probe: 'off',
      seed: 1,
      budgetS: 60,
      limits: { answerS: 30, buildS: 600 },
    });
  });

  test.each<[string, string, unknown]>([
    ['blocks cap the study', `${MINIMAL}blocks: 40\n`, { maxBlocks: 40 }],
    ['a mode is kept', `${MINIMAL}mode: in-process\n`, { mode: 'in-process' }],
    ['cores are kept', `${MINIMAL}cores: [0, 1]\n`, { cores: [0, 1] }],
    [
      'limits carry units',
      `${MINIMAL}limits: {answer: 500 ms, build: 2 min}\n`,
      { limits: { answerS: 0.5, buildS: 120 } },
    ],
    ['a probe that is asked for by a metric is on', `${MINIMAL}metrics: {gate: [crossings]}\n`, { probe: 'full' }],
    [
      'a count of one site is a metric, and asks for the probe',
      `${MINIMAL}metrics: {gate: [site(fc_decode).callee.allocs]}\n`,
      { probe: 'full', metrics: { primary: 'time.p50', gate: ['site(fc_decode).callee.allocs'], explore: [] } },
    ],
    ['a probe that is switched off stays off', `${HARNESS}probe: off\n`, { probe: 'off' }],
    ['the first build is the baseline', `${MINIMAL}factors: {build: [./a, ./b]}\n`, { baseline: { build: './a' } }],
    [
      'a baseline is spelt as its level is',
      `${HARNESS}factors: {p: [1 KiB, 2 KiB]}\nbaseline: {p: 2KiB}\n`,
      { baseline: { p: '2 KiB' } },
    ],
    ['margins of single metrics', `${MINIMAL}margins: {cpu: 5 %}\n`, { margins: { cpu: 0.05 } }],
    [
      'run a path gives the paths',
      'experiment: x\nsubject: {kind: harness, run: {go: ./g, go->rust: ./r --fast}}\n',
      {
        paths: ['go', 'go->rust'],
        subject: { run: { go: { words: ['./g'] }, 'go->rust': { words: ['./r', '--fast'] } } },
      },
    ],
    [
      'a shell is started only when asked for',
      'experiment: x\nsubject: {kind: command, run: "a | b", shell: true}\n',
      { subject: { run: { words: ['sh', '-c', 'a | b'], shell: 'a | b' } } },
    ],
    [
      'the folder is relative to the spec',
      'experiment: x\nsubject: {kind: command, run: ./b, folder: ../other/./sub/..}\n',
      { subject: { folder: '/home/other' } },
    ],
    [
      'the environment keeps its text',
      'experiment: x\nsubject: {kind: command, run: ./b, environment: {A: 1.10, B: "$OUT/x", C: true}}\n',
      { subject: { environment: { A: '1.10', B: '$OUT/x', C: 'true' } } },
    ],
    [
      'a level keeps its text',
      `${COMMAND}factors: {v: [1.10, 1.2], on: [true, false], env.GOGC: [off, 100]}\n`,
      {
        factors: [
          {
            name: 'v',
            family: 'parameter',
            levels: [{ text: '1.10', value: 1.1, dimension: 'count' }, { text: '1.2' }],
          },
          { name: 'on', levels: [{ text: 'true' }, { text: 'false' }] },
          { name: 'env.GOGC', family: 'environment' },
        ],
      },
    ],
    [
      'a bound on a value may say /op',
      `${HARNESS}expect: [{metric: entry, value: "<= 80 ns/op"}, {metric: rss, value: "≤ 64 MiB"}]\n`,
      { expect: [{ bound: { relation: '<=', value: 80e-9 } }, { bound: { relation: '<=', value: 64 * 1024 ** 2 } }] },
    ],
    [
      'anchors and aliases are understood',
      `${HARNESS}factors: {a: &sizes [1 KiB, 2 KiB], b: *sizes}\n`,
      { factors: [{ name: 'a' }, { name: 'b', levels: [{ text: '1 KiB' }, { text: '2 KiB' }] }] },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toMatchObject(expected as object);
  });

  test('several experiments may stand in one file', () => {
    const { experiments, problems } = readSpec(`${MINIMAL}---\n${MINIMAL.replace(': x', ': y')}`, SOURCE);
    expect(problems).toEqual([]);
    expect(experiments.map((experiment) => experiment.name)).toEqual(['x', 'y']);
  });

  test('the folder and the versions it relies on are named, with their place, for the rim to look', () => {
    const { requiredFolders } = readSpec(
      'experiment: x\nsubject: {kind: go-bench, folder: sub}\nfactors: {build: [./a, ../b]}\n',
      SOURCE,
    );
    expect(requiredFolders.map(({ folder, at }) => [folder, at.line, at.column])).toEqual([
      ['/home/project/sub', 2, 35],
      ['/home/project/sub', 3, 19],
      ['/home/project/sub', 3, 24],
    ]);
  });
});
