/** A fresh baseline of the one version, then the other against it, with criterion's own settings but for a second each. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Judge, Said } from './judge.ts';
import { spendOrFail } from './spend.ts';
import type { Version } from './versions.ts';

export async function prepareCriterion(work: string): Promise<Judge> {
  const home = join(work, 'criterion');
  const run = (version: Version, words: readonly string[]) =>
    spendOrFail(
      [version.criterion, '--bench', '--noplot', '--warm-up-time', '1', '--measurement-time', '1', ...words],
      { cwd: version.folder, env: { CRITERION_HOME: home } },
    );
  return {
    name: 'criterion',
    manner: 'a fresh baseline, one second of warm-up and of measurement',
    async compare(baseline, candidate): Promise<Said> {
      rmSync(home, { recursive: true, force: true });
      mkdirSync(home, { recursive: true });
      const first = await run(baseline, ['--save-baseline', 'base']);
      const second = await run(candidate, ['--baseline', 'base']);
      return { call: readVerdict(second.stdout), cpuS: first.cpuS + second.cpuS };
    },
  };
}

export function readVerdict(text: string): Said['call'] {
  if (/Performance has regressed/.test(text)) return 'slower';
  if (/Performance has improved/.test(text)) return 'faster';
  if (/No change in performance detected|Change within noise threshold/.test(text)) return 'none';
  throw new Error(`criterion printed no verdict:\n${text.slice(-800)}`);
}
