/** What the probe adds: to a crossing, as measured on an empty call, and to an operation, probed beside bare. */
import type { ProbeCost, Result } from '../model/result.ts';
import { formatShare } from './change.ts';
import { type ChosenUnit, chooseUnit, formatAlone, formatFigure } from './figure.ts';
import { displayTreatment, groupRows, levelsOf } from './names.ts';

export interface ProbeCostLine {
  readonly treatment: string;
  readonly figure: string;
  readonly interval: string;
  readonly share: string;
  readonly blocks: number;
}

export interface ProbeCostsView {
  /** `20.6 ns`, of one crossing. */
  readonly perCrossing?: string;
  readonly unit: ChosenUnit;
  /** Where the interval lies above zero. */
  readonly lines: readonly ProbeCostLine[];
  /** Where it does not: `not told from zero: 4 KiB (within ±899 ns)`, and what else is to be said, each a sentence. */
  readonly untold: readonly string[];
}

export function viewProbeCosts(result: Result): ProbeCostsView {
  const costs = result.probeCosts;
  const groups = groupRows(
    costs.map((cost) => levelsOf(result, cost.treatment)),
    [],
  );
  const named = groups.flatMap((group) =>
    group.rows.map(({ at, label }): Named => {
      const cost = costs[at]!;
      const treatment = [group.level, label].filter((part) => part !== '').join(' · ');
      return { cost, group: group.level, treatment: treatment || displayTreatment(cost.treatment) };
    }),
  );
  const told = named.filter(({ cost }) => cost.low > 0);
  const unit = chooseUnit(
    'seconds',
    told.map(({ cost }) => cost.seconds),
  );
  const figure = (seconds: number) => formatFigure(seconds / unit.factor);
  const perCrossing = sayPerCrossing(result);
  return {
    ...(perCrossing === undefined ? {} : { perCrossing }),
    unit,
    lines: told.map(({ cost, treatment }) => ({
      treatment,
      figure: figure(cost.seconds),
      interval: `[${figure(cost.low)}, ${figure(cost.high)}]`,
      share: `${cost.ratio < 1 ? '−' : '+'}${formatShare(cost.ratio - 1)}`,
      blocks: cost.blocks,
    })),
    untold: sayUntold(named),
  };
}

interface Named {
  readonly cost: ProbeCost;
  readonly group: string;
  readonly treatment: string;
}

/** The same empty call is measured once a session, so that maps mostly agree. */
function sayPerCrossing(result: Result): string | undefined {
  const known = result.boundary.flatMap((map) => (map.probeCostS === undefined ? [] : [map.probeCostS]));
  if (known.length === 0) return undefined;
  const [least, most] = [Math.min(...known), Math.max(...known)].map((seconds) => formatAlone('seconds', seconds));
  return least === most ? most : `${least} to ${most}`;
}

/** Smaller than what chance does to an operation this long; groups that are so as a whole are named as one. */
function sayUntold(named: readonly Named[]): readonly string[] {
  const faster = named.filter(({ cost }) => cost.high < 0);
  const spans = named.filter(({ cost }) => !(cost.low > 0) && !(cost.high < 0));
  const whole = [...new Set(spans.map(({ group }) => group))].filter(
    (group) => group !== '' && named.every((each) => each.group !== group || !(each.cost.low > 0)),
  );
  const within = (some: readonly Named[]) => {
    const reach = Math.max(...some.map(({ cost }) => Math.max(-cost.low, cost.high)));
    return Number.isFinite(reach) ? `within ±${formatAlone('seconds', reach)}` : 'too few blocks';
  };
  const rest = spans.filter(({ group }) => !whole.includes(group));
  const parts = [
    ...rest.map((each) => `${each.treatment} (${within([each])})`),
    ...whole.map((group) => `${group} (${within(spans.filter((each) => each.group === group))})`),
  ];
  return [
    ...(parts.length === 0 ? [] : [`not told from zero: ${parts.join(', ')}`]),
    // Not by the probe: where code and data lie in memory differs between any two builds.
    ...faster.map(
      ({ cost, treatment }) =>
        `${treatment}: the probed build was the faster one, by ${formatAlone('seconds', -cost.high)} to ${formatAlone('seconds', -cost.low)}: where code lies in memory matters more here than the probe`,
    ),
  ];
}
