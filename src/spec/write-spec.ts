/**
 * Writes an experiment as `seamark.yaml`: what `readSpec` makes the same experiment of, where it stands in `folder`. What has its
 * default is left out, but for what decides: margin, budget, probe.
 */
import { Document, isCollection, isPair, isScalar, visit } from 'yaml';
import type { CommandLine, Expectation, Experiment, Factor, Subject } from '../model/experiment.ts';

export interface WriteOptions {
  /** Absolute: where the spec is to stand. */
  readonly folder: string;
  /** Lines said before it, without `#`. */
  readonly comment?: string;
}

export function writeSpec(experiment: Experiment, { folder, comment }: WriteOptions): string {
  const document = new Document(toSpec(experiment, folder), { aliasDuplicateObjects: false });
  visit(document, {
    Collection: (_, node, path) => {
      const leaves = node.items.map((item) => (isPair(item) ? item.value : item));
      // A list of levels or an expectation reads best on its line; what holds other maps does not.
      const parent = path.at(-1);
      const isSubject = isPair(parent) && isScalar(parent.key) && parent.key.value === 'subject';
      if (path.length < 3 || isSubject) return;
      node.flow = isShort(node) && leaves.every((leaf) => isScalar(leaf) || (isCollection(leaf) && isShort(leaf)));
    },
  });
  if (comment !== undefined) document.commentBefore = comment.replaceAll(/^/gm, ' ');
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

const LINE = 110;
const isShort = (node: { toJSON(): unknown }): boolean => JSON.stringify(node.toJSON()).length < LINE;

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value | undefined };

function toSpec(experiment: Experiment, folder: string): Value {
  const { design, metrics, limits, margins, workload } = experiment;
  const baseline = declaredBaseline(experiment);
  return present({
    experiment: experiment.name,
    hypothesis: experiment.hypothesis,
    subject: toSubject(experiment.subject, folder),
    workload: workload && { name: workload.name, seed: workload.seed, records: toRecords(workload) },
    paths: experiment.paths.length > 0 ? experiment.paths : undefined,
    factors: unlessEmpty(Object.fromEntries(experiment.factors.map((factor) => [factor.name, toFactor(factor)]))),
    baseline: unlessEmpty(baseline),
    design: toDesign(design),
    metrics: unlessEmpty(
      present({
        primary: metrics.primary === 'time.p50' ? undefined : metrics.primary,
        gate: metrics.gate.length > 0 ? metrics.gate : undefined,
        explore: metrics.explore.length > 0 ? metrics.explore : undefined,
      }),
    ),
    expect: experiment.expect.length > 0 ? experiment.expect.map(toExpectation) : undefined,
    margin: toShare(experiment.margin),
    margins: unlessEmpty(Object.fromEntries(Object.entries(margins).map(([name, share]) => [name, toShare(share)]))),
    probe: experiment.probe,
    seed: experiment.seed === 1 ? undefined : experiment.seed,
    budget: `${experiment.budgetS} s`,
    blocks: experiment.maxBlocks,
    limits: unlessEmpty(
      present({
        answer: limits.answerS === 30 ? undefined : `${limits.answerS} s`,
        build: limits.buildS === 600 ? undefined : `${limits.buildS} s`,
      }),
    ),
    mode: experiment.mode,
    cores: experiment.cores,
  });
}

function toSubject(subject: Subject, folder: string): Value {
  const lines = [...subject.build, ...(subject.kind === 'go-bench' ? [] : [subject.run].flatMap(linesOf))];
  const own = subject.folder === folder ? undefined : relativeFolder(folder, subject.folder);
  const base = {
    kind: subject.kind,
    folder: own,
    build: subject.build.length > 0 ? subject.build.map(toText) : undefined,
    environment: unlessEmpty(subject.environment),
    shell: lines.some(({ shell }) => shell !== undefined) ? true : undefined,
  };
  switch (subject.kind) {
    case 'go-bench':
      return present({ ...base, package: subject.package, bench: subject.bench });
    case 'command':
      return present({ ...base, run: toText(subject.run) });
    case 'harness': {
      const run = Object.fromEntries(Object.entries(subject.run).map(([path, line]) => [path, toText(line)]));
      return present({ ...base, run, library: subject.library });
    }
  }
}

function linesOf(run: Exclude<Subject, { kind: 'go-bench' }>['run']): readonly CommandLine[] {
  return 'words' in run ? [run as CommandLine] : Object.values(run);
}

/** Words that a spec splits into the same words again: quoted where anything in them could mean more than itself. */
function toText({ words, shell }: CommandLine): string {
  if (shell !== undefined) return shell;
  return words.map((word) => (/^[\w%+,./:@^~=${}-]+$/.test(word) ? unassigned(word) : quoted(word))).join(' ');
}

/** `A=b` as the first word would be an assignment. */
const unassigned = (word: string): string => (/^[A-Za-z_]\w*=/.test(word) ? quoted(word) : word);

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

function toRecords({ records }: NonNullable<Experiment['workload']>): Value | undefined {
  return records && { distribution: records.kind, ...records.parameters };
}

function toFactor({ levels, within, site, every, spread }: Factor): Value {
  const texts = levels.map(({ text }) => (/^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text));
  if ([within, site, every, spread].every((part) => part === undefined)) return texts;
  return present({ levels: texts, within, site, every, spread });
}

/** What the reader would not fill in by itself: the first build, and the level of a fault that plants nothing. */
function declaredBaseline({ baseline, factors }: Experiment): Record<string, string> {
  const byItself = (name: string): string | undefined => {
    const factor = factors.find((candidate) => candidate.name === name);
    if (factor?.family === 'build') return factor.levels[0]?.text;
    if (factor?.family === 'fault') return (factor.levels.find((level) => !level.value) ?? factor.levels[0])?.text;
    return undefined;
  };
  return Object.fromEntries(Object.entries(baseline).filter(([name, level]) => byItself(name) !== level));
}

function toDesign(design: Experiment['design']): Value | undefined {
  const { kind, ...options } = design;
  const said = present(options as Record<string, Value | undefined>);
  if (Object.keys(said).length > 0) return { kind, ...said };
  return kind === 'full-factorial' ? undefined : kind;
}

function toExpectation(expectation: Expectation): Value {
  if (expectation.kind === 'interaction') return { interaction: expectation.factors, on: expectation.metric };
  const { metric, at, bound } = expectation;
  const place = { metric, at: unlessEmpty(at) };
  return expectation.kind === 'value'
    ? present({ ...place, value: bound.text })
    : present({ ...place, from: expectation.from, to: expectation.to, change: bound.text });
}

/** The shortest per cent that is read as this fraction again. */
function toShare(fraction: number): string {
  for (let digits = 1; digits <= 17; digits++) {
    const percent = Number((fraction * 100).toPrecision(digits));
    if (percent * 0.01 === fraction) return `${percent} %`;
  }
  return `${fraction * 100} %`;
}

function relativeFolder(from: string, to: string): string {
  const [a, b] = [from, to].map((folder) => folder.split('/').filter((part) => part !== ''));
  let shared = 0;
  while (shared < a!.length && shared < b!.length && a![shared] === b![shared]) shared++;
  return [...a!.slice(shared).map(() => '..'), ...b!.slice(shared)].join('/');
}

function present(value: Readonly<Record<string, Value | undefined>>): { readonly [key: string]: Value } {
  return Object.fromEntries(Object.entries(value).flatMap(([key, held]) => (held === undefined ? [] : [[key, held]])));
}

function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}
