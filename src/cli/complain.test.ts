import { describe, expect, test } from 'vitest';
import { Problem, Problems } from '../model/problem.ts';
import { exitCodeOf, renderFailure, renderProblem, renderProblems } from './complain.ts';
import { colorsFor } from './terminal.ts';

const plain = colorsFor({ isTTY: false }, {});
const at = { file: 'seamark.yaml', line: 12, column: 5, length: 3, source: 'key: bad # why' };
const wrong = new Problem({ code: 'unknown-key', message: 'unknown key `bad`', cure: 'did you mean `good`?', at });

describe('a problem reads as message, place, line, caret and cure', () => {
  test('with everything', () => {
    expect(renderProblem(new Problem({ ...wrong.facts, at: { ...at, column: 6 }, detail: 'one\ntwo\n' }), plain)).toBe(
      [
        'error[unknown-key]: unknown key `bad`',
        '  --> seamark.yaml:12:6',
        '   |',
        '12 | key: bad # why',
        '   |      ^^^',
        'help: did you mean `good`?',
        '    one',
        '    two',
        '',
      ].join('\n'),
    );
  });

  test('with no more than a code and a message', () => {
    expect(renderProblem(new Problem({ code: 'gone', message: 'it is gone' }), plain)).toBe(
      'error[gone]: it is gone\n',
    );
  });

  test('with a file and no line', () => {
    expect(renderProblem(new Problem({ code: 'gone', message: 'm', at: { file: 'f' } }), plain)).toBe(
      'error[gone]: m\n--> f\n',
    );
  });

  test('tabs before the caret do not move it', () => {
    const lines = renderProblem(
      new Problem({ code: 'c', message: 'm', at: { file: 'f', line: 1, column: 3, length: 1, source: '\t\tx' } }),
      plain,
    ).split('\n');
    expect(lines[4]!.indexOf('^')).toBe(lines[3]!.indexOf('x'));
  });

  test('several are counted', () => {
    expect(renderProblems([wrong, wrong], plain)).toMatch(/\n\nerror\[[\s\S]*\n2 problems\n$/);
    expect(renderProblems([wrong], plain)).not.toMatch(/problems\n$/);
  });
});

describe('whatever is thrown becomes words and an exit code', () => {
  const failed = new Problem({ code: 'subject-died', message: 'it died', blame: 'run' }, new Error('the cause'));
  test.each<[string, unknown, 2 | 3]>([
    ['a problem of the input', wrong, 2],
    ['a problem of a run', failed, 3],
    ['problems together', new Problems([failed, wrong]), 2],
    ['a defect', new TypeError('x is undefined'), 3],
    ['something that is no error', 'a text', 3],
    ['nothing', undefined, 3],
  ])('%s', (_, thrown, code) => {
    expect(exitCodeOf(thrown)).toBe(code);
    expect(renderFailure(thrown, false, plain)).toMatch(/^error\[[\w-]+\]: .*\n/);
  });

  test('a defect says whose it is, and shows its stack only when asked', () => {
    const defect = new TypeError('x is undefined');
    expect(renderFailure(defect, false, plain)).toBe(
      'error[defect]: x is undefined\nThis is a defect in Seamark, not in your program.\nhelp: run the same command with --verbose and report what it prints\n',
    );
    expect(renderFailure(defect, true, plain)).toMatch(/complain\.test\.ts/);
  });

  test('the cause of a problem is shown only when asked', () => {
    expect(renderFailure(failed, false, plain)).not.toContain('the cause');
    expect(renderFailure(failed, true, plain)).toContain('the cause');
  });
});
