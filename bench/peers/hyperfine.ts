/**
 * hyperfine on both programs with its own settings, then Welch's test at 5 % on the times it exports: it prints a ratio
 * and its spread and leaves the verdict to the script beside it, which tests so.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { studentCdf } from '../../src/stats/student.ts';
import type { Judge, Said } from './judge.ts';
import { spendOrFail } from './spend.ts';

export async function prepareHyperfine(work: string): Promise<Judge> {
  const folder = join(work, 'hyperfine');
  mkdirSync(folder, { recursive: true });
  const tool = join(folder, 'bin', 'hyperfine');
  if (!existsSync(tool)) {
    await spendOrFail(
      ['cargo', 'install', '--quiet', '--locked', '--version', '1.20.0', '--root', folder, 'hyperfine'],
      {
        cwd: folder,
      },
    );
  }
  return {
    name: 'hyperfine',
    manner: 'its own number of runs, one program after the other, Welch at 5 %',
    async compare(baseline, candidate): Promise<Said> {
      const out = join(folder, 'times.json');
      const { cpuS } = await spendOrFail(
        [tool, '-N', '--warmup', '3', '--export-json', out, baseline.program.join(' '), candidate.program.join(' ')],
        { cwd: folder },
      );
      const { results } = JSON.parse(readFileSync(out, 'utf8')) as { results: { times: number[] }[] };
      return { call: welch(results[0]?.times ?? [], results[1]?.times ?? []), cpuS };
    },
  };
}

/** Welch, Biometrika 34 (1947), two-sided at 5 %. */
export function welch(old: readonly number[], young: readonly number[]): Said['call'] {
  const [a, b] = [moments(old), moments(young)];
  const error = a.variance / old.length + b.variance / young.length;
  const freedom =
    error ** 2 /
    ((a.variance / old.length) ** 2 / (old.length - 1) + (b.variance / young.length) ** 2 / (young.length - 1));
  const t = (b.mean - a.mean) / Math.sqrt(error);
  if (2 * studentCdf(-Math.abs(t), freedom) > 0.05) return 'none';
  return t > 0 ? 'slower' : 'faster';
}

function moments(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) };
}
