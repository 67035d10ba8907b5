/** What the pilot says and the rest of the study keeps: the mode, its pacing, the price of a block, the looks. */
import { FIRST_LOOK, LEAST_PILOT, PILOT_BLOCKS, PILOT_SHARE, scheduleLooks } from '../design/schedule.ts';
import { revertedBuilds } from '../model/confirmation.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Mode, ModePrice, Pacing, Plan, Schedule } from '../model/plan.ts';
import type { BlockEntry } from '../store/journal.ts';
import { chooseMode, priceMode } from './mode.ts';
import { type Piloted, settlePacing } from './pacing.ts';

/** The first blocks of a mode that all failed end its pilot, where there is another. */
const HOPELESS = 2;

/** Of a study that begins a search: with as many fresh blocks after it, 40 tell the spread of one (docs/method.md, "Search and proof"). */
const SEARCH_LOOK = 20;

/** A mode this many times as dear as another, after `TELLING` blocks of each, needs no more of them to be told apart. */
const BEATEN = 4;
const TELLING = 6;

/** The mode of the pilot's next block, undefined when it is over: modes take turns, the one with the fewest blocks first. */
export function nextPilotMode(blocks: readonly BlockEntry[], plan: Plan, experiment: Experiment): Mode | undefined {
  const elapsedS = blocks.at(-1)?.endedS ?? 0;
  const late = elapsedS > PILOT_SHARE * plan.budgetS;
  const beaten = beatenModes(blocks, plan, experiment);
  const due = livingModes(blocks, plan)
    .map((mode) => ({ mode, ran: pilotOf(blocks, mode).length }))
    .filter(({ mode, ran }) => ran < (late ? LEAST_PILOT : PILOT_BLOCKS[mode]) && !beaten.includes(mode));
  return due.reduce<(typeof due)[number] | undefined>(
    (least, one) => (least && least.ran <= one.ran ? least : one),
    undefined,
  )?.mode;
}

/** A dear mode costs the pilot more than all the others, and what it is still needed for (to check) takes no precise figures. */
function beatenModes(blocks: readonly BlockEntry[], plan: Plan, experiment: Experiment): readonly Mode[] {
  const modes = livingModes(blocks, plan);
  if (modes.length < 2 || modes.some((mode) => pilotOf(blocks, mode).length < TELLING)) return [];
  const prices = modes.map((mode) => {
    const piloted = sayPiloted(blocks, mode, plan, experiment);
    return { mode, seconds: priceMode(piloted, settlePacing(piloted)).seconds ?? Infinity };
  });
  const least = Math.min(...prices.map(({ seconds }) => seconds));
  return prices.filter(({ mode, seconds }) => mode !== plan.mode && seconds > BEATEN * least).map(({ mode }) => mode);
}

/** Those whose pilot is not given up. When all fail alike it is not the mode, and all go on; so does the one asked for. */
export function livingModes(blocks: readonly BlockEntry[], plan: Plan): readonly Mode[] {
  const living = plan.modes.filter((mode) => {
    const first = pilotOf(blocks, mode).slice(0, HOPELESS);
    return mode === plan.mode || first.length < HOPELESS || !first.every(isDropped);
  });
  return living.length > 0 ? living : plan.modes;
}

export function pilotOf(blocks: readonly BlockEntry[], mode: Mode): BlockEntry[] {
  return blocks.filter((block) => block.stage === 'pilot' && block.mode === mode);
}

/** Throws nothing: a pilot without a single good block never gets here (three failures from the start end a study). */
export function settleSchedule(
  blocks: readonly BlockEntry[],
  plan: Plan,
  experiment: Experiment,
  { forSearch = false }: { readonly forSearch?: boolean } = {},
): Schedule {
  const settled = livingModes(blocks, plan).map((mode) => {
    const piloted = sayPiloted(blocks, mode, plan, experiment);
    const pacing = settlePacing(piloted);
    return { pacing, price: priceMode(piloted, pacing) };
  });
  const mode = chooseMode(
    settled.map(({ price }) => price),
    plan,
  );
  const at = settled.findIndex(({ pacing }) => pacing.mode === mode);
  const { pacing } = settled[at]!;
  const next = settled[at + 1];
  return {
    ...pacing,
    ...(experiment.stopping === 'anytime'
      ? { stopping: 'anytime', looks: [{ blocks: forSearch ? SEARCH_LOOK : FIRST_LOOK, nominal: 0.05 }] }
      : {
          looks: scheduleLooks({
            pilot: { blockS: pacing.blockS },
            budgetLeftS: budgetLeft(blocks, plan),
            ...(experiment.maxBlocks === undefined ? {} : { maxBlocks: experiment.maxBlocks }),
            ...(forSearch ? { leastBlocks: SEARCH_LOOK } : {}),
            proves: revertedBuilds(experiment) !== undefined,
          }),
        }),
    prices: settled.map(({ price }) => price),
    ...(next && mode !== 'duet' && !forSearch ? { processes: withSpread(next) } : {}),
  };
}

function withSpread({ pacing, price }: { pacing: Pacing; price: ModePrice }): NonNullable<Schedule['processes']> {
  return { ...pacing, ...(price.spread === undefined ? {} : { spread: price.spread }) };
}

export function sayPiloted(blocks: readonly BlockEntry[], mode: Mode, plan: Plan, experiment: Experiment): Piloted {
  return { blocks: pilotOf(blocks, mode), mode, plan, experiment, budgetLeftS: budgetLeft(blocks, plan) };
}

function budgetLeft(blocks: readonly BlockEntry[], { budgetS }: Plan): number {
  return Math.max(0, budgetS - (blocks.at(-1)?.endedS ?? 0));
}

function isDropped({ outcomes }: BlockEntry): boolean {
  return outcomes.some((outcome) => outcome.kind === 'failure');
}
