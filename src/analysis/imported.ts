/**
 * Benchmarks that somebody else measured, put side by side. The process is the unit: repeats within one are its median. Several
 * processes an arm are compared by the shift of Hodges and Lehmann with its exact rank-sum interval, and whatever that says is
 * advisory: the arms ran one after the other, and on identical binaries that alone called 35 to 48 % of comparisons changed
 * (docs/method.md). One process an arm gives medians and nothing else.
 */
import type { Warning } from '../model/problem.ts';
import type { Dimension } from '../model/unit.ts';
import { benjaminiHochberg } from '../stats/multiplicity.ts';
import { median } from '../stats/quantile.ts';
import { rankSumP, rankSumShift } from '../stats/rank-sum.ts';
import { importWarnings } from './import-fitness.ts';
import { type ImportedUnit, type UnitFacts, unitOf } from './imported-unit.ts';

export const IMPORT_SCHEMA = 'seamark/import@1';
export const CONFOUNDED = 'advisory: order confounded';

/** One line of results, as printed. */
export interface ImportedLine {
  readonly benchmark: string;
  /** Import path; '' where the file does not say. */
  readonly package: string;
  readonly process: number;
  readonly values: Readonly<Record<string, number>>;
}

export interface ImportedArm {
  readonly name: string;
  readonly lines: readonly ImportedLine[];
  /** `cpu`, `goos` …: every value that the file gives. */
  readonly configuration: Readonly<Record<string, readonly string[]>>;
  /** By unit: `better=lower`, `assume=exact`. */
  readonly units: UnitFacts;
}

/** One arm's side of a comparison: centre in the base unit, over the medians of its processes. */
export interface ImportedSide {
  readonly value: number;
  readonly processes: number;
  /** Values in all; more than processes where a process repeated itself. */
  readonly values: number;
}

export interface ImportedComparison {
  readonly benchmark: string;
  readonly package: string;
  /** As printed: `ns/op`. */
  readonly unit: string;
  readonly dimension: Dimension;
  readonly better: ImportedUnit['better'];
  readonly baselineArm: string;
  readonly candidateArm: string;
  readonly baseline: ImportedSide;
  readonly candidate: ImportedSide;
  /** candidate / baseline: of the medians where only medians are told. Absent where a value is zero. */
  readonly ratio?: number;
  /** Of the ratio; absent where only medians are told or nothing varied, 0 and Infinity where processes are too few for an interval. */
  readonly low?: number;
  readonly high?: number;
  readonly confidence?: number;
  /** Exact rank-sum test, and the same held to a share of false findings over the rows of its unit (Benjamini-Hochberg). */
  readonly p?: number;
  readonly adjusted?: number;
  /** only medians: a process an arm is no sample. same, differs: of values that do not vary within either arm. */
  readonly says: 'higher' | 'lower' | 'nothing seen' | 'same' | 'differs' | 'only medians';
  readonly verdict: typeof CONFOUNDED | 'none';
}

/** Geometric mean of the medians' ratios over the benchmarks of a unit: a summary, not a finding. */
export interface ImportedMean {
  readonly unit: string;
  readonly candidateArm: string;
  readonly ratio: number;
  readonly benchmarks: number;
}

export interface ImportReading {
  readonly schema: typeof IMPORT_SCHEMA;
  /** Never more than advisory. */
  readonly verdict: typeof CONFOUNDED | 'none';
  readonly arms: readonly { readonly name: string; readonly processes: number; readonly lines: number }[];
  /** Worst first within a unit; units in the order in which they are met. */
  readonly comparisons: readonly ImportedComparison[];
  readonly means: readonly ImportedMean[];
  /** Benchmarks that some arm lacks. */
  readonly alone: readonly { readonly benchmark: string; readonly package: string; readonly only: readonly string[] }[];
  readonly warnings: readonly Warning[];
}

const LEVEL = 0.05;

/** The first arm is the baseline of all others. Values are finite and not negative, times above zero: the reader sees to it. */
export function readImport(arms: readonly ImportedArm[]): ImportReading {
  const [baseline, ...candidates] = arms;
  if (!baseline) throw new RangeError('There is nothing to compare.');
  const facts: UnitFacts = Object.assign({}, ...arms.map((arm) => arm.units));
  const compared = candidates.flatMap((candidate) => compareArms(baseline, candidate, facts));
  const comparisons = sortWorstFirst(callByUnit(compared));
  return {
    schema: IMPORT_SCHEMA,
    verdict: comparisons.some((one) => one.verdict === CONFOUNDED) ? CONFOUNDED : 'none',
    arms: arms.map((arm) => ({ name: arm.name, processes: processesOf(arm.lines), lines: arm.lines.length })),
    comparisons,
    means: candidates.flatMap((candidate) => meansOf(comparisons.filter((one) => one.candidateArm === candidate.name))),
    alone: listAlone(arms),
    warnings: importWarnings(arms, comparisons),
  };
}

/** The same benchmark of the same package, in a unit that both give. */
function compareArms(baseline: ImportedArm, candidate: ImportedArm, facts: UnitFacts): ImportedComparison[] {
  const [before, after] = [gather(baseline.lines), gather(candidate.lines)];
  return [...before].flatMap(([key, from]) => {
    const to = after.get(key);
    if (!to) return [];
    const units = Object.keys(from[0]!.values).filter((unit) => to.some(({ values }) => unit in values));
    const { benchmark, package: of } = from[0]!;
    return units.map((unit) => ({
      benchmark,
      package: of,
      unit,
      ...pickUnit(unitOf(unit, facts)),
      baselineArm: baseline.name,
      candidateArm: candidate.name,
      ...compareValues(mediansIn(from, unit), mediansIn(to, unit), unitOf(unit, facts)),
    }));
  });
}

const pickUnit = ({ dimension, better }: ImportedUnit) => ({ dimension, better });

interface Medians {
  /** One a process, as printed. */
  readonly medians: readonly number[];
  readonly values: number;
}

function compareValues(from: Medians, to: Medians, unit: ImportedUnit) {
  const side = ({ medians, values }: Medians): ImportedSide => ({
    value: median(medians) * unit.factor,
    processes: medians.length,
    values,
  });
  const [baseline, candidate] = [side(from), side(to)];
  const ratio = candidate.value / baseline.value;
  const known = baseline.value > 0 && candidate.value > 0 ? { ratio } : {};
  const sides = { baseline, candidate, ...known };
  if (isCount(from, to, unit)) {
    const values = new Set([...from.medians, ...to.medians]);
    return { ...sides, says: values.size === 1 ? 'same' : 'differs', verdict: 'none' } as const;
  }
  if (Math.min(from.medians.length, to.medians.length) < 2 || Math.min(...from.medians, ...to.medians) <= 0) {
    return { ...sides, says: 'only medians', verdict: 'none' } as const;
  }
  const [x, y] = [from.medians.map(Math.log), to.medians.map(Math.log)];
  const shift = rankSumShift(x, y, LEVEL);
  return {
    ...sides,
    ratio: Math.exp(shift.centre),
    low: Math.exp(shift.low),
    high: Math.exp(shift.high),
    confidence: shift.confidence,
    p: rankSumP(x, y),
    says: 'nothing seen',
    verdict: CONFOUNDED,
  } as const;
}

/** Said to be exact, or a size or a count that never varied within an arm, over two values at least: nothing there to test. */
function isCount(from: Medians, to: Medians, { exact, dimension }: ImportedUnit): boolean {
  if (exact) return true;
  if (dimension !== 'bytes' && dimension !== 'count') return false;
  const isSteady = ({ medians, values }: Medians) => values > 1 && new Set(medians).size === 1;
  return isSteady(from) && isSteady(to);
}

/** Rows of one unit and pair of arms are a family: speed and time of a benchmark are one thing said twice. */
function callByUnit(compared: readonly ImportedComparison[]): ImportedComparison[] {
  const familyOf = (one: ImportedComparison) => JSON.stringify([one.unit, one.candidateArm]);
  return [...new Set(compared.map(familyOf))].flatMap((key) => {
    const family = compared.filter((one) => familyOf(one) === key);
    const tested = family.filter(({ p }) => p !== undefined);
    const adjusted = benjaminiHochberg(tested.map(({ p }) => p!));
    return family.map((one) => (one.p === undefined ? one : call(one, adjusted[tested.indexOf(one)]!)));
  });
}

function call(one: ImportedComparison, adjusted: number): ImportedComparison {
  const says = adjusted > LEVEL ? 'nothing seen' : one.ratio! > 1 ? 'higher' : 'lower';
  return { ...one, adjusted, says };
}

/** Above zero: worse. Where nobody said which way is better, up comes first. */
export function badness({ ratio, better }: Pick<ImportedComparison, 'ratio' | 'better'>): number {
  const size = ratio === undefined ? 0 : Math.log(ratio);
  return better === 'higher' ? -size : size;
}

function sortWorstFirst(comparisons: readonly ImportedComparison[]): ImportedComparison[] {
  const units = [...new Set(comparisons.map(({ unit }) => unit))];
  return [...comparisons].sort(
    (a, b) => units.indexOf(a.unit) - units.indexOf(b.unit) || rank(a) - rank(b) || badness(b) - badness(a),
  );
}

/** Found and worse, then what can't be told, then found and better. */
function rank(one: ImportedComparison): number {
  if (one.says === 'differs') return 0;
  if (one.says !== 'higher' && one.says !== 'lower') return 1;
  return badness(one) > 0 ? 0 : 2;
}

function meansOf(comparisons: readonly ImportedComparison[]): ImportedMean[] {
  return [...new Set(comparisons.map(({ unit }) => unit))].flatMap((unit) => {
    const ratios = comparisons
      .filter((one) => one.unit === unit && one.baseline.value > 0 && one.candidate.value > 0)
      .map(({ baseline, candidate }) => candidate.value / baseline.value);
    if (ratios.length < 2) return [];
    const ratio = Math.exp(ratios.reduce((sum, each) => sum + Math.log(each), 0) / ratios.length);
    return [{ unit, candidateArm: comparisons[0]!.candidateArm, ratio, benchmarks: ratios.length }];
  });
}

function listAlone(arms: readonly ImportedArm[]): ImportReading['alone'] {
  const gathered = arms.map(({ name, lines }) => ({ name, of: gather(lines) }));
  const keys = [...new Set(gathered.flatMap(({ of }) => [...of.keys()]))];
  return keys.flatMap((key) => {
    const having = gathered.filter(({ of }) => of.has(key));
    if (having.length === arms.length) return [];
    const { benchmark, package: from } = having[0]!.of.get(key)![0]!;
    return [{ benchmark, package: from, only: having.map(({ name }) => name) }];
  });
}

export const keyOf = (line: Pick<ImportedLine, 'package' | 'benchmark'>): string =>
  `${line.package}\u0000${line.benchmark}`;

function gather(lines: readonly ImportedLine[]): Map<string, ImportedLine[]> {
  const gathered = new Map<string, ImportedLine[]>();
  for (const line of lines) gathered.set(keyOf(line), [...(gathered.get(keyOf(line)) ?? []), line]);
  return gathered;
}

/** The process is the unit: ten repeats within one are one value, their median. */
function mediansIn(lines: readonly ImportedLine[], unit: string): Medians {
  const byProcess = new Map<number, number[]>();
  for (const { process, values } of lines) {
    const value = values[unit];
    if (value !== undefined) byProcess.set(process, [...(byProcess.get(process) ?? []), value]);
  }
  const groups = [...byProcess.values()];
  return { medians: groups.map(median), values: groups.reduce((sum, group) => sum + group.length, 0) };
}

export const processesOf = (lines: readonly ImportedLine[]): number =>
  new Set(lines.map(({ process }) => process)).size;
