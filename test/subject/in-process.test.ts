import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Artifact } from '../../src/artifact/artifact.ts';
import { buildSubjects } from '../../src/artifact/build.ts';
import type { Experiment, Factor, HarnessSubject } from '../../src/model/experiment.ts';
import { inventExperiment } from '../../src/model/invented-experiment.ts';
import type { Arm } from '../../src/model/plan.ts';
import type { Executor, Session } from '../../src/model/run.ts';
import { runBlock } from '../../src/runner/block.ts';
import { machineClock } from '../../src/runner/clock.ts';
import { readSpec } from '../../src/spec/read-spec.ts';
import { median } from '../../src/stats/quantile.ts';
import { createExecutor } from '../../src/subject/executor.ts';
import { problemOf, words } from './awkward.ts';

const ROOT = join(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'seamark-in-process-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const BUILDS: Factor = { name: 'build', family: 'build', levels: [{ text: 'a' }, { text: 'b' }] };
const MOODS: Factor = { name: 'mood', family: 'parameter', levels: [{ text: 'calm' }, { text: 'crash' }] };

const armOf = (levels: Readonly<Record<string, string>>, role: Arm['role'] = 'main'): Arm => ({
  id: `${JSON.stringify(levels)} ${role}`,
  treatment: { id: Object.values(levels).join(' · '), levels, path: 'go->rust' },
  role,
  every: 1,
});
const options = { block: 1, mode: 'in-process', paddingBytes: 10, seed: 1 } as const;

/** Two copies of the switched host, whose libraries answer 1 and 2. Always at the same place: Go then compiles little anew. */
function layOut(kind: 'static' | 'shared' = 'static'): string {
  const folder = join(home, 'switched');
  for (const [index, name] of ['a', 'b'].entries()) {
    const copy = join(folder, name);
    rmSync(copy, { recursive: true, force: true });
    cpSync(join(import.meta.dirname, 'testdata/switched'), copy, { recursive: true });
    cpSync(join(copy, `core/${kind}.sh`), join(copy, 'core/build.sh'));
    edit(join(copy, 'go.mod'), '../../../../go', join(ROOT, 'go'));
    edit(join(copy, 'core/core.c'), '#define NUMBER 1', `#define NUMBER ${index + 1}`);
  }
  return folder;
}

function edit(file: string, from: string, into: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, into));
}

const CORE = 'sh core/build.sh $OUT';
const HOST = 'go build -o $OUT/bench .';

const subjectIn = (folder: string, changes: Partial<HarnessSubject> = {}): HarnessSubject => ({
  kind: 'harness',
  folder,
  build: [CORE, HOST].map(words),
  // The C compiler looks there for -lcore, and the loader for libcore.so.
  environment: { GOWORK: 'off', LIBRARY_PATH: '$OUT', LD_LIBRARY_PATH: '$OUT' },
  run: { 'go->rust': words('$OUT/bench') },
  library: '$OUT/libcore.a',
  ...changes,
});

interface Built {
  readonly experiment: Experiment;
  readonly artifacts: readonly Artifact[];
  readonly executor: Executor;
}

async function build(subject: HarnessSubject): Promise<Built> {
  const experiment = inventExperiment({
    subject,
    factors: [BUILDS, MOODS],
    baseline: { build: 'a' },
    paths: ['go->rust'],
  });
  const artifacts = await buildSubjects(experiment, { project: subject.folder, probed: false });
  return { experiment, artifacts, executor: createExecutor({ experiment, artifacts, conditions: {} }) };
}

async function checksumAlone(executor: Executor, arm: Arm): Promise<string | undefined> {
  const session = await executor.open(arm, { ...options, mode: 'alternating' });
  const { checksum } = await session.prepare();
  await session.close();
  return checksum;
}

const ARMS = [
  armOf({ build: 'a', mood: 'calm' }),
  armOf({ build: 'b', mood: 'calm' }),
  armOf({ build: 'a', mood: 'calm' }, 'aa'),
];

describe.each(['static', 'shared'] as const)('of a %s library', (kind) => {
  let built: Built;
  beforeAll(async () => {
    const library = kind === 'static' ? '$OUT/libcore.a' : '$OUT/libcore.so';
    built = await build(subjectIn(layOut(kind), { library }));
  }, 120_000);
  const open = (arms: readonly Arm[]): Promise<Session[]> =>
    Promise.all(arms.map((arm) => built.executor.open(arm, options)));

  test('two builds answer from one process as they do from processes of their own', async () => {
    const { executor } = built;
    expect(executor.modes).toEqual(['in-process', 'alternating']);
    const sessions = await open(ARMS);
    const prepared = await Promise.all(sessions.map((session) => session.prepare()));
    const alone = [];
    for (const arm of ARMS) alone.push(await checksumAlone(executor, arm));
    expect(prepared.map(({ checksum }) => checksum)).toEqual(alone);
    expect(alone[0]).not.toBe(alone[1]);
    expect(alone[0]).toBe(alone[2]);
    // A library that gets what another one made refuses it.
    for (let round = 0; round < 5; round += 1) {
      for (const session of sessions) expect((await session.run(8)).seconds).toBeGreaterThan(0);
    }
    expect(await sessions[1]?.count?.(8)).toMatchObject({ 'go.allocs': expect.any(Number) });
    const ends = await Promise.all(sessions.map((session) => session.close()));
    expect(ends.filter(({ wallS }) => wallS > 0)).toHaveLength(1);
    for (const end of ends) expect(end).toMatchObject({ cpuS: 0, maxRssBytes: 0, leaked: 0, stderr: '' });
  }, 120_000);

  test('a process dies with the build that was at work, which its reason names', async () => {
    const sessions = await open([armOf({ build: 'a', mood: 'crash' }), armOf({ build: 'b', mood: 'crash' })]);
    for (const session of sessions) await session.prepare();
    await sessions[0]?.run(4);
    const problem = await problemOf(sessions[1]!.run(4));
    expect(problem).toMatchObject({ code: 'subject-died', message: expect.stringContaining('b · crash') });
    await Promise.all(sessions.map((session) => session.close()));
  }, 120_000);

  test('a process ends when the last build leaves, and no file of it stays', async () => {
    const [first, second] = await open(ARMS.slice(0, 2));
    await first!.prepare();
    await first!.close();
    await second!.prepare();
    expect((await second!.run(4)).iterations).toBe(4);
    await second!.close();
    const { switched } = built.artifacts[0]!;
    if (switched?.kind !== 'ready') throw new Error('no host');
    expect((await readdir(switched.folder)).filter((file) => file.startsWith('switch-'))).toEqual([]);
  }, 120_000);
});

describe('builds keep processes of their own, and the reason is said, where', () => {
  const reasonIn = async (folder: string, changes: Partial<HarnessSubject> = {}) => {
    const { executor } = await build(subjectIn(folder, changes));
    expect(executor.modes).toEqual(['alternating']);
    return executor.cannot?.['in-process'];
  };

  test('the hosts differ', async () => {
    const folder = layOut();
    edit(join(folder, 'b/version.go'), 'return 0', 'return 7');
    expect(await reasonIn(folder)).toBe('the host programs of a and b differ too, and only one of them would run');
  }, 120_000);

  test.each(['static', 'shared'] as const)(
    'the host reads a variable of a %s library',
    async (kind) => {
      const folder = layOut(kind);
      for (const name of ['a', 'b']) {
        cpSync(join(folder, name, 'version_variable.go'), join(folder, name, 'version.go'));
        edit(join(folder, name, 'version.go'), '//go:build variable', '');
      }
      const library = kind === 'static' ? '$OUT/libcore.a' : '$OUT/libcore.so';
      expect(await reasonIn(folder, { library })).toContain('the host reads core_version, a variable of the library');
    },
    120_000,
  );

  test('the build sets its own flags for the linker', async () => {
    const line = words('env CGO_LDFLAGS=-g go build -o $OUT/bench .');
    expect(await reasonIn(layOut(), { build: [words(CORE), line] })).toMatch(/without what CGO_LDFLAGS says/);
  }, 120_000);

  test('the host is not built under $OUT', async () => {
    const folder = layOut();
    const changes = { build: [CORE, 'go build -o bench .'].map(words), run: { 'go->rust': words('./bench') } };
    expect(await reasonIn(folder, changes)).toMatch(/names no program under \$OUT/);
    expect(existsSync(join(folder, 'b/bench'))).toBe(true);
  }, 120_000);
});

test('a library that no build makes is a mistake in the spec', async () => {
  const problem = await problemOf(build(subjectIn(layOut(), { library: '$OUT/libother.a' })));
  expect(problem).toMatchObject({ code: 'library-missing', blame: 'input' });
}, 120_000);

test('work planted on the Rust side of one build of the lab is seen in one process, and two alike give the same bytes', async () => {
  const folder = join(home, 'lab');
  const template = join(ROOT, 'templates/first-crossing');
  for (const name of ['a', 'b']) {
    cpSync(template, join(folder, name), { recursive: true, filter: (file) => !file.includes('.seamark') });
    edit(join(folder, name, 'go.mod'), '../../go', join(ROOT, 'go'));
    edit(join(folder, name, 'core/Cargo.toml'), '../../../rust', join(ROOT, 'rust'));
  }
  const door = 'pub fn transform(input: &[u8], output: &mut [u8]) -> Result<usize, Refusal> {\n';
  const planted = '    for turn in 0..6000u32 {\n        std::hint::black_box(turn);\n    }\n';
  edit(join(folder, 'b/core/src/lib.rs'), door, door + planted);
  const spec = readSpec(readFileSync(join(template, 'seamark.yaml'), 'utf8'), { file: 'seamark.yaml', folder });
  const experiment: Experiment = {
    ...spec.experiments[0]!,
    factors: [BUILDS, ...spec.experiments[0]!.factors],
    baseline: { build: 'a' },
    metrics: { primary: 'time.p50', gate: ['rust.allocs'], explore: [] },
    expect: [],
  };
  const artifacts = await buildSubjects(experiment, { project: folder, probed: false });
  const executor = createExecutor({ experiment, artifacts, conditions: {} });
  expect(executor.cannot).toBeUndefined();
  expect(executor.modes[0]).toBe('in-process');

  const treatment = (build: string) => ({ build, payload: '4 KiB', handover: 'copy-out' });
  const arms = [armOf(treatment('a')), armOf(treatment('b')), armOf(treatment('a'), 'aa')];
  const opening = arms.map(({ id }) => id);
  const seen = [];
  for (let block = 0; block < 4; block += 1) {
    const outcomes = await runBlock(
      {
        experiment,
        plan: { seed: 1, modes: ['in-process'], arms, contrasts: [], pilotBlocks: 0, budgetS: 60 },
        order: { block, opening, rounds: Array.from({ length: 10 }, () => opening), padding: {} },
        stage: 'judged',
        mode: 'in-process',
        executor,
        pace: { iterations: () => 128, batchFor: () => 128 },
        clock: machineClock,
        originS: machineClock.nowS(),
      },
      new AbortController().signal,
    );
    const runs = outcomes.flatMap((outcome) => (outcome.kind === 'run' ? [outcome] : []));
    expect(runs.map(({ arm }) => arm)).toEqual(opening);
    expect(new Set(runs.map(({ checksum }) => checksum)).size).toBe(1);
    expect(runs.map(({ values }) => values['rust.allocs'])).toEqual([1, 1, 1]);
    expect(runs.some(({ values }) => 'rss' in values)).toBe(false);
    const [a, b] = runs;
    seen.push(median(b!.batches.map((seconds, round) => Math.log(seconds / a!.batches[round]!))));
  }
  // 6,000 turns are a quarter of what the lab does at 4 KiB and more.
  expect(median(seen)).toBeGreaterThan(0.1);
}, 300_000);
