/**
 * Where the change between two builds comes from: their probed runs of the same block, cut into exclusive layers that sum to the
 * whole, and into the parts of single sites. A layer and a site is tested for itself, as 1 % of the whole may be 20 % of the part
 * that moved; all intervals of a family hold at once (`attribute`).
 */
import { type Experiment, marginOf } from '../model/experiment.ts';
import { hasMoved, LAYERS, type Layer, type LayerChange } from '../model/layer.ts';
import type { Contrast, Plan } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { Comparison } from '../model/result.ts';
import type { Outcome, RunOutcome } from '../model/run.ts';
import type { BoundaryWindow, SiteTimes } from '../model/site.ts';
import { mean } from '../stats/quantile.ts';
import { sum } from '../stats/sums.ts';
import { attribute, type LayerBlock, type LayerTimes } from './attribution.ts';
import { type Cut, leaveDisturbed, type Pair } from './undisturbed.ts';

export interface LayerInput {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly comparisons: readonly Comparison[];
}

export interface LayersFound {
  /** The most responsible first: layers that moved, each with its sites below it, then the others. */
  readonly layers: readonly LayerChange[];
  readonly warnings: readonly Warning[];
}

/** Where the whole did not move, a layer has to be surer of itself. */
const MOVED = 0.95;
const UNMOVED = 0.99;
/** Of an operation. */
const ROUNDING = 1e-9;
/** Sites with less than this share of an operation in both builds, and more than so many, are left to their layers. */
const LEAST_SHARE = 0.002;
const MOST_SITES = 8;

/** Empty where no builds are compared, or too few blocks hold probed runs of both. */
export function findLayers(input: LayerInput): LayersFound {
  const { plan, comparisons, experiment } = input;
  const found = plan.contrasts
    .filter(({ kind }) => kind === 'build')
    .map((contrast) => {
      const blocks = pairWindows(contrast, input);
      const comparison = comparisons.find(
        ({ metric, baselineArm, candidateArm }) =>
          metric === experiment.metrics.primary &&
          baselineArm === contrast.baselineArm &&
          candidateArm === contrast.candidateArm,
      );
      return layersOf(contrast, blocks, comparison, input);
    });
  return { layers: found.flatMap(({ layers }) => layers), warnings: found.flatMap(({ warnings }) => warnings) };
}

/** Windows of both builds' probed runs, block by block; those of the pilot are no part. */
function pairWindows({ baselineArm, candidateArm }: Contrast, { plan, outcomes }: LayerInput): readonly Pair[] {
  const probed = (id: string) => {
    const treatment = plan.arms.find((arm) => arm.id === id)?.treatment.id;
    return plan.arms.find((arm) => arm.role === 'probed' && arm.treatment.id === treatment)?.id;
  };
  const [baseline, candidate] = [probed(baselineArm), probed(candidateArm)];
  const blocks = new Map<string, Map<string, BoundaryWindow>>();
  for (const outcome of outcomes) {
    if (outcome.kind !== 'run' || outcome.stage === 'pilot' || !isTimed(outcome)) continue;
    if (outcome.arm !== baseline && outcome.arm !== candidate) continue;
    const key = `${outcome.stage} ${outcome.block}`;
    blocks.set(key, (blocks.get(key) ?? new Map()).set(outcome.arm, outcome.boundary));
  }
  return [...blocks.values()].flatMap((block) => {
    const [from, to] = [block.get(baseline ?? ''), block.get(candidate ?? '')];
    return from && to ? [leaveDisturbed({ baseline: from, candidate: to })] : [];
  });
}

function isTimed(run: RunOutcome): run is RunOutcome & { readonly boundary: BoundaryWindow } {
  const { boundary } = run;
  const wholeS = boundary?.seconds ?? boundary?.pacedS;
  return wholeS !== undefined && wholeS > 0 && boundary!.countsOnly !== true && boundary!.operations > 0;
}

function layersOf(
  contrast: Contrast,
  pairs: readonly Pair[],
  comparison: Comparison | undefined,
  { experiment, plan }: LayerInput,
): LayersFound {
  if (pairs.length === 0) return { layers: [], warnings: [] };
  const wholeMoved = comparison?.verdict === 'regression' || comparison?.verdict === 'improvement';
  // Of many comparisons in which nothing moved one in a hundred may name a layer, and not one of each.
  const confidence = wholeMoved
    ? MOVED
    : 1 - (1 - UNMOVED) / plan.contrasts.filter(({ kind }) => kind === 'build').length;
  const margin = marginOf(experiment, experiment.metrics.primary);
  const say = (blocks: readonly LayerBlock[], site?: string): readonly LayerChange[] | Warning => {
    const { layers, warnings } = attribute(blocks, plan.seed, confidence);
    if (warnings[0]) return warnings[0];
    const wholeS = mean(blocks.map(({ baseline }) => baseline.totalS));
    return layers
      .filter(({ layer }) => site === undefined || layer !== 'unaccounted')
      .map(({ layer, centreS, lowS, highS }): LayerChange => {
        const [kind, name] = splitPart(layer);
        const valueS = (arm: 'baseline' | 'candidate') => mean(blocks.map((block) => timeOf(block[arm], layer)));
        return {
          ...{ treatment: contrast.treatment, baseline: contrast.baseline, candidate: contrast.candidate },
          layer: kind,
          ...(name === undefined ? {} : { site: name }),
          ...{ baselineS: valueS('baseline'), candidateS: valueS('candidate') },
          ...{ delta: centreS, low: lowS, high: highS, confidence, blocks: blocks.length },
          verdict: judge(lowS, highS, margin * wholeS, ROUNDING * wholeS),
        };
      });
  };
  const known = knownIn(pairs);
  const whole = say(pairs.map(bothBy((window) => cutWhole(window, known))));
  const names = listParts(pairs);
  const sites = names.length === 0 ? [] : say(pairs.map(bothBy((window) => cutSites(window, names))), 'sites');
  const told = (answer: readonly LayerChange[] | Warning): answer is readonly LayerChange[] => Array.isArray(answer);
  if (!told(whole)) {
    const where = contrast.treatment === '' ? '' : ` of ${contrast.treatment}`;
    // Sites stand for themselves where the whole does not add up: goroutines that call side by side.
    const alone = whole.code === 'unaccounted' && told(sites) ? order([], sites) : [];
    return { layers: alone, warnings: [{ ...whole, message: `layers${where}: ${whole.message}` }] };
  }
  return { layers: order(whole, told(sites) ? sites : []), warnings: [] };
}

function bothBy(cut: (window: Cut) => LayerTimes): (pair: Pair) => LayerBlock {
  return ({ baseline, candidate }) => ({ baseline: cut(baseline), candidate: cut(candidate) });
}

/** What `attribute` calls unaccounted is no layer of its own in these times, but what is left of the whole. */
function timeOf({ totalS, layersS }: LayerTimes, layer: string): number {
  return layersS[layer] ?? totalS - sum(Object.values(layersS));
}

/** `rounding`: what the last digits of a sum leave over, whose spread is so small that any of it would look certain. */
function judge(low: number, high: number, reach: number, rounding: number): LayerChange['verdict'] {
  if (Math.max(Math.abs(low), Math.abs(high)) < rounding) return 'equivalent';
  if (low > 0) return 'regression';
  if (high < 0) return 'improvement';
  return low > -reach && high < reach ? 'equivalent' : 'undecided';
}

/** What was measured in every window: a layer that some of them lack stays in the one that holds it. */
interface Known {
  readonly allocator: boolean;
  readonly waiting: boolean;
  readonly collector: boolean;
  readonly goLock: boolean;
}

function knownIn(pairs: readonly Pair[]): Known {
  const windows = pairs.flatMap(({ baseline, candidate }) => [baseline, candidate]);
  const calls = windows.flatMap(({ sites }) => sites.filter(({ kind }) => kind === 'call'));
  return {
    allocator: calls.length > 0 && calls.every(({ allocatorS }) => allocatorS !== undefined),
    waiting: calls.length > 0 && calls.every(({ waitS, readyS }) => waitS !== undefined && readyS !== undefined),
    collector: windows.every(({ collectorS }) => collectorS !== undefined),
    goLock: windows.every(({ goLockS }) => goLockS !== undefined),
  };
}

/**
 * Go has what is left when all else is taken away, what looking so deep took among it; below nothing, where calls ran side by side, the difference is unaccounted.
 * A call that is made inside a callback counts for itself and in its callback too.
 */
function cutWhole(window: Cut, known: Known): LayerTimes {
  const per = (seconds: number) => seconds / window.operations;
  const calls = window.sites.filter(({ kind }) => kind === 'call');
  const copies = window.sites.filter(({ kind }) => kind === 'copy');
  const apart: Partial<Record<Layer, number>> = {
    ...(known.allocator ? { allocator: sum(calls.map(({ allocatorS = 0 }) => allocatorS)) } : {}),
    ...(known.waiting ? { lock: sum(calls.map(({ waitS = 0 }) => waitS)) } : {}),
    ...(known.waiting ? { 'run-queue': sum(calls.map(({ readyS = 0 }) => readyS)) } : {}),
  };
  const callback = sum(calls.map(({ nestedS }) => nestedS));
  const layers: Partial<Record<Layer, number>> = {
    entry: sum(calls.map(({ entryS }) => entryS)),
    callee: sum(calls.map(({ calleeS }) => calleeS)) - callback - sum(Object.values(apart)),
    return: sum(calls.map(({ returnS }) => returnS)),
    callback,
    copy: sum(copies.map(wholeOf)),
    ...apart,
    ...(known.collector ? { collector: window.collectorS! } : {}),
    ...(known.goLock ? { 'go-lock': window.goLockS! } : {}),
  };
  const wholeS = secondsOf(window) - sum(window.sites.map(({ spentS = 0 }) => spentS));
  const left = wholeS - sum(Object.values(layers));
  const layersS = Object.fromEntries(
    Object.entries({ go: Math.max(0, left), ...layers }).map(([layer, seconds]) => [layer, per(Math.max(0, seconds))]),
  );
  return { totalS: per(wholeS), layersS };
}

const secondsOf = ({ seconds, pacedS = 0 }: Cut): number => seconds ?? pacedS;

/** Of the callee what is its own code's: callbacks, and what was seen apart, taken away. */
function ownOf({ calleeS, nestedS, allocatorS = 0, waitS = 0, readyS = 0 }: SiteTimes): number {
  return calleeS - nestedS - allocatorS - waitS - readyS;
}

const wholeOf = ({ entryS, calleeS, returnS }: SiteTimes): number => entryS + calleeS + returnS;

const PARTS: Readonly<Partial<Record<Layer, (site: SiteTimes) => number | undefined>>> = {
  entry: ({ entryS }) => entryS,
  callee: ownOf,
  allocator: ({ allocatorS }) => allocatorS,
  lock: ({ waitS }) => waitS,
  return: ({ returnS }) => returnS,
};

/** Exclusive parts of one site: of a call by layer, a callback and a copy as a whole. */
function partsOf(site: SiteTimes): Readonly<Record<string, number>> {
  const named = (layer: Layer) => `${layer} ${site.site}`;
  if (site.kind !== 'call') return { [named(site.kind === 'copy' ? 'copy' : 'callback')]: wholeOf(site) };
  const parts = Object.entries(PARTS).map(([layer, of]) => [named(layer as Layer), of(site)] as const);
  return Object.fromEntries(parts.filter(([, seconds]) => seconds !== undefined)) as Record<string, number>;
}

/** Parts that hold a share of an operation, by the sites that hold most. */
function listParts(pairs: readonly Pair[]): readonly string[] {
  const windows = pairs.flatMap(({ baseline, candidate }) => [baseline, candidate]);
  const wholeS = sum(windows.map(secondsOf));
  const held = new Map<string, number>();
  for (const { sites } of windows) {
    for (const site of sites) held.set(site.site, (held.get(site.site) ?? 0) + wholeOf(site));
  }
  const large = [...held]
    .filter(([, seconds]) => seconds > LEAST_SHARE * wholeS)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_SITES)
    .map(([site]) => site);
  const names = windows.flatMap(({ sites }) => sites.filter(({ site }) => large.includes(site)).flatMap(namesOf));
  return [...new Set(names)].sort();
}

const namesOf = (site: SiteTimes): readonly string[] => Object.keys(partsOf(site));

/** A site that one build does not cross takes no time there. */
function cutSites(window: Cut, names: readonly string[]): LayerTimes {
  const layersS: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  for (const site of window.sites) {
    for (const [name, seconds] of Object.entries(partsOf(site))) {
      if (name in layersS) layersS[name] = layersS[name]! + Math.max(0, seconds) / window.operations;
    }
  }
  // Its own sum, so that nothing is left over: the whole is judged elsewhere.
  return { totalS: sum(Object.values(layersS)) || Number.MIN_VALUE, layersS };
}

function splitPart(part: string): readonly [Layer, string | undefined] {
  const [layer = '', ...site] = part.split(' ');
  const known = LAYERS.find((one) => one === layer) ?? 'unaccounted';
  return [known, site.length === 0 ? undefined : site.join(' ')];
}

/** Layers that moved by their size, each followed by its sites that moved; then what did not move, in the order of the layers. */
function order(whole: readonly LayerChange[], sites: readonly LayerChange[]): readonly LayerChange[] {
  const bySize = (a: LayerChange, b: LayerChange) => Math.abs(b.delta) - Math.abs(a.delta);
  const leading = whole.filter(hasMoved).sort(bySize);
  const named = leading.flatMap((one) => [
    one,
    ...sites.filter((site) => site.layer === one.layer && hasMoved(site)).sort(bySize),
  ]);
  const alone = sites.filter((site) => hasMoved(site) && !named.includes(site)).sort(bySize);
  const place = ({ layer }: LayerChange) => LAYERS.indexOf(layer);
  const still = [...whole, ...sites]
    .filter((one) => !hasMoved(one))
    .sort((a, b) => place(a) - place(b) || bySize(a, b));
  return [...named, ...alone, ...still];
}
