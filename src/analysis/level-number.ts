/** Levels as numbers, where a factor is one of numbers. */
import type { Factor } from '../model/experiment.ts';
import { parseQuantity } from '../model/unit.ts';

/** The level in its base unit when all levels of the factor are numbers above zero of one kind; undefined otherwise. */
export function levelNumber(factor: Factor, text: string): number | undefined {
  const quantities = factor.levels.map((level) => parseQuantity(level.text));
  const kind = quantities[0]?.dimension;
  if (!quantities.every((quantity) => quantity?.dimension === kind && quantity !== undefined && quantity.value > 0)) {
    return undefined;
  }
  return parseQuantity(text)?.value;
}
