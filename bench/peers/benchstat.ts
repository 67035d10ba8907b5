/** `go test -count=10` of each version, one after the other, and `benchstat` over both: as its documentation shows it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judge, Said } from './judge.ts';
import { spendOrFail } from './spend.ts';
import type { Version } from './versions.ts';

const MODULE = 'golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da';

export async function prepareBenchstat(work: string): Promise<Judge> {
  const folder = join(work, 'benchstat');
  mkdirSync(folder, { recursive: true });
  await spendOrFail(['go', 'install', MODULE], { cwd: folder, env: { GOBIN: folder, GOFLAGS: '-mod=mod' } });
  const run = (version: Version) =>
    spendOrFail([version.goTest, '-test.run=^$', '-test.bench=^BenchmarkTransform$', '-test.count=10'], {
      cwd: version.folder,
    });
  return {
    name: 'benchstat',
    manner: '-count=10 of each, one after the other',
    async compare(baseline, candidate): Promise<Said> {
      const old = await run(baseline);
      const young = await run(candidate);
      const files = ['old.txt', 'new.txt'].map((name) => join(folder, name));
      writeFileSync(files[0]!, old.stdout);
      writeFileSync(files[1]!, young.stdout);
      const told = await spendOrFail([join(folder, 'benchstat'), '-format', 'csv', ...files], { cwd: folder });
      return { call: readChange(told.stdout), cpuS: old.cpuS + young.cpuS + told.cpuS };
    },
  };
}

/** The column `vs base` of the row of the benchmark: `~` or a percentage with its sign. */
export function readChange(csv: string): Said['call'] {
  const row = csv.split('\n').find((line) => line.startsWith('Transform'));
  const change = row?.split(',')[5];
  if (change === undefined) throw new Error(`benchstat printed no change:\n${csv}`);
  if (change === '~') return 'none';
  return change.startsWith('-') ? 'faster' : 'slower';
}
