/** One drill: a fault is drawn and hidden in one of two arms, the study is run as one of two builds, and its answer is judged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { citesCount, judgeDrill, namedLayers } from '../analysis/drills.ts';
import { type DrillGround, drawDrill, sizeFault, type UnitCosts, USUAL_UNITS } from '../design/drill.ts';
import { DRILL_FAULTS, type Drill, type DrillKind, type Planted } from '../model/drill.ts';
import type { Factor } from '../model/experiment.ts';
import { faultKindOf } from '../model/fault.ts';
import type { Result } from '../model/result.ts';
import type { Witness } from '../model/witness.ts';
import { type BuiltTwice, type CalibratedSubject, withDelays, withFaults } from './calibrate-subject.ts';
import { conductTrialOf, type SeriesConditions, type Planted as Sized, sizePlanted } from './calibrate-trial.ts';
import { priceProbe } from './run-subject.ts';

/** A subject that is built, and what its pilots measured. */
export interface DrillSubject {
  readonly subject: CalibratedSubject;
  readonly built: BuiltTwice;
  readonly ground: DrillGround;
  readonly prices: Awaited<ReturnType<typeof priceProbe>>;
}

const PRICING_S = 20;
/** Of an operation: what each kind is planted with to see what it costs. */
const PRICED_SHARE = 0.2;
/** A site that is crossed more rarely holds nothing within the sizes of a drill. */
const LEAST_CROSSINGS = 0.2;

/** Builds, counts crossings, and measures what each kind of fault costs in this program. */
export async function surveyDrills(subject: CalibratedSubject, conditions: SeriesConditions): Promise<DrillSubject> {
  const built = await sizePlanted(subject, conditions);
  const sites = built.sites.filter(({ perOperation }) => perOperation >= LEAST_CROSSINGS);
  const ground = { operationS: built.iterationS, sites: sites.length > 0 ? sites : built.sites };
  const unitS = await priceFaults(subject, built, ground.sites, conditions);
  const prices = await priceProbe({ ...built.experiment, probe: 'full' }, conditions.line, conditions.signal);
  return { subject, built, ground: { ...ground, unitS }, prices };
}

/** Planted one kind at a time at the site that is crossed most, within one study. */
async function priceFaults(
  subject: CalibratedSubject,
  built: Sized,
  sites: DrillGround['sites'],
  conditions: SeriesConditions,
): Promise<UnitCosts> {
  const { site, perOperation } = sites.reduce((most, one) => (one.perOperation > most.perOperation ? one : most));
  const costS = PRICED_SHARE * built.iterationS;
  const tried = DRILL_FAULTS.filter(({ kind }) => kind !== 'delay').map(({ kind }) => ({
    kind,
    factor: factorOf(kind, site, sizeFault(kind, costS, perOperation, USUAL_UNITS)),
  }));
  const planted = withFaults(
    built.experiment,
    tried.map(({ factor }) => factor),
  );
  const question = {
    ...planted,
    // One treatment: what is nested exists there, or not at all.
    factors: planted.factors.map(({ within: _, ...factor }) => factor),
    design: { kind: 'one-at-a-time' as const },
    budgetS: PRICING_S,
  };
  const { result } = await conductTrialOf(subject, built, question, conditions, 'measuring what faults cost here');
  const units = tried.map(({ kind, factor }): [DrillKind, number] => {
    const seen = result.comparisons.find((one) => one.metric === result.primary && one.factor === factor.name);
    const eachS = seen ? (seen.candidateValue - seen.baselineValue) / perOperation : 0;
    const amount = kind === 'contention' ? 1 : factor.levels[1]!.value!;
    const unitS = (eachS * (factor.every ?? 1)) / amount;
    return [kind, unitS > 0 ? unitS : USUAL_UNITS[kind]];
  });
  return { ...USUAL_UNITS, ...Object.fromEntries(units) };
}

function factorOf(kind: DrillKind, site: string, { size, every }: ReturnType<typeof sizeFault>): Factor {
  const { dimension } = faultKindOf(`fault.${kind}`)!;
  const value = dimension === 'seconds' ? size : Math.max(1, Math.round(size));
  const text =
    dimension === 'seconds' ? `${Math.round(size * 1e9)} ns` : `${value}${dimension === 'bytes' ? ' B' : ''}`;
  return {
    name: `fault.${kind}`,
    family: 'fault',
    levels: [{ text: 'none' }, { text, value, dimension }],
    site,
    ...(every === undefined ? {} : { every }),
  };
}

/** `hides`: whether a fault is drawn; else the program is compared with itself. */
export async function runDrill(
  { subject, built, ground, prices }: DrillSubject,
  {
    seed,
    budgetS,
    hides,
    doing,
  }: { readonly seed: number; readonly budgetS: number; readonly hides: boolean; readonly doing: string },
  conditions: SeriesConditions,
): Promise<{ readonly drill: Drill; readonly operationS: number }> {
  const drawn = hides ? drawDrill(seed, ground) : undefined;
  const question = drawn
    ? withFaults(built.experiment, [drawn.factor])
    : withDelays(built.experiment, ['none', '0 ns']);
  const experiment = { ...question, probe: 'full' as const, budgetS, seed };
  const { result, seconds } = await conductTrialOf(subject, built, experiment, conditions, doing, {
    ...prices,
    gatherWitnesses: (seen) => askWitnesses(seen, experiment, built, conditions),
  });
  const found = result.comparisons.find(({ metric }) => metric === result.primary);
  if (!found) throw new Error('a study of two arms compared nothing');
  const drill = { ...tellDrill(result, drawn?.planted), seed, budgetS, seconds: seconds.all };
  return { drill, operationS: found.baselineValue };
}

function tellDrill(result: Result, planted: Planted | undefined): Omit<Drill, 'seed' | 'budgetS' | 'seconds'> {
  const { verdict, ratio } = result.comparisons.find(({ metric }) => metric === result.primary)!;
  const { witnesses = [] } = result;
  return {
    startedAt: result.startedAt,
    ...(planted === undefined ? {} : { planted }),
    verdict,
    ratio,
    named: namedLayers(result).map(({ layer, site, delta, low, high, verdict: says }) => ({
      ...{ layer, delta, low, high, verdict: says },
      ...(site === undefined ? {} : { site }),
    })),
    witnesses: witnesses.map((one) => ({ name: one.name, says: one.says, seen: one.seen, cites: citesCount(one) })),
    judged: judgeDrill(result, planted),
  };
}

async function askWitnesses(
  result: Result,
  experiment: BuiltTwice['experiment'],
  { artifacts }: BuiltTwice,
  { line, signal }: SeriesConditions,
): Promise<readonly Witness[]> {
  const [{ gatherWitnesses }, { chooseCores }] = await Promise.all([
    import('../evidence/gather.ts'),
    import('../machine/cores.ts'),
  ]);
  const scratch = mkdtempSync(join(tmpdir(), 'seamark-evidence-'));
  try {
    return await gatherWitnesses({
      ...{ experiment, artifacts, result, scratch, signal },
      conditions: { cores: await chooseCores(experiment.cores), signal },
      onStep: (step) => line.show(`asking for ${step}`),
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
