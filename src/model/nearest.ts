/** The word somebody probably meant. */

/**
 * Fewest single-character insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`, no
 * part edited twice (optimal string alignment; Damerau 1964, Wagner & Fischer 1974).
 */
export function editDistance(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  let beforeLast: number[] = [];
  let last = right.map((_, index) => index + 1);
  last.unshift(0);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (swapped) best = Math.min(best, beforeLast[j - 2]! + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length]!;
}

/**
 * The nearest of `words` to `word`, case aside; the only one that begins with it counts as near. Undefined when none is:
 * more than a third of the word differs.
 */
export function nearestWord(word: string, words: Iterable<string>): string | undefined {
  // A word this long is no slip of the keyboard, and comparing it would take long.
  if (word.length > 64) return undefined;
  const wanted = word.toLowerCase();
  const candidates = [...words];
  let nearest: string | undefined;
  let smallest = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance >= smallest) continue;
    smallest = distance;
    nearest = candidate;
  }
  if (nearest !== undefined || word.length < 3) return nearest;
  const longer = candidates.filter((candidate) => candidate.toLowerCase().startsWith(wanted));
  return longer.length === 1 ? longer[0] : undefined;
}
