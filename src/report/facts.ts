/** The small print under the sentence, and what the study could not have seen. */

import { findMetric } from '../model/metric.ts';
import type { Environment, Result } from '../model/result.ts';
import { formatShare } from './change.ts';
import { countOf, formatAlone, formatCount } from './figure.ts';

export function factsOf(result: Result): readonly string[] {
  const { runs } = result;
  const primary = result.comparisons.filter((each) => each.metric === result.primary);
  const repeated = primary.filter((each) => each.confirmed === 'fresh').length;
  const stages = [
    `${countOf(runs.blocks, 'block')}${runs.freshBlocks > 0 ? ` and ${formatCount(runs.freshBlocks)} fresh for the repeat` : ''}`,
    ...(runs.droppedBlocks > 0 ? [`${formatCount(runs.droppedBlocks)} dropped`] : []),
  ];
  return [
    // The sentence names the builds and not what they are of.
    ...(result.verdict === 'none' || result.experiment === 'compare' ? [] : [result.experiment]),
    ...(result.complete ? [] : ['interrupted: this is what was measured until then']),
    `margin ±${formatShare(result.margin)}`,
    stages.join(', '),
    ...outlierFacts(result),
    ...modeFacts(result),
    ...(repeated > 0
      ? [`confirmed on fresh blocks${repeated < primary.length ? `: ${repeated} of ${primary.length}` : ''}`]
      : []),
    ...machineFacts(result.environment),
    `${result.startedAt.slice(0, 16).replace('T', ' ')} UTC, ${formatDuration(result.durationS)}`,
  ];
}

/** Counted and kept. */
function outlierFacts({ outliers = [] }: Result): readonly string[] {
  const far = outliers.reduce((sum, { above, below }) => sum + above + below, 0);
  const runs = outliers.reduce((sum, one) => sum + one.runs, 0);
  return far === 0 ? [] : [`${formatCount(far)} of ${formatCount(runs)} runs lie far out, kept`];
}

/** Only where something was chosen: `in-process (0.8 s to see the margin; alternating 3.1 s)`. */
function modeFacts({ mode, modePrices = [], stopping }: Result): readonly string[] {
  const watched = stopping === 'anytime' ? ['watched: no looks, judged after every block'] : [];
  if (modePrices.length < 2) return watched;
  const seconds = (price: (typeof modePrices)[number]) =>
    price.seconds === undefined ? 'not known' : formatAlone('seconds', price.seconds);
  const own = modePrices.find((price) => price.mode === mode);
  const others = modePrices.filter((price) => price.mode !== mode).map((price) => `${price.mode} ${seconds(price)}`);
  return [...watched, `${mode} (${own ? seconds(own) : 'not known'} to see the margin; ${others.join(', ')})`];
}

/** What a reader asks of a machine first; the rest stands under Environment. */
function machineFacts(environment: Environment): readonly string[] {
  const facts = environment.machine ?? environment.cpu ?? {};
  const model = facts.cpu ?? facts.model ?? facts['cpu model'];
  const cores = facts.cores ?? facts['cores allowed'] ?? facts['logical cores'];
  const parts = [...(model === undefined ? [] : [String(model)]), ...(cores === undefined ? [] : [`${cores} cores`])];
  return parts.length === 0 ? [] : [parts.join(', ')];
}

export function detectableOf(result: Result): string | undefined {
  const primary = result.comparisons.filter((each) => each.metric === result.primary);
  const range = rangeOf(primary.map((each) => each.detectable));
  return range === undefined ? undefined : `the smallest change this study would have seen: ${range}`;
}

/** One sentence a noisy metric. */
export function limitsOf(result: Result): readonly string[] {
  const metrics = [...new Set(result.comparisons.map((each) => each.metric))].filter(
    (metric) => !findMetric(metric)?.exact,
  );
  return metrics.flatMap((metric) => {
    const range = rangeOf(result.comparisons.filter((each) => each.metric === metric).map((each) => each.detectable));
    return range === undefined
      ? []
      : [`${metric}: changes under ${range} would have been missed in more than 2 of 10 such studies`];
  });
}

/** `1.2 to 3.4 %` */
function rangeOf(shares: readonly number[]): string | undefined {
  const finite = shares.filter((each) => Number.isFinite(each) && each > 0);
  if (finite.length === 0) return undefined;
  const [low, high] = [formatShare(Math.min(...finite)), formatShare(Math.max(...finite))];
  return low === high ? low : `${low.replace(' %', '')} to ${high}`;
}

export function formatDuration(seconds: number): string {
  if (seconds < 60) return formatAlone('seconds', seconds);
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${rest} s`;
}
