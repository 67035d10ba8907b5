/** What a call over the boundary costs before and after the callee: the cheapest one that the maps hold. */
import type { Result } from '../model/result.ts';
import type { Transition } from '../model/site.ts';
import { isHelper } from './boundary-view.ts';
import { type ChosenUnit, chooseUnit, formatCount, formatFigure, withUnit } from './figure.ts';
import { levelsOf } from './names.ts';

export interface CallPrice {
  /** `33 ns`, entry and return together. */
  readonly total: string;
  /** In the same unit, without it. */
  readonly entry: string;
  readonly return: string;
  /** The middle of the probed processes and its interval, `34.8 ns [34.1, 36.0]`; '' where they were too few. */
  readonly overProcesses: string;
}

/** Fewer crossings make no mean worth opening with. */
const LEAST_CROSSINGS = 1000;

export function priceOfCall(result: Result): CallPrice | undefined {
  const calls = result.boundary
    .filter((map) => !map.countsOnly && levelsOf(result, map.of).path === 'go->rust')
    .flatMap((map) => map.sites)
    .filter((site) => site.kind === 'call' && !isHelper(site.site) && site.crossings >= LEAST_CROSSINGS)
    .filter((site) => site.entry.mean > 0 && site.return.mean > 0);
  if (calls.length === 0) return undefined;
  const priceS = (site: (typeof calls)[number]) => site.entry.mean + site.return.mean;
  const cheapest = calls.reduce((least, site) => (priceS(site) < priceS(least) ? site : least));
  const unit = chooseUnit('seconds', [cheapest.entry.mean, cheapest.return.mean]);
  // Two digits, which is what two such studies agree in; the whole is the sum of what is printed.
  const [entry, back] = [cheapest.entry.mean, cheapest.return.mean].map((seconds) => {
    const value = seconds / unit.factor;
    return value >= 10 ? Math.round(value) : Number(value.toPrecision(2));
  }) as [number, number];
  return {
    total: withUnit(formatCount(Number((entry + back).toPrecision(3))), unit.name),
    entry: formatCount(entry),
    return: formatCount(back),
    overProcesses: cheapest.transition === undefined ? '' : withInterval(cheapest.transition, unit),
  };
}

function withInterval({ value, low, high }: Transition, unit: ChosenUnit): string {
  const write = (seconds: number) => formatFigure(seconds / unit.factor);
  return `${withUnit(write(value), unit.name)} [${write(low)}, ${write(high)}]`;
}
