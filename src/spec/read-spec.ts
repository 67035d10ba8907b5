/**
 * Reads `seamark.yaml`: text in, experiments and problems out, nothing touched and nothing thrown. All problems are
 * found at once, each with its place; an experiment comes out only when it has none.
 */
import type { Experiment } from '../model/experiment.ts';
import { type Place, Problem } from '../model/problem.ts';
import { parseDocuments, type SpecDocument, type Value } from './document.ts';
import { type Draft, interpret } from './interpret.ts';
import { explainIssues, type ShapeFinding } from './issues.ts';
import { Reading } from './reading.ts';
import type { RequiredFolder } from './required-folders.ts';
import { specSchema } from './schema.ts';

export interface SpecSource {
  /** For messages, and kept in the experiment. */
  readonly file: string;
  /** Absolute folder that the spec's own folders are relative to. */
  readonly folder: string;
}

export interface SpecResult {
  readonly experiments: readonly Experiment[];
  readonly problems: readonly Problem[];
  readonly requiredFolders: readonly RequiredFolder[];
  /** Where a design and what it must tell are asked for: whether it can be made is for the design room to say, the first that can't. */
  readonly designs: readonly RequestedDesign[];
}

export interface RequestedDesign {
  readonly experiment: Experiment;
  readonly at: Place;
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
    designs: results.flatMap((result) => result.designs),
  };
}

function readDocument(document: SpecDocument, source: SpecSource): SpecResult {
  const parsed = specSchema.safeParse(document.value);
  const findings = parsed.success ? [] : explainIssues(parsed.error.issues, document);
  const reading = new Reading(document);
  reading.problems.push(...findings.map((finding) => finding.problem));
  if (findings.some((finding) => finding.path.length === 0))
    return { experiments: [], problems: reading.problems, requiredFolders: [], designs: [] };
  const { experiment, requiredFolders } = interpret(
    reading,
    prune(document.value, findings),
    malformedNames(findings),
    source,
  );
  const experiments = reading.problems.length === 0 && experiment ? [experiment] : [];
  const designs = experiments.flatMap((one) => requestDesigns(document, one));
  return { experiments, problems: reading.problems, requiredFolders, designs };
}

/** The `design` by itself where there is one, then each interaction that is expected of it. */
function requestDesigns(document: SpecDocument, experiment: Experiment): RequestedDesign[] {
  const interactions = experiment.expect.flatMap((expected, i) =>
    expected.kind === 'interaction'
      ? [{ experiment: { ...experiment, expect: [expected] }, at: document.placeOf(['expect', i, 'interaction']) }]
      : [],
  );
  const value = document.value as { readonly [key: string]: Value };
  if (value.design === undefined && interactions.length > 0) return interactions;
  const alone = { experiment: { ...experiment, expect: [] }, at: document.placeOf(['design'], 'value') };
  return [alone, ...interactions];
}

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

function byPlace(a: Problem, b: Problem): number {
  const line = (a.facts.at?.line ?? 0) - (b.facts.at?.line ?? 0);
  return line !== 0 ? line : (a.facts.at?.column ?? 0) - (b.facts.at?.column ?? 0);
}
