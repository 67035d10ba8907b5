/** A result for a terminal: 80 columns suffice, 120 are used; colour only repeats what a word or a mark says. */
import type { Result } from '../model/result.ts';
import { sentenceText } from './sentence.ts';
import { shortenBuilds } from './short-builds.ts';
import { type Paint, padEnd, painter, printable, type TextOptions, widthOf, wrap } from './terminal.ts';
import { layChecks, layProbe } from './text-checks.ts';
import { layComparisons } from './text-comparisons.ts';
import { layConfirmation } from './text-confirmation.ts';
import { layCrossings } from './text-crossings.ts';
import { layEffects } from './text-effects.ts';
import { layGrowth } from './text-growth.ts';
import { layLayers } from './text-layers.ts';
import { inkOf, layNotes } from './text-notes.ts';
import { layCounts, layPaths } from './text-paths.ts';
import { layWitnesses } from './text-witnesses.ts';
import { type View, viewResult } from './view.ts';

export function renderText(result: Result, options: TextOptions): string {
  const view = viewResult(shortenBuilds(result));
  const columns = Math.max(60, Math.min(120, options.columns));
  const paint = painter(options.color);
  const sections = [
    layHead(view, columns, paint),
    ...view.confirmation.map((each) => layConfirmation(each, columns, paint)),
    layPaths(view, columns, paint),
    ...layComparisons(view, columns, paint),
    ...layLayers(view.layers, columns, paint),
    ...layWitnesses(view.witnesses, columns, paint),
    layEffects(view.effects, columns, paint),
    ...layGrowth(view.growth, columns, paint),
    layCrossings(view, columns, paint),
    layExpectations(view, columns, paint),
    layCounts(view, columns, paint),
    layProbe(view, columns, paint),
    layChecks(view, columns, paint),
    view.limits.flatMap((limit) => wrap(printable(limit), columns).map((line) => paint('dim', line))),
    layList('failed runs', view.failures, columns, paint),
    layNotes('warnings', view.warnings, columns, paint),
    layLast(view, columns, paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function layHead(view: View, columns: number, paint: Paint): readonly string[] {
  return [
    ...wrap(printable(sentenceText(view.sentences)), columns).map((line) => paint('strong', line)),
    ...wrap(printable(view.facts.join(' · ')), columns).map((line) => paint('dim', line)),
    ...(view.hypothesis === undefined
      ? []
      : wrap(printable(view.hypothesis), columns, 'hypothesis: ').map((line) => paint('dim', line))),
  ];
}

function layExpectations(view: View, columns: number, paint: Paint): readonly string[] {
  if (view.expectations.length === 0) return [];
  const longest = Math.max(...view.expectations.map((row) => widthOf(row.judgement.word)));
  return [
    paint('strong', 'expected'),
    ...view.expectations.flatMap((row) =>
      wrap(
        printable(`${row.text}; seen: ${row.seen}`),
        columns,
        `  ${row.judgement.mark} ${padEnd(row.judgement.word, longest)}  `,
      ).map((line) => paint(inkOf(row.judgement), line)),
    ),
  ];
}

function layList(title: string, items: readonly string[], columns: number, paint: Paint): readonly string[] {
  if (items.length === 0) return [];
  return [paint('strong', title), ...items.flatMap((item) => wrap(printable(item), columns, '  '))];
}

function layLast(view: View, columns: number, paint: Paint): readonly string[] {
  const tally = view.tally.map(
    ({ judgement, count }) => `${judgement.mark} ${count === undefined ? '' : `${count} `}${judgement.word}`,
  );
  const verdict = `verdict  ${tally.join('  ')}`;
  const report = `report  ${printable(view.report)}`;
  const painted = paint(inkOf(view.judgement), verdict);
  return widthOf(verdict) + 3 + widthOf(report) <= columns ? [`${painted}   ${report}`] : [painted, report];
}
