/** What was expected before anything was measured, and what became of it. */
import type { Bound, Expectation, Experiment } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import { holds, type Plan } from '../model/plan.ts';
import type { Comparison, Effect, Estimate, ExpectationResult } from '../model/result.ts';
import { formatNumber, formatQuantity } from '../model/unit.ts';

type Outcome = ExpectationResult['outcome'];

export interface ExpectInput {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly comparisons: readonly Comparison[];
  readonly estimates: readonly Estimate[];
  readonly effects?: readonly Effect[] | undefined;
  /** An interrupted study has not asked again for what it found. */
  readonly complete: boolean;
}

/**
 * confirmed: the whole interval satisfies the bound, everywhere the expectation speaks of · refuted: somewhere the whole
 * interval violates it · undecided: else, and where nothing was measured.
 */
export function judgeExpectations(input: ExpectInput): ExpectationResult[] {
  return input.experiment.expect.map((expectation) => {
    const seen = see(expectation, input);
    return {
      expectation,
      text: describe(expectation),
      outcome: overall(seen.map((one) => one.outcome)),
      seen: say(seen),
    };
  });
}

function see(expectation: Expectation, input: ExpectInput): Seen[] {
  switch (expectation.kind) {
    case 'change':
      return seeChanges(expectation, input);
    case 'value':
      return seeValues(expectation, input);
    case 'interaction':
      return seeInteraction(expectation, input);
  }
}

interface Seen {
  readonly outcome: Outcome;
  readonly where: string;
  readonly what: string;
}

function seeChanges(expectation: Extract<Expectation, { kind: 'change' }>, input: ExpectInput): Seen[] {
  const levelsOf = new Map(input.plan.arms.map((arm) => [arm.id, arm.treatment.levels]));
  const from = { ...expectation.at, ...expectation.from };
  const to = { ...expectation.at, ...expectation.to };
  return input.comparisons
    .filter((comparison) => comparison.metric === expectation.metric)
    .flatMap((comparison) => {
      const [base, candidate] = [levelsOf.get(comparison.baselineArm), levelsOf.get(comparison.candidateArm)];
      if (!base || !candidate) return [];
      // The same two arms may have been compared the other way round, as a contrast of builds or paths.
      const forwards = holds(base, from) && holds(candidate, to);
      const backwards = !forwards && holds(candidate, from) && holds(base, to);
      if (!forwards && !backwards) return [];
      const [centre, low, high] = forwards
        ? [comparison.ratio, comparison.low, comparison.high]
        : [1 / comparison.ratio, 1 / comparison.high, 1 / comparison.low];
      const interval = { low: low - 1, high: high - 1 };
      const measured = interval.low === interval.high ? '' : ` ${sayInterval(interval)}`;
      const unasked = !input.complete && comparison.confirmed === 'not-repeated';
      return [
        {
          outcome: unasked ? 'undecided' : judgeBound(interval, expectation.bound, comparison.margin),
          where: comparison.treatment,
          what: `${percent(centre - 1)} %${measured}`,
        },
      ];
    });
}

function seeValues(expectation: Extract<Expectation, { kind: 'value' }>, input: ExpectInput): Seen[] {
  const metric = findMetric(expectation.metric);
  const dimension = metric?.dimension ?? 'count';
  const slack = metric?.exact ? 0 : input.experiment.margin * Math.abs(expectation.bound.value);
  return input.estimates
    .filter((estimate) => estimate.metric === expectation.metric && holds(estimate.levels, expectation.at))
    .map((estimate) => {
      const text = (value: number) => formatQuantity({ dimension, value });
      const known = Number.isFinite(estimate.low) && estimate.low !== estimate.high;
      return {
        outcome: judgeBound(estimate, expectation.bound, slack),
        where: estimate.treatment,
        what: `${text(estimate.value)}${known ? ` [${text(estimate.low)}, ${text(estimate.high)}]` : ''}`,
      };
    });
}

/** confirmed: surely beyond the margin, on either side · refuted: surely inside it. */
function seeInteraction(expectation: Extract<Expectation, { kind: 'interaction' }>, input: ExpectInput): Seen[] {
  const effect = input.effects?.find(
    ({ terms }) =>
      terms.length === expectation.factors.length && terms.every((name) => expectation.factors.includes(name)),
  );
  if (!effect) return [];
  const outcome = effect.size === 'matters' ? 'confirmed' : effect.size === 'negligible' ? 'refuted' : 'undecided';
  const measured = sayInterval({ low: effect.low - 1, high: effect.high - 1 });
  return [{ outcome, where: '', what: `${percent(effect.ratio - 1)} % ${measured}` }];
}

/** `slack` is how far from an `=` still counts as equal; counts have none but rounding. */
export function judgeBound(
  { low, high }: { readonly low: number; readonly high: number },
  { relation, value }: Bound,
  slack: number,
): Outcome {
  const near = slack + 1e-9 * Math.max(1, Math.abs(value));
  switch (relation) {
    case '<':
      return high < value ? 'confirmed' : low >= value ? 'refuted' : 'undecided';
    case '<=':
      return high <= value ? 'confirmed' : low > value ? 'refuted' : 'undecided';
    case '>':
      return low > value ? 'confirmed' : high <= value ? 'refuted' : 'undecided';
    case '>=':
      return low >= value ? 'confirmed' : high < value ? 'refuted' : 'undecided';
    case '=':
      if (value - near <= low && high <= value + near) return 'confirmed';
      return high < value - near || low > value + near ? 'refuted' : 'undecided';
  }
}

function overall(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('refuted')) return 'refuted';
  return outcomes.length > 0 && outcomes.every((outcome) => outcome === 'confirmed') ? 'confirmed' : 'undecided';
}

/** `time.p50 at payload=64 KiB, from copy-out to borrow: < -20 %`. */
function describe(expectation: Expectation): string {
  if (expectation.kind === 'interaction') return `${expectation.metric}: ${expectation.factors.join(' and ')} interact`;
  const at = Object.entries(expectation.at).map(([name, level]) => `${name}=${level}`);
  const where = at.length > 0 ? ` at ${at.join(' · ')}` : '';
  const change =
    expectation.kind === 'change'
      ? `, from ${Object.values(expectation.from).join(' · ')} to ${Object.values(expectation.to).join(' · ')}`
      : '';
  return `${expectation.metric}${where}${change}: ${expectation.bound.text}`;
}

/** What decided first: the cases that refute, else the undecided ones, else all. */
function say(seen: readonly Seen[]): string {
  if (seen.length === 0) return 'not measured';
  const outcome = overall(seen.map((one) => one.outcome));
  const telling = seen.filter((one) => one.outcome === outcome);
  const whats = [...new Set(telling.map((one) => one.what))];
  if (seen.length > 1 && telling.length === seen.length && whats.length === 1)
    return `${whats[0]} in all ${seen.length}`;
  const shown = telling
    .slice(0, 3)
    .map((one) => (seen.length > 1 && one.where ? `${one.what} at ${one.where}` : one.what));
  return telling.length > 3 ? `${shown.join('; ')}; and ${telling.length - 3} more` : shown.join('; ');
}

/** A ratio has no end below nothing: an interval that is open there comes as −100 %. */
const sayInterval = ({ low, high }: { readonly low: number; readonly high: number }) =>
  `[${low <= -1 ? '−∞' : percent(low)}, ${percent(high)}]`;

function percent(fraction: number): string {
  if (Number.isNaN(fraction)) return '?';
  if (!Number.isFinite(fraction)) return fraction > 0 ? '∞' : '−∞';
  // With the digits of the report's tables: an end of −14.0 reads −14.0 here too, and from a hundred per cent on none.
  const size = Math.abs(fraction * 100);
  const text = size >= 99.95 ? formatNumber(Math.round(size)) : size.toFixed(1);
  return `${fraction < 0 ? '−' : '+'}${text}`.replace(/^[+−](?=0\.0$)/, '');
}
