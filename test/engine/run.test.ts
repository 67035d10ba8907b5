import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processesWith, seamark, writeSpec } from './command-line.ts';
import { makeFolder } from './laboratory.ts';

/** A program that naps for 10 or 60 ms, which no load hides: about four seconds a study. */
const naps = (name: string) => [
  `experiment: ${name}`,
  'subject: {kind: command, run: sleep $length}',
  'factors: {length: ["0.010", "0.060"]}',
  'blocks: 12',
  'budget: 60 s',
];
/** Its process can be told from all others by this. */
const endless = (name: string, word: string) => [
  `experiment: ${name}`,
  `subject: {kind: command, run: sleep ${word}}`,
  'factors: {n: ["1", "2"]}',
  'limits: {answer: 300 ms}',
];

test('a study from the command line prints its answer, writes its page, and can be read again', async () => {
  using folder = makeFolder();
  writeSpec(folder.path, naps('naps'));
  const { code, stdout, stderr } = await seamark(folder.path, ['run']).ended;
  expect(stderr).toMatch(/pilot 8 of 8/);
  expect(stdout).toMatch(/slower/);
  expect(code).toBe(0); // two levels of a factor are compared for their own sake
  expect(readFileSync(join(folder.path, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  const again = await seamark(folder.path, ['run', '--json', '--quiet', '--no-report', '--blocks', '12']).ended;
  expect(again.stderr).toBe('');
  const result = JSON.parse(again.stdout);
  expect(result).toMatchObject({ schema: 'seamark/result@1', experiment: 'naps', complete: true, mode: 'interleaved' });
  expect(result.comparisons[0].ratio).toBeGreaterThan(1.3);
  expect(readdirSync(join(folder.path, '.seamark', 'studies')).length).toBe(2);
}, 60_000);

test.each<[string, string[], RegExp]>([
  [
    'a mode that the subject has not',
    ['--mode', 'alternating'],
    /can't be run in the mode alternating.*\nhelp: .*interleaved/,
  ],
  ['fewer blocks than can call a change', ['--blocks', '3'], /a whole number from 12 to 2,000/],
  ['a budget for watching, which has none', ['--watch', '--budget', '10s'], /--watch.*cannot be used.*--budget/],
])('%s is refused before anything is built', async (_, words, message) => {
  using folder = makeFolder();
  writeSpec(folder.path, [
    'experiment: refused',
    'subject: {kind: command, build: touch $OUT/built, run: sleep $n}',
    'factors: {n: ["0.01", "0.02"]}',
  ]);
  const { code, stdout, stderr } = await seamark(folder.path, ['run', ...words]).ended;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(existsSync(join(folder.path, '.seamark', 'builds'))).toBe(false);
});

test('a page of somebody else is not written over', async () => {
  using folder = makeFolder();
  writeSpec(folder.path, naps('naps'));
  writeFileSync(join(folder.path, 'report.html'), 'mine');
  const { code, stderr } = await seamark(folder.path, ['run', '--quiet']).ended;
  expect(code).toBe(0);
  expect(stderr).toMatch(/report.html was not written by Seamark and is left as it is/);
  expect(readFileSync(join(folder.path, 'report.html'), 'utf8')).toBe('mine');
}, 60_000);

test.each([
  ['the pilot', /pilot 2 of 8/],
  ['the judged blocks', /block 3 of 12/],
  ['the repetition', /repeating on 20 fresh/],
])(
  'Ctrl-C in %s keeps what was measured, and the study goes on from there',
  async (_, moment) => {
    using folder = makeFolder();
    writeSpec(folder.path, naps('naps'));
    const run = seamark(folder.path, ['run', '--no-report', '--seed', '9']);
    await run.said(moment);
    run.child.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    const [, command = stderr] = /^ {2}seamark (run --resume \S+)$/m.exec(stderr) ?? [];
    expect(command).toMatch(/^run --resume \d{8}-\d{6}-[0-9a-f]{6}$/);
    const resumed = await seamark(folder.path, [...command.split(' '), '--json', '--quiet', '--no-report']).ended;
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.stdout)).toMatchObject({
      complete: true,
      seed: 9, // said when it began, and not again
      runs: { pilotBlocks: 8, blocks: 12, freshBlocks: 20 },
    });
  },
  60_000,
);

test('a study to resume that is not there is named, and is not taken for a file', async () => {
  using folder = makeFolder();
  writeSpec(folder.path, naps('naps'));
  const { code, stderr } = await seamark(folder.path, ['run', '--resume', 'nosuch']).ended;
  expect(code).toBe(2);
  expect(stderr).toMatch(/error\[nothing-to-resume\]: There is no interrupted study nosuch/);
  expect(stderr).toMatch(/^help: /m);
}, 60_000);

test('a crash loses the block at work and no more, and its lock is taken over', async () => {
  using folder = makeFolder();
  writeSpec(folder.path, naps('naps'));
  const run = seamark(folder.path, ['run', '--no-report']);
  await run.said(/block 3 of 12/);
  run.child.kill('SIGKILL');
  await run.ended;
  const [partial] = readdirSync(join(folder.path, '.seamark', 'studies'));
  const journal = readFileSync(join(folder.path, '.seamark', 'studies', partial!, 'journal.ndjson'), 'utf8');
  const blocks = journal.split('\n').filter((line) => line.startsWith('{"kind":"block"')).length;
  expect(blocks).toBeGreaterThanOrEqual(8 + 3);
  const resumed = await seamark(folder.path, ['run', '--resume', '.', '--json', '--no-wait', '--no-report']).ended;
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toMatch(new RegExp(`going on after ${blocks} blocks`));
  expect(JSON.parse(resumed.stdout).runs).toMatchObject({ blocks: 12, pilotBlocks: 8 });
}, 60_000);

test('Ctrl-C in a build ends the build and all it started', async () => {
  using folder = makeFolder();
  writeSpec(folder.path, [
    'experiment: slow-build',
    'subject: {kind: command, build: [sleep 98.7654], run: sleep $n}',
    'factors: {n: ["0.01", "0.02"]}',
  ]);
  const run = seamark(folder.path, ['run']);
  await run.said(/building/);
  run.child.kill('SIGINT');
  const { code, stderr } = await run.ended;
  expect(code).toBe(130);
  expect(stderr).toMatch(/^stopping \(once more/m); // there is nothing yet to keep
  expect(stderr).toMatch(/Interrupted before anything was measured/);
  expect(processesWith('98.7654')).toEqual([]);
}, 60_000);

test('Ctrl-C twice ends at once, and no subject is left', async () => {
  using folder = makeFolder();
  writeSpec(folder.path, [...endless('endless', '97.6543').slice(0, 3), 'limits: {answer: 60 s}']);
  const run = seamark(folder.path, ['run', '--verbose']);
  await run.said(/measuring/);
  run.child.kill('SIGINT');
  run.child.kill('SIGTERM');
  expect((await run.ended).code).toBe(130);
  await expect.poll(() => processesWith('97.6543'), { timeout: 5000 }).toEqual([]);
}, 60_000);

test('a subject that hangs is ended, and so is the study, with exit code 3', async () => {
  using folder = makeFolder();
  writeSpec(folder.path, endless('hangs', '96.5432'));
  const { code, stdout, stderr } = await seamark(folder.path, ['run']).ended;
  expect(code).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/error\[runs-fail\]: Every one of the first 3 blocks failed; .* did not end within 0.3 s/);
  expect(processesWith('96.5432')).toEqual([]);
}, 60_000);

test('a subject that dies ends the study with its last words and exit code 3', async () => {
  using folder = makeFolder();
  writeSpec(folder.path, [
    'experiment: dies',
    'subject: {kind: command, run: ls /there-is-no-such-place-$n}',
    'factors: {n: ["1", "2"]}',
  ]);
  const { code, stderr } = await seamark(folder.path, ['run']).ended;
  expect(code).toBe(3);
  expect(stderr).toMatch(/exited with code 2/);
  expect(stderr).toMatch(/there-is-no-such-place/);
}, 60_000);

test('of two studies started at once the second waits for the first', async () => {
  using folder = makeFolder();
  for (const name of ['first', 'second']) {
    mkdirSync(join(folder.path, name));
    writeSpec(join(folder.path, name), naps(name));
  }
  const shared = { TMPDIR: folder.path };
  const first = seamark(join(folder.path, 'first'), ['run', '--no-report'], shared);
  await first.said(/pilot 2 of 8/);
  const refused = seamark(join(folder.path, 'second'), ['run', '--no-wait'], shared);
  const second = seamark(join(folder.path, 'second'), ['run', '--no-report'], shared);
  expect(await refused.ended).toMatchObject({ code: 3, stderr: expect.stringMatching(/study is running .*: first/) });
  await second.said(/waiting for another study on this machine to end: first/);
  expect((await first.ended).code).toBe(0);
  expect((await second.ended).code).toBe(0);
  expect(existsSync(join(folder.path, 'second', '.seamark', 'studies'))).toBe(true);
}, 90_000);

test('a builder that is not there is named before anything runs', async () => {
  using folder = makeFolder();
  writeSpec(folder.path, [
    'experiment: no-tool',
    'subject: {kind: command, build: [there-is-no-such-compiler -o $OUT/x], run: $OUT/x}',
    'factors: {n: ["1", "2"]}',
  ]);
  const { code, stderr } = await seamark(folder.path, ['run']).ended;
  expect(code).toBe(3);
  expect(stderr).toMatch(/there-is-no-such-compiler/);
  expect(existsSync(join(folder.path, '.seamark', 'studies'))).toBe(false);
}, 60_000);
