/** Curves as points of a picture: one panel for each set of the other levels, paths together in it, all on the same axes. */
import type { Curve } from '../model/curve.ts';
import { findMetric } from '../model/metric.ts';
import type { Result } from '../model/result.ts';
import { formatAlone } from './figure.ts';
import { displayLevel, PATH_TITLES } from './names.ts';

export interface GrowthDot {
  readonly x: number;
  readonly value: number;
  /** NaN where the interval is not known. */
  readonly low: number;
  readonly high: number;
}

export interface GrowthLine {
  readonly path: string | undefined;
  readonly dots: readonly GrowthDot[];
  /** Empty where nothing was fitted. */
  readonly fitted: readonly { readonly x: number; readonly value: number }[];
  /** `Go→Rust: 1.88 µs at 1 KiB to 63.4 µs at 32 KiB` */
  readonly said: string;
}

export interface GrowthPanel {
  /** `time.p50 by payload, handover=borrow` */
  readonly title: string;
  /** Levels other than the path; '' when none. */
  readonly label: string;
  readonly lines: readonly GrowthLine[];
  readonly sizes: readonly { readonly x: number; readonly name: string }[];
  readonly domain: readonly [number, number];
  readonly ticks: readonly { readonly value: number; readonly name: string }[];
}

/** Of one factor. */
export function viewPanels(curves: readonly Curve[], { estimates }: Result): readonly GrowthPanel[] {
  const known = new Map(estimates.map((estimate) => [`${estimate.metric} ${estimate.arm}`, estimate]));
  const labelled = curves.map((curve) => ({
    label: othersOf(curve),
    line: lineOf(curve, (arm) => known.get(`${curve.metric} ${arm}`)),
    curve,
  }));
  const { metric, factor } = curves[0]!;
  const axis = axisOf(
    findMetric(metric)?.dimension ?? 'count',
    labelled.flatMap(({ line }) => [
      ...line.dots.flatMap(({ value, low, high }) => [value, low, high]),
      ...line.fitted.map(({ value }) => value),
    ]),
  );
  return [...new Set(labelled.map(({ label }) => label))].map((label) => {
    const own = labelled.filter((each) => each.label === label);
    const sizes = new Map(own.flatMap(({ curve }) => curve.points.map(({ x, level }) => [x, level] as const)));
    return {
      title: [`${metric} by ${factor}`, label].filter((part) => part !== '').join(', '),
      label,
      lines: own.map(({ line }) => line),
      sizes: [...sizes].map(([x, name]) => ({ x, name })).sort((one, other) => one.x - other.x),
      ...axis,
    };
  });
}

const othersOf = ({ levels }: Curve): string =>
  Object.entries(levels)
    .filter(([name]) => name !== 'path')
    .map(([name, level]) => `${name}=${displayLevel(level)}`)
    .join(' · ');

type Bounds = Pick<GrowthDot, 'low' | 'high'>;
const UNKNOWN: Bounds = { low: Number.NaN, high: Number.NaN };

function lineOf(curve: Curve, boundsOf: (arm: string) => Bounds | undefined): GrowthLine {
  const { points, metric, levels } = curve;
  const dots = points.map(({ arm, x, value }) => {
    const { low, high } = boundsOf(arm) ?? UNKNOWN;
    return { x, value, low, high };
  });
  const say = (point: Curve['points'][number]) =>
    `${formatAlone(findMetric(metric)?.dimension ?? 'count', point.value)} at ${point.level}`;
  const from = `${say(points[0]!)} to ${say(points[points.length - 1]!)}`;
  const path = levels.path;
  return { path, dots, fitted: fit(curve), said: path === undefined ? from : `${PATH_TITLES[path] ?? path}: ${from}` };
}

const STEPS = 40;

/** The fitted law from the first level to the last, at equal steps of the logarithm. */
function fit({ growth, scaling, points }: Curve): GrowthLine['fitted'] {
  const law = scaling
    ? (n: number) => (1 + scaling.sigma * (n - 1) + scaling.kappa * n * (n - 1)) / (scaling.gamma * n)
    : growth && Number.isFinite(growth.exponent)
      ? (x: number) => growth.fixed + growth.factor * x ** growth.exponent
      : undefined;
  const [first, last] = [points[0]!.x, points[points.length - 1]!.x];
  if (!law || !(first > 0)) return [];
  return Array.from({ length: STEPS + 1 }, (_, at) => first * (last / first) ** (at / STEPS))
    .map((x) => ({ x, value: law(x) }))
    .filter(({ value }) => value > 0 && Number.isFinite(value));
}

const MOST_TICKS = 6;

function axisOf(
  dimension: Parameters<typeof formatAlone>[0],
  values: readonly number[],
): Pick<GrowthPanel, 'domain' | 'ticks'> {
  const logs = values.filter((value) => Number.isFinite(value) && value > 0).map(Math.log);
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const air = Math.max(0.05, (high - low) * 0.05);
  const domain = [Math.exp(low - air), Math.exp(high + air)] as const;
  const decades = Array.from(
    { length: Math.ceil(Math.log10(domain[1])) - Math.floor(Math.log10(domain[0])) + 1 },
    (_, at) => Math.floor(Math.log10(domain[0])) + at,
  );
  const ticksOf = (steps: readonly number[]) =>
    decades
      .flatMap((decade) => steps.map((step) => Number(`${step}e${decade}`)))
      .filter((value) => value >= domain[0] && value <= domain[1]);
  const close = [[1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]].map(ticksOf);
  const ticks = close.find((each) => each.length <= MOST_TICKS) ?? close.at(-1)!;
  return { domain, ticks: ticks.map((value) => ({ value, name: formatAlone(dimension, value) })) };
}
