import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type LockOwner, lockMachine } from '../../src/store/lock.ts';
import { listPartial } from '../../src/store/partial-study.ts';
import { findProject } from '../../src/store/project.ts';
import { after, makeFolder, tryStudy } from './laboratory.ts';

const isRoot = process.getuid?.() === 0;

function mount(path: string, options: string): Disposable {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  return { [Symbol.dispose]: () => execFileSync('umount', ['-l', path]) };
}

function canMount(): boolean {
  if (!isRoot) return false;
  using folder = makeFolder();
  try {
    using _ = mount(join(folder.path, 'try'), 'size=64k');
    return true;
  } catch {
    return false;
  }
}

test('a disk that fills while measuring keeps what fits, says so, and the study can be resumed', async () => {
  using folder = makeFolder();
  const SLOWER = { secondsPerOperation: after(1.05) };
  using disk = smallDisk(folder.path, 96);
  const { result, machine } = tryStudy({ project: disk.path, invention: SLOWER });
  await expect(result).rejects.toMatchObject({ facts: { code: 'disk-full', blame: 'run' } });
  await expect(result).rejects.toThrow(/no space left/);
  expect(machine.living()).toBe(0);
  expect(listPartial(disk.path).length).toBe(1);
  disk.grow();
  const resumed = await tryStudy({ project: disk.path, invention: SLOWER, resume: true }).result;
  expect(resumed.verdict).toBe('regression');
});

test('a disk that is full from the start is said before anything is measured', () => {
  using folder = makeFolder();
  using disk = smallDisk(folder.path, 96);
  disk.fill();
  expect(() => tryStudy({ project: disk.path })).toThrow(/no space left/);
});

test('a folder that may not be written to is said before anything is measured', () => {
  using folder = makeFolder();
  using closed = readOnly(folder.path);
  let error: unknown;
  try {
    tryStudy({ project: closed.path });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ facts: { code: 'folder-read-only', blame: 'run' } });
});

/** Root may write anywhere, so it needs a file system that refuses; others need only a mode. */
function readOnly(path: string): Disposable & { readonly path: string } {
  const place = join(path, 'closed');
  if (canMount()) {
    const mounted = mount(place, 'ro,size=64k');
    return { path: place, [Symbol.dispose]: () => mounted[Symbol.dispose]() };
  }
  if (isRoot) return { path: '/sys', [Symbol.dispose]: () => {} };
  mkdirSync(place);
  chmodSync(place, 0o555);
  return { path: place, [Symbol.dispose]: () => chmodSync(place, 0o755) };
}

interface SmallDisk extends Disposable {
  readonly path: string;
  fill(): void;
  grow(): void;
}

/** A tmpfs of that size; where nothing can be mounted, a limit on the files of this process, refused by the kernel alike. */
function smallDisk(folder: string, kibibytes: number): SmallDisk {
  const path = join(folder, 'disk');
  if (!canMount()) {
    mkdirSync(path);
    const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
    limit(String(kibibytes * 1024));
    return { path, fill: () => limit('0'), grow: () => limit('unlimited'), [Symbol.dispose]: () => limit('unlimited') };
  }
  const mounted = mount(path, `size=${kibibytes}k`);
  return {
    path,
    fill: () => {
      try {
        writeFileSync(join(path, 'ballast'), Buffer.alloc(kibibytes * 1024));
      } catch {
        // Full is what was wanted.
      }
    },
    grow: () => execFileSync('mount', ['-o', 'remount,size=32m', path]),
    [Symbol.dispose]: () => mounted[Symbol.dispose](),
  };
}

const NEVER = new AbortController().signal;

test('a second study waits for the first and is told whose turn it is', async () => {
  using folder = makeFolder();
  const file = join(folder.path, 'lock');
  const release = await lockMachine({ doing: 'first', wait: true, signal: NEVER, file });
  const seen: LockOwner[] = [];
  const second = lockMachine({
    doing: 'second',
    wait: true,
    signal: NEVER,
    file,
    onWait: (owner) => {
      seen.push(owner);
      release();
    },
  });
  const releaseSecond = await second;
  expect(seen.map((owner) => owner.doing)).toEqual(['first']);
  expect(JSON.parse(readFileSync(file, 'utf8')).doing).toBe('second');
  releaseSecond();
  expect(existsSync(file)).toBe(false);
});

test('a second study that may not wait refuses and names the first', async () => {
  using folder = makeFolder();
  const file = join(folder.path, 'lock');
  const release = await lockMachine({ doing: 'the first one', wait: true, signal: NEVER, file });
  const refused = lockMachine({ doing: 'second', wait: false, signal: NEVER, file });
  await expect(refused).rejects.toMatchObject({ facts: { code: 'another-study-runs', blame: 'run' } });
  await expect(refused).rejects.toThrow(/the first one/);
  release();
});

test('a stop ends the wait', async () => {
  using folder = makeFolder();
  const file = join(folder.path, 'lock');
  const release = await lockMachine({ doing: 'first', wait: true, signal: NEVER, file });
  const controller = new AbortController();
  const onWait = () => controller.abort();
  await expect(lockMachine({ doing: 'second', wait: true, signal: controller.signal, file, onWait })).rejects.toThrow();
  release();
});

test.each([
  ['of a process that is gone', () => JSON.stringify({ pid: deadPid(), began: '1', doing: 'x', since: '' })],
  [
    'of a process id that belongs to another now',
    () => JSON.stringify({ pid: process.pid, began: '1', doing: 'x', since: '' }),
  ],
  ['that was cut while it was written', () => '{"pid": 1'],
  ['that is empty', () => ''],
])('a lock %s is taken over', async (_, content) => {
  using folder = makeFolder();
  const file = join(folder.path, 'lock');
  writeFileSync(file, content());
  const release = await lockMachine({ doing: 'next', wait: false, signal: NEVER, file });
  expect(JSON.parse(readFileSync(file, 'utf8')).doing).toBe('next');
  release();
});

/** The id of a process that has just ended. */
function deadPid(): number {
  const output = execFileSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' });
  return Number(output);
}

test('of many processes that want a stale lock at once, one gets it at a time', async () => {
  using folder = makeFolder();
  const file = join(folder.path, 'lock');
  writeFileSync(file, JSON.stringify({ pid: deadPid(), began: '1', doing: 'stale', since: '' }));
  const inside = join(folder.path, 'inside');
  const lockModule = new URL('../../src/store/lock.ts', import.meta.url).href;
  const program = `
    import { mkdirSync, rmdirSync } from 'node:fs';
    import { lockMachine } from ${JSON.stringify(lockModule)};
    const release = await lockMachine({ doing: 'x', wait: true, signal: new AbortController().signal, file: ${JSON.stringify(file)} });
    mkdirSync(${JSON.stringify(inside)}); // fails when somebody else is inside
    await new Promise((done) => setImmediate(done));
    rmdirSync(${JSON.stringify(inside)});
    release();`;
  const codes = await Promise.all(
    Array.from({ length: 6 }, () => {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
        stdio: 'inherit',
      });
      return new Promise((done) => child.on('exit', done));
    }),
  );
  expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
  rmSync(inside, { recursive: true, force: true });
}, 30_000);

test('a project is found upwards as far as its git root, and no further', () => {
  using folder = makeFolder();
  const deep = join(folder.path, 'repository', 'bench', 'deep');
  mkdirSync(deep, { recursive: true });
  mkdirSync(join(folder.path, '.seamark'));
  expect(findProject(deep)).toBe(deep);
  mkdirSync(join(folder.path, 'repository', '.git'));
  expect(findProject(deep)).toBe(deep);
  mkdirSync(join(folder.path, 'repository', '.seamark'));
  expect(findProject(deep)).toBe(join(folder.path, 'repository'));
});
