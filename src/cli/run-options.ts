/** What `seamark run` can be told, and what it changes of the experiment. */
import { InvalidArgumentError, Option } from 'commander';
import type { Experiment } from '../model/experiment.ts';
import { MODES, type Mode } from '../model/plan.ts';
import { parseQuantity } from '../model/unit.ts';
import type { Overrides } from '../store/study-facts.ts';

export interface RunOptions {
  readonly seed?: number;
  readonly budget?: number;
  readonly blocks?: number;
  readonly mode?: Mode | 'auto';
  readonly watch?: boolean;
  /** true: the latest interrupted study of this experiment. */
  readonly resume?: string | true;
  readonly experiment?: string;
  readonly json?: boolean;
  readonly format: 'text' | 'md' | 'json';
  readonly out: string;
  readonly onUndecided?: 'pass' | 'fail';
  readonly report: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly wait: boolean;
}

/** Of `run` and `plan`. */
export function modeOption(): Option {
  return new Option('--mode <mode>', 'how the runs share the machine (default: what the spec says, or auto)').choices([
    'auto',
    ...MODES,
  ]);
}

/** Of `run` and `plan`; the bounds are those of `blocks:` in a spec: fewer can call no change. */
export function blocksOption(): Option {
  return new Option('--blocks <number>', 'judge at most so many blocks, from 12 on').argParser(readWhole(12, 2000));
}

export function watchOption(): Option {
  return new Option('--watch', 'no looks and no budget: go on until it is decided, or Ctrl-C').conflicts('budget');
}

/** The same words as in a spec: `90s`, `3 min`; a bare number is seconds. From 2 s to 24 h. */
export function readBudget(text: string): number {
  const quantity = parseQuantity(text);
  const isTime = quantity?.dimension === 'seconds' || quantity?.dimension === 'count';
  if (!quantity || !isTime || quantity.value < 2 || quantity.value > 86_400) {
    throw new InvalidArgumentError('It is a time from 2 s to 24 h, such as 90s or 3min.');
  }
  return quantity.value;
}

export function readWhole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`It is a whole number from ${least} to ${most.toLocaleString('en-US')}.`);
    }
    return value;
  };
}

/** In per cent, with or without the sign; undefined for what is none above 0 and at most 100. */
export function shareOf(text: string): number | undefined {
  const quantity = parseQuantity(text);
  const isShare = quantity?.dimension === 'count' || quantity?.dimension === 'fraction';
  if (!quantity || !isShare) return undefined;
  const share = quantity.dimension === 'count' ? quantity.value / 100 : quantity.value;
  return share > 0 && share <= 1 ? Number(share.toFixed(6)) : undefined;
}

export function readMargin(text: string): number {
  const margin = shareOf(text);
  if (margin !== undefined && margin >= 0.001 && margin <= 0.5) return margin;
  throw new InvalidArgumentError('It is a change in per cent, from 0.1 to 50, such as 2 or 1%.');
}

/** What was said now goes before what a resumed study was told when it began. */
export function gatherOverrides(
  { seed, budget, blocks, mode, watch }: Pick<RunOptions, 'seed' | 'budget' | 'blocks' | 'mode' | 'watch'>,
  before: Overrides,
): Overrides {
  return {
    ...before,
    ...(seed === undefined ? {} : { seed }),
    ...(budget === undefined ? {} : { budgetS: budget }),
    ...(blocks === undefined ? {} : { maxBlocks: blocks }),
    ...(mode === undefined ? {} : { mode }),
    ...(watch ? { stopping: 'anytime' } : {}),
  };
}

export function override(experiment: Experiment, overrides: Overrides): Experiment {
  const { mode: asked, ...rest } = experiment;
  const { mode = asked, ...changes } = overrides;
  return { ...rest, ...changes, ...(mode === undefined || mode === 'auto' ? {} : { mode }) };
}
