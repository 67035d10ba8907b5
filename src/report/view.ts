/**
 * What a report shows, computed once from a Result: the sentence, rows worst first, units, words and notes. Text, Markdown
 * and HTML only draw it, so they show the same numbers.
 */
import type { Environment, Result } from '../model/result.ts';
import { calibrationOf } from './calibration.ts';
import { type ComparisonBlock, viewComparisons } from './comparison-view.ts';
import { type ConfirmationView, viewConfirmation } from './confirmation-view.ts';
import { type CountTable, viewCounts } from './count-view.ts';
import { type CrossingsView, viewCrossings } from './crossing-view.ts';
import { type EffectsView, judgementOf as judgementOfEffect, viewEffects } from './effect-view.ts';
import { detectableOf, factsOf, limitsOf } from './facts.ts';
import { formatAlone } from './figure.ts';
import { type GrowthBlock, viewGrowth } from './growth-view.ts';
import { type LayersView, viewLayers } from './layer-view.ts';
import { displayTreatment, respell } from './names.ts';
import { type Note, noteOf, numberFootnotes } from './note.ts';
import { type PathView, viewPaths } from './path-view.ts';
import { type ProbeCostsView, viewProbeCosts } from './probe-cost-view.ts';
import { type RuntimesView, viewRuntimes } from './runtimes-view.ts';
import { type SelfCheckRow, viewSelfCheck } from './self-check-view.ts';
import { composeSentences, type Piece } from './sentence.ts';
import { type SiteChangesView, viewSiteChanges } from './site-change-view.ts';
import { viewSlopes } from './slope-view.ts';
import { type Judgement, judgementOf, outcomeOf } from './verdict.ts';
import { viewWitnesses, type WitnessesView } from './witness-view.ts';

export interface ExpectationRow {
  readonly text: string;
  readonly seen: string;
  readonly judgement: Judgement;
}

export interface View {
  readonly title: string;
  readonly hypothesis?: string;
  /** What was found; before it, where it is known, what a call costs. */
  readonly sentences: readonly (readonly Piece[])[];
  readonly judgement: Judgement;
  /** Small print under the sentence. */
  readonly facts: readonly string[];
  /** `the smallest change this study would have seen: 1.8 %` */
  readonly detectable?: string;
  readonly blocks: readonly ComparisonBlock[];
  readonly paths?: PathView;
  readonly counts?: CountTable;
  readonly crossings?: CrossingsView;
  /** Exact counts of sites that differ between builds. */
  readonly siteChanges: readonly SiteChangesView[];
  /** Where changes between builds come from, one a comparison. */
  readonly layers: readonly LayersView[];
  readonly witnesses: readonly WitnessesView[];
  readonly runtimes?: RuntimesView;
  /** A change that was taken out, the least proven treatment first. */
  readonly confirmation: readonly ConfirmationView[];
  readonly effects?: EffectsView;
  readonly growth: readonly GrowthBlock[];
  readonly probeCosts: ProbeCostsView;
  readonly selfChecks: readonly SelfCheckRow[];
  readonly expectations: readonly ExpectationRow[];
  /** What could not have been seen. */
  readonly limits: readonly string[];
  readonly footnotes: readonly Note[];
  readonly warnings: readonly Note[];
  readonly failures: readonly string[];
  readonly environment: readonly { readonly group: string; readonly facts: readonly (readonly [string, string])[] }[];
  /** The verdict; where no builds are compared, how many of each were found on the primary metric: that gates nothing. */
  readonly tally: readonly { readonly judgement: Judgement; readonly count?: number }[];
  readonly report: string;
}

export function viewResult(result: Result): View {
  const { blocks, footnotes } = numberFootnotes(
    viewComparisons(result),
    result.stopping === 'anytime' ? Infinity : undefined,
  );
  const paths = viewPaths(result);
  const counts = viewCounts(result);
  const crossings = viewCrossings(result);
  const detectable = detectableOf(result);
  const effects = viewEffects(result);
  const runtimes = viewRuntimes(result);
  return {
    title: result.experiment,
    ...(result.hypothesis === undefined ? {} : { hypothesis: result.hypothesis }),
    sentences: composeSentences(result, blocks),
    judgement: judgementOf(result.verdict),
    facts: factsOf(result),
    ...(detectable === undefined ? {} : { detectable }),
    blocks,
    ...(paths === undefined ? {} : { paths }),
    ...(counts === undefined ? {} : { counts }),
    ...(crossings === undefined ? {} : { crossings }),
    siteChanges: viewSiteChanges(result),
    layers: viewLayers(result),
    witnesses: viewWitnesses(result),
    ...(runtimes && { runtimes }),
    confirmation: (result.confirmation ?? []).map(viewConfirmation),
    ...(effects && { effects }),
    growth: [...viewGrowth(result), ...viewSlopes(result)],
    probeCosts: viewProbeCosts(result),
    selfChecks: result.selfChecks.map((check) => viewSelfCheck(result, check)),
    expectations: result.expectations.map((each) => ({
      text: respell(each.text),
      seen: respell(each.seen),
      judgement: outcomeOf(each.outcome),
    })),
    limits: [...limitsOf(result), ...calibrationOf(result)],
    footnotes,
    warnings: result.warnings.map(noteOf),
    failures: result.failures.map(
      (failure) => `block ${failure.block}, ${displayTreatment(failure.arm)}: ${failure.message}`,
    ),
    environment: [...viewEnvironment(result.environment), ...viewResidue(result)],
    tally: tallyOf(result, blocks),
    report: result.folder === '' ? 'report.html' : `${result.folder.replace(/\/$/, '')}/report.html`,
  };
}

function tallyOf(result: Result, blocks: readonly ComparisonBlock[]): View['tally'] {
  const primary = blocks.filter((block) => block.primary).flatMap((block) => block.rows.map((row) => row.judgement));
  if (primary.length === 0 && result.effects) return tallyOfEffects(result.effects);
  if (result.verdict !== 'none' || primary.length === 0) return [{ judgement: judgementOf(result.verdict) }];
  const words = [...new Set(primary.map((judgement) => judgement.word))];
  return words.map((word) => {
    const alike = primary.filter((judgement) => judgement.word === word);
    return { judgement: alike[0]!, count: alike.length };
  });
}

function tallyOfEffects(effects: NonNullable<Result['effects']>): View['tally'] {
  const judgements = effects.map((effect) => ({ ...judgementOfEffect(effect), word: effect.size }));
  return [...new Set(effects.map(({ size }) => size))].map((size) => {
    const alike = judgements.filter(({ word }) => word === size);
    return { judgement: { ...alike[0]!, mark: size === 'matters' ? '▲' : alike[0]!.mark }, count: alike.length };
  });
}

function viewEnvironment(environment: Environment): View['environment'] {
  return Object.entries(environment).map(([group, facts]) => ({
    group: spaced(group),
    facts: Object.entries(facts).map(
      ([name, value]) => [spaced(name.replace(/Bytes$/, '')), sayFact(name, value)] as const,
    ),
  }));
}

/** Beside the environment, since that is where one looks for what was the same. */
function viewResidue({ residue = [] }: Result): View['environment'] {
  const kinds = [...new Set(residue.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    group: `differed ${kind}`,
    facts: residue
      .filter((one) => one.kind === kind)
      .map(({ what, from, to }) => [what, from === '' ? to : `${from} → ${to}`] as const),
  }));
}

function sayFact(name: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' && name.endsWith('Bytes') ? formatAlone('bytes', value) : String(value);
}

/** `threadsPerCore` as people write it; names with anything else in them stay as they are. */
const spaced = (name: string): string =>
  /^[a-z]+(?:[A-Z][a-z]+)+$/.test(name) ? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : name;
