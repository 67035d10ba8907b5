/** The template virtual-slow-down: what a delay costs in line, and what beside something longer. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { seamark } from '../cli/seamark.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'seamark-slow-down-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a delay is paid for in full where the call stands in line, and less where it is hidden beside Go', async () => {
  cpSync(join(root, 'templates/virtual-slow-down'), folder, {
    recursive: true,
    filter: (path) => !/\.seamark|target$/.test(path),
  });
  const manifest = join(folder, 'go.mod');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('../../go\n', `${join(root, 'go')}\n`));
  const { stdout } = await seamark(['run', '--json', '--budget', '15s', '--no-report'], { cwd: folder });
  const { slopes = [] } = JSON.parse(stdout) as Result;
  const of = (form: string) => slopes.find(({ levels }) => levels.form === form)!;
  expect(slopes).toHaveLength(2);
  expect(of('in-line')).toMatchObject({ factor: 'fault.delay', layer: 'callee', site: 'decode' });
  // By their intervals: a busy machine stretches delays, and widens these.
  expect(of('in-line').high).toBeGreaterThan(0.7);
  expect(of('in-line').low).toBeLessThan(1.3);
  expect(of('beside').low).toBeLessThan(0.75);
}, 300_000);
