/** How paths, treatments and levels are printed for people. Data keeps `go->rust`; people read `go→rust`. */
import type { Result } from '../model/result.ts';

export type Levels = Readonly<Record<string, string>>;

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
