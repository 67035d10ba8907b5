/**
 * Which treatments a block holds, by the experiment's design, and what can be told from them. Throws a Problem where the
 * design can't be made of these factors, or can't tell what is expected of it.
 */
import { type DesignFactor, type DesignFacts, MOST_CELLS, MOST_SCREENED } from '../model/design.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Levels, Treatment } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { allRows, listTerms } from '../stats/coding.ts';
import { middleLevels } from './centre.ts';
import { isBenchmark, listVaried, treatmentsAt, type Varied } from './design-factors.ts';
import { sayPrice } from './design-price.ts';
import { describeTerms } from './design-terms.ts';
import { askExpected } from './expected-terms.ts';
import { inGridOrder, listUnordered } from './morris-rows.ts';
import { chooseRows } from './rows.ts';
import { listTreatments } from './treatments.ts';

export interface Cells {
  readonly treatments: readonly Treatment[];
  /** Processes a block at the middle, and the treatments there (one a build and benchmark). */
  readonly centre?: { readonly treatments: readonly Treatment[]; readonly processes: number };
  readonly facts?: DesignFacts;
}

export function chooseCells(experiment: Experiment): Cells {
  const { design } = experiment;
  const varied = listVaried(experiment);
  const nested = experiment.factors.find((factor) => factor.within !== undefined);
  const cells =
    design.kind === 'full-factorial' ? runAll(experiment, varied) : runSome(experiment, varied, nested?.name);
  const centre =
    cells.facts && 'centre' in design && design.centre !== undefined ? centreOf(experiment, design.centre) : undefined;
  if ('centre' in design && design.centre !== undefined && centre === undefined) {
    const message =
      'a middle needs two factors of two levels or more, none of them nested, and at most 64 combinations';
    throw new Problem({ code: 'design-centre', message, cure: 'leave `centre` out' });
  }
  const facts =
    cells.facts && centre
      ? { ...cells.facts, centre: { levels: centre.levels, processes: centre.processes } }
      : cells.facts;
  const asked = askExpected(experiment, facts);
  return { treatments: cells.treatments, ...(asked && { facts: asked }), ...(centre && { centre }) };
}

/** Every combination. Nested factors, and more combinations than a block of a design holds, are run but tell no effects. */
function runAll(experiment: Experiment, { conditions, builds }: Varied): Cells {
  const treatments = listTreatments(experiment);
  const factors = [...conditions, ...builds];
  const cells = factors.reduce((product, { levels }) => product * levels.length, 1);
  const nested = experiment.factors.some((factor) => factor.within !== undefined);
  if (nested || factors.length < 2 || cells > MOST_CELLS) return { treatments };
  const terms = describeTerms({
    conditions,
    builds,
    rows: allRows(conditions.map(({ levels }) => levels.length)),
    terms: listTerms(conditions.length, conditions.length),
    // Builds, paths and expectations ask for their own comparisons; where nothing else is asked, effects are the question.
    askedUpTo: isQuestionOfEffects(experiment) ? 2 : 0,
  });
  return {
    treatments,
    facts: {
      kind: 'full-factorial',
      cells,
      factors,
      terms,
      price: sayPrice({ kind: 'full-factorial', cells, factors, builds }),
    },
  };
}

function isQuestionOfEffects({ paths, factors, expect, baseline, design }: Experiment): boolean {
  if (design.kind === 'full-factorial' && design.centre !== undefined) return true;
  const builds = factors.some((factor) => factor.family === 'build');
  const declared = factors.some((factor) => baseline[factor.name] !== undefined);
  return !builds && !declared && paths.length < 2 && !expect.some((expectation) => expectation.kind === 'change');
}

function runSome(experiment: Experiment, varied: Varied, nested: string | undefined): Cells {
  const kind = experiment.design.kind;
  const { builds } = varied;
  const conditions = kind === 'morris' ? inGridOrder(varied.conditions, experiment) : varied.conditions;
  if (nested !== undefined) {
    const message = `\`${nested}\` is nested in another factor, and \`design: ${kind}\` varies factors that exist everywhere`;
    throw new Problem({ code: 'design-nested', message, cure: 'take `design: full-factorial`, or remove `within`' });
  }
  if (conditions.length < 2) {
    const message = `\`design: ${kind}\` needs two factors with two levels or more, beside builds`;
    throw new Problem({ code: 'design-factors', message, cure: 'name more factors, or take `design: full-factorial`' });
  }
  const chosen = chooseRows(experiment, conditions);
  const cells = chosen.rows.length * builds.reduce((product, { levels }) => product * levels.length, 1);
  const most = kind === 'morris' ? MOST_SCREENED : MOST_CELLS;
  if (cells > most) {
    const message = `\`design: ${kind}\` makes ${cells} combinations of these factors, more than ${most} in a block`;
    const smaller = kind === 'morris' ? 'write fewer `trajectories` (4 at least)' : 'take a smaller design';
    throw new Problem({ code: 'design-too-large', message, cure: `leave levels or factors out, or ${smaller}` });
  }
  const factors = [...conditions, ...builds];
  const treatments = chosen.rows.flatMap((row) => treatmentsAt(experiment, levelsOf(row, conditions)));
  const terms = chosen.trajectories
    ? // What builds do is told at each point, by their comparisons.
      conditions.map(({ name }) => ({ factors: [name], aliases: [], asked: true }))
    : kind === 'one-at-a-time'
      ? []
      : describeTerms({
          conditions,
          builds,
          rows: chosen.rows,
          terms: chosen.terms,
          askedUpTo: kind === 'screening' ? 1 : 2,
        });
  const { rows: _, terms: __, ...told } = chosen;
  const unordered = chosen.trajectories ? listUnordered(conditions, experiment) : [];
  return {
    treatments: inOrder(experiment, treatments),
    facts: {
      kind,
      cells,
      factors,
      terms,
      ...told,
      ...(unordered.length > 0 && { unordered }),
      price: sayPrice({ kind, cells, factors, builds, ...told }),
    },
  };
}

function centreOf(experiment: Experiment, processes: number) {
  const factors = experiment.factors.filter(
    (factor) => factor.family !== 'build' && factor.levels.length > 1 && !isBenchmark(experiment, factor),
  );
  const levels: Levels = middleLevels(factors, experiment);
  return { treatments: treatmentsAt(experiment, levels), processes, levels };
}

function levelsOf(row: readonly number[], factors: readonly DesignFactor[]): Levels {
  return Object.fromEntries(factors.map(({ name, levels }, at) => [name, levels[row[at]!]!]));
}

/** As a full factorial would list them, where that is short enough to be listed. */
function inOrder(experiment: Experiment, treatments: readonly Treatment[]): Treatment[] {
  const combinations = experiment.factors.reduce((product, factor) => product * factor.levels.length, 1);
  if (combinations > 4096) return [...treatments];
  const place = new Map(listTreatments(experiment).map(({ id }, at) => [id, at]));
  return treatments.toSorted((a, b) => place.get(a.id)! - place.get(b.id)!);
}
