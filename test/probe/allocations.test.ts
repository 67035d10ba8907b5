/** What the C and Rust side allocates inside each crossing: counted exactly, whoever asks, and not counted rather than wrongly. */
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILE_FLAGS, STATE } from '../../src/format/layout-gen.ts';
import { readRecord } from '../../src/format/record.ts';
import { sumTotals } from '../../src/format/total.ts';
import { Laboratory, type Seen } from './laboratory.ts';

const ALLOCATOR_FLAGS = FILE_FLAGS.ALLOCATIONS | FILE_FLAGS.OTHER_ALLOCATOR;
const NAMED_FLAGS = FILE_FLAGS.JEMALLOC | FILE_FLAGS.MIMALLOC;

let lab: Laboratory;
let probed: string;

beforeAll(async () => {
  lab = new Laboratory('allocations');
  probed = await lab.buildProbed('probed');
});
afterAll(() => lab[Symbol.dispose]());

/** By site: crossings, allocations, bytes asked for, blocks given back, bytes that stay. */
function allocationsOf({ folder }: Pick<Seen, 'folder'>): Readonly<Record<string, readonly number[]>> {
  const totals = sumTotals(folder.files[0]!.file).filter(({ opened }) => opened > 0);
  return Object.fromEntries(
    totals.map((total) => [
      total.site.symbol,
      [total.count, total.allocs, total.allocBytes, total.frees, total.heldBytes],
    ]),
  );
}

const flagsOf = ({ folder }: Pick<Seen, 'folder'>): number => folder.files[0]!.file.header.flags & ALLOCATOR_FLAGS;
const wordOf = (stdout: string, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)`, 'm').exec(stdout)?.[1] ?? Number.NaN);

describe('the C library, asked by C', () => {
  it('has each allocation, each byte and each block given back counted for the call it was made in', async () => {
    const seen = await lab.watch(probed, ['all']);
    expect(flagsOf(seen)).toBe(FILE_FLAGS.ALLOCATIONS);
    const stays = wordOf(seen.stdout, 'everyMember');
    expect(allocationsOf(seen)).toEqual({
      calloc: [1, 1, 8000, 0, 8008],
      take: [1, 1000, 100_000, 0, 104_000],
      give: [2, 0, 0, 1000, -104_000],
      free: [2, 0, 0, 2, -8032],
      nothing: [1, 0, 0, 0, 0],
      freeNothing: [1, 0, 0, 0, 0],
      everyMember: [1, 11, 4676, 10, stays],
      failing: [1, 1, 77, 1, 0],
      'C.CString': [1, 1, 11, 0, 24],
    });
  });

  it('tells a leak, that stays with every call, from an arena, that grew once', async () => {
    const seen = await lab.watch(probed, ['leak', '500']);
    const { leak, useArena } = allocationsOf(seen);
    expect(leak).toEqual([500, 500, 500_000, 0, wordOf(seen.stdout, 'leaked')]);
    expect(useArena).toEqual([500, 1, 65_536, 0, wordOf(seen.stdout, 'grown')]);
  });

  it('counts calls that stand inside each other, by way of callbacks, each for itself', async () => {
    expect(allocationsOf(await lab.watch(probed, ['around', '6']))).toEqual({
      around: [7, 14, 1050, 14, 0],
      pair: [7, 21, 672, 21, 0],
      goInside: [7, 0, 0, 0, 0],
    });
  });

  it('goes on counting exactly after a panic went through a call', async () => {
    const { around, pair } = allocationsOf(await lab.watch(probed, ['panic']));
    expect(around).toEqual([1, 2, 150, 2, 0]);
    expect(pair).toEqual([1, 3, 96, 3, 0]);
  });

  it('is counted to the last block from eight threads', async () => {
    const seen = await lab.watch(probed, ['threads', '2000']);
    expect(seen.exitCode).toBe(0);
    expect(allocationsOf(seen)).toEqual({
      pair: [16_000, 72_000, 72_000 * 32, 72_000, 0],
    });
  });

  it('is in the record of each crossing; what does not fit there is at its largest, and said to be', async () => {
    const few = recordsOf(await lab.watch(probed, ['saturate', '70']));
    expect(few).toEqual([{ allocs: 70, bytes: 2240, saturated: false }]);
    const seen = await lab.watch(probed, ['saturate', '70000']);
    expect(recordsOf(seen)).toEqual([{ allocs: 65_535, bytes: 2_240_000, saturated: true }]);
    expect(allocationsOf(seen).many).toEqual([1, 70_000, 2_240_000, 70_000, 0]);
  });

  it('leaves nothing of itself in a record that is written over', async () => {
    const flight = { SEAMARK_FLIGHT: '1', SEAMARK_RECORDS_PER_LANE: '64' };
    const records = recordsOf(await lab.watch(probed, ['quieten', '100'], flight));
    expect(records).toHaveLength(64);
    expect(records.every(({ allocs, bytes }) => allocs === 0 && bytes === 0)).toBe(true);
  });

  it('can be left uncounted, and then the file does not say that it was counted', async () => {
    const seen = await lab.watch(probed, ['all'], { SEAMARK_ALLOCATIONS: 'off' });
    expect(flagsOf(seen)).toBe(0);
    expect(allocationsOf(seen).take).toEqual([1, 0, 0, 0, 0]);
    expect(flagsOf(await lab.watch(probed, ['all'], { SEAMARK_PROBE: 'counters' }))).toBe(0);
  });
});

function recordsOf({ folder }: Seen) {
  const { file } = folder.files[0]!;
  return file.lanes
    .flatMap((lane) => Array.from({ length: lane.usedSlots }, (_, slot) => readRecord(file, lane, slot)))
    .map((record) => ({
      allocs: record.allocs,
      bytes: record.allocBytes,
      saturated: (record.state & STATE.SATURATED) !== 0,
    }));
}

describe('Rust', () => {
  const build = async (kind: 'staticlib' | 'cdylib'): Promise<string> => {
    const library = path.join(lab.work, kind === 'cdylib' ? 'libcallee.so' : 'libcallee.a');
    const allocator = path.join(import.meta.dirname, '..', '..', 'rust', 'src', 'allocations.rs');
    await execa('cp', [allocator, lab.source]);
    const words = ['--edition', '2021', '-O', '-A', 'dead_code', '--crate-type', kind, '-o', library, 'callee.rs'];
    await execa('rustc', words, { cwd: lab.source });
    const flags = kind === 'cdylib' ? `-L${lab.work} -lcallee -Wl,-rpath,${lab.work}` : library;
    return lab.buildProbed(`rust-${kind}`, ['-tags=rust'], { CGO_LDFLAGS: flags });
  };

  it.each(['staticlib', 'cdylib'] as const)(
    'as a %s has the calls and bytes counted that its own counting allocator counts',
    async (kind) => {
      const seen = await lab.watch(await build(kind), ['rust', '1000']);
      const found = allocationsOf(seen);
      for (const line of seen.stdout.split('\n')) {
        const [name = '', calls, bytes] = line.split(' ');
        expect([name, ...found[name]!.slice(1, 3)]).toEqual([name, Number(calls), Number(bytes)]);
      }
      expect(found.grow_vector).toEqual([100, 900, 1_635_200, 900, 0]);
      expect(found.keep_box!.slice(3)).toEqual([0, found.keep_box![0]! * 1000]);
    },
  );
});

describe('another allocator', () => {
  it('that is preloaded is the one that is asked, and counted', async () => {
    const library = path.join(lab.work, 'preloaded.so');
    await execa('cc', ['-O2', '-fno-builtin', '-shared', '-fPIC', '-o', library, 'own.c'], { cwd: lab.source });
    const seen = await lab.watch(probed, ['leak', '10'], { LD_PRELOAD: library });
    expect(flagsOf(seen)).toBe(ALLOCATOR_FLAGS);
    expect(allocationsOf(seen).leak).toEqual([10, 10, 10_000, 0, 10_080]);
    expect(wordOf(seen.stdout, 'leaked')).toBe(10_080);
  });

  it('that does not say how large its blocks are is not asked, and nobody else is', async () => {
    const library = path.join(lab.work, 'unsized.so');
    const words = ['-O2', '-fno-builtin', '-DUNSIZED', '-shared', '-fPIC', '-o', library, 'own.c'];
    await execa('cc', words, { cwd: lab.source });
    const seen = await lab.watch(probed, ['around', '3'], { LD_PRELOAD: library });
    expect(flagsOf(seen)).toBe(0);
    expect(allocationsOf(seen).around).toEqual([4, 0, 0, 0, 0]);
  });

  it('that the program brings itself is the one that works, and is not counted', async () => {
    const file = await lab.buildProbed('own', ['-tags=own']);
    const seen = await lab.watch(file, ['leak', '10']);
    expect(wordOf(seen.stdout, 'leaked')).toBe(10_080);
    expect(flagsOf(seen)).toBe(0);
    expect(allocationsOf(seen).leak).toEqual([10, 0, 0, 0, 0]);
  });

  it('that is linked under names of its own is counted beside the C library', async () => {
    const names = ['malloc', 'calloc', 'realloc', 'free', 'memalign', 'aligned_alloc', 'valloc', 'pvalloc'];
    const renamed = [...names, 'posix_memalign', 'malloc_usable_size'].map((name) => `-D${name}=je_${name}`);
    renamed.push('-DMARK=je_mallctl');
    const archive = path.join(lab.work, 'libnamed.a');
    await execa('cc', ['-O2', '-fno-builtin', ...renamed, '-c', '-o', 'named.o', 'own.c'], { cwd: lab.source });
    await execa('ar', ['rcs', archive, 'named.o'], { cwd: lab.source });
    await execa('rm', ['named.o'], { cwd: lab.source });
    const file = await lab.buildProbed('named', ['-tags=named'], { CGO_LDFLAGS: archive });
    const seen = await lab.watch(file, ['named', '10']);
    expect(seen.folder.files[0]!.file.header.flags & (ALLOCATOR_FLAGS | NAMED_FLAGS)).toBe(
      FILE_FLAGS.ALLOCATIONS | FILE_FLAGS.JEMALLOC,
    );
    expect(allocationsOf(seen).useNamed).toEqual([10, 40, 7000, 30, 1440]);
    const uncounted = await lab.watch(file, ['named', '10'], { SEAMARK_ALLOCATIONS: 'off' });
    expect(uncounted.stdout).toBe(seen.stdout);
    expect(allocationsOf(uncounted).useNamed).toEqual([10, 0, 0, 0, 0]);
  });

  it('that comes in an archive is taken as it is without the probe', async () => {
    await execa('cc', ['-O2', '-fno-builtin', '-c', '-fPIC', '-o', 'own.o', 'own.c'], { cwd: lab.source });
    const archive = path.join(lab.work, 'libown.a');
    await execa('ar', ['rcs', archive, 'own.o'], { cwd: lab.source });
    await execa('rm', ['own.o'], { cwd: lab.source });
    const file = await lab.buildProbed('archive', [], { CGO_LDFLAGS: archive });
    const seen = await lab.watch(file, ['leak', '10']);
    expect(wordOf(seen.stdout, 'leaked')).toBe(10_080);
    expect(flagsOf(seen)).toBe(0);
  });
});

describe('a build in which the family is', () => {
  it.each([['-race'], ['-buildmode=pie'], ['-ldflags=-s -w']])('counts under %s', async (flag) => {
    const seen = await lab.watch(await lab.buildProbed(`with${flag.replaceAll(/\W/g, '_')}`, [flag]), ['leak', '20']);
    expect(flagsOf(seen)).toBe(FILE_FLAGS.ALLOCATIONS);
    expect(allocationsOf(seen).leak).toEqual([20, 20, 20_000, 0, wordOf(seen.stdout, 'leaked')]);
  });

  it('keeps the words that the user gives the linker', async () => {
    const rpath = path.join(lab.work, 'somewhere else');
    const file = await lab.buildProbed('words', [`-ldflags=-extldflags "'-Wl,-rpath,${rpath}'"`]);
    const { stdout } = await execa('readelf', ['-d', file]);
    expect(stdout).toContain(rpath);
    expect(flagsOf(await lab.watch(file, ['leak', '1']))).toBe(FILE_FLAGS.ALLOCATIONS);
  });
});

describe('a build in which the family is not', () => {
  it.each([
    ['-asan', ['-asan']],
    ['a static executable', ['-ldflags=-extldflags=-static']],
    ['a package that asks for one', ['-tags=static']],
  ])('works and counts nothing: %s', async (name, words) => {
    const file = await lab.buildProbed(`without${name.replaceAll(/\W/g, '_')}`, words);
    const seen = await lab.watch(file, ['around', '3']); // leaves nothing that a sanitizer could mind
    expect(seen.exitCode).toBe(0);
    expect(flagsOf(seen)).toBe(0);
    expect(allocationsOf(seen).around).toEqual([4, 0, 0, 0, 0]);
  });

  it('is a library: its host keeps the allocator it has', async () => {
    const library = await lab.buildProbed('libinside.so', ['-buildmode=c-shared']);
    const { stdout } = await execa('nm', ['-D', '--defined-only', library]);
    expect(stdout).toMatch(/ T goInside$/m);
    expect(stdout).not.toMatch(/ (malloc|free|calloc|realloc)$/m);
    const host = path.join(lab.work, 'host');
    const words = ['-x', 'c', path.join(lab.source, 'host.c.txt'), '-x', 'none', library, `-Wl,-rpath,${lab.work}`];
    await execa('cc', [...words, '-o', host]);
    const seen = await lab.watch(host, []);
    expect(flagsOf(seen)).toBe(0);
    expect(allocationsOf(seen).pair).toEqual([2, 0, 0, 0, 0]);
  });
});
