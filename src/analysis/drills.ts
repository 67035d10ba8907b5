/** What a study said of where a change is, set beside what was hidden in it; and the rates over many. */
import type { Rate } from '../model/calibration.ts';
import { DRILL_FAULTS, type Drill, type DrillJudgement, type Planted } from '../model/drill.ts';
import { hasMoved, type LayerChange } from '../model/layer.ts';
import type { Result } from '../model/result.ts';
import type { Witness } from '../model/witness.ts';
import { clopperPearson } from '../stats/binomial.ts';

/** Layers and sites that are said to have moved, in the order of the answer. */
export function namedLayers({ layers = [] }: Pick<Result, 'layers'>): readonly LayerChange[] {
  return layers.filter(hasMoved);
}

/** In figures: how much of what. */
export function citesCount({ seen, findings }: Witness): boolean {
  return /\d/.test(seen) && findings.length > 0;
}

/** `layers[0]` is the answer: it must be named, and what was planted must be that. */
export function judgeDrill(
  { layers = [], witnesses = [] }: Pick<Result, 'layers' | 'witnesses'>,
  planted: Planted | undefined,
): DrillJudgement {
  const agreeing = witnesses.filter(({ says }) => says === 'agrees');
  const named = namedLayers({ layers });
  if (planted === undefined) return { layer: named.length === 0, witnesses: agreeing.length === 0 };
  const fault = DRILL_FAULTS.find(({ kind }) => kind === planted.kind)!;
  const right: readonly string[] = fault.layers;
  const first = layers[0];
  const layer = first !== undefined && first.verdict === 'regression' && right.includes(first.layer);
  const told = { layer, witnesses: agreeing.every(citesCount) };
  if (!layer || fault.at === 'program') return told;
  const wanted = fault.at === 'site' ? planted.site : fault.at;
  const site = named.find((one) => one.layer === first.layer && one.site !== undefined)?.site;
  return { ...told, site: site !== undefined && isSite(site, wanted) };
}

/** Where several packages have a function of that name it is told with its package. */
const isSite = (told: string, wanted: string): boolean => told === wanted || told.endsWith(`.${wanted}`);

/** Right layers of those planted, right sites of those that have one, and silence where nothing was planted. */
export function rateDrills(drills: readonly Drill[]): {
  readonly layer: Rate;
  readonly site: Rate;
  readonly silent: Rate;
  readonly witnesses: Rate;
} {
  const planted = drills.filter((drill) => drill.planted !== undefined);
  const same = drills.filter((drill) => drill.planted === undefined);
  const sited = planted.filter(({ judged }) => judged.site !== undefined);
  return {
    layer: rateOf(planted, ({ judged }) => judged.layer),
    site: rateOf(sited, ({ judged }) => judged.site === true),
    silent: rateOf(same, ({ judged }) => judged.layer),
    witnesses: rateOf(drills, ({ judged }) => judged.witnesses),
  };
}

function rateOf(drills: readonly Drill[], holds: (drill: Drill) => boolean): Rate {
  const count = drills.filter(holds).length;
  const of = drills.length;
  return { count, of, ...(of === 0 ? { low: 0, high: 1 } : clopperPearson(count, of, 0.95)) };
}
