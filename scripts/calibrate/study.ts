/** One study through the command line, as a user starts it. */
import { execa } from 'execa';
import type { Comparison } from '../../src/model/result.ts';
import { seamark } from './lab.ts';

export interface Called {
  readonly verdict: Comparison['verdict'];
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly blocks: number;
  readonly durationS: number;
}

export interface Asked {
  readonly seed: number;
  readonly budget: string;
  readonly blocks?: number;
}

export async function runStudy(folder: string, asked: Asked): Promise<Called> {
  const [node, bundle] = seamark;
  const blocks = asked.blocks === undefined ? [] : ['--blocks', String(asked.blocks)];
  const ran = await execa(
    node,
    [
      bundle,
      'run',
      '--json',
      '--quiet',
      '--no-report',
      '--seed',
      String(asked.seed),
      '--budget',
      asked.budget,
      ...blocks,
    ],
    { cwd: folder, reject: false },
  );
  if (![0, 1, 4].includes(ran.exitCode ?? 3)) throw new Error(`a study failed (${ran.exitCode}): ${ran.stderr}`);
  const result = JSON.parse(ran.stdout) as { comparisons: Comparison[]; durationS: number };
  const primary = result.comparisons.find(({ metric }) => metric === 'time.p50');
  if (!primary) throw new Error(`a study without its primary comparison: ${ran.stdout.slice(0, 400)}`);
  const { verdict, ratio, low, high } = primary;
  return { verdict, ratio, low, high, blocks: primary.blocks, durationS: result.durationS };
}
