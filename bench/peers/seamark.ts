/** Seamark through its command line, on the kind of program that each peer looks at. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Result } from '../../src/model/result.ts';
import type { Judge, Said } from './judge.ts';
import { spend } from './spend.ts';
import { seamark, VARIABLES, type Version } from './versions.ts';

export type Kind = 'go-bench' | 'harness' | 'command';

export function prepareSeamark(work: string, kind: Kind, budget: string): Judge {
  return {
    name: `seamark, ${kind}`,
    manner: `budget ${budget}, margin 1 %`,
    async compare(baseline, candidate, turn): Promise<Said> {
      const folder = join(work, `seamark-${kind}-${basename(candidate.folder)}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'seamark.yaml'), describe(kind, baseline, candidate));
      const words = ['run', '--json', '--quiet', '--no-report', '--budget', budget, '--seed', String(turn + 1)];
      const ran = await spend([...seamark, ...words], { cwd: folder });
      if (![0, 1, 4].includes(ran.exitCode)) throw new Error(`seamark ended with ${ran.exitCode}: ${ran.stderr}`);
      const { verdict } = JSON.parse(ran.stdout) as Result;
      return {
        call: verdict === 'regression' ? 'slower' : verdict === 'improvement' ? 'faster' : 'none',
        cpuS: ran.cpuS,
      };
    },
  };
}

/** The change that a long study sees, as a fraction, for sizing what is planted. */
export async function measureChange(work: string, baseline: Version, candidate: Version): Promise<number> {
  const folder = join(work, 'sizing');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'seamark.yaml'), describe('harness', baseline, candidate));
  const words = ['run', '--json', '--quiet', '--no-report', '--budget', '5min', '--blocks', '200'];
  const ran = await spend([...seamark, ...words], { cwd: folder });
  if (![0, 1, 4].includes(ran.exitCode)) throw new Error(`seamark ended with ${ran.exitCode}: ${ran.stderr}`);
  const primary = (JSON.parse(ran.stdout) as Result).comparisons.find(({ metric }) => metric === 'time.p50');
  return (primary?.ratio ?? Number.NaN) - 1;
}

/** The programs were built before; `build` only hands them over, as the peers are not charged for building either. */
function describe(kind: Kind, baseline: Version, candidate: Version): string {
  const environment = `  environment: ${JSON.stringify({ ...VARIABLES, CGO_LDFLAGS: '$OUT/libfirst_crossing.a' })}\n`;
  const handOver = '  build: [cp -r built/. $OUT/]\n';
  const head = 'experiment: peers\n';
  const tail = `factors: {build: [${baseline.folder}, ${candidate.folder}]}\nprobe: off\nmargin: 1 %\n`;
  const [, ...words] = baseline.program;
  switch (kind) {
    case 'go-bench':
      return `${head}subject:\n  kind: go-bench\n  package: ./crossing\n  bench: ^BenchmarkTransform$\n${handOver}${environment}metrics: {primary: time.p50}\n${tail}`;
    case 'harness':
      return `${head}subject:\n  kind: harness\n${handOver}  run: {rust: $OUT/transform}\nworkload: {name: transform, seed: 7, records: {distribution: zipf, s: 1.1, of: 4096}}\npaths: [rust]\n${tail.replace('{build:', '{payload: [4 KiB], build:')}`;
    case 'command':
      return `${head}subject:\n  kind: command\n${handOver}  run: ${JSON.stringify(['$OUT/bench', ...words].join(' '))}\n${tail}`;
  }
}
