import { expect, test } from 'vitest';
import {
  countCargo,
  countGo,
  countOne,
  countSilence,
  countVitest,
  readGoOutput,
  readVitestOutput,
} from '../../scripts/test/tally.ts';

const ran = (output: string, code = 0) => ({ name: 'step', code, output });

test('a tool that is right or wrong as a whole counts as one', () => {
  expect(countOne(ran('fine'))).toEqual({ passed: 1, failures: [] });
  expect(countOne(ran('', 2))).toEqual({ passed: 0, failures: ['step (exit code 2)'] });
});

test('gofmt fails by naming a file, whatever its exit code', () => {
  expect(countSilence(ran(''))).toEqual({ passed: 1, failures: [] });
  expect(countSilence(ran('main.go\n'))).toEqual({ passed: 0, failures: ['step'] });
});

const GO = [
  '{"Action":"start","Package":"p"}',
  '{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\\n"}',
  '{"Action":"pass","Package":"p","Test":"TestA"}',
  '{"Action":"pass","Package":"p","Test":"TestA/sub"}',
];

test('Go tests and subtests count, packages do not', () => {
  expect(
    countGo(ran([...GO, '{"Action":"pass","Package":"p"}', '{"Action":"skip","Package":"q"}'].join('\n'))),
  ).toEqual({
    passed: 2,
    failures: [],
  });
});

test('a Go test that fails is named once, though its package fails too', () => {
  const lines = [...GO, '{"Action":"fail","Package":"p","Test":"TestB"}', '{"Action":"fail","Package":"p"}'];
  expect(countGo(ran(lines.join('\n'), 1))).toEqual({ passed: 2, failures: ['p TestB'] });
});

test('a Go package that does not build is a failure', () => {
  const lines = ['# p', './a.go:1:1: syntax error', '{"Action":"fail","Package":"p"}'];
  expect(countGo(ran(lines.join('\n'), 1)).failures).toEqual(['p failed as a whole']);
});

test('a skipped test is a failure, in every language', () => {
  expect(countGo(ran('{"Action":"skip","Package":"p","Test":"TestC"}')).failures).toEqual(['p TestC (skipped)']);
  expect(
    countCargo(ran('test a ... ok\ntest b ... ignored, later\ntest result: ok. 1 passed; 0 failed; 1 ignored;')),
  ).toEqual({
    passed: 1,
    failures: ['step: b (ignored)'],
  });
  expect(countVitest({ ...ran(''), report: report([['skipped', 'later']]) }).failures).toEqual([
    'later (skipped, a.test.ts)',
  ]);
});

test("cargo's unit, integration and documentation tests are added up", () => {
  const lines = ['test result: ok. 12 passed; 0 failed; 0 ignored', 'test result: ok. 3 passed; 0 failed; 0 ignored'];
  expect(countCargo(ran(lines.join('\n')))).toEqual({ passed: 15, failures: [] });
});

test('a failing Rust test is named', () => {
  const lines = ['test reader::cut ... FAILED', 'test result: FAILED. 4 passed; 1 failed; 0 ignored'];
  expect(countCargo(ran(lines.join('\n'), 101))).toEqual({ passed: 4, failures: ['step: reader::cut'] });
});

test('a crate that does not build is a failure', () => {
  expect(countCargo(ran('error[E0308]: mismatched types', 101)).failures).toEqual(['step ended with exit code 101']);
});

test('tests of vitest are counted one by one', () => {
  const text = report([
    ['passed', 'one'],
    ['failed', 'two'],
  ]);
  expect(countVitest({ ...ran('', 1), report: text })).toEqual({ passed: 1, failures: ['two (failed, a.test.ts)'] });
});

test('a test file that can not be loaded is a failure', () => {
  expect(countVitest({ ...ran('', 1), report: report([], 'failed') }).failures).toEqual(['a.test.ts could not be run']);
});

test('an error between the tests is a failure', () => {
  expect(countVitest({ ...ran('Unhandled rejection', 1), report: report([['passed', 'one']]) })).toEqual({
    passed: 1,
    failures: ['step ended with exit code 1'],
  });
});

test('a vitest that dies before its report is a failure', () => {
  expect(countVitest({ ...ran('', 1), report: '' }).failures).toEqual(['step ended without a report']);
});

test('the output of go test reads as without -json', () => {
  expect(readGoOutput(['# p', ...GO].join('\n'))).toBe('# p\n=== RUN   TestA\n');
});

function report(results: readonly (readonly [status: string, fullName: string])[], status?: string): string {
  const failed = results.some(([each]) => each === 'failed');
  return JSON.stringify({
    numPassedTests: results.filter(([each]) => each === 'passed').length,
    testResults: [
      {
        name: 'a.test.ts',
        status: status ?? (failed ? 'failed' : 'passed'),
        assertionResults: results.map(([each, fullName]) => ({ status: each, fullName })),
      },
    ],
  });
}

test('of what vitest printed only what is about failures is shown', () => {
  const lines = [
    ' ✓ product a.test.ts (2 tests)',
    '\u001b[31m⎯ Failed Tests 1 ⎯\u001b[39m',
    ' FAIL  b.test.ts > is fine',
  ];
  expect(readVitestOutput(lines.join('\n'))).toBe('⎯ Failed Tests 1 ⎯\n FAIL  b.test.ts > is fine');
  expect(readVitestOutput('Error: no such project')).toBe('Error: no such project');
});
