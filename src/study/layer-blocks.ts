/**
 * More blocks of probed runs once the verdict has fallen, so that it can be said where a change between builds comes from: until
 * every layer is clear at one of two looks, or a share of the budget is spent. Follows from the journal alone.
 */
import { findLayers } from '../analysis/layers.ts';
import { listProbedGroups } from '../design/probed-blocks.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Plan } from '../model/plan.ts';
import type { Outcome } from '../model/run.ts';
import type { BlockEntry } from '../store/journal.ts';
import { countProbed } from './probed-blocks.ts';

/** Good blocks of probed runs at which the layers of a treatment are looked at; after the last there are no more. */
const LOOKS = [16, 32] as const;
/** Of the budget, for all blocks of probed runs together. */
const SHARE = 1 / 3;
/** More treatments are left to what the study's own blocks tell. */
const MOST_GROUPS = 4;

export interface LayerState {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly ledger: {
    readonly blocks: readonly BlockEntry[];
    readonly outcomes: readonly Outcome[];
    readonly elapsedS: number;
  };
  /** Treatments of comparisons that found something. */
  readonly found: ReadonlySet<string>;
}

/** Treatment ids of the next block, and how many good ones it is to have; undefined when layers are told as well as they will be. */
export function nextForLayers(state: LayerState): { only: ReadonlySet<string>; blocks: number } | undefined {
  const { experiment, plan, ledger, found } = state;
  const { blocks, elapsedS } = ledger;
  // The verdict may have taken all of the budget: then the first look has to do.
  const looks = elapsedS < experiment.budgetS ? LOOKS : LOOKS.slice(0, 1);
  if (experiment.probe !== 'full' || spentS(blocks) >= SHARE * experiment.budgetS) return undefined;
  const compared = new Set(
    plan.contrasts
      .filter(({ kind }) => kind === 'build')
      .flatMap(({ baselineArm, candidateArm }) => [baselineArm, candidateArm]),
  );
  const groups = listProbedGroups(plan).filter((group) => [...group].some((treatment) => compared.has(treatment)));
  const isFound = (group: ReadonlySet<string>) => [...group].some((treatment) => found.has(treatment));
  const chosen =
    groups.length <= MOST_GROUPS
      ? groups
      : groups.toSorted((a, b) => Number(isFound(b)) - Number(isFound(a))).slice(0, MOST_GROUPS);
  const open = chosen
    .map((only) => ({ only, ...countProbed(plan, blocks, only) }))
    .flatMap(({ only, good }) => {
      const look = looks.find((each) => each > good);
      // Between looks nothing is decided; at one, it may be clear.
      const isClear = LOOKS.some((each) => each === good) && layersAreClear(state, only);
      return look === undefined || isClear ? [] : [{ only, good, blocks: look }];
    });
  return open.sort((a, b) => a.good - b.good)[0];
}

/** Whether every layer of the whole is known to have moved, or not to matter. */
function layersAreClear({ experiment, plan, ledger }: LayerState, group: ReadonlySet<string>): boolean {
  const contrasts = plan.contrasts.filter(({ candidateArm }) => group.has(candidateArm));
  const { layers } = findLayers({
    experiment,
    plan: { ...plan, contrasts },
    outcomes: ledger.outcomes,
    comparisons: [],
  });
  return layers.every(({ site, verdict }) => site !== undefined || verdict !== 'undecided');
}

function spentS(blocks: readonly BlockEntry[]): number {
  return blocks.reduce((sum, { stage, startedS, endedS }) => sum + (stage === 'probed' ? endedS - startedS : 0), 0);
}
