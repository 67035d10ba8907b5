import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/main.ts';
import { seamark } from './seamark.ts';

describe('the front door', () => {
  test('--help lists every command, two real examples and the exit codes, on stdout', async () => {
    const { code, stdout, stderr } = await seamark(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const { name } of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    expect(stdout.match(/^ {2}seamark .+/gm)).toHaveLength(2);
    expect(stdout).toContain('Exit codes: 0 fine');
  });

  test('without a word it prints the same help', async () => {
    const [bare, help] = await Promise.all([seamark([]), seamark(['--help'])]);
    expect(bare).toEqual(help);
  });

  test('--version prints the version and nothing else', async () => {
    const { code, stdout } = await seamark(['--version']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });

  test.each(COMMANDS.map(({ name }) => name))(
    '%s --help shows at least two examples, and help says the same',
    async (name) => {
      const [own, asked] = await Promise.all([seamark([name, '--help']), seamark(['help', name])]);
      expect([own.code, own.stderr]).toEqual([0, '']);
      expect(
        own.stdout.split('Examples:')[1]?.match(/^ {2}\S.*\bseamark .+|^ {2}seamark .+/gm)?.length,
      ).toBeGreaterThanOrEqual(2);
      expect(asked.stdout).toBe(own.stdout);
    },
  );
});

describe('wrong use ends with 2, a reason and a cure', () => {
  test.each<[string[], RegExp, RegExp]>([
    [['chekc'], /unknown command 'chekc'/, /did you mean check\?/],
    [['zzz'], /unknown command 'zzz'/, /seamark --help/],
    [['check', '--jsno'], /unknown option '--jsno'/, /did you mean --json\?/],
    [['--nope'], /unknown option '--nope'/, /seamark --help/],
    [['init', 'a', 'b'], /too many arguments/, /seamark init --help/],
    [
      ['init', '--template', 'rust-bench'],
      /Allowed choices are first-crossing, go-bench, command/,
      /seamark init --help/,
    ],
    [['report', '--format'], /argument missing/, /seamark report --help/],
    [['calibrate', '--margin', '0%'], /change in per cent, from 0\.1 to 50/, /seamark calibrate --help/],
  ])('seamark %j', async (words, message, cure) => {
    const { code, stdout, stderr } = await seamark(words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error\[usage\]: /);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(cure);
  });
});

describe('the terminal is respected', () => {
  const wrong = ['check', 'no-such-file.yaml'];
  const ESCAPE = '\u001b[';

  test.each<[string, Record<string, string>, boolean]>([
    ['a pipe has no colour', {}, false],
    ['FORCE_COLOR colours a pipe', { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0 does not', { FORCE_COLOR: '0' }, false],
    ['NO_COLOR wins over FORCE_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['CI alone colours nothing', { CI: 'true' }, false],
  ])('%s', async (_, env, isColoured) => {
    const { stderr } = await seamark(wrong, { env });
    expect(stderr.includes(ESCAPE)).toBe(isColoured);
  });

  test('a reader that has gone is no crash', async () => {
    const { code, stderr } = await seamark(['--help'], { closeStdout: true });
    expect([code, stderr]).toEqual([0, '']);
  });

  test('an option has a twin in the environment, and the command line wins', async () => {
    const text = 'experiment: x\nsubject: {kind: go-bench}\n';
    const [twin, off, none] = await Promise.all([
      seamark(['check', '-'], { input: text, env: { SEAMARK_JSON: '1' } }),
      seamark(['check', '-'], { input: text, env: { SEAMARK_JSON: '0' } }),
      seamark(['check', '-'], { input: text }),
    ]);
    expect(JSON.parse(twin.stdout)).toMatchObject({ schema: 'seamark/experiments@1', experiments: [{ name: 'x' }] });
    expect(off.stdout).toBe(none.stdout);
  });
});

test('what breaks out of turn is a defect with exit code 3, never the 1 of a regression', async () => {
  const late = "process.stdout.write = () => { setImmediate(() => { throw new Error('too late') }); return true }";
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(late)}` };
  const { code, stderr } = await seamark(['--help'], { env });
  expect([code, stderr]).toEqual([3, expect.stringMatching(/^error\[defect\]: too late\nThis is a defect in Seamark/)]);
});
