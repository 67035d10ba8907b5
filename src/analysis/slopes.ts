/**
 * Virtual slow-down: where an experiment delays one layer by two known times or more, what a second there costs the whole. The
 * other way round it is what a second saved there would gain. Source: Curtsinger & Berger, Coz (SOSP 2015), with planted delays
 * in randomised blocks in place of sampled ones.
 */
import type { Experiment, Factor } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import type { Arm, Mode, Plan } from '../model/plan.ts';
import type { BoundaryMap } from '../model/site.ts';
import { SLOWED_LAYERS, type Slope, type SlopeSays } from '../model/slope.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { median } from '../stats/quantile.ts';
import { type Block, pairBlocks } from './samples.ts';

const LEAST_LEVELS = 2;
const LEAST_BLOCKS = 6;
const ALPHA = 0.05;

export interface SlopesInput {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly blocks: readonly Block[];
  readonly boundary: readonly BoundaryMap[];
  readonly mode: Mode;
}

/** None where the crossings of an operation were not counted: then the delay of one operation is not known. */
export function drawSlopes(input: SlopesInput): Slope[] {
  const { factors, metrics } = input.experiment;
  if (findMetric(metrics.primary)?.dimension !== 'seconds') return [];
  return factors.flatMap((factor) => {
    const layer = Object.entries(SLOWED_LAYERS).find(([kind]) => factor.name === `fault.${kind}`)?.[1];
    return layer === undefined ? [] : slopesOf(input, factor, layer);
  });
}

function slopesOf(input: SlopesInput, factor: Factor, layer: Slope['layer']): Slope[] {
  const { plan } = input;
  const none = new Set(factor.levels.filter(({ value = 0 }) => value === 0).map(({ text }) => text));
  const isMain = ({ role }: Arm) => role === 'main';
  const bases = plan.arms.filter((arm) => isMain(arm) && none.has(arm.treatment.levels[factor.name] ?? ''));
  return bases.flatMap((base) => {
    const slower = plan.arms.filter(
      (arm) => isMain(arm) && !none.has(arm.treatment.levels[factor.name] ?? '') && differIn(arm, base, factor.name),
    );
    return slower.length < LEAST_LEVELS ? [] : slopeOf(input, factor, layer, base, slower);
  });
}

function differIn(one: Arm, other: Arm, name: string): boolean {
  const names = new Set([...Object.keys(one.treatment.levels), ...Object.keys(other.treatment.levels)]);
  return [...names].every((each) => (one.treatment.levels[each] === other.treatment.levels[each]) === (each !== name));
}

function slopeOf(
  { experiment, blocks, boundary, mode }: SlopesInput,
  factor: Factor,
  layer: Slope['layer'],
  base: Arm,
  slower: readonly Arm[],
): Slope[] {
  const perOperation = crossingsOf(boundary, base.treatment.id, factor, layer);
  if (!(perOperation > 0)) return [];
  const delays = slower.map((arm) => {
    const level = arm.treatment.levels[factor.name]!;
    const value = factor.levels.find(({ text }) => text === level)?.value ?? 0;
    const delayS = (value * perOperation) / (factor.every ?? 1);
    const pairs = pairBlocks(
      blocks,
      { kind: 'build', baselineArm: base.id, candidateArm: arm.id },
      experiment.metrics.primary,
      mode,
    );
    const longerS = pairs.map((pair): [string, number] => [
      `${pair.stage} ${pair.block}`,
      pair.baseline * Math.expm1(pair.logRatio),
    ]);
    return { level, delayS, byBlock: new Map(longerS) };
  });
  const whole = [...(delays[0]?.byBlock.keys() ?? [])].filter((key) => delays.every(({ byBlock }) => byBlock.has(key)));
  if (whole.length < LEAST_BLOCKS) return [];
  const squares = delays.reduce((sum, { delayS }) => sum + delayS * delayS, 0);
  // Through the origin: no delay is no change. Least squares of each block, then over the blocks.
  const ofBlocks = whole.map(
    (key) => delays.reduce((sum, { delayS, byBlock }) => sum + delayS * byBlock.get(key)!, 0) / squares,
  );
  const { centre, low, high, confidence } = hodgesLehmann(ofBlocks, ALPHA);
  const { [factor.name]: _, ...levels } = base.treatment.levels;
  return [
    {
      factor: factor.name,
      layer,
      ...(factor.site === undefined ? {} : { site: factor.site }),
      treatment: Object.entries(levels)
        .map(([name, level]) => (name === 'path' ? level : `${name}=${level}`))
        .join(' · '),
      levels,
      points: delays.map(({ level, delayS, byBlock }) => ({
        level,
        delayS,
        longerS: median(whole.map((key) => byBlock.get(key)!)),
      })),
      slope: centre,
      ...{ low, high, confidence, blocks: whole.length, says: read(low, high) },
    },
  ];
}

/** Crossings of one operation in which it is delayed, as counted with nothing planted. */
function crossingsOf(boundary: readonly BoundaryMap[], base: string, { site }: Factor, layer: Slope['layer']): number {
  const wanted = layer === 'callback' ? 'callback' : 'call';
  return (boundary.find(({ of }) => of === base)?.sites ?? [])
    .filter((one) => one.kind === wanted && (site === undefined || one.site === site))
    .reduce((sum, one) => sum + (one.perOperation ?? 0), 0);
}

/** What an interval leaves standing: nearer to one of 0 and 1 than to the other throughout, or wholly apart from both. */
function read(low: number, high: number): SlopeSays {
  if (low > 1) return 'amplified';
  if (low > 0 && high < 1) return 'partly hidden';
  if (low >= 0.5 && high <= 1.5) return 'in line';
  return low >= -0.5 && high <= 0.5 ? 'hidden' : 'undecided';
}
