/** An axis of ratios: logarithmic, so that twice and half are equally far from the same; ticks where people expect them. */
import type { ChangeUnit } from '../change.ts';

export interface RatioAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly format: (ratio: number) => string;
}

/** Covers all finite ratios with a little air; `most` ticks. */
export function makeRatioAxis(ratios: readonly number[], unit: ChangeUnit, most: number): RatioAxis {
  const logs = ratios.filter((ratio) => Number.isFinite(ratio) && ratio > 0).map(Math.log);
  const low = Math.min(...logs, Math.log(0.99));
  const high = Math.max(...logs, Math.log(1.01));
  return axisOver(low, high, unit, most);
}

/** As above, without insisting on no change being in view: for scatter around an effect far away from it. */
export function makeCloseAxis(ratios: readonly number[], unit: ChangeUnit, most: number): RatioAxis {
  const logs = ratios.filter((ratio) => Number.isFinite(ratio) && ratio > 0).map(Math.log);
  if (logs.length === 0) return axisOver(-0.01, 0.01, unit, most);
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const air = Math.max(0, 0.01 - (high - low)) / 2;
  return axisOver(low - air, high + air, unit, most);
}

function axisOver(low: number, high: number, unit: ChangeUnit, most: number): RatioAxis {
  const air = (high - low) * 0.06;
  const domain = [Math.exp(low - air), Math.exp(high + air)] as const;
  const ticks = chooseTicks(domain, most);
  const decimals = unit === '%' && ticks.some((tick) => !nearWhole((tick - 1) * 100)) ? 1 : 0;
  return { domain, ticks, format: (ratio) => formatTick(ratio, unit, decimals) };
}

/** Equal steps of a percent over a narrow range; round ratios, no closer than fits, over a wide one. */
function chooseTicks(domain: readonly [number, number], most: number): readonly number[] {
  if (domain[1] / domain[0] > 1.6) return roundRatios(domain, most);
  const span = (domain[1] - domain[0]) * 100;
  const step = STEPS.find((each) => span / each <= most + 1) ?? 100;
  const first = Math.ceil(((domain[0] - 1) * 100) / step);
  const last = Math.floor(((domain[1] - 1) * 100) / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => 1 + ((first + at) * step) / 100);
}

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 25, 50, 100];

/** −99 … −50, −25, 0, +25, +50, +100, +200, +400, +900 %; from no change outwards, then every decade. */
function roundRatios(domain: readonly [number, number], most: number): readonly number[] {
  const gap = Math.log(domain[1] / domain[0]) / (most + 1);
  // Far from no change, scatter alone: steps between are wanted there.
  const around = domain[0] <= 1 && domain[1] >= 1;
  const within = [
    ...(around ? [] : [1.75, 2.5, 4, 7.5]),
    0.001,
    0.01,
    0.02,
    0.05,
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.75,
    0.9,
    1.1,
    1.25,
    1.5,
    2,
    3,
    5,
    10,
    20,
    50,
    100,
    1000,
  ]
    .filter((ratio) => ratio >= domain[0] && ratio <= domain[1])
    .sort((one, other) => Math.abs(Math.log(one)) - Math.abs(Math.log(other)));
  const taken: number[] = domain[0] <= 1 && domain[1] >= 1 ? [1] : [];
  for (const ratio of within) {
    if (taken.every((other) => Math.abs(Math.log(ratio / other)) >= gap)) taken.push(ratio);
  }
  return taken.sort((one, other) => one - other);
}

const nearWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-6;

function formatTick(ratio: number, unit: ChangeUnit, decimals: number): string {
  if (unit === '×') return `×${Number(ratio.toPrecision(3))}`;
  const percent = (ratio - 1) * 100;
  const text = Math.abs(percent).toFixed(decimals);
  if (!/[1-9]/.test(text)) return '0 %';
  return `${percent < 0 ? '−' : '+'}${text} %`;
}
