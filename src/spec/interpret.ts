/** The meaning of a spec whose shape is known: names that refer to each other, units, defaults. */
import type { Experiment, Factor, Path } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import { readDesign } from './design.ts';
import { readExpectation } from './expectations.ts';
import { readFactors } from './factors.ts';
import { readMetrics } from './metrics.ts';
import { readPlace } from './place.ts';
import type { SpecSource } from './read-spec.ts';
import type { Reading } from './reading.ts';
import { findRequiredFolders, type RequiredFolder } from './required-folders.ts';
import type { RawSpec } from './schema.ts';
import { checkCores, checkPaths, readBudget, readLimits, readMargin, readMargins, readWorkload } from './sections.ts';
import { readSubject } from './subject.ts';

/** What kept its shape, so that its meaning is checked although something else lost it. */
export type Draft = Partial<RawSpec>;

/** No experiment when anything was reported, here or before. `malformed`: names that are there but lost their shape. */
export function interpret(
  reading: Reading,
  raw: Draft,
  malformed: ReadonlySet<string>,
  source: SpecSource,
): { experiment: Experiment | undefined; requiredFolders: RequiredFolder[] } {
  const kind = raw.subject?.kind;
  const ownPaths =
    raw.subject?.kind === 'harness' && typeof raw.subject.run === 'object' ? Object.keys(raw.subject.run) : [];
  const paths = raw.paths ?? (ownPaths as NonNullable<RawSpec['paths']>);
  checkPaths(reading, raw);
  const subject =
    raw.subject && readSubject(reading, raw.subject, source.folder, malformed.has('path') ? undefined : paths);
  const workload = readWorkload(reading, raw);
  const factors = readFactors(reading, raw.factors ?? {}, { kind, paths, excused: malformed, design: raw.design });
  const excused = new Set([
    ...malformed,
    ...Object.keys(raw.factors ?? {}).filter((name) => !factors.some((factor) => factor.name === name)),
  ]);
  const context = { kind, probe: raw.probe, factors, paths, excused };
  const baseline = readPlace(reading, ['baseline'], Object.keys(raw.baseline ?? {}), factors, [], excused);
  const metrics = readMetrics(reading, raw.metrics, context);
  const design = readDesign(reading, raw.design, context);
  const expect = (raw.expect ?? []).flatMap((expectation, index) => {
    const read = expectation && readExpectation(reading, ['expect', index], expectation, { ...context, metrics });
    return read ? [read] : [];
  });
  const margin = raw.margin === undefined ? 0.02 : readMargin(reading, ['margin']);
  const margins = readMargins(reading, raw.margins, context);
  const budgetS = readBudget(reading, raw.budget);
  const limits = readLimits(reading, raw.limits);
  checkCores(reading, raw);

  const build = factors.find((factor) => factor.name === 'build');
  const requiredFolders =
    subject === undefined
      ? []
      : findRequiredFolders(reading, raw, subject.folder, build?.levels.map((level) => level.text) ?? []);
  const asked = [metrics.primary, ...metrics.gate, ...metrics.explore, ...expect.map(({ metric }) => metric)];
  const probe = raw.probe ?? (wantsProbe(paths, asked) ? 'full' : 'off');
  if (reading.problems.length > 0 || raw.experiment === undefined || subject === undefined || margin === undefined) {
    return { experiment: undefined, requiredFolders };
  }
  const experiment: Experiment = {
    name: raw.experiment,
    ...(raw.hypothesis !== undefined && { hypothesis: raw.hypothesis }),
    file: source.file,
    subject,
    ...(workload && { workload }),
    paths,
    factors,
    baseline: { ...(build?.levels[0] && { build: build.levels[0].text }), ...faultless(factors), ...baseline },
    design,
    metrics,
    expect,
    margin,
    margins,
    probe,
    seed: raw.seed ?? 1,
    budgetS,
    ...(raw.blocks !== undefined && { maxBlocks: raw.blocks }),
    limits,
    ...(raw.mode && raw.mode !== 'auto' && { mode: raw.mode }),
    ...(raw.cores && { cores: raw.cores }),
  };
  return { experiment, requiredFolders };
}

/** What a fault is judged against: the level that plants nothing, where there is one. */
function faultless(factors: readonly Factor[]): Record<string, string> {
  return Object.fromEntries(
    factors
      .filter((factor) => factor.family === 'fault')
      .map(({ name, levels }) => [name, (levels.find((level) => !level.value) ?? levels[0])?.text ?? '']),
  );
}

/** Where Go calls Rust, or where a metric of the probe is asked for. */
function wantsProbe(paths: readonly Path[], metrics: readonly string[]): boolean {
  return paths.includes('go->rust') || metrics.some((name) => findMetric(name)?.source === 'probe');
}
