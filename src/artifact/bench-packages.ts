/**
 * The packages of a go-bench subject that have benchmarks, each built to a test program as it stands, and to one with a way
 * in where batches may take turns.
 */
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { GoBenchSubject } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import type { BenchPackage } from './artifact.ts';
import { type BuildStep, runBuildStep } from './build-step.ts';
import { buildResident, type TestSide } from './resident-package.ts';

export interface BenchBuild {
  readonly out: string;
  /** What messages call the build. */
  readonly name: string;
  /** Whether the programs with a way in are built too. */
  readonly resident: boolean;
  readonly onStep?: ((step: string, build: string) => void) | undefined;
}

/** Rejects with a Problem when there is no such package, none has a benchmark, or one does not build. */
export async function buildBenchPackages(
  subject: GoBenchSubject,
  step: BuildStep,
  { out, name, resident, onStep }: BenchBuild,
): Promise<readonly BenchPackage[]> {
  const found = await listPackages(subject, step, name);
  const packages: BenchPackage[] = [];
  for (const { importPath, folder, clause, internal, external } of found) {
    const sides: TestSide[] = [
      { clause, benchmarks: await listBenchmarks(folder, internal) },
      { clause: `${clause}_test`, benchmarks: await listBenchmarks(folder, external) },
    ].filter((side) => side.benchmarks.length > 0);
    if (sides.length === 0) continue;
    const label = relative(step.folder, folder) || '.';
    const program = join(out, label === '.' ? 'root' : label.replaceAll(/[^\w-]+/g, '-'));
    const file = `${program}.test`;
    const words = ['go', 'test', '-c', '-o', file, importPath];
    const shown = label === '.' ? '.' : `./${label}`;
    onStep?.(`go test -c ${shown}`, name);
    await runBuildStep({ words }, { ...step, variables: {} }, name);
    if (resident) onStep?.(`go test -c -overlay ${shown}`, name);
    const wish = { importPath, folder, sides, file: `${program}.resident.test`, name };
    packages.push({
      name: importPath,
      label,
      folder,
      file,
      ...(resident ? { resident: await buildResident(wish, step) } : {}),
    });
  }
  if (packages.length > 0) return packages;
  throw new Problem({
    code: 'no-benchmarks',
    message: `No package of ${subject.package} has a benchmark`,
    cure: 'Set `package:` to a Go package (or a pattern such as ./...) with `func Benchmark…` in its tests.',
    blame: 'input',
  });
}

interface Listed {
  readonly importPath: string;
  readonly folder: string;
  /** Its package clause. */
  readonly clause: string;
  /** Test files of the package itself, and those of its _test package. */
  readonly internal: readonly string[];
  readonly external: readonly string[];
}

async function listPackages(subject: GoBenchSubject, step: BuildStep, name: string): Promise<readonly Listed[]> {
  const format = '{{.ImportPath}}\t{{.Dir}}\t{{.Name}}\t{{join .TestGoFiles "/"}}\t{{join .XTestGoFiles "/"}}';
  const stdout = await runBuildStep({ words: ['go', 'list', '-f', format, subject.package] }, step, name);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [importPath = '', folder = '', clause = '', internal = '', external = ''] = line.split('\t');
      return { importPath, folder, clause, internal: toFiles(internal), external: toFiles(external) };
    });
}

function toFiles(joined: string): readonly string[] {
  return joined.split('/').filter((file) => file !== '');
}

async function listBenchmarks(folder: string, files: readonly string[]): Promise<readonly string[]> {
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/^func (Benchmark(?!\p{Ll})[\p{L}\p{Nd}_]*)\s*\(/gmu)].map((match) => match[1] ?? ''),
  );
}
