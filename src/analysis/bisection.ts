/**
 * A search over a line of versions, as it stands after every step that was taken: a pure function of the steps, so that a
 * resumed search goes on as one that never stopped. The mathematics is that of `stats/bisection.ts`.
 */
import type { Line, SearchStep, Sought } from '../model/bisection.ts';
import {
  beginSearch,
  exclude,
  learn,
  learnPair,
  likeliest,
  nextProbe,
  posterior,
  type Search,
  type Suspects,
} from '../stats/bisection.ts';

/** Blocks of one version of which each failed: it can't be measured. */
const MOST_FAILURES = 3;
/**
 * Blocks that a build is expected to serve. A version not built yet costs its share of a build more a block: the search rather
 * stays at what is built while that still tells something.
 */
const BLOCKS_A_BUILD = 8;

export interface Standing {
  readonly line: Line;
  readonly search: Search;
  readonly posterior: readonly number[];
  readonly suspects: Suspects;
  /** Version -> why it can't be measured. */
  readonly unusable: ReadonlyMap<number, string>;
  readonly built: ReadonlySet<number>;
  /** Version -> good blocks. */
  readonly blocks: ReadonlyMap<number, number>;
  readonly probes: readonly {
    readonly version: number;
    readonly logRatio: number;
    readonly posterior: readonly number[];
  }[];
  readonly failures: ReadonlyMap<number, number>;
  /** Seconds of all builds so far. */
  readonly buildS: number;
}

export type Next =
  | { readonly kind: 'probe'; readonly version: number }
  | { readonly kind: 'found'; readonly suspects: Suspects }
  /** Nothing that can be built tells more, and no version is likely enough. */
  | { readonly kind: 'stuck' };

/** `effect` is of the bad end against the good one. Throws RangeError as `beginSearch` does. */
export function beginStanding(line: Line, { effect, scale }: Sought): Standing {
  const search = beginSearch({ effect, scale, prior: line.versions.map(({ weight }) => weight) });
  return {
    line,
    search,
    posterior: posterior(search),
    suspects: likeliest(search),
    unusable: new Map(),
    built: new Set(),
    blocks: new Map(),
    probes: [],
    failures: new Map(),
    buildS: 0,
  };
}

/** After one more step; steps that are not about versions change nothing. */
export function advance(standing: Standing, step: SearchStep): Standing {
  switch (step.kind) {
    case 'built':
      return {
        ...standing,
        built: new Set([...standing.built, step.version]),
        buildS: standing.buildS + step.seconds,
      };
    case 'unusable':
      return withUnusable(standing, step.version, step.why);
    case 'probe': {
      if (step.logRatio !== undefined) return withBlock(standing, step.version, step.logRatio);
      const failures = (standing.failures.get(step.version) ?? 0) + 1;
      const counted = { ...standing, failures: new Map([...standing.failures, [step.version, failures]]) };
      const hopeless = failures >= MOST_FAILURES && failures > (standing.blocks.get(step.version) ?? 0);
      return hopeless ? withUnusable(counted, step.version, step.failure ?? 'its runs fail') : counted;
    }
    default:
      return standing;
  }
}

/** After the suspects were found not to be it; as it is, where there are no others. */
export function excludeSuspects(standing: Standing): Standing {
  const { suspects, unusable } = standing;
  const search = exclude(standing.search, suspects.first, suspects.last);
  if (!search) return standing;
  return {
    ...standing,
    search,
    posterior: posterior(search),
    suspects: likeliest(search, { unbuildable: new Set(unusable.keys()) }),
  };
}

/** After blocks of the suspects against the version before them that could not tell; `logRatios`: one a block. */
export function weighSuspects(standing: Standing, logRatios: readonly number[]): Standing {
  const { suspects, unusable } = standing;
  const { first, last } = suspects;
  const search = logRatios.reduce((known, logRatio) => learnPair(known, first, last, logRatio), standing.search);
  return {
    ...standing,
    search,
    posterior: posterior(search),
    suspects: likeliest(search, { unbuildable: new Set(unusable.keys()) }),
  };
}

/** `usualBuildS`: seconds of a build where none of this line is known yet. */
export function decideNext(standing: Standing, stopAt: number, blockS: number, usualBuildS: number): Next {
  const { suspects, search, unusable, built, line } = standing;
  if (suspects.probability >= stopAt) return { kind: 'found', suspects };
  const buildS = built.size > 0 ? standing.buildS / built.size : usualBuildS;
  const costs = line.versions.map((_, version) => blockS + (built.has(version) ? 0 : buildS / BLOCKS_A_BUILD));
  const version = nextProbe(search, { unbuildable: new Set(unusable.keys()), costs });
  return version === undefined ? { kind: 'stuck' } : { kind: 'probe', version };
}

function withBlock(standing: Standing, version: number, logRatio: number): Standing {
  const search = learn(standing.search, version, logRatio);
  const after = posterior(search);
  return {
    ...standing,
    search,
    posterior: after,
    suspects: likeliest(search, { unbuildable: new Set(standing.unusable.keys()) }),
    blocks: new Map([...standing.blocks, [version, (standing.blocks.get(version) ?? 0) + 1]]),
    probes: [...standing.probes, { version, logRatio, posterior: after }],
  };
}

function withUnusable(standing: Standing, version: number, why: string): Standing {
  const unusable = new Map([...standing.unusable, [version, why]]);
  return { ...standing, unusable, suspects: likeliest(standing.search, { unbuildable: new Set(unusable.keys()) }) };
}
