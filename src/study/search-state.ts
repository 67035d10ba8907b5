/** A search as its steps tell it: nothing else is kept, so one that was stopped is taken up where it was. */
import { advance, beginStanding, excludeSuspects, type Standing, weighSuspects } from '../analysis/bisection.ts';
import type { SearchStep, SearchStudy, Sought, StudyRole, Version } from '../model/bisection.ts';
import type { Schedule } from '../model/plan.ts';

/** Everything a search has done so far, as its steps tell it. */
export interface SearchState {
  readonly steps: readonly SearchStep[];
  readonly schedule: Schedule | undefined;
  readonly ends: SearchStudy | undefined;
  readonly sought: Sought | undefined;
  /** Of one build, as the study of the ends saw it. */
  readonly buildS: number | undefined;
  /** One a line, in the order they were searched. */
  readonly standings: readonly Standing[];
  /** What culprits were set against their parents, in order. */
  readonly checks: readonly SearchStudy[];
  readonly spentS: number;
  readonly paused: ReadonlyMap<StudyRole, string>;
}

export function beginState(): SearchState {
  const nothing = { schedule: undefined, ends: undefined, sought: undefined, buildS: undefined, checks: [] };
  return { ...nothing, steps: [], standings: [], spentS: 0, paused: new Map() };
}

export function follow(state: SearchState, step: SearchStep): SearchState {
  const spentS = state.spentS + ('seconds' in step ? step.seconds : 0);
  const next = { ...state, steps: [...state.steps, step], spentS };
  switch (step.kind) {
    case 'scheduled':
      return { ...next, schedule: step.schedule };
    case 'paused':
      return { ...next, paused: new Map([...state.paused, [step.role, step.study]]) };
    case 'ends':
      return { ...next, ends: step.study, sought: step.sought, buildS: step.buildS };
    case 'line':
      if (!state.sought) throw new Error('a line is searched before anything is sought');
      return { ...next, standings: [...state.standings, beginStanding(step.line, state.sought)] };
    case 'check': {
      const { sought } = state;
      const paused = new Map([...state.paused].filter(([role]) => role !== 'check'));
      const checked = { ...next, paused, checks: [...state.checks, step.study] };
      if (!sought || step.study.verdict === 'regression') return checked;
      if (isRefuted(step.study, sought)) return withLast(checked, excludeSuspects);
      return withLast(checked, (last) => weighSuspects(last, step.logRatios ?? []));
    }
    default:
      return withLast(next, (last) => advance(last, step));
  }
}

function withLast(state: SearchState, change: (last: Standing) => Standing): SearchState {
  const last = state.standings.at(-1);
  return last ? { ...state, standings: [...state.standings.slice(0, -1), change(last)] } : state;
}

/** Of builds that nobody has seen yet. */
export const UNKNOWN_BUILD_S = 5;

/** Seconds of a build, as far as it is known. */
export function usualBuildS({ standings, buildS }: SearchState): number {
  const built = standings.flatMap((standing) => [...standing.built]).length;
  const seconds = standings.reduce((sum, standing) => sum + standing.buildS, 0);
  return built > 0 ? seconds / built : (buildS ?? UNKNOWN_BUILD_S);
}

/** The version before the first suspect. */
export function parentOf({ line, suspects }: Standing): Version {
  return line.versions[suspects.first - 1] ?? line.good;
}

/** Whether a study set these suspects against their parent. */
export function isCheckOf({ baseline, candidate }: SearchStudy, standing: Standing): boolean {
  const { line, suspects } = standing;
  return baseline === parentOf(standing).level && candidate === line.versions[suspects.last]!.level;
}

/** No regression was seen, and what there may be is less than what is sought: another version is the culprit. */
export function isRefuted({ verdict, high }: SearchStudy, { effect }: Sought): boolean {
  return verdict !== 'regression' && Math.log(high) < effect.centre;
}
