/** A search as its document: what was found, and how the probabilities narrowed. */
import type { Standing } from '../analysis/bisection.ts';
import { BISECTION_SCHEMA, type Bisection, type Culprit, type SearchedLine } from '../model/bisection.ts';
import type { Warning } from '../model/problem.ts';
import { isCheckOf, isRefuted, parentOf, type SearchState } from './search-state.ts';

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
  const culprit = findCulprit(state, stopAt);
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
    warnings: listWarnings(outcome, culprit, state),
    complete,
  };
}

function judgeOutcome({ ends, sought, checks }: SearchState, culprit: Culprit | undefined): Bisection['outcome'] {
  if (!sought) return ends === undefined || ends.verdict === 'undecided' ? 'undecided' : 'nothing';
  const last = checks.at(-1);
  // One whose check could not tell stands again once what came after it was refuted.
  if (last && isRefuted(last, sought) && culprit?.standing !== 'undecided') return 'doubted';
  return culprit ? 'found' : 'undecided';
}

/** Undefined while no version of the last line is likely enough, and where the last one left was refuted. */
function findCulprit({ standings, checks, sought }: SearchState, stopAt: number): Culprit | undefined {
  const last = standings.at(-1);
  if (!last || last.suspects.probability < stopAt) return undefined;
  const { line, suspects } = last;
  const check = checks.findLast((each) => isCheckOf(each, last));
  if (check && sought && isRefuted(check, sought)) return undefined;
  return {
    versions: line.versions.slice(suspects.first, suspects.last + 1),
    parent: parentOf(last),
    probability: standings.reduce((product, standing) => product * standing.suspects.probability, 1),
    standing: check === undefined ? 'unchecked' : check.verdict === 'regression' ? 'confirmed' : 'undecided',
    ...(check ? { check } : {}),
  };
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
  { checks, sought }: SearchState,
): Warning[] {
  const warnings: Warning[] = [];
  if (outcome === 'found' && culprit?.standing === 'unchecked') {
    warnings.push({
      code: 'not-checked',
      message: 'The budget ended before the culprit was set against its parent',
      cure: 'Compare the two: `seamark compare`.',
    });
  }
  if (outcome === 'found' && culprit?.standing === 'undecided' && culprit.check) {
    const { verdict, blocksNeeded } = culprit.check;
    warnings.push({
      code: 'check-undecided',
      message: `Against its parent the likeliest version was called ${verdict}, not a regression`,
      cure: `Give the two more blocks${blocksNeeded === undefined ? '' : `, about ${blocksNeeded}`}. When that stays undecided, the change may be smaller than the margin, or spread over several versions.`,
    });
  }
  if (culprit && culprit.versions.length > 1) {
    warnings.push({
      code: 'not-parted',
      message: `Nothing that can be measured parts ${culprit.versions.length} versions`,
      cure: 'Mend the build of those between, or read them one by one.',
    });
  }
  const refuted = checks.filter((check) => sought && isRefuted(check, sought)).length;
  if (refuted > 0 && outcome !== 'doubted') {
    warnings.push({
      code: 'first-refuted',
      message: `${refuted} found before ${refuted === 1 ? 'was' : 'were'} refuted by the study against the parent, and taken out`,
    });
  }
  return warnings;
}
