/** Which combinations are run. Whether the design can be made of these factors is for the design room to say. */
import type { Design } from '../model/design.ts';
import type { Factor, Path } from '../model/experiment.ts';
import type { Draft } from './interpret.ts';
import { type Reading, suggest } from './reading.ts';

export interface DesignContext {
  readonly factors: readonly Factor[];
  readonly paths: readonly Path[];
  /** Factors that are there but were not understood: naming them is no second mistake. */
  readonly excused: ReadonlySet<string>;
}

export function readDesign(reading: Reading, raw: Draft['design'], context: DesignContext): Design {
  if (raw === undefined) return { kind: 'full-factorial' };
  if (typeof raw === 'string') return { kind: raw };
  if (raw.kind === 'fractional') checkGenerators(reading, raw.generators ?? {}, context);
  return raw as Design;
}

function checkGenerators(
  reading: Reading,
  generators: Readonly<Record<string, readonly string[]>>,
  { factors, paths, excused }: DesignContext,
): void {
  const known = [...factors.map(({ name }) => name), ...(paths.length > 1 ? ['path'] : [])];
  const check = (name: string, path: readonly (string | number)[], part: 'key' | 'value') => {
    if (known.includes(name) || excused.has(name)) return;
    reading.report(
      'unknown-factor',
      `there is no factor \`${name}\``,
      path,
      suggest(name, known, 'factors here'),
      part,
    );
  };
  for (const [name, product] of Object.entries(generators)) {
    check(name, ['design', 'generators', name], 'key');
    for (const [at, other] of product.entries()) check(other, ['design', 'generators', name, at], 'value');
  }
}
