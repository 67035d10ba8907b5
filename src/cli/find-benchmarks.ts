/** What a Go module holds that can be measured: its benchmarks by package, whether it crosses into C or Rust, crates beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface BenchmarkFinding {
  /** Folders with benchmarks, relative to the module: `.`, `./codec`; names without `Benchmark`. */
  readonly packages: readonly { readonly label: string; readonly names: readonly string[] }[];
  /** Some Go file there says `import "C"`: there is a boundary to watch. */
  readonly usesC: boolean;
  /** Folders of Rust crates, relative to the module: `core`; no crate inside another's folder. */
  readonly crates: readonly string[];
}

/** Enough to know a module by; nobody waits for a whole monorepo to be read. */
const MOST_FILES = 20_000;
const SKIPPED = new Set(['vendor', 'testdata', 'node_modules', 'target']);

/** Looks through one Go module, other modules inside it left out, as the go command does. */
export function findBenchmarks(module: string): BenchmarkFinding {
  const packages = new Map<string, string[]>();
  const crates: string[] = [];
  let files = 0;
  let usesC = false;
  const waiting = [module];
  for (let folder = waiting.pop(); folder !== undefined && files < MOST_FILES; folder = waiting.pop()) {
    const entries = readdirSync(folder, { withFileTypes: true });
    if (folder !== module && entries.some((entry) => entry.name === 'go.mod')) continue;
    const near = relative(module, folder).split(sep).join('/');
    if (entries.some((entry) => entry.name === 'Cargo.toml')) crates.push(near === '' ? '.' : near);
    for (const entry of entries) {
      if (entry.isDirectory() && !/^[._]/.test(entry.name) && !SKIPPED.has(entry.name))
        waiting.push(join(folder, entry.name));
      if (!entry.isFile() || !entry.name.endsWith('.go')) continue;
      files++;
      const text = readFileSync(join(folder, entry.name), 'utf8');
      usesC ||= /^\s*(?:import\s+)?"C"\s*$/m.test(text);
      if (!entry.name.endsWith('_test.go')) continue;
      const found = [...text.matchAll(/^func Benchmark((?![a-z])\w*)\(/gm)].map((match) => match[1]!);
      if (found.length === 0) continue;
      const label = near === '' ? '.' : `./${near}`;
      packages.set(label, [...(packages.get(label) ?? []), ...found]);
    }
  }
  const sorted = [...packages].sort(([a], [b]) => (a < b ? -1 : 1));
  return { packages: sorted.map(([label, names]) => ({ label, names })), usesC, crates: outermost(crates) };
}

function outermost(folders: readonly string[]): readonly string[] {
  return folders
    .filter((folder) => !folders.some((other) => folder !== other && folder.startsWith(`${other}/`)))
    .sort();
}
