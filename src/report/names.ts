/** How paths, treatments and levels are printed for people. Data keeps `go->rust`; people read `go→rust`. */
import type { Levels } from '../model/plan.ts';
import type { Result } from '../model/result.ts';

export const PATH_TITLES: Readonly<Record<string, string>> = {
  go: 'Pure Go',
  rust: 'Pure Rust',
  'go->rust': 'Go→Rust',
};

/** A level or role for people: only a path is respelt, a name that happens to hold an arrow is not. */
export function displayLevel(level: string): string {
  return level === 'go->rust' ? 'go→rust' : level;
}

export function displayTreatment(id: string): string {
  return id
    .split(' · ')
    .map((part) => (part === 'path=go->rust' ? 'path=go→rust' : displayLevel(part)))
    .join(' · ');
}

/** Sentences that hold names of treatments: only whole words are respelt. */
export function respell(text: string): string {
  return text.replace(/(^|[\s=(])go->rust(?=$|[\s,:;.)])/g, '$1go→rust');
}

/** Levels of a treatment by arm or treatment id; read from its name where the result lists no such arm. */
export function levelsOf(result: Result, id: string): Levels {
  const arm = result.arms.find((each) => each.treatment.id === id || each.id === id);
  if (arm) return withPath(arm.treatment.levels, arm.treatment.path);
  const levels: Record<string, string> = {};
  for (const part of id.split(' · ')) {
    const at = part.indexOf('=');
    if (at > 0) levels[part.slice(0, at)] = part.slice(at + 1);
    else if (part in PATH_TITLES) levels.path = part;
  }
  return levels;
}

export interface RowLabels {
  /** What the labels are levels of: `payload · handover`. */
  readonly head: string;
  readonly labels: readonly string[];
  /** Levels that all rows have, said once: `go→rust`; of a single row, all it has. */
  readonly common: string;
  /** The same without the path: where a single row was measured. */
  readonly place: string;
}

/** Labels from levels; keys stay in the labels when rows differ in them. */
export function labelRows(rows: readonly Levels[], without: readonly string[]): RowLabels {
  const all = rows.map((levels) => Object.keys(levels).filter((key) => !without.includes(key)));
  const first = all[0] ?? [];
  const constant = first.filter((key) => rows.every((levels) => levels[key] === rows[0]![key]));
  const say = (key: string) => sayLevel(key, rows[0]![key]!);
  const keys = all.map((each) => each.filter((key) => !constant.includes(key)));
  const head = keys[0] ?? [];
  const alike = keys.every((each) => each.length === head.length && each.every((key, at) => key === head[at]));
  const labels = rows.map((levels, row) =>
    keys[row]!.map((key) =>
      alike || key === 'path' ? displayLevel(levels[key]!) : `${key}=${displayLevel(levels[key]!)}`,
    ).join(' · '),
  );
  return {
    head: alike ? head.join(' · ') : 'treatment',
    labels,
    common: constant.map(say).join(' · '),
    place: constant
      .filter((key) => key !== 'path')
      .map(say)
      .join(' · '),
  };
}

export interface RowGroup {
  /** What its rows share: `payload=64 B`; '' when rows are not grouped. */
  readonly label: string;
  /** The level alone where it explains itself: `64 B`. */
  readonly level: string;
  /** Indices of its rows, and what tells them apart within it. */
  readonly rows: readonly { readonly at: number; readonly label: string }[];
}

/**
 * Rows under the level they share, where they differ in two factors or more and a group would hold two rows or more:
 * labels get short, and each group can have a unit of its own. In the order in which rows come.
 */
export function groupRows(rows: readonly Levels[], without: readonly string[]): readonly RowGroup[] {
  const { labels } = labelRows(rows, without);
  const varying = (levels: Levels) =>
    Object.keys(levels).filter((key) => !without.includes(key) && rows.some((other) => other[key] !== levels[key]));
  const shared = varying(rows[0] ?? {}).filter((key) => rows.every((levels) => key in levels));
  // What is compared stands side by side: paths and builds are the last to part rows.
  const by = shared.find((key) => key !== 'path' && key !== 'build') ?? shared[0];
  const groups = by === undefined ? [] : [...new Set(rows.map((levels) => levels[by]!))];
  const further = rows.some((levels) => varying(levels).length > 1);
  if (by === undefined || !further || groups.length * 2 > rows.length)
    return [{ label: '', level: '', rows: labels.map((label, at) => ({ at, label })) }];
  return groups.map((level) => {
    const own = rows.flatMap((levels, at) => (levels[by] === level ? [{ levels, at }] : []));
    const keys = own.map(({ levels }) => varying(levels).filter((key) => key !== by));
    const alike = keys.every((each) => each.join('\n') === keys[0]!.join('\n'));
    return {
      label: sayLevel(by, level),
      level: sayRole(by, level),
      rows: own.map(({ levels, at }, row) => ({
        at,
        label: keys[row]!.map((key) => (alike ? sayRole(key, levels[key]!) : sayLevel(key, levels[key]!))).join(' · '),
      })),
    };
  });
}

/** A level alone where it explains itself, with its factor where it is a mere number: `borrow`, `length=0.020`. */
export function sayRole(factor: string, level: string): string {
  return /^[\d.+-]/.test(level) && !/[a-z]$/i.test(level) ? sayLevel(factor, level) : displayLevel(level);
}

function sayLevel(factor: string, level: string): string {
  return factor === 'path' ? displayLevel(level) : `${factor}=${displayLevel(level)}`;
}

function withPath(levels: Levels, path: string | undefined): Levels {
  return path === undefined || levels.path !== undefined ? levels : { path, ...levels };
}
