/** A search as its document: what was found, and how the probabilities narrowed. */
import type { Standing } from '../analysis/bisection.ts';
import {
  BISECTION_SCHEMA,
  type Bisection,
  type Culprit,
  type SearchedLine,
  type SearchStudy,
  type Version,
} from '../model/bisection.ts';
import type { Warning } from '../model/problem.ts';
import { isRefuted, type SearchState } from './search-state.ts';

export interface SearchFacts {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seed: number;
  readonly stopAt: number;
  /** False where it was stopped. */
  readonly complete: boolean;
}

export function drawBisection(state: SearchState, { id, startedAt, seed, stopAt, complete }: SearchFacts): Bisection {
  const { standings, ends, sought, checks } = state;
  const culprit = findCulprit(standings, stopAt);
  const outcome = judgeOutcome(state, culprit);
  return {
    schema: BISECTION_SCHEMA,
    bisection: id,
    startedAt,
    durationS: state.spentS,
    seed,
    stopAt,
    outcome,
    ends,
    sought,
    lines: standings.map(describeLine),
    probes: standings.flatMap(({ probes }, line) =>
      probes.map(({ version, logRatio, posterior }) => ({
        line,
        version,
        ratio: Math.exp(logRatio),
        posterior: posterior.map((share) => Number(share.toFixed(4))),
      })),
    ),
    ...(outcome === 'found' && culprit ? { culprit } : {}),
    checks,
    builds: standings.reduce((sum, { built }) => sum + built.size, 0),
    blocks: standings.reduce((sum, { probes }) => sum + probes.length, 0),
    warnings: listWarnings(outcome, culprit, checks),
    complete,
  };
}

function judgeOutcome({ ends, sought, checks }: SearchState, culprit: Culprit | undefined): Bisection['outcome'] {
  if (!sought) return ends === undefined || ends.verdict === 'undecided' ? 'undecided' : 'nothing';
  const last = checks.at(-1);
  if (last && isRefuted(last, sought)) return 'doubted';
  return culprit ? 'found' : 'undecided';
}

/** Undefined while no version of the last line is likely enough. */
function findCulprit(standings: readonly Standing[], stopAt: number): Culprit | undefined {
  const last = standings.at(-1);
  if (!last || last.suspects.probability < stopAt) return undefined;
  const { line, suspects } = last;
  return {
    versions: line.versions.slice(suspects.first, suspects.last + 1),
    parent: parentIn(standings, suspects.first),
    probability: standings.reduce((product, standing) => product * standing.suspects.probability, 1),
  };
}

function parentIn(standings: readonly Standing[], first: number): Version {
  const { line } = standings.at(-1)!;
  return line.versions[first - 1] ?? line.good;
}

function describeLine({ line, posterior, blocks, unusable }: Standing): SearchedLine {
  return {
    kind: line.kind,
    what: line.what,
    good: line.good,
    versions: line.versions.map((version, at) => {
      const why = unusable.get(at);
      return {
        ...version,
        probability: posterior[at]!,
        blocks: blocks.get(at) ?? 0,
        ...(why === undefined ? {} : { unusable: why }),
      };
    }),
  };
}

function listWarnings(
  outcome: Bisection['outcome'],
  culprit: Culprit | undefined,
  checks: readonly SearchStudy[],
): Warning[] {
  const warnings: Warning[] = [];
  const last = checks.at(-1);
  if (outcome === 'found' && !last) {
    warnings.push({
      code: 'not-checked',
      message: 'The budget ended before the culprit was set against its parent',
      cure: 'Compare the two: `seamark compare`.',
    });
  }
  if (outcome === 'found' && last && last.verdict !== 'regression') {
    warnings.push({
      code: 'check-undecided',
      message: `Against its parent the culprit was called ${last.verdict}, not a regression`,
      cure: 'Compare the two with more time (`seamark compare --budget`): the change may be smaller than the margin.',
    });
  }
  if (culprit && culprit.versions.length > 1) {
    warnings.push({
      code: 'not-parted',
      message: `Nothing that can be measured parts ${culprit.versions.length} versions`,
      cure: 'Mend the build of those between, or read them one by one.',
    });
  }
  if (checks.length > 1) {
    warnings.push({
      code: 'first-refuted',
      message: `${checks.length - 1} found before ${checks.length === 2 ? 'was' : 'were'} refuted by the study against the parent, and taken out`,
    });
  }
  return warnings;
}
