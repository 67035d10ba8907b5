/**
 * Which treatments are compared. Builds: the baseline against each other build, everything else alike. Paths: go->rust
 * against go and against rust at the same levels, or rust against go where nothing crosses. Besides, whatever an expectation or a declared baseline names. Only when
 * none of these asks anything: each level of each factor against its first level.
 */
import type { Expectation, Experiment, Factor } from '../model/experiment.ts';
import { type Contrast, type ContrastKind, holds, type Levels, type Treatment } from '../model/plan.ts';

export function listContrasts(experiment: Experiment, treatments: readonly Treatment[]): Contrast[] {
  const areBuilds = experiment.factors.some(({ family, levels }) => family === 'build' && levels.length > 1);
  // A planted fault is a build that got worse, as far as the verdict goes; beside two builds it is what both are compared under.
  const isBuild = ({ family }: Factor) => family === 'build' || (family === 'fault' && !areBuilds);
  const builds = experiment.factors
    .filter(isBuild)
    .flatMap((factor) => againstBaseline(experiment, factor, treatments, 'build'));
  // A part of all combinations holds pairs by accident only: there effects are the question, and builds of one combination.
  const whole = experiment.design.kind === 'full-factorial' || experiment.design.kind === 'one-at-a-time';
  if (!whole) {
    return distinct([
      ...builds,
      ...experiment.expect.flatMap((expectation) => expectedContrasts(expectation, treatments)),
    ]);
  }
  const declared = experiment.factors
    .filter((factor) => !isBuild(factor) && factor.family !== 'fault' && experiment.baseline[factor.name] !== undefined)
    .flatMap((factor) => againstBaseline(experiment, factor, treatments, 'contrast'));
  const asked = distinct([
    ...builds,
    ...pathContrasts(treatments),
    ...experiment.expect.flatMap((expectation) => expectedContrasts(expectation, treatments)),
    ...declared,
  ]);
  if (asked.length > 0) return asked;
  return distinct(
    experiment.factors
      .filter((factor) => !(experiment.subject.kind === 'go-bench' && factor.name === 'benchmark')) // different work, no rivals
      .flatMap((factor) => againstBaseline(experiment, factor, treatments, 'contrast')),
  );
}

/** The levels that an expectation's side selects: what it says of both, and what it says of this side. */
function sideOf(expectation: Extract<Expectation, { kind: 'change' }>, side: 'from' | 'to'): Levels {
  return { ...expectation.at, ...expectation[side] };
}

function againstBaseline(
  experiment: Experiment,
  factor: Factor,
  treatments: readonly Treatment[],
  kind: ContrastKind,
): Contrast[] {
  const base = experiment.baseline[factor.name] ?? factor.levels[0]?.text;
  return treatments
    .filter((treatment) => treatment.levels[factor.name] === base)
    .flatMap((baseline) =>
      treatments
        .filter((candidate) => candidate.levels[factor.name] !== undefined && candidate.levels[factor.name] !== base)
        .filter((candidate) => sameElsewhere(baseline.levels, candidate.levels, [factor.name]))
        .map((candidate) => contrast(kind, baseline, candidate)),
    );
}

/** A factor that one path doesn't have (a hand-over, in pure Go) is no difference between the paths. */
function pathContrasts(treatments: readonly Treatment[]): Contrast[] {
  const crosses = treatments.some(({ path }) => path === 'go->rust');
  return treatments
    .filter((candidate) => candidate.path === (crosses ? 'go->rust' : 'rust'))
    .flatMap((candidate) =>
      treatments
        .filter((baseline) => baseline.path === 'go' || (crosses && baseline.path === 'rust'))
        .filter((baseline) => sameWhereBoth(baseline.levels, candidate.levels, ['path']))
        .map((baseline) => contrast('contrast', baseline, candidate)),
    );
}

function expectedContrasts(expectation: Expectation, treatments: readonly Treatment[]): Contrast[] {
  if (expectation.kind !== 'change') return [];
  const from = sideOf(expectation, 'from');
  const to = sideOf(expectation, 'to');
  const named = [...Object.keys(expectation.from), ...Object.keys(expectation.to)];
  return treatments
    .filter((treatment) => holds(treatment.levels, from))
    .flatMap((baseline) =>
      treatments
        .filter((treatment) => treatment.id !== baseline.id && holds(treatment.levels, to))
        .filter((candidate) => sameWhereBoth(baseline.levels, candidate.levels, named))
        .map((candidate) => contrast(named.includes('build') ? 'build' : 'contrast', baseline, candidate)),
    );
}

function contrast(kind: ContrastKind, baseline: Treatment, candidate: Treatment): Contrast {
  const names = [...new Set([...Object.keys(candidate.levels), ...Object.keys(baseline.levels)])];
  const differing = names.filter((name) => {
    const [from, to] = [baseline.levels[name], candidate.levels[name]];
    return from !== undefined && to !== undefined && from !== to;
  });
  const shared = names
    .filter((name) => !differing.includes(name))
    .map((name) => {
      const level = candidate.levels[name] ?? baseline.levels[name]!;
      return name === 'path' ? level : `${name}=${level}`;
    })
    .join(' · ');
  const said = (levels: Levels) => differing.map((name) => levels[name]).join(' · ');
  const factor = differing.join(' · ');
  const [from, to] = [said(baseline.levels), said(candidate.levels)];
  return {
    id: `${factor}: ${from} | ${to}${shared && ` @ ${shared}`}`,
    kind,
    treatment: shared,
    factor,
    baselineArm: baseline.id,
    candidateArm: candidate.id,
    baseline: from,
    candidate: to,
  };
}

function sameElsewhere(a: Levels, b: Levels, except: readonly string[]): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => except.includes(name) || a[name] === b[name]);
}

function sameWhereBoth(a: Levels, b: Levels, except: readonly string[]): boolean {
  return Object.keys(a).every((name) => except.includes(name) || b[name] === undefined || a[name] === b[name]);
}

/** The first of those that compare the same two arms, either way round. */
function distinct(contrasts: readonly Contrast[]): Contrast[] {
  const seen = new Set<string>();
  return contrasts.filter((one) => {
    const key = [one.baselineArm, one.candidateArm].sort().join('\u0000');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
