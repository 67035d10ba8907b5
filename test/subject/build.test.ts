import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { buildSubjects } from '../../src/artifact/build.ts';
import { readLock } from '../../src/artifact/contents.ts';
import { findOnPath } from '../../src/machine/tools.ts';
import type { CommandSubject, Experiment } from '../../src/model/experiment.ts';
import { createExecutor } from '../../src/subject/executor.ts';
import { armOf, experimentOn, problemOf, words } from './awkward.ts';

const home = mkdtempSync(join(tmpdir(), 'seamark-build-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let folder = '';
let number = 0;
beforeEach(() => {
  folder = join(home, `subject-${++number}`);
  mkdirSync(folder);
});

function commandExperiment(subject: Partial<CommandSubject>, more: Partial<Experiment> = {}): Experiment {
  const whole = { kind: 'command', folder, build: [], environment: {}, run: words('true'), ...subject } as const;
  return { ...experimentOn(whole), ...more };
}

const build = (experiment: Experiment) => buildSubjects(experiment, { project: home, probed: false });

async function run(experiment: Experiment, levels: Readonly<Record<string, string>> = {}) {
  const executor = createExecutor({ experiment, artifacts: await build(experiment), conditions: {} });
  const session = await executor.open(armOf(levels), { block: 1, mode: 'alternating', paddingBytes: 0, seed: 1 });
  await session.prepare();
  try {
    return await session.run(1);
  } finally {
    await session.close();
  }
}

describe('a build', () => {
  test('runs without a shell, in the folder of its level, with $OUT and $SEED', async () => {
    writeFileSync(
      join(folder, 'make.sh'),
      'printf "%s|" "$PWD" "$@" > "$1/said"; printf "#!/bin/sh\n" > "$1/prog"; chmod +x "$1/prog"',
    );
    const line = { words: ['sh', 'make.sh', '$OUT', 'a;b', '$SEED', '$HOME'] };
    const [artifact] = await build(commandExperiment({ build: [line], run: words('$OUT/prog') }));
    expect(readFileSync(join(artifact?.out ?? '', 'said'), 'utf8')).toBe(`${folder}|${artifact?.out}|a;b|1|$HOME|`);
    expect(artifact?.commands['']?.words).toEqual([join(artifact?.out ?? '', 'prog')]);
  });

  test('has a folder of its own for each build level', async () => {
    for (const name of ['a', 'b']) mkdirSync(join(folder, name));
    const factors = [{ name: 'build', family: 'build', levels: [{ text: 'a' }, { text: './b' }] }] as const;
    const artifacts = await build(commandExperiment({}, { factors }));
    expect(artifacts.map((one) => [one.build, one.folder])).toEqual([
      ['a', join(folder, 'a')],
      ['./b', join(folder, 'b')],
    ]);
    expect(artifacts[0]?.out).not.toBe(artifacts[1]?.out);
  });

  test('with the probe takes over what cargo built without it, and compiles no Rust again', async () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(
      join(folder, 'Cargo.toml'),
      '[package]\nname = "small"\nversion = "0.1.0"\nedition = "2021"\n[workspace]\n',
    );
    writeFileSync(join(folder, 'src/main.rs'), 'fn main() {}\n');
    const log = join(folder, 'rustc.log');
    writeFileSync(
      join(folder, 'rustc.sh'),
      `#!/bin/sh\ncase "$*" in *src/main.rs*) echo x >> "${log}";; esac\nexec "$@"\n`,
    );
    chmodSync(join(folder, 'rustc.sh'), 0o755);
    const experiment = commandExperiment({
      build: [words('cargo build --offline --target-dir $OUT/target')],
      run: words('$OUT/target/debug/small'),
      environment: { RUSTC_WRAPPER: join(folder, 'rustc.sh') },
    });
    const artifacts = await buildSubjects(experiment, { project: home, probed: true });
    expect(artifacts.map((artifact) => artifact.probed)).toEqual([false, true]);
    expect(artifacts[0]?.contents.executables[0]?.sha256).toBe(artifacts[1]?.contents.executables[0]?.sha256);
    expect(readFileSync(log, 'utf8')).toBe('x\n');
    // A change is built in both.
    writeFileSync(join(folder, 'src/main.rs'), 'fn main() { println!("changed") }\n');
    const changed = await buildSubjects(experiment, { project: home, probed: true });
    for (const artifact of changed) {
      expect(artifact.contents.executables[0]?.sha256).not.toBe(artifacts[0]?.contents.executables[0]?.sha256);
    }
    expect(readFileSync(log, 'utf8')).toBe('x\nx\nx\n');
  });

  test('that is made in place is copied, so that the next build does not change what runs', async () => {
    const copy = { words: ['cp', (await findOnPath('true')) ?? '', './prog'] };
    const experiment = commandExperiment({ build: [copy], run: words('./prog') });
    const [artifact] = await build(experiment);
    const file = artifact?.commands['']?.words[0] ?? '';
    expect(file).toBe(join(artifact?.out ?? '', 'prog'));
    expect(existsSync(file)).toBe(true);
    expect(artifact?.contents.executables).toMatchObject([{ name: 'prog' }]);
  });

  test('that ended badly is told with the command and its last words', async () => {
    const line = { words: ['sh', '-c', 'echo first; echo no such type: Foo >&2; exit 4'] };
    const problem = await problemOf(build(commandExperiment({ build: [line] })));
    expect(problem).toMatchObject({ code: 'build-failed', blame: 'run' });
    expect(problem.message).toContain('exited with code 4');
    expect(problem.detail).toBe('first\nno such type: Foo');
  });

  test('that takes too long is ended', async () => {
    const experiment = commandExperiment({ build: [words('sleep 99')] }, { limits: { answerS: 1, buildS: 0.2 } });
    expect(await problemOf(build(experiment))).toMatchObject({ code: 'build-timeout' });
  });

  test('whose folder, or whose program, is not there is told so', async () => {
    const factors = [{ name: 'build', family: 'build', levels: [{ text: 'nowhere' }] }] as const;
    expect(await problemOf(build(commandExperiment({}, { factors })))).toMatchObject({
      code: 'no-such-build',
      blame: 'input',
    });
    const absent = commandExperiment({ build: [words('true')], run: words('$OUT/prog') });
    expect(await problemOf(build(absent))).toMatchObject({ code: 'nothing-to-run' });
  });

  test('can be stopped', async () => {
    const stop = new AbortController();
    const experiment = commandExperiment({ build: [words('sleep 99')] });
    const building = buildSubjects(experiment, {
      project: home,
      probed: false,
      signal: stop.signal,
      onStep: () => stop.abort(),
    });
    await expect(building).rejects.toThrow(/abort/i);
  });
});

describe('a tool that is not on this machine is named with how to get it', () => {
  /** A PATH with nothing but these. */
  async function pathWith(...tools: string[]): Promise<string> {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    for (const tool of tools) symlinkSync((await findOnPath(tool)) ?? '', join(bin, tool));
    return bin;
  }

  test.each(['go', 'cargo', 'rustc'])('%s', async (tool) => {
    const PATH = await pathWith();
    const problem = await problemOf(
      build(commandExperiment({ build: [words(`${tool} build`)], environment: { PATH } })),
    );
    expect(problem.code).toBe(`${tool}-missing`);
    expect(problem.cure?.length).toBeGreaterThan(20);
  });

  test('a C compiler, which cgo asks for', async () => {
    writeFileSync(join(folder, 'go.mod'), 'module example.com/c\n\ngo 1.21\n');
    writeFileSync(
      join(folder, 'main.go'),
      'package main\n\n// int one(void) { return 1; }\nimport "C"\n\nfunc main() { println(C.one()) }\n',
    );
    const environment = { PATH: await pathWith('go'), GOWORK: 'off', GOFLAGS: '', CGO_ENABLED: '1', CC: 'no-such-cc' };
    const problem = await problemOf(build(commandExperiment({ build: [words('go build -o $OUT/c .')], environment })));
    expect(problem.code).toBe('cc-missing');
    expect(problem.message).toContain('C compiler');
  });

  test('a C compiler, without which Go would leave cgo out of a probed build in silence', async () => {
    const environment = { PATH: await pathWith('go'), CC: '', GOWORK: 'off' };
    const subject = { kind: 'go-bench', folder, build: [], environment, package: '.', bench: '.' } as const;
    const building = buildSubjects(experimentOn(subject), { project: folder, probed: true });
    const problem = await problemOf(building);
    expect(problem.code).toBe('cc-missing');
    expect(problem.blame).toBe('run'); // exit code 3
    expect(problem.cure?.length).toBeGreaterThan(20);
  });
});

describe('a command', () => {
  test('is measured as a whole, and has the levels of its factors as words', async () => {
    writeFileSync(join(folder, 'check.sh'), '[ "$1" = 4096 ] && [ "$2" = "two words" ] && [ "$MODE" = fast ]\n');
    const factors = [
      { name: 'size', family: 'parameter', levels: [{ text: '4 KiB', value: 4096, dimension: 'bytes' }] },
      { name: 'words', family: 'parameter', levels: [{ text: 'two words' }] },
      { name: 'env.MODE', family: 'environment', levels: [{ text: 'fast' }] },
    ] as const;
    const experiment = commandExperiment({ run: words('sh check.sh $SIZE $words') }, { factors });
    const batch = await run(experiment, { size: '4 KiB', words: 'two words', 'env.MODE': 'fast' });
    expect(batch.iterations).toBe(1);
    expect(batch.seconds).toBeGreaterThan(0);
    expect(batch.values?.cpu).toBeGreaterThan(0);
  });

  test('in a shell has them as variables', async () => {
    const factors = [
      { name: 'n', family: 'parameter', levels: [{ text: '3', value: 3, dimension: 'count' }] },
    ] as const;
    const shell = 'test "$(echo "$N$SEED" | tr 3 x)" = x1';
    const experiment = commandExperiment({ run: { words: ['sh', '-c', shell], shell } }, { factors });
    expect((await run(experiment, { n: '3' })).iterations).toBe(1);
  });

  test('that fails, or never ends, is a problem', async () => {
    const failing = commandExperiment({ run: { words: ['sh', '-c', 'echo why >&2; exit 5'] } });
    expect(await problemOf(run(failing))).toMatchObject({ code: 'subject-died', detail: 'why' });
    const endless = commandExperiment({ run: words('sleep 99') }, { limits: { answerS: 0.2, buildS: 10 } });
    expect(await problemOf(run(endless))).toMatchObject({ code: 'subject-hangs' });
  });

  test('that is no program says so', async () => {
    writeFileSync(join(folder, 'data'), 'not a program');
    chmodSync(join(folder, 'data'), 0o644);
    expect(await problemOf(run(commandExperiment({ run: words('./data') })))).toMatchObject({
      code: 'subject-not-started',
    });
  });
});

test('crates are read from a lock file, two versions of one both', () => {
  const lock =
    '[[package]]\nname = "a"\nversion = "1.0.0"\n\n[[package]]\nname = "b"\nversion = "2.1.0"\nsource = "x"\n\n[[package]]\nname = "b"\nversion = "3.0.0"\n';
  expect(readLock(lock)).toEqual({ a: '1.0.0', b: '2.1.0, 3.0.0' });
});
