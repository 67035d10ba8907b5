import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runInGroup } from './command-group.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamark-group-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = { PATH: process.env.PATH ?? '' };

/** Starts a grandchild, says its number, and waits for it. `how` it takes a SIGTERM is the grandchild's affair. */
const family = (said: string, how: string): readonly string[] => [
  '-c',
  `sh -c '${how}; echo $$ > "${said}.new"; mv "${said}.new" "${said}"; while :; do sleep 60 & wait; done' & wait`,
];

async function numberIn(said: string): Promise<number> {
  while (!existsSync(said)) await new Promise((resolve) => setImmediate(resolve));
  return Number(readFileSync(said, 'utf8'));
}

/** Ended, or a zombie that nobody has asked about yet. */
function isGone(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

test.each([
  ['goes when asked', 'true'],
  ['takes no notice of being asked', 'trap "" TERM'],
])('an abort ends what a command started, also what %s', async (name, how) => {
  const said = join(folder, name.replaceAll(' ', '-'));
  const controller = new AbortController();
  const running = runInGroup('sh', family(said, how), { env, signal: controller.signal });
  const grandchild = await numberIn(said);
  expect(isGone(grandchild)).toBe(false);
  controller.abort(new Error('stopped'));
  await expect(running).rejects.toThrow('stopped');
  await expect.poll(() => isGone(grandchild)).toBe(true);
});

test('a limit ends what a command started', async () => {
  const said = join(folder, 'limit');
  const result = await runInGroup('sh', family(said, 'true'), { env, timeoutMs: 300 });
  expect(result).toMatchObject({ failed: true, timedOut: true });
  if (existsSync(said)) {
    const grandchild = Number(readFileSync(said, 'utf8'));
    await expect.poll(() => isGone(grandchild)).toBe(true);
  }
});

test('a command that was stopped before it began is not begun', async () => {
  const said = join(folder, 'never');
  const running = runInGroup('touch', [said], { env, signal: AbortSignal.abort(new Error('stopped')) });
  await expect(running).rejects.toThrow('stopped');
  expect(existsSync(said)).toBe(false);
});

test('how a command ended is told: its output, its code, its signal, or why it did not start', async () => {
  expect(await runInGroup('sh', ['-c', 'echo out; echo err >&2; exit 3'], { env })).toMatchObject({
    ...{ failed: true, stdout: 'out', stderr: 'err', exitCode: 3, timedOut: false },
  });
  expect(await runInGroup('sh', ['-c', 'kill -9 $$'], { env })).toMatchObject({ failed: true, signal: 'SIGKILL' });
  expect(await runInGroup('no-such-program', [], { env })).toMatchObject({ failed: true, code: 'ENOENT' });
});
