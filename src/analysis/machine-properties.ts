/**
 * Whether an effect goes with something known of the machines (their clock, their cores): a regression of the log-ratios on
 * the logarithm of the property, with the spread between machines that is left. Told only with four machines a property.
 */
import { Problem } from '../model/problem.ts';
import { MACHINES_PER_COEFFICIENT, regressEffects } from '../stats/meta-regression.ts';
import { studentQuantile } from '../stats/student.ts';
import { effectOf, type MachineStudy, type MachinesReading, type PooledComparison } from './machines.ts';

/** Words for facts that studies hold: the first that a study has counts. */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  clock: ['machine.clockHz'],
  cores: ['machine.allowedCores', 'machine.cores'],
  memory: ['machine.memoryBytes'],
  cache: ['machine.cacheBytes'],
  bandwidth: ['machine.memoryBytesPerS'],
};

/** A number above zero by machine; undefined where its study does not hold it. */
export interface MachineProperty {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
}

export type Dependence =
  | {
      readonly kind: 'told';
      readonly machines: number;
      /** By how much the ratio changes, as a ratio, when the property doubles and the others stay. */
      readonly doubling: readonly {
        readonly property: string;
        readonly ratio: number;
        readonly low: number;
        readonly high: number;
      }[];
      readonly confidence: number;
      /** Share of the variance between machines that goes with the properties. */
      readonly explained: number;
    }
  | { readonly kind: 'not told'; readonly reason: string };

const CONFIDENCE = 0.95;

/** `names`: words of the above, or facts as studies hold them (`machine.cacheBytes`). Throws a Problem for one that no study has. */
export function readProperties(names: readonly string[], studies: readonly MachineStudy[]): MachineProperty[] {
  return [...new Set(names)].map((name) => {
    const facts = Object.hasOwn(FACTS, name) ? FACTS[name]! : [name];
    const values = studies.map((study) => facts.flatMap((fact) => numberOf(study, fact) ?? [])[0]);
    if (values.some((value) => value !== undefined)) return { name, values };
    throw new Problem({
      code: 'no-such-property',
      message: `none of these studies holds a number above zero for \`${name}\` of its machine`,
      cure: `choose among those they hold: ${listKnown(studies).join(', ') || 'none'}`,
    });
  });
}

export function dependOn(reading: MachinesReading, properties: readonly MachineProperty[]): MachinesReading {
  const comparisons = reading.comparisons.map((pooled) => ({ ...pooled, on: regress(pooled, properties) }));
  return { ...reading, properties, comparisons };
}

function regress({ machines }: PooledComparison, properties: readonly MachineProperty[]): Dependence {
  const known = machines.flatMap((machine, at) => {
    const effect = effectOf(machine);
    const row = properties.flatMap(({ values }) => values[at] ?? []);
    return effect && row.length === properties.length ? [{ ...effect, row: row.map(Math.log2) }] : [];
  });
  const wanted = MACHINES_PER_COEFFICIENT * properties.length;
  const named = properties.map(({ name }) => name).join(' and ');
  if (known.length < wanted) {
    return {
      kind: 'not told',
      reason: `whether it goes with ${named} takes ${wanted} machines whose values and intervals are known, and there are ${known.length}`,
    };
  }
  const centred = properties.map((_, at) => {
    const middle = known.reduce((sum, { row }) => sum + row[at]!, 0) / known.length;
    return known.map(({ row }) => row[at]! - middle);
  });
  const flat = properties.find((_, at) => centred[at]!.every((value) => Math.abs(value) < 1e-9));
  if (flat) return { kind: 'not told', reason: `${flat.name} is the same on all of these machines` };
  const effects = known.map(({ effect }) => effect);
  const variances = known.map(({ variance }) => variance);
  const rows = known.map((_, machine) => centred.map((column) => column[machine]!));
  try {
    const { coefficients, errors, tau2, r2 } = regressEffects(effects, variances, rows);
    // Knapp and Hartung (2003): errors by what machines scatter about the line, never below what their own noise makes.
    const df = known.length - coefficients.length;
    const scatter = effects.reduce((sum, effect, at) => {
      const fitted = [1, ...rows[at]!].reduce((total, value, i) => total + value * coefficients[i]!, 0);
      return sum + (effect - fitted) ** 2 / (variances[at]! + tau2);
    }, 0);
    const width = studentQuantile((1 + CONFIDENCE) / 2, df) * Math.sqrt(Math.max(1, scatter / df));
    return {
      kind: 'told',
      machines: known.length,
      doubling: properties.map(({ name }, at) => {
        const [slope, half] = [coefficients[at + 1]!, width * errors[at + 1]!];
        return { property: name, ratio: Math.exp(slope), low: Math.exp(slope - half), high: Math.exp(slope + half) };
      }),
      confidence: CONFIDENCE,
      explained: r2,
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'not told', reason: error.message };
  }
}

function numberOf({ result }: MachineStudy, fact: string): number | undefined {
  const dot = fact.indexOf('.');
  const value = result.environment[fact.slice(0, dot)]?.[fact.slice(dot + 1)];
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** Words where there is one, else facts. */
function listKnown(studies: readonly MachineStudy[]): string[] {
  const has = (fact: string) => studies.some((study) => numberOf(study, fact) !== undefined);
  const words = Object.keys(FACTS).filter((word) => FACTS[word]!.some(has));
  const said = words.flatMap((word) => FACTS[word]!);
  const facts = studies.flatMap(({ result }) =>
    Object.entries(result.environment).flatMap(([group, named]) =>
      Object.keys(named).map((name) => `${group}.${name}`),
    ),
  );
  return [...words, ...[...new Set(facts)].filter((fact) => has(fact) && !said.includes(fact))];
}
