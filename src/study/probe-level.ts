/**
 * The probe is lowered where it costs more than it should: after the pilot, whose probed runs are timed in full, treatments
 * whose crossings are short have 1 in so many of them timed. All counts stay exact, so nothing that is compared on them changes;
 * judged runs have no probe at all.
 */
import { paceKey } from '../design/schedule.ts';
import type { Plan, Schedule } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { RunOutcome } from '../model/run.ts';
import { formatQuantity } from '../model/unit.ts';

/** Seconds that a probed crossing takes more than a bare one, measured on an empty call of this machine. */
export interface ProbePrices {
  readonly fullS: number;
  /** Where 1 in `every` is timed and the others are counted: the mean. */
  readonly everyS: number;
  readonly every: number;
}

/** Of the mean time inside a callee. */
export const MOST_SHARE = 0.01;

/** Where builds are told apart layer by layer: 1 in so many would make a disturbance stand for so many, and what is lost by it is nobody's verdict. */
const MOST_SHARE_OF_BUILDS = 0.1;

function mostShare({ contrasts = [] }: Partial<Plan>, treatment: string): number {
  const isCompared = contrasts.some(
    ({ kind, baselineArm, candidateArm }) =>
      kind === 'build' && (baselineArm === treatment || candidateArm === treatment),
  );
  return isCompared ? MOST_SHARE_OF_BUILDS : MOST_SHARE;
}

/** Treatment -> 1 in so many, for those where a full record costs too much; decided by the runs of the pilot. */
export function lowerProbe(
  plan: Plan,
  runs: readonly RunOutcome[],
  prices: ProbePrices | undefined,
): Pick<Schedule, 'timedEvery'> {
  if (!prices) return {};
  const dear = shares(plan, runs, prices.fullS).filter(({ share, treatment }) => share > mostShare(plan, treatment));
  // Builds of one treatment are set against each other layer by layer: what is timed in one way here and in another there differs by that.
  const keys = new Set(dear.map(({ key }) => key));
  const lowered = plan.arms.filter(({ role, treatment }) => role === 'probed' && keys.has(paceKey(treatment)));
  if (lowered.length === 0) return {};
  return { timedEvery: Object.fromEntries(lowered.map(({ treatment }) => [treatment.id, prices.every])) };
}

/** Seconds of a crossing with the probe as it was set for a treatment. */
export function probeCostAt(
  { timedEvery }: Pick<Schedule, 'timedEvery'>,
  treatment: string,
  prices: ProbePrices | undefined,
): number | undefined {
  return timedEvery?.[treatment] === undefined ? prices?.fullS : prices?.everyS;
}

export function warnOfLowered(
  { timedEvery }: Pick<Schedule, 'timedEvery'>,
  plan: Plan,
  runs: readonly RunOutcome[],
  prices: ProbePrices | undefined,
): Warning[] {
  if (!timedEvery || !prices) return [];
  const all = shares(plan, runs, prices.fullS);
  const lowered = all.filter(({ treatment }) => timedEvery[treatment] !== undefined);
  const worst = lowered.reduce<(typeof lowered)[number] | undefined>(
    (most, one) => (most && most.share >= one.share ? most : one),
    undefined,
  );
  if (!worst) return [];
  const time = (value: number) => formatQuantity({ dimension: 'seconds', value });
  const share = (value: number) => formatQuantity({ dimension: 'fraction', value });
  const where = all.length === 1 ? '' : ` at ${lowered.length} of ${all.length} treatments`;
  const most = mostShare(plan, worst.treatment);
  const left = (worst.share * prices.everyS) / prices.fullS;
  return [
    {
      code: 'probe-lowered',
      message: `the probe took ${time(prices.fullS)} a crossing in the pilot, more than ${share(most)} of the callee${where} (${share(worst.share)} of ${time(worst.calleeS)} at ${worst.treatment || 'the only one'}); after it 1 in ${prices.every} crossings was timed there, for ${time(prices.everyS)}${left > most ? `, still ${share(left)} of that` : ''}`,
      cure: 'Counts are exact all the same, and verdicts rest on runs without a probe. For layers that disturb still less, say `probe: counters`; then nothing is timed.',
    },
  ];
}

/** What a probed crossing costs more, over the mean callee of the calls in the pilot's probed runs. */
function shares(plan: Plan, runs: readonly RunOutcome[], costS: number) {
  return plan.arms
    .filter(({ role }) => role === 'probed')
    .flatMap((arm) => {
      const sites = runs
        .filter((run) => run.stage === 'pilot' && run.arm === arm.id && run.boundary && !run.boundary.countsOnly)
        .flatMap((run) => run.boundary?.sites.filter(({ kind }) => kind === 'call') ?? []);
      const closed = sites.reduce((sum, site) => sum + site.closed, 0);
      const calleeS = sites.reduce((sum, site) => sum + site.calleeS, 0) / closed;
      return closed > 0 && calleeS > 0
        ? [{ treatment: arm.treatment.id, key: paceKey(arm.treatment), calleeS, share: costS / calleeS }]
        : [];
    });
}
