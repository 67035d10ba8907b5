/** Finished studies: found by id, by the start of one, or as the latest. Interrupted ones: by id. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../model/problem.ts';
import { RESULT_SCHEMA, type Result } from '../model/result.ts';
import { readJson } from './data-file.ts';
import { readExplanation, withAnswers } from './explanation.ts';
import { listPartial, partialFolder, studiesFolder } from './partial-study.ts';
import { describePlace } from './project.ts';
import { isStudyId } from './study-id.ts';

const RESULT = 'result.json';

export interface FinishedStudy {
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  /** With the witnesses that were asked later. */
  readonly result: Result;
}

/** Ids of all finished studies of a project, oldest first. */
export function listStudies(project: string): string[] {
  const folder = studiesFolder(project);
  return existsSync(folder) ? readdirSync(folder).filter(isStudyId).sort() : [];
}

/**
 * `wanted`: an id, enough of its beginning, or `latest`; the id of an interrupted one opens what it had. Throws a Problem when
 * there is none or several.
 */
export function openStudy(project: string, wanted = 'latest'): FinishedStudy {
  const interrupted = listPartial(project).includes(wanted);
  if (interrupted && existsSync(join(partialFolder(project, wanted), RESULT))) {
    return openFolder(partialFolder(project, wanted), wanted);
  }
  const all = listStudies(project);
  const found = wanted === 'latest' ? all.slice(-1) : all.filter((id) => id.startsWith(wanted));
  const id = all.includes(wanted) ? wanted : found[0];
  if (id !== undefined && (found.length === 1 || id === wanted))
    return openFolder(join(studiesFolder(project), id), id);
  const where = describePlace(studiesFolder(project));
  const refuse = (message: string, cure: string) => new Problem({ code: 'no-such-study', message, cure });
  if (interrupted) {
    const cure = `seamark run --resume ${wanted} goes on with it.`;
    throw refuse(`The study ${wanted} was interrupted before a block was judged`, cure);
  }
  if (all.length === 0) {
    const place =
      'A study is kept where it was run: in that folder, and below it in the same git repository, it is found.';
    throw refuse(`There is no study in ${where}`, `Run one: seamark run. ${place}`);
  }
  const said =
    found.length > 1 ? `${wanted} begins the names of ${found.length} studies` : `There is no study ${wanted}`;
  throw refuse(`${said} in ${where}`, `The latest are ${all.slice(-3).join(', ')}.`);
}

function openFolder(folder: string, id: string): FinishedStudy {
  const result = readResult(join(folder, RESULT));
  const later = readExplanation(folder);
  return {
    id,
    folder,
    result: later ? { ...result, witnesses: withAnswers(result.witnesses, later.witnesses) } : result,
  };
}

/** A result as `seamark run --json` prints it and a study keeps it. Throws a Problem that names the file. */
export function readResult(path: string): Result {
  return reviveResult(readJson(path, RESULT_SCHEMA));
}

/** Centres: null where nothing was there to take one of, but for counts that grew from zero. */
const CENTRES = ['ratio', 'value', 'baselineValue', 'candidateValue'];

/** JSON has no word for the infinities of an open interval, nor for what is not known; both were written as null. */
export function reviveResult(document: Record<string, unknown>): Result {
  const revive = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(revive);
    if (value === null || typeof value !== 'object') return value;
    const fromZero = 'baselineValue' in value && value.baselineValue === 0;
    const unknown = (key: string) =>
      fromZero ? Infinity : CENTRES.includes(key) ? Number.NaN : key === 'low' ? -Infinity : Infinity;
    return Object.fromEntries(
      Object.entries(value).map(([key, held]) => [key, held === null ? unknown(key) : revive(held)]),
    );
  };
  return revive(document) as Result;
}
