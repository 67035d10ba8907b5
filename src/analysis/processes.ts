/**
 * A regression that a cheap mode found and fresh blocks confirmed is asked once more in a more whole mode, before it fails a gate:
 * in one process, or beside another, builds have another heap and another layout than in use (docs/method.md, "Modes").
 */
import type { Contrast, Mode, Schedule } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { ProcessesCheck } from '../model/result.ts';
import type { RunOutcome } from '../model/run.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { blocksToDetect } from '../stats/power.ts';
import type { AssessInput, Decision } from './assess.ts';
import { listFindings, MISSING_VALUES, repeatFinding } from './repetition.ts';
import { type Block, pairBlocks } from './samples.ts';

const LEAST_BLOCKS = 12;
const MOST_BLOCKS = 2000;
const CONFIDENCE = 0.9;
const POWER = 0.9;

export interface Regression {
  readonly contrast: Contrast;
  readonly metric: string;
  /** The log-ratio that fresh blocks told. */
  readonly logRatio: number;
}

/** Of the primary and the gate metrics of one build comparison, those that fresh blocks confirmed. */
export function confirmedRegressions(
  decision: Decision,
  fresh: readonly Block[],
  { experiment, schedule }: Pick<AssessInput, 'experiment' | 'schedule'>,
): Regression[] {
  const { contrast } = decision;
  return listFindings(decision, experiment).flatMap((finding) => {
    if (finding.verdict !== 'regression') return [];
    const { said } = repeatFinding(finding, fresh, schedule);
    return said?.verdict === 'regression' ? [{ contrast, metric: finding.metric, logRatio: said.centre }] : [];
  });
}

/**
 * Blocks that would tell the smallest of these changes from nothing by a 90 % interval in 9 of 10 studies, of what the budget
 * still pays for, and at least 12. Follows from the outcomes before it alone, so a resumed study says the same.
 */
export function processesBlocks(
  regressions: readonly Regression[],
  processes: NonNullable<Schedule['processes']>,
  { plan, schedule, outcomes }: Pick<AssessInput, 'plan' | 'schedule' | 'outcomes'>,
): number {
  const before = outcomes.filter((one): one is RunOutcome => one.kind === 'run' && one.stage !== 'processes');
  const elapsedS = before.reduce((latest, run) => Math.max(latest, run.startedS), 0) + schedule.blockS;
  const leftS = schedule.stopping === 'anytime' ? Infinity : plan.budgetS - elapsedS;
  const payable = Math.floor(leftS / processes.blockS);
  const most = Math.max(LEAST_BLOCKS, Math.min(MOST_BLOCKS, payable));
  const { spread } = processes;
  if (spread === undefined) return schedule.stopping === 'anytime' ? LEAST_BLOCKS : most;
  const pairs = schedule.prices?.find(({ mode }) => mode === processes.mode)?.blocks ?? 1;
  // A spread told from few pairs is as often too small as too large: more blocks cost less than no answer.
  const sd = spread * (1 + 1 / Math.sqrt(Math.max(1, pairs)));
  const wanted = regressions.map(({ logRatio }) =>
    blocksToDetect({ sd, logRatio, nominal: 1 - CONFIDENCE, power: POWER }),
  );
  return Math.min(most, Math.max(LEAST_BLOCKS, Math.ceil(Math.max(...wanted))));
}

/** What the blocks of the more whole mode say of one regression; 'cannot tell' also where too few of them have a value. */
export function askProcesses(
  blocks: readonly Block[],
  { contrast, metric }: Pick<Regression, 'contrast' | 'metric'>,
  mode: Mode,
  margin: number,
): ProcessesCheck {
  const x = pairBlocks(blocks, contrast, metric, mode).map((pair) => pair.logRatio);
  const { centre, low, high, confidence } = hodgesLehmann(x, 1 - CONFIDENCE);
  const [least, most] = [-Math.log1p(margin), Math.log1p(margin)];
  const enough = x.length >= LEAST_BLOCKS * (1 - MISSING_VALUES);
  const inside = least < low && high < most;
  const says = !enough ? 'cannot tell' : inside || high < 0 ? 'disagrees' : low > 0 ? 'agrees' : 'cannot tell';
  const ratio = { ratio: Math.exp(centre), low: Math.exp(low), high: Math.exp(high) };
  return { mode, ...ratio, confidence, blocks: x.length, says };
}

/** `before`: what fresh blocks of the cheaper mode said. */
export function processesWarnings(
  check: ProcessesCheck,
  before: Pick<ProcessesCheck, 'mode' | 'ratio' | 'low' | 'high'>,
): Warning[] {
  const said = `${before.mode} blocks say ${describe(before)}, ${check.mode} ones ${describe(check)}`;
  if (check.says === 'disagrees') {
    return [
      {
        code: 'processes-disagree',
        message: `the mode that found it and the more whole one disagree: ${said}`,
        cure: `run it with --mode ${check.mode}: another heap and layout may be another answer, and that is the one in use`,
      },
    ];
  }
  if (check.says === 'agrees') return [];
  return [
    {
      code: 'not-confirmed-with-processes',
      message: `${check.blocks} blocks of ${check.mode} processes can neither confirm nor refute it: ${said}`,
      cure: `give a larger budget, or run it with --mode ${check.mode}`,
    },
  ];
}

function describe({ ratio, low, high }: Pick<ProcessesCheck, 'ratio' | 'low' | 'high'>): string {
  const percent = (value: number) =>
    Number.isFinite(value) && value > 0 ? ((value - 1) * 100).toFixed(1).replace('-', '−') : value > 1 ? '∞' : '−∞';
  return Number.isNaN(ratio) ? 'nothing' : `${percent(ratio)} % [${percent(low)}, ${percent(high)}]`;
}
