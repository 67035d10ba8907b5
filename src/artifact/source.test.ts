// long: one subject, each kind of level over real repositories.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Problem } from '../model/problem.ts';
import { type InventedRepository, inventRepository } from './invented-repository.ts';
import { openSource } from './source.ts';

const cache = mkdtempSync(join(tmpdir(), 'seamark-cache-'));
beforeAll(() => void vi.stubEnv('SEAMARK_CACHE', cache));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

let repository: InventedRepository;
afterEach(() => repository.remove());

function open(level: string, { folder = repository.folder, baseline }: { folder?: string; baseline?: string } = {}) {
  return openSource(level, { folder, baseline, environment: process.env as Record<string, string>, limitS: 60 });
}

async function problemOf(level: string, options = {}) {
  const error = await open(level, options).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(Problem);
  return (error as Problem).facts;
}

/**
 * Every file of the repository's own folder and of the working tree, with its time and its bytes. Git renews the time of an object
 * that it would have written a second time: there only the bytes count.
 */
function everything(folder: string): string {
  const listed = execFileSync('find', ['.', '-printf', '%p %y %m %s %T@\n'], { cwd: folder, encoding: 'utf8' });
  const sums = execFileSync('find', ['.', '-type', 'f', '-exec', 'sha256sum', '{}', '+'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return `${listed.replaceAll(/^(\.\/\.git\/objects\/.*) \S+$/gm, '$1')}\n${sums}`.split('\n').sort().join('\n');
}

describe('a commit', () => {
  test('is copied as git checks it out: bits, links, line ends; the folder of the subject kept', async () => {
    repository = inventRepository();
    repository.write('sub/run.sh', '#!/bin/sh\n');
    chmodSync(join(repository.folder, 'sub/run.sh'), 0o755);
    symlinkSync('run.sh', join(repository.folder, 'sub/link'));
    repository.commit('first', {
      '.gitattributes': '*.crlf text eol=crlf\n',
      'sub/a.crlf': 'one\n',
      'go.mod': 'module x\n',
    });
    repository.git('tag', 'v1');
    repository.commit('second', { '.gitattributes': '', 'sub/a.crlf': 'two\n' });
    const level = await open('v1', { folder: join(repository.folder, 'sub') });
    expect(level.folder.endsWith('/tree/sub/')).toBe(true);
    expect(readFileSync(join(level.folder, 'a.crlf'), 'utf8')).toBe('one\r\n');
    expect(statSync(join(level.folder, 'run.sh')).mode & 0o111).toBe(0o111);
    expect(readlinkSync(join(level.folder, 'link'))).toBe('run.sh');
    expect(existsSync(join(level.folder, '../go.mod'))).toBe(true);
    expect(level.said).toBe(`v1 (${repository.git('rev-parse', 'v1').slice(0, 9)})`);
  });

  test('leaves repository, index and working tree as they were, to the byte', async () => {
    repository = inventRepository();
    repository.commit('first', { a: '1\n' });
    const second = repository.commit('second', { a: '2\n', b: '1\n' });
    repository.commit('third', { c: '1\n' });
    repository.write('a', 'changed\n');
    repository.write('new', 'untracked\n');
    repository.git('stash', 'push', '--quiet', '--', 'a');
    repository.write('a', 'again\n');
    const before = everything(repository.folder);
    for (const level of ['HEAD~1', 'main', '.', `HEAD without ${second}`, 'HEAD without ./a'])
      await open(level, { baseline: 'HEAD~2' });
    expect(everything(repository.folder)).toBe(before);
  });

  test('takes the same place for the same files, and paths of one length for others', async () => {
    repository = inventRepository();
    repository.commit('first', { a: '1\n' });
    repository.commit('second', { a: '2\n' });
    repository.commit('nothing changed');
    const [one, two, again] = [await open('HEAD~2'), await open('HEAD~1'), await open('HEAD')];
    expect(again).toMatchObject({ folder: two.folder, content: two.content });
    expect(one.folder).not.toBe(two.folder);
    expect(one.folder).toHaveLength(two.folder.length);
  });

  test('stays what it is for who has sparse files, and comes out of a bare repository too', async () => {
    repository = inventRepository();
    repository.commit('first', { 'in/a': '1\n', 'out/b': '1\n' });
    repository.git('sparse-checkout', 'set', 'in');
    expect(existsSync(join(repository.folder, 'out'))).toBe(false);
    expect(existsSync(join((await open('HEAD')).folder, 'out/b'))).toBe(true);
    expect(existsSync(join((await open('.')).folder, 'out/b'))).toBe(true);
    repository.git('clone', '--quiet', '--bare', '.', 'bare.git');
    const bare = join(repository.folder, 'bare.git');
    expect(existsSync(join((await open('main', { folder: bare })).folder, 'out/b'))).toBe(true);
    expect(await problemOf('worktree', { folder: bare })).toMatchObject({ code: 'no-such-build' });
  });

  test('brings its submodules at their commits, and says which are not here', async () => {
    repository = inventRepository();
    const inner = inventRepository();
    try {
      inner.commit('inner one', { lib: '1\n' });
      repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.folder, 'deep/inner');
      repository.commit('with a submodule');
      inner.commit('inner two', { lib: '2\n' });
      repository.git('-C', 'deep/inner', 'pull', '--quiet');
      repository.commit('a newer submodule');
      expect(readFileSync(join((await open('HEAD~1')).folder, 'deep/inner/lib'), 'utf8')).toBe('1\n');
      expect(readFileSync(join((await open('HEAD')).folder, 'deep/inner/lib'), 'utf8')).toBe('2\n');
      repository.write('deep/inner/lib', 'changed\n');
      const changed = await open('.');
      expect(readFileSync(join(changed.folder, 'deep/inner/lib'), 'utf8')).toBe('changed\n');
      expect(changed.said).toContain('changes in deep/inner');
      repository.git('-C', 'deep/inner', 'checkout', '--quiet', '.');
      repository.git('submodule', '--quiet', 'deinit', '--force', 'deep/inner');
      rmSync(join(repository.folder, '.git/modules'), { recursive: true });
      const { notes } = await open('HEAD');
      expect(notes).toMatchObject([{ code: 'submodule-missing', cure: 'git submodule update --init deep/inner' }]);
    } finally {
      inner.remove();
    }
  });

  test('whose files are pointers of git-lfs is said to be so', async () => {
    repository = inventRepository();
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n';
    repository.commit('large', { '.gitattributes': '*.bin filter=lfs\n', 'data.bin': pointer });
    for (let time = 0; time < 2; time++) expect((await open('HEAD')).notes).toMatchObject([{ code: 'lfs-pointers' }]);
  });
});

describe('a name that means nothing', () => {
  test.each([
    ['mian', 'Did you mean `main`?'],
    ['v1.4', 'Did you mean `v1.4.0`?'],
    ['0123456789ab', 'Fetch the commit first'],
    ['--upload-pack=touch', 'There are'],
    ['main..v1.4.0', 'There are'],
    ['HEAD~9', 'There are'],
  ])('%s is answered with what there is', async (level, cure) => {
    repository = inventRepository();
    repository.commit('first', { a: '1\n' });
    repository.git('tag', 'v1.4.0');
    const facts = await problemOf(level);
    expect(facts).toMatchObject({ code: 'no-such-ref', blame: 'input' });
    expect(facts.cure).toContain(cure);
  });

  test('in a shallow clone is answered with the way to get the rest', async () => {
    repository = inventRepository();
    repository.commit('first', { a: '1\n' });
    repository.commit('second', { a: '2\n' });
    repository.git('clone', '--quiet', '--depth', '1', `file://${repository.folder}`, 'shallow');
    const facts = await problemOf('HEAD~1', { folder: join(repository.folder, 'shallow') });
    expect(facts.cure).toContain('git fetch --unshallow');
  });

  test('steers no terminal', async () => {
    repository = inventRepository();
    repository.commit('first');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect((await problemOf('\u001b[31mred')).message).not.toMatch(/[\x00-\x1f]/);
  });
});

describe('a folder and a commit of one name', () => {
  test('the commit is taken and that is said; ./ means the folder', async () => {
    repository = inventRepository();
    repository.commit('first', { 'before/a': '1\n' });
    repository.git('branch', 'before');
    const level = await open('before');
    expect(level.said).toContain('before (');
    expect(level.notes).toMatchObject([{ code: 'ambiguous-build', cure: 'write ./before for the folder' }]);
    expect(await open('./before')).toEqual({ level: './before', folder: join(repository.folder, 'before') });
  });
});

describe('the working tree', () => {
  test('is what HEAD is while nothing is changed', async () => {
    repository = inventRepository();
    repository.commit('first', { a: '1\n', '.gitignore': 'out\n' });
    repository.write('out', 'ignored\n');
    expect(await open('.')).toMatchObject({
      content: (await open('HEAD')).content,
      said: expect.stringMatching(/^HEAD \(\w{9}\)$/),
    });
  });

  test('holds what is changed, new and gone, and nothing that is ignored', async () => {
    repository = inventRepository();
    repository.commit('first', { a: '1\n', b: '1\n', '.gitignore': 'out\n' });
    repository.write('a', '2\n');
    repository.write('b', undefined);
    repository.write('new', '1\n');
    repository.write('out', 'ignored\n');
    repository.git('add', 'new');
    const level = await open('worktree');
    expect(readdirSync(level.folder).sort()).toEqual(['.gitignore', 'a', 'new']);
    expect(readFileSync(join(level.folder, 'a'), 'utf8')).toBe('2\n');
    expect(level.said).toMatch(/^HEAD \(\w{9}\) \+ changes in 3 files$/);
  });
});

describe('without', () => {
  function history(): Record<'one' | 'two' | 'three', string> {
    repository = inventRepository();
    repository.commit('start', { a: '1\n2\n3\n4\n5\n6\n7\n', b: 'b\n' });
    const one = repository.commit('one', { a: 'one\n2\n3\n4\n5\n6\n7\n' });
    const two = repository.commit('two', { a: 'one\n2\n3\n4\n5\n6\ntwo\n' });
    const three = repository.commit('three', { b: 'three\n', c: 'new\n' });
    return { one, two, three };
  }

  test('takes commits out, in any order', async () => {
    const { one, two } = history();
    const text = async (level: string) => readFileSync(join((await open(level)).folder, 'a'), 'utf8');
    expect(await text(`HEAD without ${one}`)).toBe('1\n2\n3\n4\n5\n6\ntwo\n');
    expect(await text(`HEAD without ${one}, ${two}`)).toBe('1\n2\n3\n4\n5\n6\n7\n');
    expect((await open(`main without ${two}`)).said).toMatch(/^main \(\w{9}\) without /);
  });

  test('takes a merge out against its first parent', async () => {
    history();
    repository.git('checkout', '--quiet', '-b', 'side', 'HEAD~1');
    repository.commit('side', { d: 'side\n' });
    repository.git('checkout', '--quiet', 'main');
    repository.git('merge', '--quiet', '--no-ff', '--message', 'merge', 'side');
    const level = await open('HEAD without HEAD');
    expect(readdirSync(level.folder).sort()).toEqual(['a', 'b', 'c']);
    expect(level.content).toBe((await open('HEAD^1')).content);
  });

  test('takes a commit out of the working tree', async () => {
    const { three } = history();
    repository.write('new', '1\n');
    expect(readdirSync((await open(`. without ${three}`)).folder).sort()).toEqual(['a', 'b', 'new']);
  });

  test('that does not apply names the files and shows the lines', async () => {
    repository = inventRepository();
    repository.commit('start', { a: '1\n' });
    const slow = repository.commit('slow', { a: '2\n' });
    const later = repository.commit('later', { a: '3\n' });
    const facts = await problemOf(`HEAD without ${slow}`);
    expect(facts).toMatchObject({
      code: 'revert-conflict',
      blame: 'input',
      message: expect.stringContaining('conflict in a'),
    });
    expect(facts.message).toContain('(slow)');
    expect(facts.cure).toContain(later.slice(0, 9));
    expect(facts.detail).toContain('<<<<<<<');
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  test('of a commit that is not inside, or whose changes are gone, is refused', async () => {
    const { three } = history();
    expect(await problemOf(`HEAD~1 without ${three}`)).toMatchObject({ code: 'commit-not-inside' });
    repository.git('-c', 'core.editor=true', 'revert', '--no-edit', three);
    expect(await problemOf(`HEAD without ${three}`)).toMatchObject({ code: 'nothing-taken-out' });
  });

  test("sets paths back to the baseline's version, new files and folders too", async () => {
    history();
    const level = await open('HEAD without b, c', { baseline: 'HEAD~3' });
    expect(readdirSync(level.folder).sort()).toEqual(['a', 'b']);
    expect(readFileSync(join(level.folder, 'b'), 'utf8')).toBe('b\n');
    expect(await problemOf('HEAD without nothing.go', { baseline: 'HEAD~3' })).toMatchObject({ code: 'no-such-path' });
    expect(await problemOf('HEAD without ../../etc', { baseline: 'HEAD~3' })).toMatchObject({ code: 'path-outside' });
    expect(await problemOf('HEAD without b', { baseline: './x' })).toMatchObject({ code: 'no-such-build' });
  });
});

test('with NAME=VALUE is a variable of the build, of a folder too', async () => {
  repository = inventRepository();
  repository.commit('first', { 'x/a': '1\n' });
  expect(await open('HEAD with RUSTFLAGS=-C opt-level=1')).toMatchObject({
    environment: { RUSTFLAGS: '-C opt-level=1' },
  });
  expect(await open('./x with GOFLAGS=-tags=a,b with CC=clang')).toMatchObject({
    environment: { GOFLAGS: '-tags=a,b', CC: 'clang' },
  });
  expect(await problemOf('./x without HEAD')).toMatchObject({ code: 'build-not-copied' });
  expect(await problemOf('HEAD with nothing')).toMatchObject({ code: 'bad-build' });
});

test('a prebuilt program is copied, what is none is refused', async () => {
  repository = inventRepository();
  mkdirSync(join(repository.folder, 'bin'));
  writeFileSync(join(repository.folder, 'bin/run'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(repository.folder, 'notes.txt'), 'text');
  const { file = '', folder } = await open('./bin/run');
  expect(lstatSync(file).isFile()).toBe(true);
  expect(folder).toBe(repository.folder);
  expect(await problemOf('./notes.txt')).toMatchObject({ code: 'not-a-program' });
});
