/** For tests: real builds of a small Go package, one a version of its sources, and what witnesses are asked with. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSubjects } from '../artifact/build.ts';
import type { CommandLine } from '../model/experiment.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Result } from '../model/result.ts';
import { inherited } from '../subject/start.ts';
import type { EvidenceRequest } from './gather.ts';

/** Text of each file, by its name. */
type Sources = Readonly<Record<string, string>>;

export interface InventedBuilds {
  readonly request: EvidenceRequest;
  remove(): Promise<void>;
}

/** Each version is all sources, some of them its own. `benchmark`: `Run` of `BenchmarkRun`. `build`: what is done first, in each. */
export async function inventBuilds(
  benchmark: string,
  sources: Sources,
  versions: Readonly<Record<string, Sources>>,
  build: readonly CommandLine[] = [],
): Promise<InventedBuilds> {
  const folder = await mkdtemp(join(tmpdir(), 'seamark-builds-'));
  for (const [name, own] of Object.entries(versions)) {
    const files = { 'go.mod': 'module example.com/tiny\n\ngo 1.21\n', ...sources, ...own };
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name, file)), { recursive: true });
      await writeFile(join(folder, name, file), text);
    }
  }
  const experiment = inventExperiment({
    subject: { kind: 'go-bench', folder, package: '.', bench: '.', build, environment: {} },
    factors: [
      { name: 'benchmark', family: 'parameter', levels: [{ text: benchmark }] },
      { name: 'build', family: 'build', levels: Object.keys(versions).map((text) => ({ text })) },
    ],
    baseline: { build: Object.keys(versions)[0]! },
    mode: 'interleaved',
  });
  const artifacts = await buildSubjects(experiment, { project: folder, probed: false });
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  const result = { estimates: [] } as unknown as Result;
  const conditions = { environment: inherited() };
  return {
    request: { experiment, artifacts, conditions, result, scratch, signal: new AbortController().signal },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
