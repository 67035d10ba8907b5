import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../model/problem.ts';
import { type Question, type Wish, writeQuestion } from './compare-experiment.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'seamark-question-'));
  const files: Readonly<Record<string, string>> = {
    'module/.git/HEAD': '',
    'module/go.mod': 'module example.com/m\n',
    'module/codec/deep/x.go': '',
    'several/.git/HEAD': '',
    'several/a/go.mod': '',
    'several/b/go.mod': '',
    'one/.git/HEAD': '',
    'one/go/go.mod': '',
    'pair/before/go.mod': '',
    'pair/after/go.mod': '',
    'files/old.test': '',
    'files/new.test': '',
    'files/old': '',
    'files/new': '',
    'empty/.git/HEAD': '',
    'spec/.git/HEAD': '',
    'spec/below/x': '',
    'spec/lab/x': '',
    'spec/v9/x': '',
    'spec/seamark.yaml':
      'experiment: own\nsubject: {kind: command, folder: lab, run: prog $n}\nfactors: {n: [1, 2], build: [./a, ./b]}\n' +
      'expect:\n  - {metric: time.p50, from: {build: ./a}, to: {build: ./b}, change: "< 0 %"}\n  - {metric: time.p50, from: {n: 1}, to: {n: 2}, change: "> 0 %"}\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const side of ['a', 'b']) mkdirSync(join(root, 'spec/lab', side));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ask = (folder: string, wish: Partial<Wish>): Promise<Question> =>
  writeQuestion({ base: 'main', candidate: '.', ...wish, cwd: join(root, folder) });

const buildsOf = ({ experiment }: Question) =>
  experiment.factors.find(({ family }) => family === 'build')?.levels.map(({ text }) => text);

describe('without a spec', () => {
  test.each([
    ['the module around the folder one stands in', 'module/codec/deep', {}, 'module', './...', ['main', '.']],
    ['the only module below', 'one', {}, 'one/go', './...', ['main', '.']],
    ['a package as seen from here', 'module/codec', { package: './deep' }, 'module', './codec/deep', ['main', '.']],
    [
      'two folders that are modules',
      'pair',
      { base: './before', candidate: './after' },
      'pair',
      './...',
      ['./before', './after'],
    ],
    [
      'a folder as seen from here',
      'module/codec',
      { base: '../../pair/before' },
      'module',
      './...',
      ['../pair/before', '.'],
    ],
    [
      'versions of the registry',
      'empty',
      { base: 'example.com/x@v1.0.0', candidate: 'example.com/x@v1.1.0' },
      'empty',
      './...',
      ['example.com/x@v1.0.0', 'example.com/x@v1.1.0'],
    ],
    [
      'prebuilt test programs',
      'files',
      { base: 'old.test', candidate: 'new.test' },
      'files',
      './...',
      ['./old.test', './new.test'],
    ],
  ] as const)('%s is what is compared', async (_, from, wish, folder, pattern, builds) => {
    const question = await ask(from, { ...wish, bench: 'X' });
    const { subject } = question.experiment;
    expect([question.written, buildsOf(question)]).toEqual([true, builds]);
    expect(subject).toMatchObject({ kind: 'go-bench', folder: join(root, folder), package: pattern, bench: 'X' });
  });

  test('prebuilt programs are commands, with the words that --run gives them', async () => {
    const sides = { base: 'old', candidate: 'new' };
    const bare = await ask('files', sides);
    expect(bare.experiment.subject).toMatchObject({ kind: 'command', run: { words: ['./new'] } });
    const told = await ask('files', { ...sides, run: "prog 'a b' 3", margin: 0.05 });
    expect(told.experiment.subject).toMatchObject({ kind: 'command', run: { words: ['prog', 'a b', '3'] } });
    expect(told.experiment.margin).toBe(0.05);
  });

  test.each([
    ['nothing-to-compare', 'empty', {}],
    ['which-module', 'several', {}],
  ] as const)('what can not be told is a problem: %s', async (code, folder, wish) => {
    await expect(ask(folder, wish)).rejects.toMatchObject({ facts: { code } });
  });

  test('a build command that needs a shell is refused as in a spec', async () => {
    await expect(ask('module', { build: ['make && make install'] })).rejects.toMatchObject({
      problems: [expect.any(Problem)],
    });
  });
});

describe('with a spec', () => {
  test('its experiment gets the two builds, and keeps what it expects of other factors', async () => {
    const question = await ask('spec/below', { base: 'v9', candidate: '../v9' });
    const { experiment } = question;
    expect([question.written, experiment.name, buildsOf(question)]).toEqual([false, 'own', ['v9', '../v9']]);
    expect(experiment.baseline).toEqual({ build: 'v9' });
    expect(experiment.factors.map(({ name }) => name)).toEqual(['build', 'n']);
    expect(experiment.expect).toHaveLength(1);
  });

  test('it is left aside, and said to be, where the command line says what to run', async () => {
    const question = await ask('spec/below', { run: 'prog' });
    expect(question.experiment.name).toBe('compare');
    expect(question.notes.join()).toContain('left aside');
  });
});
