/** The packages of a go-bench subject that have benchmarks, each built to a test program of its own. */
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { GoBenchSubject } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import type { BenchPackage } from './artifact.ts';
import { type BuildStep, runBuildStep } from './build-step.ts';

/** Rejects with a Problem when there is no such package, none has a benchmark, or one does not build. */
export async function buildBenchPackages(
  subject: GoBenchSubject,
  step: BuildStep,
  out: string,
  name: string,
  onStep: ((step: string, build: string) => void) | undefined,
): Promise<readonly BenchPackage[]> {
  const found = await listPackages(subject, step, name);
  const packages: BenchPackage[] = [];
  for (const { importPath, folder, files } of found) {
    if (!(await hasBenchmark(folder, files))) continue;
    const label = relative(step.folder, folder) || '.';
    const file = join(out, `${label === '.' ? 'root' : label.replaceAll(/[^\w-]+/g, '-')}.test`);
    const words = ['go', 'test', '-c', '-o', file, importPath];
    onStep?.(`go test -c ${label === '.' ? '.' : `./${label}`}`, name);
    await runBuildStep({ words }, { ...step, variables: {} }, name);
    packages.push({ name: importPath, label, folder, file });
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
  readonly files: readonly string[];
}

async function listPackages(subject: GoBenchSubject, step: BuildStep, name: string): Promise<readonly Listed[]> {
  const format = '{{.ImportPath}}\t{{.Dir}}\t{{join .TestGoFiles "\t"}}\t{{join .XTestGoFiles "\t"}}';
  const stdout = await runBuildStep({ words: ['go', 'list', '-f', format, subject.package] }, step, name);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [importPath = '', folder = '', ...files] = line.split('\t');
      return { importPath, folder, files: files.filter((file) => file !== '') };
    });
}

async function hasBenchmark(folder: string, files: readonly string[]): Promise<boolean> {
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    if (/^func Benchmark(?![a-z])\w*\(/m.test(text)) return true;
  }
  return false;
}
