/** How much of a program the probe sees, and how often: variables that a probed program reads as it starts. */
import { Problem } from '../model/problem.ts';
import type { SiteFilter } from './site-list.ts';

export interface ProbeControl {
  readonly filter: SiteFilter;
  /** 1 in so many crossings of a site is timed and recorded, the others are counted; 1: each. */
  readonly every: number;
  /** Records overwrite: the end of a run is kept and not its beginning. */
  readonly flight: boolean;
  /** Crossings are counted and not timed, so there is nothing that every and flight could choose from. */
  readonly counters: boolean;
}

/** No glob may hold a comma, which parts them: no package and no C symbol has one. Throws a Problem for one that does, and for what contradicts itself. */
export function controlProbe({ filter, every, flight, counters }: ProbeControl): Readonly<Record<string, string>> {
  const globs = [...filter.only, ...filter.not.map((glob) => `!${glob}`)];
  const bad = [...filter.only, ...filter.not].find((glob) => glob === '' || /[,!\s]/.test(glob));
  if (bad !== undefined) {
    throw new Problem({
      code: 'site-pattern',
      message: `${JSON.stringify(bad)} is no pattern of sites`,
      cure: "Write one pattern each --site or --not: a symbol or package.symbol, * for any letters, ? for one: --not 'C.*'",
      blame: 'input',
    });
  }
  if (counters && (every > 1 || flight)) {
    throw new Problem({
      code: 'nothing-timed',
      message: `${every > 1 ? '--every' : '--flight'} says which crossings are timed, and with --counters none is`,
      cure: 'Leave one of the two out.',
      blame: 'input',
    });
  }
  return {
    ...(globs.length > 0 ? { SEAMARK_SITES: globs.join(',') } : {}),
    ...(every > 1 ? { SEAMARK_EVERY: String(every) } : {}),
    ...(flight ? { SEAMARK_FLIGHT: '1' } : {}),
  };
}
