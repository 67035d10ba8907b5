/**
 * Studies of one experiment on several machines, put together: whether what was found holds on machines like these. Random
 * effects by restricted maximum likelihood with Hartung and Knapp's interval, and the prediction interval for one more machine.
 */
import type { Warning } from '../model/problem.ts';
import type { Comparison, Result } from '../model/result.ts';
import { normalQuantile } from '../stats/normal.ts';
import { poolEffects, tauInterval } from '../stats/random-effects.ts';
import type { Dependence, MachineProperty } from './machine-properties.ts';
import { isExact } from './samples.ts';

export const MACHINES_SCHEMA = 'seamark/machines@1';

/**
 * generalises: the mean effect and that of one more machine lie on one side of none, or both within the margin ·
 * machine-dependent: there is an effect, but one more machine may not show it, or machines contradict each other ·
 * undecided: the machines do not tell · not assessed: fewer than three.
 */
export type Generality = 'generalises' | 'machine-dependent' | 'undecided' | 'not assessed';

/** What one machine says of a comparison. */
export interface MachineEffect {
  readonly machine: string;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly verdict: Comparison['verdict'];
}

export interface PooledComparison {
  readonly metric: string;
  readonly kind: Comparison['kind'];
  readonly treatment: string;
  readonly factor: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly margin: number;
  readonly machines: readonly MachineEffect[];
  readonly verdict: Generality;
  /** Absent where it is not assessed: the mean over machines, as a ratio. */
  readonly mean?: { readonly ratio: number; readonly low: number; readonly high: number; readonly confidence: number };
  /** Where the ratio of one more such machine lies. */
  readonly prediction?: { readonly low: number; readonly high: number };
  /** Standard deviation between machines, log scale, with its interval; I², a fraction. */
  readonly between?: { readonly sd: number; readonly low: number; readonly high: number; readonly i2: number };
  /** Where properties of machines were asked for. */
  readonly on?: Dependence;
}

export interface MachinesReading {
  readonly schema: typeof MACHINES_SCHEMA;
  readonly experiment: string;
  readonly machines: readonly string[];
  readonly primary: string;
  /** Asked for with `--on`: values in the order of the machines. */
  readonly properties?: readonly MachineProperty[];
  /** Noisy metrics; counts are exact, and the same program makes the same ones everywhere. */
  readonly comparisons: readonly PooledComparison[];
  /** Counts that are not the same on all machines. */
  readonly countsApart: readonly string[];
  readonly warnings: readonly Warning[];
}

/** A study by the name it is shown under. */
export interface MachineStudy {
  readonly name: string;
  readonly result: Result;
}

const LEAST_MACHINES = 3;
/** Prediction intervals hold less often than they say below this. */
const MANY_MACHINES = 10;
const CONFIDENCE = 0.95;
const MOSTLY_BETWEEN = 0.75;

/** Comparisons that every study has in common, in the order of the first. The studies ask one question: see `sameQuestion`. */
export function poolMachines(studies: readonly MachineStudy[]): MachinesReading {
  const [first] = studies;
  const shared = (first?.result.comparisons ?? []).flatMap((asked) => {
    const found = studies.map(({ result }) => result.comparisons.find((each) => keyOf(each) === keyOf(asked)));
    return found.every((each) => each !== undefined) ? [found as Comparison[]] : [];
  });
  const noisy = shared.filter(([one]) => !isExact(one!.metric));
  return {
    schema: MACHINES_SCHEMA,
    experiment: first?.result.experiment ?? '',
    machines: studies.map(({ name }) => name),
    primary: first?.result.primary ?? '',
    comparisons: noisy.map((found) => poolOne(found, studies)),
    countsApart: shared.filter(([one]) => isExact(one!.metric)).flatMap(tellApart),
    warnings: warn(studies, noisy),
  };
}

/** Why these studies can't be put together, if they can't: they must be of one experiment and share a comparison. */
export function sameQuestion(studies: readonly MachineStudy[]): string | undefined {
  const names = [...new Set(studies.map(({ result }) => result.experiment))];
  if (names.length > 1) return `the studies are of different experiments: ${names.join(', ')}`;
  const keys = studies.map(({ result }) => new Set(result.comparisons.map(keyOf)));
  const shared = [...(keys[0] ?? [])].filter((key) => keys.every((some) => some.has(key)));
  return shared.length === 0 ? 'the studies have no comparison in common' : undefined;
}

function poolOne(found: readonly Comparison[], studies: readonly MachineStudy[]): PooledComparison {
  const one = found[0]!;
  const machines = found.map(
    (each, i): MachineEffect => ({
      machine: studies[i]!.name,
      ratio: each.ratio,
      low: each.low,
      high: each.high,
      confidence: each.confidence,
      verdict: each.verdict,
    }),
  );
  const { metric, kind, treatment, factor, baseline, candidate, margin } = one;
  const same = { metric, kind, treatment, factor, baseline, candidate, margin, machines };
  const known = found.flatMap((each) => effectOf(each) ?? []);
  if (known.length < LEAST_MACHINES) return { ...same, verdict: 'not assessed' };
  const effects = known.map(({ effect }) => effect);
  const variances = known.map(({ variance }) => variance);
  const pooled = poolEffects(effects, variances, { confidence: CONFIDENCE });
  const tau = tauInterval(effects, variances, CONFIDENCE);
  const contradict = pooled.i2 > MOSTLY_BETWEEN && Math.min(...effects) < 0 && Math.max(...effects) > 0;
  return {
    ...same,
    verdict: decide(pooled, contradict, Math.log1p(margin)),
    mean: {
      ratio: Math.exp(pooled.estimate),
      low: Math.exp(pooled.low),
      high: Math.exp(pooled.high),
      confidence: CONFIDENCE,
    },
    prediction: { low: Math.exp(pooled.prediction.low), high: Math.exp(pooled.prediction.high) },
    between: { sd: Math.sqrt(pooled.tau2), low: Math.sqrt(tau.low), high: Math.sqrt(tau.high), i2: pooled.i2 },
  };
}

function decide(
  { low, high, prediction }: ReturnType<typeof poolEffects>,
  contradict: boolean,
  margin: number,
): Generality {
  const within = (one: { low: number; high: number }) => -margin < one.low && one.high < margin;
  const apart = (one: { low: number; high: number }) => one.low > 0 || one.high < 0;
  if (within({ low, high }) && within(prediction)) return 'generalises';
  if (contradict) return 'machine-dependent';
  if (!apart({ low, high })) return 'undecided';
  return apart(prediction) ? 'generalises' : 'machine-dependent';
}

/** ln ratio and the square of its standard error: half the interval over the normal quantile of its own level. */
export function effectOf({
  ratio,
  low,
  high,
  confidence,
}: Pick<Comparison, 'ratio' | 'low' | 'high' | 'confidence'>):
  | { readonly effect: number; readonly variance: number }
  | undefined {
  const half = (Math.log(high) - Math.log(low)) / 2;
  const error = half / normalQuantile((1 + confidence) / 2);
  const effect = Math.log(ratio);
  if (!(Number.isFinite(effect) && Number.isFinite(error) && error > 0)) return undefined;
  return { effect, variance: error ** 2 };
}

function tellApart(found: readonly Comparison[]): string[] {
  const one = found[0]!;
  const same = found.every(
    (each) => each.baselineValue === one.baselineValue && each.candidateValue === one.candidateValue,
  );
  const where = one.treatment === '' ? '' : ` at ${one.treatment}`;
  return same ? [] : [`${one.metric}${where}, ${one.candidate} beside ${one.baseline}`];
}

function warn(studies: readonly MachineStudy[], noisy: readonly (readonly Comparison[])[]): Warning[] {
  const warnings: Warning[] = [];
  if (studies.length < LEAST_MACHINES) {
    warnings.push({
      code: 'few-machines',
      message: `${studies.length} ${studies.length === 1 ? 'machine is' : 'machines are'} too few to tell what holds on others: it takes ${LEAST_MACHINES}`,
      cure: 'run the same experiment on more machines',
    });
  } else if (studies.length < MANY_MACHINES) {
    warnings.push({
      code: 'prediction-narrow',
      message: `with ${studies.length} machines the prediction interval holds less often than its ${100 * CONFIDENCE} %`,
      cure: `read it as the least that other machines differ, or run on ${MANY_MACHINES}`,
    });
  }
  const looks = studies.map(({ result }) => JSON.stringify(result.environment.machine ?? {}));
  const alike = looks.filter((look) => look !== '{}' && looks.indexOf(look) !== looks.lastIndexOf(look)).length;
  if (alike > 0) {
    warnings.push({
      code: 'machines-alike',
      message: `${alike} of the ${studies.length} studies come from machines that look the same (processor, cores, memory)`,
      cure: 'two studies of one machine count once: leave one out; machines of one kind speak for that kind alone',
    });
  }
  const open = noisy.filter((found) => found.some((each) => effectOf(each) === undefined)).length;
  if (open > 0) {
    warnings.push({
      code: 'open-intervals',
      message: `in ${open} ${open === 1 ? 'comparison' : 'comparisons'} some machine has no finite interval and was left out`,
      cure: 'give that study more blocks',
    });
  }
  const margins = noisy.filter((found) => found.some((each) => each.margin !== found[0]!.margin)).length;
  if (margins > 0) {
    warnings.push({
      code: 'margins-apart',
      message: 'the studies were run with different margins; the first one is used',
      cure: 'run all of them from one spec',
    });
  }
  return warnings;
}

const keyOf = ({ metric, kind, treatment, factor, baseline, candidate }: Comparison): string =>
  JSON.stringify([metric, kind, treatment, factor, baseline, candidate]);
