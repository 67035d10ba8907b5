/**
 * Growth: where a factor has five levels of numbers or more, the primary metric as a curve over them, one for each
 * combination of the other levels. A block gives one point a level; its own speed, common to all its levels, is taken out
 * first, so what is left is the scatter of processes. Intervals of knees and peaks come from resampled blocks.
 */
import type { Curve, Growth, Scaling, SlopeDifference } from '../model/curve.ts';
import type { Experiment, Factor } from '../model/experiment.ts';
import type { Arm, Plan } from '../model/plan.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { type CurvePoint, fitPowerLawTo, type PowerLaw } from '../stats/power-law.ts';
import { createRandom, type Random } from '../stats/random.ts';
import { fitScalability } from '../stats/scalability.ts';
import { percentileEnds, resampleBlocks } from './block-resampling.ts';
import { BAD_FIT, seekKnee } from './knee.ts';
import { levelNumber } from './level-number.ts';
import { type LevelTable, tabulateLevels } from './level-table.ts';
import { type Block, isExact, runValue } from './samples.ts';

const LEAST_LEVELS = 5;
const LEAST_KNEE_LEVELS = 6;
const LEAST_BLOCKS = 6;
const CONFIDENCE = 0.95;

/** Factors that say how many work at once. */
const CONCURRENCY = /^(go\.gomaxprocs|load\.concurrency|([\w-]+\.)?(threads|workers|concurrency|parallelism))$/;

/** Curves of the primary metric over the judged blocks; none where no factor has enough levels, or too few blocks are whole. */
export function drawCurves(experiment: Experiment, plan: Plan, judged: readonly Block[]): Curve[] {
  const metric = experiment.metrics.primary;
  if (isExact(metric)) return [];
  return experiment.factors.flatMap((factor) =>
    listFamilies(factor, plan).flatMap((family) => drawOne({ experiment, metric, factor, family, judged, plan })),
  );
}

/** Arms that differ in the factor alone, by ascending level. */
interface Family {
  readonly rest: Readonly<Record<string, string>>;
  readonly arms: readonly { readonly arm: Arm; readonly level: string; readonly x: number }[];
}

interface Input {
  readonly experiment: Experiment;
  readonly metric: string;
  readonly factor: Factor;
  readonly family: Family;
  readonly judged: readonly Block[];
  readonly plan: Plan;
}

function listFamilies(factor: Factor, plan: Plan): Family[] {
  if (factor.family === 'build' || factor.family === 'probe') return [];
  const families = new Map<string, { rest: Record<string, string>; arms: Family['arms'][number][] }>();
  for (const arm of plan.arms) {
    const { [factor.name]: level, ...rest } = arm.treatment.levels;
    const x = level === undefined ? undefined : levelNumber(factor, level);
    if (arm.role !== 'main' || level === undefined || x === undefined) continue;
    const key = JSON.stringify(Object.entries(rest).sort());
    const family = families.get(key) ?? { rest, arms: [] };
    family.arms.push({ arm, level, x });
    families.set(key, family);
  }
  return [...families.values()]
    .map(({ rest, arms }) => ({ rest, arms: arms.sort((a, b) => a.x - b.x) }))
    .filter(({ arms }) => new Set(arms.map(({ x }) => x)).size >= LEAST_LEVELS);
}

function drawOne(input: Input): Curve[] {
  const { factor, family, metric, experiment } = input;
  const logs = logsOf(input.judged, family, metric);
  if (logs.length < LEAST_BLOCKS) return [];
  const x = family.arms.map((each) => each.x);
  const table = tabulateLevels(logs);
  const values = table.centres.map(Math.exp);
  const random = (what: string) =>
    createRandom(experiment.seed, 'curves', factor.name, JSON.stringify(family.rest), what);
  const parallel = CONCURRENCY.test(factor.name);
  const law = parallel ? undefined : fitGrowth(x, table);
  return [
    {
      metric,
      factor: factor.name,
      treatment: Object.entries(family.rest)
        .map(([name, level]) => (name === 'path' ? level : `${name}=${level}`))
        .join(' · '),
      levels: family.rest,
      points: family.arms.map(({ arm, level, x: place }, i) => ({ arm: arm.id, level, x: place, value: values[i]! })),
      blocks: logs.length,
      ...(law && { growth: growthOf(law) }),
      ...(law && x.length >= LEAST_KNEE_LEVELS && { knee: seekKnee(x, table, law, random('knee'), CONFIDENCE) }),
      ...(parallel && { scaling: fitScaling(x, table, random('peak')) }),
      beside: parallel ? [] : listDifferences(input),
    },
  ];
}

/** ln value by block and level; blocks that lack one are left out. */
function logsOf(blocks: readonly Block[], family: Family, metric: string): number[][] {
  return blocks.flatMap((block) => {
    const row = family.arms.map(({ arm }) => {
      const run = block.runs.get(arm.id);
      return Math.log((run && runValue(run, metric)) ?? Number.NaN);
    });
    return row.every(Number.isFinite) ? [row] : [];
  });
}

function fitGrowth(x: readonly number[], { centres, blocks, variances, scatter }: LevelTable): PowerLaw {
  const points = x.map((place, i): CurvePoint => ({ x: place, meanLog: centres[i]!, count: blocks / variances[i]! }));
  return fitPowerLawTo(points, scatter, CONFIDENCE);
}

function growthOf({ fixed, factor, exponent, low, high, confidence, superlinear, fitP }: PowerLaw): Growth {
  return { fixed, factor, exponent, low, high, confidence, superlinear, fits: fitP >= BAD_FIT };
}

function fitScaling(x: readonly number[], { centres, rows }: LevelTable, random: Random): Scaling {
  const fit = (logs: readonly number[]) =>
    fitScalability(
      x,
      logs.map((log) => Math.exp(-log)),
    );
  const { gamma, sigma, kappa, peak } = fit(centres);
  const peaks = resampleBlocks(rows, random, (means) => fit(means).peak);
  return { gamma, sigma, kappa, peak: { at: peak, ...percentileEnds(peaks, CONFIDENCE), confidence: CONFIDENCE } };
}

/** Growth beside that at the first level of one other factor: one slope of the log-ratio a block, Hodges-Lehmann over blocks. */
function listDifferences({ experiment, factor, family, judged, metric, plan }: Input): SlopeDifference[] {
  const families = listFamilies(factor, plan);
  return experiment.factors.flatMap((other) => {
    const to = family.rest[other.name];
    const from = experiment.baseline[other.name] ?? other.levels[0]?.text;
    if (to === undefined || from === undefined || from === to) return [];
    const wanted = JSON.stringify(Object.entries({ ...family.rest, [other.name]: from }).sort());
    const base = families.find(({ rest }) => JSON.stringify(Object.entries(rest).sort()) === wanted);
    if (base?.arms.length !== family.arms.length) return [];
    const slopes = slopesOf(judged, family, base, metric);
    if (slopes.length < LEAST_BLOCKS) return [];
    const { centre, low, high, confidence } = hodgesLehmann(slopes, 1 - CONFIDENCE);
    return [
      {
        factor: other.name,
        from,
        to,
        ratio: 2 ** centre,
        low: 2 ** low,
        high: 2 ** high,
        confidence,
        says: low > 0 ? 'steeper' : high < 0 ? 'flatter' : 'undecided',
      },
    ];
  });
}

/** In each block: by least squares over ln x, the slope of ln (own / base). */
function slopesOf(blocks: readonly Block[], own: Family, base: Family, metric: string): number[] {
  const logs = own.arms.map(({ x }) => Math.log(x));
  const middle = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - middle) ** 2, 0);
  return blocks.flatMap((block) => {
    const [one] = logsOf([block], own, metric);
    const [other] = logsOf([block], base, metric);
    if (!one || !other) return [];
    return [logs.reduce((sum, log, i) => sum + (log - middle) * (one[i]! - other[i]!), 0) / squares];
  });
}
