/** Every kind of planted fault shows where it was planted, and nowhere else: by counts, which are exact. */
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, faultBuild, faultRun } from '../../src/instrument/fault.ts';
import { Laboratory } from './laboratory.ts';

const KEY = '89abcdef0123456789abcdef01234567';
const planted = (...faults: Fault[]) => faultRun(faults, KEY, 7);

interface Seen {
  readonly mallocs: number;
  readonly bytes: number;
  readonly held: number;
  /** KiB. */
  readonly resident: number;
  readonly threads: number;
  readonly sleeps: number;
  readonly cores: number;
  readonly sum: number;
}

let lab: Laboratory;
let plantable: string;

beforeAll(async () => {
  lab = new Laboratory('plant');
  plantable = await lab.buildProbed('plantable', [], faultBuild(KEY));
});
afterAll(() => lab[Symbol.dispose]());

async function cross(times: number, faults: readonly Fault[], goroutines = 1): Promise<Seen> {
  const { stdout } = await lab.run(plantable, [String(goroutines), String(times)], planted(...faults));
  return JSON.parse(stdout) as Seen;
}

/** As the kernel counted them, by name. */
async function systemCalls(times: number, faults: readonly Fault[]): Promise<Readonly<Record<string, number>>> {
  const words = ['-f', '-c', '-U', 'calls,name', plantable, '1', String(times)];
  const { stderr } = await execa('strace', words, { env: planted(...faults) });
  return Object.fromEntries(
    [...stderr.matchAll(/^\s*(\d+)\s+(\w+)\s*$/gm)].map(([, count, name]) => [name!, Number(count)]),
  );
}

describe('a planted fault', () => {
  it('of each kind leaves what the program computes as it is', async () => {
    const kinds = ['delay', 'jitter', 'copy', 'alloc', 'leak', 'lock', 'syscall', 'threads', 'allocs', 'contention'];
    const inGo = ['go-delay', 'go-alloc', 'go-copy', 'callback-delay'];
    const both = [...kinds, ...inGo, 'ballast', 'cache'] as Fault['kind'][];
    const sizes = new Map([
      ['syscall', 2],
      ['threads', 1],
      ['copy', 100],
      ['alloc', 100],
      ['leak', 100],
      ['allocs', 3],
    ]);
    const all = both.map((kind) => ({
      kind,
      size: sizes.get(kind) ?? (/alloc|go-copy|ballast|cache/.test(kind) ? 4096 : 1e-6),
    }));
    const nothing = await cross(50, []);
    for (const fault of all) expect((await cross(50, [fault], 2)).sum, fault.kind).toBe(2 * nothing.sum - 9);
    expect((await cross(50, all)).sum).toBe(nothing.sum);
  });

  it.each([1, 3])('system calls are made at each crossing of their site, or at every %d', async (every) => {
    const before = await systemCalls(300, [{ kind: 'syscall', site: 'step', size: 0 }]);
    const after = await systemCalls(300, [{ kind: 'syscall', site: 'step', size: 5, every }]);
    expect((after.getppid ?? 0) - (before.getppid ?? 0)).toBe(5 * Math.floor(301 / every));
  });

  it('threads are made and gone again', async () => {
    const one = [{ kind: 'threads', site: 'other', size: 2, every: 10 }] as const;
    const before = await systemCalls(200, []);
    const after = await systemCalls(200, one);
    const made = (calls: Readonly<Record<string, number>>) => (calls.clone ?? 0) + (calls.clone3 ?? 0);
    // Go makes a thread more or less as it likes.
    expect(Math.abs(made(after) - made(before) - 2 * 20)).toBeLessThan(8);
    expect((await cross(200, one)).threads).toBeLessThan(16);
  });

  it('allocations and leaks are counted to the last byte at their site, and at no other', async () => {
    const memory = async (fault: Fault) => {
      const { map } = await lab.watch(plantable, ['1', '500'], planted(fault));
      const of = (name: string) => map.sites.find(({ site }) => site === name)!.memory!;
      for (const other of ['other', 'callBack']) expect(of(other)).toMatchObject({ allocs: 0, bytes: 0, frees: 0 });
      return of('step');
    };
    const alloc = await memory({ kind: 'alloc', site: 'step', size: 1000 });
    expect(alloc).toMatchObject({ crossings: 501, allocs: 501, bytes: 501_000, frees: 501, held: { bytes: 0 } });
    const leak = await memory({ kind: 'leak', site: 'step', size: 1000, every: 10 });
    // malloc sets 1,000 bytes aside in a piece of 1,008 with the word before them.
    expect(leak).toMatchObject({ crossings: 501, allocs: 50, bytes: 50_000, frees: 0, held: { bytes: 50_000 } });
  });

  it('many small allocations are counted one by one at their site, and all of them come back', async () => {
    const { map } = await lab.watch(plantable, ['1', '300'], planted({ kind: 'allocs', site: 'step', size: 7 }));
    const of = (name: string) => map.sites.find(({ site }) => site === name)!.memory!;
    expect(of('step')).toMatchObject({ allocs: 7 * 301, bytes: 64 * 7 * 301, frees: 7 * 301, held: { bytes: 0 } });
    for (const other of ['other', 'callBack']) expect(of(other)).toMatchObject({ allocs: 0, frees: 0 });
  });

  it('a copy into Go is counted at the site of the helper and as what comes out of its call, and is garbage', async () => {
    const copy = { kind: 'go-copy', site: 'step', size: 1000, every: 2 } as const;
    const { map } = await lab.watch(plantable, ['1', '400'], planted(copy));
    const of = (name: string) => map.sites.find(({ site }) => site === name)!;
    expect(of('C.GoBytes')).toMatchObject({ kind: 'copy', crossings: 200, payload: { bytesOut: 200_000 } });
    expect(of('step')).toMatchObject({ crossings: 401, payload: { copies: 200, bytesOut: 200_000, bytesIn: 0 } });
    expect(of('other').payload).toBeUndefined();
    const [none, some] = [await cross(400, [{ ...copy, size: 0 }]), await cross(400, [copy])];
    expect(Math.abs(some.mallocs - none.mallocs - 200)).toBeLessThan(30);
    expect(Math.abs(some.bytes - none.bytes - 1024 * 200)).toBeLessThan(30_000);
  });

  it.each([1, 2])(
    'contention puts each call of its site to sleep, and a lock that is free none: %d goroutines',
    async (goroutines) => {
      const fault = { kind: 'contention', site: 'step', size: 20e-6 } as const;
      const { stdout, map } = await lab.watch(plantable, [String(goroutines), '300'], planted(fault));
      expect((JSON.parse(stdout) as Seen).sleeps).toBeGreaterThanOrEqual(goroutines * 300);
      const { sleeps } = await cross(300, [{ ...fault, kind: 'lock' }]);
      expect(sleeps).toBeLessThan(100);
      const { crossings, callee } = map.sites.find(({ site }) => site === 'step')!;
      expect(crossings).toBe(goroutines * 300 + 1);
      expect(callee.mean).toBeGreaterThan(20e-6);
    },
  );

  it('a leak is held by the allocator, and what was only taken is not', async () => {
    const leak = await cross(500, [{ kind: 'leak', site: 'step', size: 1000, every: 2 }]);
    const alloc = await cross(500, [{ kind: 'alloc', site: 'step', size: 1000 }]);
    const none = await cross(500, [{ kind: 'alloc', site: 'step', size: 0 }]);
    // malloc rounds 1,000 bytes and its own word up to 1,008; Go's threads take some hundred bytes each.
    expect(Math.abs(leak.held - none.held - 250 * 1008)).toBeLessThan(10_000);
    expect(Math.abs(alloc.held - none.held)).toBeLessThan(10_000);
  });

  it('garbage of Go is one allocation a crossing, of the size of its class', async () => {
    const none = await cross(1000, [{ kind: 'go-alloc', site: 'step', size: 0 }]);
    const some = await cross(1000, [{ kind: 'go-alloc', site: 'step', size: 1000 }]);
    expect(Math.abs(some.mallocs - none.mallocs - 1000)).toBeLessThan(30);
    expect(Math.abs(some.bytes - none.bytes - 1024 * 1000)).toBeLessThan(30_000);
  });

  it('ballast is resident', async () => {
    const none = await cross(1, [{ kind: 'ballast', size: 0 }]);
    const some = await cross(1, [{ kind: 'ballast', size: 64 * 2 ** 20 }]);
    expect(some.resident - none.resident).toBeGreaterThan(60 * 1024);
  });

  it('a core that was taken away is not there for Go either', async () => {
    const none = await cross(1, [{ kind: 'cores', size: 0 }]);
    const ran = await lab.run(plantable, ['1', '1'], planted({ kind: 'cores', size: none.cores - 1 }));
    expect((JSON.parse(ran.stdout) as Seen).cores).toBe(1);
    const all = await lab.run(plantable, ['1', '1'], planted({ kind: 'cores', size: none.cores }));
    expect(all.exitCode).toBe(78);
  });

  it.each([
    ['twice the same kind', 'delay::3,delay::4'],
    ['a shape of no name', 'jitter::3:1:0:square'],
    ['never', 'delay::3:0'],
    ['a site of the process', 'ballast:step:4096'],
    ['a seventh part', 'jitter::3:1:0:uniform:x'],
    ['nothing behind the comma', 'delay::3,'],
    ['a callback of a foreign function', 'callback-delay:step:3'],
    ['a call of a function of Go', 'delay:goStep:3'],
  ])('that is %s ends the program before it begins', async (_, wish) => {
    const ran = await lab.run(plantable, ['1', '1'], { ...planted(), SEAMARK_FAULT: wish });
    expect(ran).toMatchObject({ exitCode: 78, stdout: '' });
  });
});

describe('a program that can be planted is built and planted', () => {
  const kinds: readonly Fault[] = [
    { kind: 'delay', size: 1e-7 },
    { kind: 'alloc', size: 100, every: 3 },
    { kind: 'go-delay', size: 1e-7 },
    { kind: 'go-alloc', size: 100, every: 3 },
    { kind: 'callback-delay', size: 1e-7 },
    { kind: 'lock', size: 1e-7 },
    { kind: 'allocs', size: 2 },
    { kind: 'contention', size: 1e-6, every: 10 },
    { kind: 'go-copy', size: 100 },
  ];
  const proves = async (name: string, words: readonly string[], added: Readonly<Record<string, string>> = {}) => {
    const file = await lab.buildProbed(name, words, { ...added, ...faultBuild(KEY) });
    const bare = await cross(100, [], 2);
    for (const probe of ['off', 'full']) {
      const ran = await lab.watch(file, ['2', '100'], { SEAMARK_PROBE: probe, ...planted(...kinds) });
      expect((JSON.parse(ran.stdout) as Seen).sum).toBe(bare.sum);
      expect(ran.exitCode).toBe(0);
    }
  };

  it.each([['-race'], ['-asan'], ['-buildmode=pie'], ['-gcflags=-N -l']])('under %s', async (flag) =>
    proves(`with${flag.replaceAll(/\W/g, '_')}`, [flag]),
  );

  it.each([
    ['-O0 -g -fstack-protector-all'],
    ['-O2 -flto'],
    ['-std=gnu11 -Wall -Werror -pedantic-errors -Wshadow -Wundef -Wcast-qual -Wno-unused-function'],
  ])('with the C flags %s', async (flags) => proves(`with${flags.replaceAll(/\W/g, '_')}`, [], { CGO_CFLAGS: flags }));

  it.each(['go1.22.12', 'go1.24.4'])('with %s', async (toolchain) =>
    proves(`with-${toolchain}`, [], { GOTOOLCHAIN: toolchain }),
  );
});
