/** Many p-values judged together. */

/** Adjusted so that the chance of any false alarm in the family stays at the level (Holm 1979). Order is kept. */
export function holm(pValues: readonly number[]): number[] {
  const order = ascending(pValues);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let running = 0;
  order.forEach((index, rank) => {
    running = Math.max(running, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = running;
  });
  return adjusted;
}

/** Adjusted so that the share of false alarms among what is called stays at the level (Benjamini & Hochberg 1995). */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = ascending(pValues);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let running = 1;
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const index = order[rank]!;
    running = Math.min(running, (pValues[index]! * pValues.length) / (rank + 1));
    adjusted[index] = running;
  }
  return adjusted;
}

/**
 * The level at which each interval is drawn so that intervals and Holm's decisions agree: level / (m − rank) while steps
 * succeed, and the level of the first step that fails for that one and all behind it.
 */
export function holmLevels(pValues: readonly number[], level: number): number[] {
  const order = ascending(pValues);
  const levels = new Array<number>(pValues.length).fill(level);
  let failed: number | undefined;
  order.forEach((index, rank) => {
    const due = failed ?? level / (pValues.length - rank);
    levels[index] = due;
    if (pValues[index]! > due) failed = due;
  });
  return levels;
}

function ascending(pValues: readonly number[]): number[] {
  return pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
}
