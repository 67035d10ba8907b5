/** The middle of a two-level factor, for seeing whether the response bends between its levels. */
import type { Experiment, Factor } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import { formatQuantity, parseQuantity, type Quantity } from '../model/unit.ts';

/** Level text by factor name, for every factor but builds and benchmarks. Throws a Problem for a factor without a middle. */
export function middleLevels(factors: readonly Factor[], experiment: Experiment): Record<string, string> {
  if (experiment.paths.length > 1) throw refuse('`path` has no middle', 'leave `centre` out, or name one path');
  return Object.fromEntries(factors.map((factor) => [factor.name, middleOf(factor)]));
}

/**
 * Halfway by ratio where both levels are above zero (times and sizes grow by factors, and effects are told on the log
 * scale), else by difference; a whole number between whole numbers.
 */
export function middleOf({ name, levels }: Factor): string {
  const [low, high] = levels;
  if (levels.length !== 2 || low?.value === undefined || high?.value === undefined) {
    const text = levels.find((level) => level.value === undefined)?.text;
    throw refuse(
      text === undefined
        ? `\`${name}\` has ${levels.length} levels, a middle lies between two`
        : `\`${name}: ${text}\` is no number, so there is no middle`,
      'leave `centre` out, or give the factor two levels that are numbers',
    );
  }
  const dimension = low.dimension ?? 'count';
  const exact =
    low.value > 0 && high.value > 0 ? Math.sqrt(low.value) * Math.sqrt(high.value) : (low.value + high.value) / 2;
  const whole = dimension === 'bytes' || (Number.isInteger(low.value) && Number.isInteger(high.value));
  const text = write({ dimension, value: whole ? Math.round(exact) : exact }, whole);
  const value = parseQuantity(text)?.value ?? Number.NaN;
  if (!(value > Math.min(low.value, high.value) && value < Math.max(low.value, high.value))) {
    throw refuse(
      `there is nothing between \`${name}: ${low.text}\` and \`${high.text}\`${whole ? ': the middle of whole numbers is a whole number' : ''}`,
      'leave `centre` out, or set the levels further apart',
    );
  }
  return text;
}

/** As people write it where that says the number exactly, else in the base unit: a level is what its text says. */
function write(quantity: Quantity, whole: boolean): string {
  const text = formatQuantity(quantity).replace('−', '-').replaceAll(',', '');
  const said = parseQuantity(text);
  if (!whole || said?.value === quantity.value) return text;
  return quantity.dimension === 'bytes' ? `${quantity.value} B` : String(quantity.value);
}

const refuse = (message: string, cure: string): Problem => new Problem({ code: 'design-centre', message, cure });
