import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../model/problem.ts';
import { type LaunchOptions, launch } from './launch.ts';
import { ensureTool } from './toolbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamark-launch-'));
const plain: LaunchOptions = { cwd: folder, env: { PATH: process.env.PATH ?? '' } };
beforeAll(() => ensureTool('launch'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Process ids of living processes whose command line holds `mark`. */
function living(mark: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(mark);
    } catch {
      return false;
    }
  });
}

async function read(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('a launched process', () => {
  test('has its streams, its folder and nothing but the environment it was given', async () => {
    const one = await launch(['sh', '-c', 'pwd; env; echo oops >&2'], {
      ...plain,
      env: { PATH: plain.env.PATH ?? '', ONLY: 'this' },
    });
    const [stdout, stderr, report] = await Promise.all([read(one.stdout), read(one.stderr), one.report]);
    expect(stdout.split('\n')[0]).toBe(folder);
    expect(stdout).toContain('ONLY=this');
    expect(stdout).not.toContain('HOME=');
    expect(stderr).toBe('oops\n');
    expect(report).toMatchObject({ exit: 0, leaked: 0 });
  });

  test('reads what is written to it', async () => {
    const one = await launch(['tr', 'a-z', 'A-Z'], { ...plain, stdin: 'pipe' });
    one.stdin?.end('seamark');
    expect(await read(one.stdout)).toBe('SEAMARK');
  });

  test.each([
    ['exit 7', { exit: 7 }],
    ['kill -SEGV $$', { signal: 'SIGSEGV' }],
    ['kill -KILL $$', { signal: 'SIGKILL' }],
  ])('tells how it ended: %s', async (script, ending) => {
    const one = await launch(['sh', '-c', script], plain);
    expect(await one.report).toMatchObject(ending);
  });

  test('tells its time and memory: 40 MiB held and half a second of work show', async () => {
    const script =
      'const held = Buffer.alloc(40 << 20, 1); const end = process.cpuUsage().user + 5e5; while (process.cpuUsage().user < end); held.at(0)';
    const report = await (await launch([process.execPath, '-e', script], plain)).report;
    expect(report.userS).toBeGreaterThanOrEqual(0.5);
    expect(report.wallS).toBeGreaterThanOrEqual(0.5);
    expect(report.maxRssBytes).toBeGreaterThan(40 << 20);
  });

  test('runs on the cores it was given, and a core that is not there is a problem', async () => {
    const allowed = /Cpus_allowed_list:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
    const one = await launch(['grep', 'Cpus_allowed_list', '/proc/self/status'], {
      ...plain,
      cores: [Number(allowed)],
    });
    expect((await read(one.stdout)).trim()).toBe(`Cpus_allowed_list:\t${allowed}`);
    const nowhere = await launch(['true'], { ...plain, cores: [1023] });
    const error = await nowhere.report.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Problem);
    expect((error as Problem).facts).toMatchObject({ code: 'subject-not-started', blame: 'run' });
  });

  test.each([
    ['./not-here', 'no such file or directory'],
    ['not-on-the-path', 'executable file not found'],
  ])('that is not there (%s) is a problem that says so', async (program, reason) => {
    const error = await (await launch([program], plain)).report.catch((problem: unknown) => problem);
    expect((error as Problem).facts.code).toBe('subject-not-started');
    expect((error as Problem).message).toContain(reason);
  });

  test('is ended after its time, with its whole group', async () => {
    const one = await launch(['sh', '-c', 'sleep 77001 & sleep 77001'], { ...plain, timeoutMs: 100 });
    expect(await one.report).toMatchObject({ signal: 'SIGTERM', ended: 'timeout' });
    expect(living('77001')).toEqual([]);
  });

  test('is ended by an abort, and so are all others under the same signal', async () => {
    const stop = new AbortController();
    const all = await Promise.all(
      Array.from({ length: 12 }, () => launch(['sleep', '77002'], { ...plain, signal: stop.signal })),
    );
    stop.abort();
    for (const one of all) expect((await one.report).ended).toBe('abort');
    expect(living('77002')).toEqual([]);
    await expect(launch(['true'], { ...plain, signal: stop.signal })).rejects.toThrow();
  });

  test('that will not hear is killed', async () => {
    const one = await launch(['sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 77003; done'], plain);
    await once(one.stdout, 'data');
    expect(await one.end()).toMatchObject({ signal: 'SIGKILL', ended: 'asked' });
    expect(living('77003')).toEqual([]);
  });

  test('leaves nothing behind: children in its group and daemons are counted and ended', async () => {
    const one = await launch(
      ['sh', '-c', 'sleep 77004 & (setsid sleep 77004 &) ; setsid sh -c "sleep 77004 & sleep 77004" & sleep 0.1'],
      plain,
    );
    const report = await one.report;
    expect(report.exit).toBe(0);
    expect(report.leaked).toBeGreaterThanOrEqual(4);
    expect(living('77004')).toEqual([]);
  });
});

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'when Seamark itself is ended by %s, its subjects go with it',
  async (signal) => {
    const mark = signal === 'SIGKILL' ? '77005' : '77006';
    const tool = await ensureTool('launch');
    // Stands for a Seamark that dies without a last word: node, then launch, then the subject and its child.
    const script = `
    const { spawn } = require('node:child_process');
    const options = { detached: true, stdio: ['ignore', 'pipe', 'inherit', 'pipe'] };
    const words = ['--parent', String(process.pid), '--', 'sh', '-c', 'sleep ${mark} & echo ready; sleep ${mark}'];
    spawn(${JSON.stringify(tool)}, words, options).stdout.pipe(process.stdout);
    setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(parent.stdout, 'data');
    expect(living(mark).length).toBeGreaterThan(0);
    parent.kill(signal);
    await once(parent, 'exit');
    await expect.poll(() => living(mark), { timeout: 5000 }).toEqual([]);
  },
);
