/** Builds that are versions of one module go by their version: what all have in common is said once, with the experiment's name. */
import type { Result } from '../model/result.ts';

/** The same result for people; data keeps the names in full. */
export function shortenBuilds(result: Result): Result {
  const module = moduleOf(result);
  if (module === undefined) return result;
  const shorten = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(`${module}@`, '');
    if (Array.isArray(value)) return value.map(shorten);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [shorten(key), shorten(held)]));
  };
  return { ...(shorten(result) as Result), experiment: `${result.experiment}: ${module}` };
}

/** The path that all builds share before their `@`; undefined where there are none, or not all are versions of one module. */
function moduleOf({ arms }: Pick<Result, 'arms'>): string | undefined {
  const builds = [...new Set(arms.flatMap(({ treatment }) => treatment.levels.build ?? []))];
  const modules = new Set(builds.map((build) => /^([^\s@]+\.[^\s@]+)@[^\s@]+$/.exec(build)?.[1]));
  const [only] = modules;
  return builds.length > 1 && modules.size === 1 ? only : undefined;
}
