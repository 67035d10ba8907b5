import { describe, expect, test } from 'vitest';
import { readSpec } from './read-spec.ts';

const SOURCE = { file: 'seamark.yaml', folder: '/home/project' };
const MINIMAL = 'experiment: x\nsubject: {kind: go-bench}\n';
const HARNESS = 'experiment: x\nsubject: {kind: harness, run: ./b}\npaths: [go, go->rust]\n';
const COMMAND = 'experiment: x\nsubject: {kind: command, run: ./b}\n';

function problemsOf(text: string) {
  return readSpec(text, SOURCE).problems.map((problem) => problem.facts);
}

/** Code, line, column and what the cure must say. */
type Mistake = [name: string, text: string, code: string, line: number, column: number, cure: RegExp | undefined];

describe('a mistake is named where it stands', () => {
  test.each<Mistake>([
    ['an empty file', '', 'empty-spec', 0, 0, /seamark init/],
    ['only comments', '# nothing\n', 'empty-spec', 0, 0, /seamark init/],
    ['a list instead of a map', '- a\n', 'unexpected-value', 1, 1, undefined],
    ['broken YAML', 'experiment: [x\n', 'yaml', 2, 1, undefined],
    ['a repeated key', 'experiment: x\nexperiment: y\nsubject: {kind: go-bench}\n', 'yaml', 2, 1, undefined],
    ['a tab as indentation', 'subject:\n\tkind: go-bench\n', 'yaml', 2, 1, undefined],
    ['a foreign tag', 'experiment: !!js/function x\nsubject: {kind: go-bench}\n', 'yaml', 1, 13, undefined],
    ['an alias of nothing', 'experiment: *x\nsubject: {kind: go-bench}\n', 'yaml', 1, 13, undefined],
    ['a missing name', 'subject: {kind: go-bench}\n', 'missing-key', 1, 1, /add `experiment:`/],
    ['a missing subject', 'experiment: x\n', 'missing-key', 1, 1, /add `subject:`/],
    ['a missing kind', 'experiment: x\nsubject: {run: a}\n', 'missing-key', 2, 1, /harness.*go-bench.*command/],
    [
      'a kind for later',
      'experiment: x\nsubject: {kind: service}\n',
      'unexpected-value',
      2,
      17,
      /not driven by this version/,
    ],
    ['a misspelt kind', 'experiment: x\nsubject: {kind: gobench}\n', 'unexpected-value', 2, 17, /`go-bench`/],
    ['a missing command', 'experiment: x\nsubject: {kind: command}\n', 'missing-key', 2, 1, /add `run:`/],
    ['an unknown key', `${MINIMAL}bugdet: 60 s\n`, 'unknown-key', 3, 1, /`budget`/],
    [
      'an unknown key of a subject',
      'experiment: x\nsubject: {kind: go-bench, bnech: .}\n',
      'unknown-key',
      2,
      27,
      /`bench`/,
    ],
    ['__proto__ as a key', `${MINIMAL}__proto__: {a: 1}\n`, 'yaml', 3, 1, undefined],
    ['no paths', 'experiment: x\nsubject: {kind: harness, run: ./b}\n', 'missing-key', 2, 26, /paths: \[go, rust/],
    [
      'a path without a command',
      'experiment: x\nsubject: {kind: harness, run: {go: ./b}}\npaths: [go, rust]\n',
      'missing-key',
      2,
      26,
      /`rust:`/,
    ],
    ['a misspelt path', HARNESS.replace('[go,', '[goo,'), 'unexpected-value', 3, 9, /`go`/],
    ['a path with a real arrow', HARNESS.replace('go->rust', 'go→rust'), 'unexpected-value', 3, 13, /`go->rust`/],
    ['a path for later', HARNESS.replace('go->rust', 'rust->go'), 'unexpected-value', 3, 13, /callbacks/],
    ['a repeated path', HARNESS.replace('go->rust', 'go'), 'repeated-path', 3, 13, undefined],
    ['paths of a benchmark', `${MINIMAL}paths: [go]\n`, 'paths-not-used', 3, 1, /kind: harness/],
    ['a workload of a benchmark', `${MINIMAL}workload: {name: a}\n`, 'workload-not-used', 3, 1, /kind: harness/],
    [
      'a misspelt distribution',
      `${HARNESS}workload: {name: a, records: {distribution: zip, of: 1}}\n`,
      'unexpected-value',
      4,
      45,
      /`zipf`/,
    ],
    ['an unknown unit', `${HARNESS}factors: {p: [4 kib]}\n`, 'bad-level', 4, 15, /`KiB`/],
    ['a unit nobody knows', `${HARNESS}factors: {p: [4 parsecs]}\n`, 'bad-level', 4, 15, /the units are/],
    ['mixed units', `${HARNESS}factors: {p: [4 KiB, 1 s]}\n`, 'mixed-units', 4, 22, /same kind/],
    ['a repeated level', `${HARNESS}factors: {p: [1 KiB, 1024 B]}\n`, 'repeated-level', 4, 22, /remove/],
    ['no levels', `${HARNESS}factors: {p: []}\n`, 'unexpected-value', 4, 14, undefined],
    ['a level that is nothing', `${HARNESS}factors: {p: [a, ]}\nseed: ~\n`, 'unexpected-value', 5, 7, undefined],
    ['a factor for later', `${MINIMAL}factors: {go.toolchain: [a, b]}\n`, 'unknown-factor', 3, 11, undefined],
    ['a reserved factor', `${COMMAND}factors: {allocator: [jemalloc]}\n`, 'unknown-factor', 3, 11, undefined],
    ['a misspelt dotted factor', `${MINIMAL}factors: {go.gocg: [100]}\n`, 'unknown-factor', 3, 11, /`go.gogc`/],
    ['a variable without a name', `${MINIMAL}factors: {env.: [a]}\n`, 'unknown-factor', 3, 11, /env\.NAME/],
    ['a parameter of a benchmark', `${MINIMAL}factors: {size: [1, 2]}\n`, 'unknown-factor', 3, 11, /env\.NAME/],
    ['path as a factor', `${HARNESS}factors: {path: [go]}\n`, 'unknown-factor', 4, 11, /paths:/],
    ['a level of gogc', `${MINIMAL}factors: {go.gogc: [often]}\n`, 'bad-level', 3, 21, /100, 400 or off/],
    ['a level of gomemlimit', `${MINIMAL}factors: {go.gomemlimit: [64]}\n`, 'bad-level', 3, 27, /64 MiB/],
    ['a level of gomaxprocs', `${MINIMAL}factors: {go.gomaxprocs: [0]}\n`, 'bad-level', 3, 27, undefined],
    ['a level of the probe', `${HARNESS}factors: {probe: [off, ful]}\n`, 'bad-level', 4, 24, /`full`/],
    [
      'within an unknown factor',
      `${HARNESS}factors: {a: {levels: [x], within: {pth: go}}}\n`,
      'unknown-factor',
      4,
      37,
      /`path`/,
    ],
    [
      'within an unknown level',
      `${HARNESS}factors: {a: {levels: [x], within: {path: go->rst}}}\n`,
      'unknown-level',
      4,
      43,
      /`go->rust`/,
    ],
    ['within itself', `${HARNESS}factors: {a: {levels: [x], within: {a: x}}}\n`, 'unknown-factor', 4, 37, undefined],
    [
      'within a ring',
      `${HARNESS}factors: {a: {levels: [x], within: {b: y}}, b: {levels: [y], within: {a: x}}}\n`,
      'nested-ring',
      4,
      28,
      undefined,
    ],
    [
      'nested builds',
      `${HARNESS}factors: {build: {levels: [./a, ./b], within: {path: go}}}\n`,
      'nested-build',
      4,
      39,
      undefined,
    ],
    [
      'far too many treatments',
      `${COMMAND}factors: {${['a', 'b', 'c', 'd'].map((name) => `${name}: [${Array.from({ length: 9 }, (_, i) => i)}]`)}}\n`,
      'too-many-treatments',
      3,
      1,
      undefined,
    ],
    ['a baseline of no factor', `${HARNESS}baseline: {payload: 1}\n`, 'unknown-factor', 4, 12, undefined],
    [
      'a baseline of no level',
      `${MINIMAL}factors: {build: [./a, ./b]}\nbaseline: {build: ./c}\n`,
      'unknown-level',
      4,
      19,
      undefined,
    ],
    ['a misspelt metric', `${MINIMAL}metrics: {primary: time.p5}\n`, 'unknown-metric', 3, 20, /`time.p50`/],
    [
      'allocations of a probe that only counts crossings',
      `${HARNESS}probe: counters\nmetrics: {gate: [callee.allocs]}\n`,
      'metric-not-measured',
      5,
      18,
      /probe: full/,
    ],
    ['a metric for later', `${HARNESS}metrics: {gate: [site(decode).callee]}\n`, 'unknown-metric', 4, 18, undefined],
    ['a count as primary', `${HARNESS}metrics: {primary: crossings}\n`, 'exact-primary', 4, 20, /gate/],
    ['a metric named twice', `${MINIMAL}metrics: {gate: [cpu], explore: [cpu]}\n`, 'repeated-metric', 3, 34, undefined],
    [
      'a metric a command cannot give',
      `${COMMAND}metrics: {gate: [go.allocs]}\n`,
      'metric-not-measured',
      3,
      18,
      /wall time/,
    ],
    [
      'a tail a benchmark cannot give',
      `${MINIMAL}metrics: {explore: [time.p99]}\n`,
      'metric-not-measured',
      3,
      21,
      undefined,
    ],
    [
      'a probe metric with the probe off',
      `${HARNESS}probe: off\nmetrics: {gate: [crossings]}\n`,
      'metric-not-measured',
      5,
      18,
      /probe: full/,
    ],
    ['probe: false', `${HARNESS}probe: false\n`, 'unexpected-value', 4, 8, undefined],
    ['an expectation without a metric', `${HARNESS}expect: [{value: "= 1"}]\n`, 'missing-key', 4, 10, /add `metric:`/],
    [
      'an expectation of an unknown level',
      `${HARNESS}expect: [{metric: cpu, at: {path: c}, value: "< 1 s"}]\n`,
      'unknown-level',
      4,
      35,
      undefined,
    ],
    [
      'a bound without a relation',
      `${HARNESS}expect: [{metric: cpu, from: {path: go}, to: {path: go->rust}, change: 20 %}]\n`,
      'bad-bound',
      4,
      72,
      /"< -20 %"/,
    ],
    ['a bound of another kind', `${HARNESS}expect: [{metric: cpu, value: "< 4 KiB"}]\n`, 'bad-bound', 4, 31, undefined],
    [
      'a change in seconds',
      `${HARNESS}expect: [{metric: cpu, from: {path: go}, to: {path: go->rust}, change: "< 1 s"}]\n`,
      'bad-bound',
      4,
      72,
      undefined,
    ],
    [
      'a change to itself',
      `${HARNESS}expect: [{metric: cpu, from: {path: go}, to: {path: go}, change: "< 1 %"}]\n`,
      'bad-expectation',
      4,
      42,
      undefined,
    ],
    [
      'at and from name the same',
      `${HARNESS}expect: [{metric: cpu, at: {path: go}, from: {path: go}, to: {path: go->rust}, change: "< 1 %"}]\n`,
      'bad-expectation',
      4,
      29,
      undefined,
    ],
    ['a margin without its sign', `${MINIMAL}margin: 2\n`, 'unexpected-value', 3, 9, /`2 %`/],
    ['a margin of nothing', `${MINIMAL}margin: 0 %\n`, 'out-of-range', 3, 9, undefined],
    ['a margin of an exact count', `${HARNESS}margins: {crossings: 2 %}\n`, 'exact-margin', 4, 11, undefined],
    ['a budget without a unit', `${MINIMAL}budget: 90\n`, 'unexpected-value', 3, 9, /`90 s`/],
    ['a budget in bytes', `${MINIMAL}budget: 90 B\n`, 'unexpected-value', 3, 9, /s, min, h/],
    ['a budget of a blink', `${MINIMAL}budget: 10 ms\n`, 'out-of-range', 3, 9, undefined],
    ['a budget of a week', `${MINIMAL}budget: 168 h\n`, 'out-of-range', 3, 9, undefined],
    ['too few blocks', `${MINIMAL}blocks: 5\n`, 'unexpected-value', 3, 9, undefined],
    ['half a seed', `${MINIMAL}seed: 1.5\n`, 'unexpected-value', 3, 7, undefined],
    ['a limit on a metric', `${MINIMAL}limits: {crossings: 3}\n`, 'unknown-key', 3, 10, /answer, build/],
    ['a core twice', `${MINIMAL}cores: [1, 1]\n`, 'repeated-core', 3, 12, undefined],
    [
      'a shell operator',
      'experiment: x\nsubject: {kind: command, run: make && ./b}\n',
      'bad-command',
      2,
      36,
      /shell: true/,
    ],
    [
      'an open quote in quotes',
      'experiment: x\nsubject: {kind: command, run: "./b \'a"}\n',
      'bad-command',
      2,
      36,
      undefined,
    ],
    ['an empty command', 'experiment: x\nsubject: {kind: command, run: " "}\n', 'unexpected-value', 2, 31, undefined],
    [
      'a bad variable',
      'experiment: x\nsubject: {kind: go-bench, environment: {A-B: 1}}\n',
      'bad-variable',
      2,
      41,
      undefined,
    ],
    ['two experiments of one name', `${MINIMAL}---\n${MINIMAL}`, 'repeated-experiment', 4, 13, undefined],
  ])('%s', (_, text, code, line, column, cure) => {
    const problems = problemsOf(text);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    const [problem] = problems;
    expect([problem?.at?.line ?? 0, problem?.at?.column ?? 0]).toEqual([line, column]);
    if (cure) expect(problem?.cure).toMatch(cure);
  });

  test('a misspelt required key is one mistake, not an unknown and a missing one', () => {
    expect(problemsOf('expirement: x\nsubject: {kind: go-bench}\n').map((problem) => problem.cure)).toEqual([
      'did you mean `experiment`?',
    ]);
  });

  test('what refers to a broken factor is no second mistake', () => {
    const text = `${HARNESS}factors: {p: 4, q.r: [1]}\nbaseline: {p: 4, q.r: 1}\nexpect: [{metric: cpu, at: {p: 4}, value: "< 1 s"}]\n`;
    expect(problemsOf(text).map((problem) => problem.code)).toEqual(['unexpected-value', 'unknown-factor']);
  });

  test('columns count characters, so that the caret stands under the mistake', () => {
    const [problem] = problemsOf(
      'hypothesis: 𝛼🌊, experiment: x\n'
        .replace('hypothesis', '{hypothesis')
        .replace('x\n', 'x, "ö𝛼": 1, subject: {kind: go-bench}}\n'),
    );
    expect(problem?.at).toMatchObject({ line: 1, column: 33, length: 4 });
    expect([...problem!.at!.source!].slice(32, 36).join('')).toBe('"ö𝛼"');
  });

  test('a growing alias is refused instead of followed', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefg'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[index]}`)}]`)
      .join('\n')}\n`;
    expect(problemsOf(bomb).map((problem) => problem.code)).toEqual(['yaml']);
    expect(problemsOf('a: &a [*a]\n').map((problem) => problem.code)).toEqual(['yaml']);
  });
});
