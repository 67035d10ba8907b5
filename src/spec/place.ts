/** Places in an experiment, such as `{payload: 64 KiB, path: go}`: under `at`, `from`, `to`, `within` and `baseline`. */
import type { Factor, Path } from '../model/experiment.ts';
import { parseQuantity } from '../model/unit.ts';
import type { ValuePath } from './document.ts';
import { sameLevel } from './levels.ts';
import { type Reading, suggest } from './reading.ts';

/** Reads `{payload: 64 KiB}`: every name a factor (or path), every value one of its levels, spelt as the level is. */
export function readPlace(
  reading: Reading,
  path: ValuePath,
  names: readonly string[],
  factors: readonly Pick<Factor, 'name' | 'levels'>[],
  paths: readonly Path[],
  excused: ReadonlySet<string> = new Set(),
): Record<string, string> {
  const place: Record<string, string> = {};
  for (const name of names) {
    const at = [...path, name];
    const factor = factors.find((candidate) => candidate.name === name);
    if (excused.has(name)) continue;
    if (factor === undefined && !(name === 'path' && paths.length > 0)) {
      const known = [...factors.map((candidate) => candidate.name), ...(paths.length > 0 ? ['path'] : [])];
      reading.report(
        'unknown-factor',
        `there is no factor \`${name}\``,
        at,
        suggest(name, known, 'factors here'),
        'key',
      );
      continue;
    }
    const text = reading.text(at);
    const levels = factor === undefined ? paths.map((word) => ({ text: word as string })) : factor.levels;
    const quantity = parseQuantity(text);
    const found = levels.find((level) => sameLevel(level, { text, ...quantity }));
    if (found) place[name] = found.text;
    else
      reading.report(
        'unknown-level',
        `\`${name}\` has no level \`${text}\``,
        at,
        suggest(
          text,
          levels.map((level) => level.text),
          'levels',
        ),
      );
  }
  return place;
}
