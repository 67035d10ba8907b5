/**
 * Whether the garbage collector treated both arms of a comparison alike. Time with collections in it and time before the
 * first one are different quantities: memory is fresh until then, and its first use is dear.
 */
import type { ContrastKind } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { RunOutcome } from '../model/run.ts';
import { poissonRatesTest } from '../stats/poisson-rates.ts';
import { median } from '../stats/quantile.ts';
import { sum } from '../stats/sums.ts';
import type { Block, PairedArms } from './samples.ts';

/** Rates are called different when chance alone would do it more rarely than this. */
const LEVEL = 0.01;
/** An arm with fewer collections a process than this has none: its first one comes after the window. */
const NONE = 0.05;

/** Factors that set how often the collector works. */
const SETTINGS = ['go.gogc', 'env.GOGC'];

export interface RegimeCheck {
  readonly warning: Warning;
  /** Whether no verdict may rest on this comparison. */
  readonly caps: boolean;
}

/** What an arm did within its timed batches, over all its processes. */
interface Collected {
  readonly processes: number;
  readonly cycles: number;
  readonly operations: number;
  /** It is known to allocate nothing: then no collections are what it will always have. */
  readonly allocatesNothing: boolean;
}

/** The factor that sets GOGC, where there is one. */
export function collectorFactor(factors: readonly { readonly name: string }[]): string | undefined {
  return factors.find(({ name }) => SETTINGS.includes(name))?.name;
}

/**
 * Undefined when both arms collect, neither does, or nobody counted. Both at work at different rates are no concern: what is
 * allocated more has to be collected more often, and that is part of the change. `setBy`: see collectorFactor.
 */
export function compareRegimes(
  blocks: readonly Block[],
  { baselineArm, candidateArm }: PairedArms,
  kind: ContrastKind,
  setBy?: string,
): RegimeCheck | undefined {
  const baseline = collect(blocks, baselineArm);
  const candidate = collect(blocks, candidateArm);
  if (!baseline || !candidate || hasNone(baseline) === hasNone(candidate)) return undefined;
  const idle = hasNone(baseline) ? baseline : candidate;
  if (idle.allocatesNothing) return undefined;
  const p = poissonRatesTest(toCount(baseline), toCount(candidate));
  if (p >= LEVEL) return undefined;
  const [busyName, idleName] = idle === baseline ? ['candidate', 'baseline'] : ['baseline', 'candidate'];
  const busy = idle === baseline ? candidate : baseline;
  return {
    warning: {
      code: 'collector-regime-differs',
      message: `the ${busyName} was measured with ${perProcess(busy)} garbage collections a process, the ${idleName} before its first: these are different quantities`,
      cure: `${sayCure(setBy)}; an arm that allocates nothing is known by go.allocs under explore`,
    },
    caps: kind === 'build',
  };
}

/** Where a factor sets it, the spec can't set it for both beside that. */
function sayCure(setBy: string | undefined): string {
  return setBy === undefined
    ? 'set GOGC for both arms (environment: {GOGC: 25} lets both collect, off lets neither)'
    : `\`${setBy}\` is a factor here: name levels at which both arms collect, such as 25, or neither does: off`;
}

const hasNone = ({ cycles, processes }: Collected): boolean => cycles < NONE * processes;

const toCount = ({ cycles, operations }: Collected) => ({ events: cycles, exposure: operations });

const perProcess = ({ cycles, processes }: Collected): string => Number((cycles / processes).toPrecision(2)).toString();

function collect(blocks: readonly Block[], arm: string): Collected | undefined {
  const runs = blocks.flatMap((block) => block.runs.get(arm) ?? []);
  const told = runs.filter((run) => run.gcCycles !== undefined);
  if (told.length === 0 || told.length < runs.length) return undefined;
  return {
    processes: told.length,
    cycles: sum(told.map((run) => run.gcCycles ?? 0)),
    operations: sum(told.map((run) => run.iterations * run.batches.length)),
    allocatesNothing: isFree(told, 'go.allocs') || isFree(told, 'go.bytes'),
  };
}

function isFree(runs: readonly RunOutcome[], metric: string): boolean {
  const values = runs.flatMap((run) => run.values[metric] ?? []);
  return values.length > 0 && median(values) === 0;
}
