/** Go inside a program of Rust, as an archive and as a shared library: crossings begin in Rust, on threads that it made. */
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sumTotals } from '../../src/format/total.ts';
import { countsOf, Laboratory } from './laboratory.ts';

const THREADS = 6;
const TIMES = 500;
const ALL = (THREADS + 1) * TIMES;

let lab: Laboratory;
beforeAll(() => {
  lab = new Laboratory('host');
});
afterAll(() => lab[Symbol.dispose]());

/** The Go side by `go build`, then the host around it by cargo, as their users do. */
async function buildHost(form: 'c-archive' | 'c-shared', variant: 'bare' | 'probed'): Promise<string> {
  const folder = `${form}-${variant}`;
  const library = path.join(folder, form === 'c-archive' ? 'libembedded.a' : 'libembedded.so');
  if (variant === 'bare') await lab.build(library, [`-buildmode=${form}`]);
  else await lab.buildProbed(library, [`-buildmode=${form}`]);
  const target = path.join(lab.work, folder, 'target');
  const embedded = {
    EMBEDDED_FOLDER: path.join(lab.work, folder),
    EMBEDDED_KIND: form === 'c-archive' ? 'static' : 'dylib',
  };
  await execa('cargo', ['build', '--offline', '--target-dir', target], {
    cwd: path.join(lab.source, 'rust'),
    env: embedded,
  });
  return path.join(target, 'debug', 'host');
}

describe.each(['c-archive', 'c-shared'] as const)('Go in a Rust program as a %s', (form) => {
  let bare: string;
  let probed: string;
  beforeAll(async () => {
    bare = await buildHost(form, 'bare');
    probed = await buildHost(form, 'probed');
  });

  it('answers the same bare, off and on, and every crossing of every thread is counted', async () => {
    const words = [String(THREADS), String(TIMES)];
    const answer = await lab.run(bare, words);
    expect(answer.stdout).toMatch(new RegExp(`^\\d+ ${ALL}$`));
    const off = await lab.run(probed, words);
    const on = await lab.watch(probed, words);
    expect([off.stdout, on.stdout]).toEqual([answer.stdout, answer.stdout]);
    expect(countsOf(on.map)).toEqual({ callRust: ALL });
    // The host asks twice for the runtime's count of calls.
    expect(countsOf(on.map, 'callback')).toEqual({ GoDouble: 2 * ALL, GoThrough: ALL, GoCalls: 2 });
    expect(on.map.unpatched).toEqual([]);
  });

  it('has what Go calls inside of what Rust called, each in its own layers', async () => {
    const { folder, recordFiles } = await lab.watch(probed, [String(THREADS), String(TIMES)]);
    const [file] = folder.files;
    expect(recordFiles).toHaveLength(1);
    const totals = Object.fromEntries(sumTotals(file!.file).map((one) => [one.site.symbol, one]));
    const { GoThrough: through, callRust: call, GoDouble: inner } = totals;
    expect(call!.entry + call!.callee + call!.exit).toBeLessThan(through!.callee);
    expect(call!.nested).toBeGreaterThan(0);
    expect(call!.nested).toBeLessThan(inner!.entry + inner!.callee + inner!.exit);
    expect(Object.values(totals).filter(({ opened, count }) => opened !== count)).toEqual([]);
  });
});
