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
  const step = Math.max(...smallestSteps(domain, most));
  return { domain, ticks: chooseTicks(domain, most), format: (ratio) => formatTick(ratio, unit, step) };
}

function chooseTicks(domain: readonly [number, number], most: number): readonly number[] {
  // Over more than a doubling, doublings read better than equal steps of a percent.
  if (domain[1] / domain[0] > 3) {
    for (const factor of [2, 4, 10, 100]) {
      const ticks = powersWithin(domain, factor);
      if (ticks.length <= most) return ticks;
    }
  }
  const span = (domain[1] - domain[0]) * 100;
  const step = STEPS.find((each) => span / each <= most) ?? 100;
  const first = Math.ceil(((domain[0] - 1) * 100) / step);
  const last = Math.floor(((domain[1] - 1) * 100) / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => 1 + ((first + at) * step) / 100);
}

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 25, 50, 100];

function powersWithin(domain: readonly [number, number], factor: number): readonly number[] {
  const first = Math.ceil(Math.log(domain[0]) / Math.log(factor));
  const last = Math.floor(Math.log(domain[1]) / Math.log(factor));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => factor ** (first + at));
}

function smallestSteps(domain: readonly [number, number], most: number): readonly number[] {
  const span = (domain[1] - domain[0]) * 100;
  return [STEPS.find((each) => span / each <= most) ?? 100];
}

function formatTick(ratio: number, unit: ChangeUnit, step: number): string {
  if (unit === '×') return `×${Number(ratio.toPrecision(2))}`;
  const percent = (ratio - 1) * 100;
  const text = Math.abs(percent).toFixed(step < 1 ? 1 : Math.abs(percent) < 10 && percent % 1 !== 0 ? 1 : 0);
  if (!/[1-9]/.test(text)) return '0 %';
  return `${percent < 0 ? '−' : '+'}${text} %`;
}
