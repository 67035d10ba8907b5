/** What weakens an answer: of one comparison, and of the whole study. Each with its cure. */
import type { Warning } from '../model/problem.ts';
import type { SelfCheck } from '../model/result.ts';
import type { Outcome, Stage } from '../model/run.ts';
import type { BoundaryMap } from '../model/site.ts';
import { rankSumP } from '../stats/rank-sum.ts';
import { lagOne } from '../stats/robust.ts';
import { signedRankTest } from '../stats/signed-rank.ts';
import { collectBlocks, countDropped, type Pair } from './samples.ts';

const FEW_BLOCKS = 12;
const LAG_ONE = 0.3;
const POSITION_LEVEL = 0.01;
const LEAST_PER_POSITION = 4;
const TIED_SHARE = 0.2;
/** Share of dropped blocks beyond which an experiment is invalid. */
export const MOST_DROPPED = 0.1;
/** One link of each build: its layout alone moves times by this much. */
const ONE_LINK = 0.005;
const QUANTA = 10;

/** Of the pairs that a comparison's estimate rests on. */
export function pairWarnings(pairs: readonly Pair[]): Warning[] {
  const x = pairs.map((pair) => pair.logRatio);
  const warnings: Warning[] = [];
  if (pairs.length < FEW_BLOCKS) {
    warnings.push({
      code: 'few-blocks',
      message: `it rests on ${pairs.length} ${pairs.length === 1 ? 'block' : 'blocks'}, fewer than ${FEW_BLOCKS}`,
      cure: 'give a larger budget, or a faster block',
    });
  }
  // At twelve blocks chance alone exceeds 0.3 in a third of all series, hence the second bound.
  const lag = lagOne(x);
  if (Math.abs(lag) > Math.max(LAG_ONE, 2 / Math.sqrt(Math.max(1, x.length)))) {
    warnings.push({
      code: 'blocks-depend',
      message: `neighbouring blocks resemble each other (lag-1 ${lag.toFixed(2)}): the interval may be too narrow`,
      cure: 'look at the ratios in run order for a drift or a burst; run again when the machine is quiet',
    });
  }
  const first = pairs.filter((pair) => pair.candidateFirst).map((pair) => pair.logRatio);
  const second = pairs.filter((pair) => !pair.candidateFirst).map((pair) => pair.logRatio);
  if (Math.min(first.length, second.length) >= LEAST_PER_POSITION && rankSumP(first, second) < POSITION_LEVEL) {
    warnings.push({
      code: 'position-effect',
      message: 'the ratio depends on which of the two was started first',
      cure: 'the order is random, so the estimate stands, with a wider spread; a longer warm-up may help',
    });
  }
  const { tied } = signedRankTest(x);
  if (tied > TIED_SHARE) {
    warnings.push({
      code: 'ties',
      message: `${Math.round(tied * 100)} % of the ratios are zero or equal in size: the clock is coarse for this work`,
      cure: 'give a batch more iterations',
    });
  }
  return warnings;
}

/** A difference between builds so small that the layout of one link explains it. */
export function oneLinkWarning(ratio: number): Warning | undefined {
  if (!(Math.abs(Math.log(ratio)) < Math.log1p(ONE_LINK))) return undefined;
  return {
    code: 'one-link',
    message: 'below 0.5 % the place where the linker put the code may be the cause, not the change',
    cure: 'do not claim it from one link of each build',
  };
}

export interface StudyState {
  readonly outcomes: readonly Outcome[];
  readonly boundary: readonly BoundaryMap[];
  readonly selfChecks: readonly SelfCheck[];
  readonly complete: boolean;
}

export function studyWarnings({ outcomes, boundary, selfChecks, complete }: StudyState): Warning[] {
  const warnings: Warning[] = [];
  if (!complete) {
    warnings.push({
      code: 'incomplete',
      message: 'the study was interrupted: this is what was measured until then',
      cure: 'seamark run --resume goes on',
    });
  }
  const stages: readonly Stage[] = ['judged', 'fresh', 'processes'];
  const dropped = stages.reduce((sum, stage) => sum + countDropped(outcomes, stage), 0);
  const kept = stages.reduce((sum, stage) => sum + collectBlocks(outcomes, stage).length, 0);
  if (dropped > 0) {
    const share = dropped / (dropped + kept);
    const invalid = share > MOST_DROPPED;
    warnings.push({
      code: invalid ? 'experiment-invalid' : 'blocks-dropped',
      message: `${dropped} of ${dropped + kept} blocks were dropped because a run failed${invalid ? ': more than one in ten, so nothing here is a verdict' : ''}`,
      cure: 'see the failures, mend the subject and run again',
    });
  }
  for (const check of selfChecks.filter((one) => one.rejects)) {
    warnings.push({
      code: 'self-check-rejects',
      message: `${check.arm}: the same treatment against itself looks like a change at 1 %`,
      cure: 'chance does this in 1 of 100 studies; if it comes again, this machine is not fit to judge now',
    });
  }
  return [...warnings, ...boundaryWarnings(boundary)];
}

function boundaryWarnings(boundary: readonly BoundaryMap[]): Warning[] {
  const warnings: Warning[] = [];
  const coarse = boundary.filter(({ clock, sites }) =>
    sites.some((site) => site.kind === 'call' && site.crossings > 0 && site.total.mean < QUANTA * clock.quantumS),
  );
  if (boundary.some((map) => map.clock.kind === 'os')) {
    warnings.push({
      code: 'clock-os',
      message: "the probe read the system's clock: a reading costs and blurs more than the processor's own counter",
      cure: 'seamark doctor tells why the counter can not be used here',
    });
  }
  if (coarse.length > 0) {
    warnings.push({
      code: 'clock-coarse',
      message: `some crossings last less than ${QUANTA} steps of the clock (${listSome(coarse.map((map) => map.of))})`,
      cure: 'their means are fair over many crossings, single ones say nothing',
    });
  }
  const unpatched = [...new Set(boundary.flatMap((map) => map.unpatched))];
  if (unpatched.length > 0) {
    warnings.push({
      code: 'unpatched',
      message: `not probed: ${listSome(unpatched)}`,
      cure: 'their crossings are missing from the boundary map',
    });
  }
  return warnings;
}

function listSome(names: readonly string[], shown = 3): string {
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  return names.slice(0, shown).join('; ') + more;
}
