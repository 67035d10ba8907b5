/**
 * Reads `seamark.yaml`: text in, experiments and problems out, nothing touched and nothing thrown. All problems are
 * found at once, each with its place; an experiment comes out only when it has none.
 */
import type { Experiment, ProbeLevel, Workload } from '../model/experiment.ts';
import { findMetric } from '../model/metric.ts';
import { type Place, Problem } from '../model/problem.ts';
import { parseDocuments, type SpecDocument, type Value } from './document.ts';
import { readExpectation } from './expectations.ts';
import { readFactors, readPlace } from './factors.ts';
import { joinFolder } from './folder.ts';
import { explainIssues, type ShapeFinding } from './issues.ts';
import { readMetric, readMetrics } from './metrics.ts';
import { readWithin } from './quantities.ts';
import { Reading } from './reading.ts';
import { type RawSpec, specSchema } from './schema.ts';
import { readSubject } from './subject.ts';

export interface SpecSource {
  /** For messages, and kept in the experiment. */
  readonly file: string;
  /** Absolute folder that the spec's own folders are relative to. */
  readonly folder: string;
}

/** A folder the spec relies on. Whether it is there is for the rim to see: `requiredFolders` says where it was named. */
export interface RequiredFolder {
  readonly folder: string;
  readonly text: string;
  readonly at: Place;
}

export interface SpecResult {
  readonly experiments: readonly Experiment[];
  readonly problems: readonly Problem[];
  readonly requiredFolders: readonly RequiredFolder[];
}

export function readSpec(text: string, source: SpecSource): SpecResult {
  const { documents, problems } = parseDocuments(text, source.file);
  if (documents.length === 0 && problems.length === 0) {
    const cure = 'begin with `experiment:` and `subject:`, or let `seamark init` write one';
    problems.push(
      new Problem({ code: 'empty-spec', message: 'there is no experiment in it', cure, at: { file: source.file } }),
    );
  }
  const results = documents.map((document) => readDocument(document, source));
  const experiments = results.flatMap((result) => result.experiments);
  const repeated = documents.flatMap((document, index) => {
    const name = results[index]?.experiments[0]?.name;
    if (
      name === undefined ||
      experiments.findIndex((other) => other.name === name) === experiments.indexOf(results[index]!.experiments[0]!)
    )
      return [];
    const message = `there are two experiments named \`${name}\``;
    return [
      new Problem({
        code: 'repeated-experiment',
        message,
        cure: 'give each its own name',
        at: document.placeOf(['experiment']),
      }),
    ];
  });
  return {
    experiments,
    problems: [...problems, ...results.flatMap((result) => result.problems), ...repeated].sort(byPlace),
    requiredFolders: results.flatMap((result) => result.requiredFolders),
  };
}

function readDocument(document: SpecDocument, source: SpecSource): SpecResult {
  const parsed = specSchema.safeParse(document.value);
  const findings = parsed.success ? [] : explainIssues(parsed.error.issues, document);
  const reading = new Reading(document);
  reading.problems.push(...findings.map((finding) => finding.problem));
  if (findings.some((finding) => finding.path.length === 0))
    return { experiments: [], problems: reading.problems, requiredFolders: [] };
  const { experiment, requiredFolders } = interpret(
    reading,
    prune(document.value, findings),
    malformedNames(findings),
    source,
  );
  const experiments = reading.problems.length === 0 && experiment ? [experiment] : [];
  return { experiments, problems: reading.problems, requiredFolders };
}

/** What kept its shape, so that its meaning is checked although something else lost it. */
type Draft = Partial<RawSpec>;

/** Maps and lists whose entries stand for themselves: a broken one is left out, the others are read. */
const ENTRYWISE: readonly string[] = ['factors', 'expect', 'margins', 'baseline', 'limits', 'metrics'];

function prune(value: Value, findings: readonly ShapeFinding[]): Draft {
  const draft: Record<string, unknown> = { ...(value as Record<string, Value>) };
  for (const { path } of findings) {
    const [key, entry] = path as [string, string | number | undefined];
    const whole = draft[key];
    if (entry === undefined || !ENTRYWISE.includes(key)) delete draft[key];
    // A hole keeps the numbers of a list's other entries, and so their places.
    else if (Array.isArray(whole)) draft[key] = whole.map((item, index) => (index === entry ? undefined : item));
    else if (typeof whole === 'object' && whole !== null) {
      draft[key] = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== entry));
    }
  }
  return draft as Draft;
}

/** Factors that lost their shape, and `path` when the list of paths did. */
const malformedNames = (findings: readonly ShapeFinding[]) =>
  new Set(
    findings.flatMap(({ path: [key, name] }) =>
      key === 'factors' && name !== undefined ? [String(name)] : key === 'paths' ? ['path'] : [],
    ),
  );

function interpret(
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
  const factors = readFactors(reading, raw.factors ?? {}, { kind, paths, excused: malformed });
  const excused = new Set([
    ...malformed,
    ...Object.keys(raw.factors ?? {}).filter((name) => !factors.some((factor) => factor.name === name)),
  ]);
  const context = { kind, probe: raw.probe, factors, paths, excused };
  const baseline = readPlace(reading, ['baseline'], Object.keys(raw.baseline ?? {}), factors, [], excused);
  const metrics = readMetrics(reading, raw.metrics, context);
  const expect = (raw.expect ?? []).flatMap((expectation, index) => {
    const read = expectation && readExpectation(reading, ['expect', index], expectation, context);
    return read ? [read] : [];
  });
  const margin = raw.margin === undefined ? 0.02 : readMargin(reading, ['margin']);
  const margins = Object.fromEntries(
    Object.keys(raw.margins ?? {}).flatMap((name) => {
      const metric = readMetric(reading, ['margins', name], context, name, 'key');
      if (metric?.exact)
        reading.report(
          'exact-margin',
          `\`${name}\` is an exact count: any difference shows`,
          ['margins', name],
          'remove its margin',
          'key',
        );
      const value = readMargin(reading, ['margins', name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const budgetS = readTime(reading, raw.budget, ['budget'], 60, {
    least: 2,
    most: 86_400,
    words: 'between 2 s and 24 h',
  });
  const limits = readLimits(reading, raw.limits);
  checkCores(reading, raw);

  const build = factors.find((factor) => factor.name === 'build');
  const requiredFolders =
    subject === undefined
      ? []
      : foldersOf(reading, raw, subject.folder, build?.levels.map((level) => level.text) ?? []);
  const askedMetrics = [
    metrics.primary,
    ...metrics.gate,
    ...metrics.explore,
    ...expect.map((expectation) => expectation.metric),
  ];
  const wantsProbe = paths.includes('go->rust') || askedMetrics.some((name) => findMetric(name)?.source === 'probe');
  const probe: ProbeLevel = raw.probe ?? (wantsProbe ? 'full' : 'off');
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
    baseline: { ...(build?.levels[0] && { build: build.levels[0].text }), ...baseline },
    design: 'full-factorial',
    metrics,
    expect,
    margin,
    margins,
    probe,
    seed: raw.seed ?? 1,
    budgetS,
    ...(raw.blocks !== undefined && { maxBlocks: raw.blocks }),
    limits,
    ...(raw.cores && { cores: raw.cores }),
  };
  return { experiment, requiredFolders };
}

function checkPaths(reading: Reading, raw: Draft): void {
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

function readWorkload(reading: Reading, raw: Draft): Workload | undefined {
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

const readMargin = (reading: Reading, path: readonly string[]) =>
  readWithin(reading, path, 'fraction', { least: 1e-6, most: 0.5, words: 'above 0 % and at most at 50 %' });

function readTime(
  reading: Reading,
  written: unknown,
  path: readonly string[],
  otherwise: number,
  range: { readonly least: number; readonly most: number; readonly words: string },
): number {
  return written === undefined ? otherwise : (readWithin(reading, path, 'seconds', range) ?? otherwise);
}

function readLimits(reading: Reading, raw: RawSpec['limits']): Experiment['limits'] {
  const range = { least: 0.01, most: 86_400, words: 'between 10 ms and 24 h' };
  return {
    answerS: readTime(reading, raw?.answer, ['limits', 'answer'], 30, range),
    buildS: readTime(reading, raw?.build, ['limits', 'build'], 600, range),
  };
}

function checkCores(reading: Reading, raw: Draft): void {
  for (const [index, core] of (raw.cores ?? []).entries()) {
    if (raw.cores!.indexOf(core) < index)
      reading.report('repeated-core', `core ${core} is repeated`, ['cores', index], 'remove it');
  }
}

function foldersOf(reading: Reading, raw: Draft, subjectFolder: string, builds: readonly string[]): RequiredFolder[] {
  const own = raw.subject?.folder;
  const named =
    own === undefined
      ? []
      : [{ folder: subjectFolder, text: own, at: reading.document.placeOf(['subject', 'folder']) }];
  const value = raw.factors?.build;
  const base = Array.isArray(value) ? ['factors', 'build'] : ['factors', 'build', 'levels'];
  return [
    ...named,
    ...builds.map((text) => {
      const index = (
        Array.isArray(value) ? value : ((value as { levels: unknown[] } | undefined)?.levels ?? [])
      ).findIndex((_, position) => reading.text([...base, position]) === text);
      return { folder: joinFolder(subjectFolder, text), text, at: reading.document.placeOf([...base, index]) };
    }),
  ];
}

function byPlace(a: Problem, b: Problem): number {
  const line = (a.facts.at?.line ?? 0) - (b.facts.at?.line ?? 0);
  return line !== 0 ? line : (a.facts.at?.column ?? 0) - (b.facts.at?.column ?? 0);
}
