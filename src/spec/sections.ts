/** The short sections of a spec: paths, workload, margins, times, cores. */
import type { Experiment, Workload } from '../model/experiment.ts';
import type { Draft } from './interpret.ts';
import { type MetricContext, readMetric } from './metrics.ts';
import { readWithin } from './quantities.ts';
import type { Reading } from './reading.ts';
import type { RawSpec } from './schema.ts';

export function checkPaths(reading: Reading, raw: Draft): void {
  const seen = new Set<string>();
  for (const [index, path] of (raw.paths ?? []).entries()) {
    if (seen.has(path))
      reading.report('repeated-path', `the path \`${path}\` is repeated`, ['paths', index], 'remove it');
    seen.add(path);
  }
  if (raw.paths !== undefined && raw.subject !== undefined && raw.subject.kind !== 'harness') {
    const message = `a subject of kind \`${raw.subject.kind}\` has no paths`;
    reading.report('paths-not-used', message, ['paths'], 'remove `paths`, or use `kind: harness`', 'key');
  }
}

export function readWorkload(reading: Reading, raw: Draft): Workload | undefined {
  if (raw.workload === undefined) return undefined;
  if (raw.subject !== undefined && raw.subject.kind !== 'harness') {
    const message = `a subject of kind \`${raw.subject.kind}\` takes no workload`;
    reading.report('workload-not-used', message, ['workload'], 'remove `workload`, or use `kind: harness`', 'key');
  }
  const { name, seed, records } = raw.workload;
  if (records === undefined) return { name, seed: seed ?? 1 };
  const { distribution, ...rest } = records;
  const parameters = Object.fromEntries(Object.entries(rest).filter((entry) => entry[1] !== undefined)) as Record<
    string,
    number
  >;
  return { name, seed: seed ?? 1, records: { kind: distribution, parameters } };
}

export const readMargin = (reading: Reading, path: readonly string[]) =>
  readWithin(reading, path, 'fraction', { least: 1e-6, most: 0.5, words: 'above 0 % and at most at 50 %' });

/** Of single metrics; exact counts take none. */
export function readMargins(reading: Reading, raw: RawSpec['margins'], context: MetricContext): Record<string, number> {
  const margins: Record<string, number> = {};
  for (const name of Object.keys(raw ?? {})) {
    const path = ['margins', name];
    const metric = readMetric(reading, path, context, name, 'key');
    if (metric?.exact) {
      reading.report(
        'exact-margin',
        `\`${name}\` is an exact count: any difference shows`,
        path,
        'remove its margin',
        'key',
      );
    }
    const value = readMargin(reading, path);
    if (value !== undefined) margins[name] = value;
  }
  return margins;
}

export const readBudget = (reading: Reading, raw: RawSpec['budget']) =>
  readTime(reading, raw, ['budget'], 60, { least: 2, most: 86_400, words: 'between 2 s and 24 h' });

function readTime(
  reading: Reading,
  written: unknown,
  path: readonly string[],
  otherwise: number,
  range: { readonly least: number; readonly most: number; readonly words: string },
): number {
  return written === undefined ? otherwise : (readWithin(reading, path, 'seconds', range) ?? otherwise);
}

export function readLimits(reading: Reading, raw: RawSpec['limits']): Experiment['limits'] {
  const range = { least: 0.01, most: 86_400, words: 'between 10 ms and 24 h' };
  return {
    answerS: readTime(reading, raw?.answer, ['limits', 'answer'], 30, range),
    buildS: readTime(reading, raw?.build, ['limits', 'build'], 600, range),
  };
}

export function checkCores(reading: Reading, raw: Draft): void {
  for (const [index, core] of (raw.cores ?? []).entries()) {
    if (raw.cores!.indexOf(core) < index)
      reading.report('repeated-core', `core ${core} is repeated`, ['cores', index], 'remove it');
  }
}
