/** What zod found wrong with the shape of a spec, as Problems with a place and the nearest valid word. */
import type * as z from 'zod';
import { nearestWord } from '../model/nearest.ts';
import { Problem } from '../model/problem.ts';
import type { SpecDocument, Value, ValuePath } from './document.ts';

type Issue = z.core.$ZodIssue;

export interface ShapeFinding {
  readonly path: ValuePath;
  readonly problem: Problem;
}

export function explainIssues(issues: readonly Issue[], document: SpecDocument): ShapeFinding[] {
  const flat = issues.flatMap((issue) => flatten(issue, []));
  // `expirement` is one mistake, not an unknown key and a missing one.
  const misspelt = new Set(
    flat.flatMap(({ issue, path }) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [...path, nearestWord(key, keysIn(issue)) ?? ''].join('\0'))
        : [],
    ),
  );
  // A map with a word for later in it is told that, and nothing of what it lacks for today.
  const later = flat.filter(
    ({ issue }) => issue.code === 'unrecognized_keys' && issue.keys.some((key) => Object.hasOwn(LATER, key)),
  );
  const isLater = (path: ValuePath) =>
    later.some((other) => other.path.length > 0 && other.path.every((part, index) => part === path[index]));
  return flat.flatMap(({ issue, path }) => {
    if (issue.code === 'unrecognized_keys') {
      const keys = isLater(path) ? issue.keys.filter((key) => Object.hasOwn(LATER, key)) : issue.keys;
      return keys.map((key) => unknownKey(key, keysIn(issue), path, document));
    }
    if (isLater(path)) return [];
    const found = valueAt(document.value, path);
    if (found !== undefined) return [{ path, problem: unexpected(issue, path, found, document) }];
    return misspelt.has(path.join('\0')) ? [] : [{ path, problem: missing(issue, path, document) }];
  });
}

interface Located {
  readonly issue: Issue;
  readonly path: ValuePath;
}

/** Of a union, the branch that was meant: the one that accepts this kind of value and objects to least of it. */
function flatten(issue: Issue, parent: ValuePath): Located[] {
  const path = [...parent, ...(issue.path as (string | number)[])];
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const meant = issue.errors
    .filter((branch) => !branch.some((inner) => inner.path.length === 0 && inner.code !== 'unrecognized_keys'))
    .sort((a, b) => a.length - b.length)[0];
  // A scalar where no branch takes one is held against the branch that lists words.
  const listed = issue.errors.find((branch) => branch.every((inner) => isWordList(inner) && inner.path.length === 0));
  return meant === undefined
    ? (listed ?? [issue]).map((inner) => ({ issue: inner, path }))
    : meant.flatMap((inner) => flatten(inner, path));
}

/** schema.ts lets the message of this issue be the list of keys. */
const keysIn = (issue: Issue) => issue.message.split(', ');

/** Words of the plan that a spec may name one day: said plainly, so that nobody looks for a typing error. */
const LATER: Readonly<Record<string, string>> = {
  start: 'services (`kind: service`) are not driven by this version',
  ready: 'services (`kind: service`) are not driven by this version',
};

function unknownKey(key: string, known: readonly string[], parent: ValuePath, document: SpecDocument): ShapeFinding {
  const path = [...parent, key];
  const where = parent.length === 0 ? '' : ` in \`${formatPath(parent)}\``;
  const nearest = nearestWord(key, known);
  const later = Object.hasOwn(LATER, key) ? LATER[key] : undefined;
  const facts = {
    code: 'unknown-key',
    message: later ?? `unknown key \`${key}\`${where}`,
    cure: nearest === undefined ? `the keys here are ${known.join(', ')}` : `did you mean \`${nearest}\`?`,
    at: document.placeOf(path, 'key'),
  };
  return { path, problem: new Problem(facts) };
}

function missing(issue: Issue, path: ValuePath, document: SpecDocument): Problem {
  const key = String(path.at(-1) ?? '');
  const where = path.length > 1 ? ` in \`${formatPath(path.slice(0, -1))}\`` : '';
  return new Problem({
    code: 'missing-key',
    message: `\`${key}\` is missing${where}`,
    cure: `add \`${key}:\` with ${expectation(issue)}`,
    at: firstLineOf(document, path.slice(0, -1)),
  });
}

function unexpected(issue: Issue, path: ValuePath, found: Value, document: SpecDocument): Problem {
  const words = isWordList(issue) ? issue.message.split(', ') : [];
  const nearest = typeof found === 'string' ? nearestWord(found, words) : undefined;
  const known = typeof found === 'string' && Object.hasOwn(LATER_WORDS, found) ? LATER_WORDS[found] : undefined;
  return new Problem({
    code: 'unexpected-value',
    message: `\`${formatPath(path)}\` expects ${expectation(issue)}, found ${describe(found)}`,
    ...(known !== undefined ? { cure: known } : nearest !== undefined && { cure: `did you mean \`${nearest}\`?` }),
    at: document.placeOf(path),
  });
}

const LATER_WORDS: Readonly<Record<string, string>> = {
  service: 'services are not driven by this version',
  criterion: 'criterion benchmarks are not driven by this version',
  'rust->go': 'callbacks from Rust into Go are no path of their own in this version',
  'go→rust': 'in a file it is written `go->rust`',
};

const isWordList = (issue: Issue) =>
  issue.code === 'invalid_value' || (issue.code === 'invalid_union' && 'discriminator' in issue);

function expectation(issue: Issue): string {
  if (!isWordList(issue)) return issue.message;
  const words = issue.message.split(', ').map((word) => `\`${word}\``);
  return words.length > 1 ? `one of ${words.join(', ')}` : words.join('');
}

/** A map that begins a document has its first line pointed at, not all of it. */
function firstLineOf(document: SpecDocument, path: ValuePath) {
  const part = path.length === 0 || typeof path.at(-1) === 'number' ? 'value' : 'key';
  return document.placeOf(path, part);
}

/** `factors.payload`, `expect.metric`: which entry of a list is meant, the caret shows. */
function formatPath(path: ValuePath): string {
  const keys = path.filter((part) => typeof part === 'string');
  return keys.length === 0 ? 'the spec' : keys.join('.');
}

function valueAt(value: Value, path: ValuePath): Value | undefined {
  let current: Value | undefined = value;
  for (const part of path) {
    if (current === null || typeof current !== 'object' || !Object.hasOwn(current, part)) return undefined;
    current = (current as Readonly<Record<string | number, Value>>)[part];
  }
  return current;
}

export function describe(value: Value): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  const text = String(value);
  return text === '' ? 'an empty text' : `\`${text.length > 60 ? `${text.slice(0, 59)}…` : text}\``;
}
