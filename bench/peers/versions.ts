/** Versions of the lab with work planted on the Rust side, each built once for every tool that will judge it. */
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spendOrFail } from './spend.ts';

const root = join(import.meta.dirname, '..', '..');
export const seamark: readonly string[] = [process.execPath, join(root, 'dist', 'seamark.mjs')];

/** What a version was built into. */
export interface Version {
  readonly folder: string;
  /** For `benchstat` and Seamark's go-bench: the compiled test of package crossing. */
  readonly goTest: string;
  /** For hyperfine and Seamark's command: a program that does the same work 20,000 times. */
  readonly program: readonly string[];
  /** For criterion: its compiled bench. */
  readonly criterion: string;
}

export const VARIABLES = { GOWORK: 'off', GOFLAGS: '-trimpath' };

/** A copy of the lab's source under `folder`, with `turns` of an empty loop before each piece of work. */
export async function layOutVersion(folder: string, turns: number): Promise<void> {
  await spendOrFail([...seamark, 'init', folder, '--template', 'first-crossing'], { cwd: root });
  cpSync(join(import.meta.dirname, 'transform_test.go.txt'), join(folder, 'crossing', 'transform_test.go'));
  mkdirSync(join(folder, 'core', 'benches'));
  cpSync(join(import.meta.dirname, 'transform_bench.rs.txt'), join(folder, 'core', 'benches', 'transform.rs'));
  const manifest = join(folder, 'core', 'Cargo.toml');
  writeFileSync(
    manifest,
    `${readFileSync(manifest, 'utf8')}
[dev-dependencies]
criterion = { version = "=0.8.2", default-features = false }

[[bench]]
name = "transform"
harness = false
`,
  );
  plant(folder, turns);
}

const DOOR = 'pub fn transform(input: &[u8], output: &mut [u8]) -> Result<usize, Refusal> {\n';
const PLANTED = / {4}for turn in 0\.\.\d+u32 \{\n {8}std::hint::black_box\(turn\);\n {4}\}\n/;

export function plant(folder: string, turns: number): void {
  const file = join(folder, 'core', 'src', 'lib.rs');
  const [before, after] = readFileSync(file, 'utf8').split(DOOR);
  if (before === undefined || after === undefined) throw new Error(`${file}: where is transform?`);
  const loop = turns > 0 ? `    for turn in 0..${turns}u32 {\n        std::hint::black_box(turn);\n    }\n` : '';
  writeFileSync(file, before + DOOR + loop + after.replace(PLANTED, ''));
}

/** Builds everything of a version; Rust's dependencies are compiled once for all versions. */
export async function buildVersion(folder: string, target: string): Promise<Version> {
  const out = join(folder, 'built');
  mkdirSync(out, { recursive: true });
  const core = join(folder, 'core');
  await spendOrFail(['cargo', 'build', '--release', '--target-dir', target], { cwd: core });
  const bench = await spendOrFail(
    ['cargo', 'bench', '--no-run', '--bench', 'transform', '--message-format=json', '--target-dir', target],
    { cwd: core },
  );
  const executable = bench.stdout
    .split('\n')
    .filter((line) => line.includes('"executable":"'))
    .map((line) => JSON.parse(line) as { target: { name: string }; executable: string })
    .findLast((message) => message.target.name === 'transform' && message.executable.includes('/deps/'));
  if (!executable) throw new Error(`cargo bench in ${core} built no bench`);
  // The next version is built into the same folder: what this one is made of is taken away first.
  const library = join(out, 'libfirst_crossing.a');
  const criterion = join(out, 'criterion-bench');
  copyFileSync(join(target, 'release', 'libfirst_crossing.a'), library);
  copyFileSync(executable.executable, criterion);
  copyFileSync(join(target, 'release', 'transform'), join(out, 'transform'));
  const env = { ...VARIABLES, CGO_LDFLAGS: library };
  const goTest = join(out, 'crossing.test');
  await spendOrFail(['go', 'test', '-c', '-o', goTest, './crossing'], { cwd: folder, env });
  await spendOrFail(['go', 'build', '-o', join(out, 'bench'), './cmd/bench'], { cwd: folder, env });
  return { folder, goTest, criterion, program: [join(out, 'bench'), ...WORK] };
}

const WORK = [
  '--workload',
  'transform',
  '--path',
  'go->rust',
  '--set',
  'payload=4KiB',
  '--n',
  '10000',
  '--batches',
  '2',
];

/** Byte for byte the same programs, elsewhere. */
export function copyVersion(version: Version, folder: string): Version {
  cpSync(version.folder, folder, { recursive: true });
  const moved = (file: string): string => join(folder, file.slice(version.folder.length + 1));
  const [program = '', ...words] = version.program;
  return {
    folder,
    goTest: moved(version.goTest),
    criterion: moved(version.criterion),
    program: [moved(program), ...words],
  };
}
