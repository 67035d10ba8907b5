/** What the probe adds: to a crossing, as measured on an empty call, and to an operation, probed (and once switched off) beside bare. */
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
  /** Where the interval lies above zero; with the probe off wherever it lies, below the treatment's own. */
  readonly lines: readonly ProbeCostLine[];
  /** Where it does not: `not told from zero: 4 KiB (within ±899 ns)`, and what else is to be said, each a sentence. */
  readonly untold: readonly string[];
}

export function viewProbeCosts(result: Result): ProbeCostsView {
  const on = nameCosts(result);
  const off = result.probeCosts.flatMap((cost) => nameOff(cost, on));
  const above = on.filter(({ cost }) => cost.low > 0);
  const told = on.flatMap((each) => [
    ...above.filter((one) => one === each),
    ...off.filter(({ cost }) => cost.treatment === each.cost.treatment && isBounded(cost)),
  ]);
  const sizes = above.length > 0 ? above.map(({ cost }) => cost.seconds) : told.map(({ cost }) => cost.high - cost.low);
  const unit = chooseUnit('seconds', sizes);
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
    untold: [
      ...sayUntold([...on, ...off.filter(({ cost }) => !isBounded(cost))]),
      ...sayBesides(above.filter((each) => costsMore(each, result))),
    ],
  };
}

/** Those of the probe as the experiment has it, short names by what tells their treatments apart. */
function nameCosts(result: Result): readonly Named[] {
  const costs = result.probeCosts.filter(({ probe }) => probe !== 'off');
  const levels = costs.map((cost) => levelsOf(result, cost.treatment));
  return groupRows(levels, []).flatMap((group) =>
    group.rows.map(({ at, label }): Named => {
      const cost = costs[at]!;
      const treatment = [group.level, label].filter((part) => part !== '').join(' · ');
      return { cost, group: group.level, treatment: treatment || displayTreatment(cost.treatment) };
    }),
  );
}

/** `64 B · borrow · off`, below `64 B · borrow`. */
function nameOff(cost: ProbeCost, on: readonly Named[]): readonly Named[] {
  const own = on.find((each) => each.cost.treatment === cost.treatment);
  if (cost.probe !== 'off' || !own) return [];
  return [{ ...own, cost, treatment: own.treatment === '' ? 'off' : `${own.treatment} · off` }];
}

/** Zero is what a probe that is off should cost: the row is told all the same, unless blocks were too few for an interval. */
function isBounded({ low, high }: ProbeCost): boolean {
  return Number.isFinite(low) && Number.isFinite(high);
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

/** Whether the interval of an operation lies above twice what its crossings cost as the empty call has it. */
function costsMore({ cost }: Named, { boundary }: Result): boolean {
  const map = boundary.find(({ of }) => of === cost.treatment);
  if (map?.probeCostS === undefined) return false;
  const crossings = map.sites.reduce((sum, { perOperation = 0 }) => sum + perOperation, 0);
  return cost.low > 2 * crossings * map.probeCostS;
}

/** What a probed run bears beside its crossings is not told apart. */
function sayBesides(more: readonly Named[]): readonly string[] {
  if (more.length === 0) return [];
  const where = more.map(({ treatment }) => treatment).join(', ');
  return [
    `more than twice what the crossings cost on an empty call at ${where}: a probed run bears more than crossings, such as allocations counted, samples taken, and code and data at other places in memory`,
  ];
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
