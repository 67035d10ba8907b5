/** The small print under the sentence, and what the study could not have seen. */
import type { Comparison, Environment, Result } from '../model/result.ts';
import { formatShare } from './change.ts';
import type { ComparisonBlock } from './comparison-view.ts';
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
    ...(result.complete ? [] : ['interrupted: this is what was measured until then']),
    `margin ±${formatShare(result.margin)}`,
    stages.join(', '),
    ...(repeated > 0
      ? [`confirmed on fresh blocks${repeated < primary.length ? `: ${repeated} of ${primary.length}` : ''}`]
      : []),
    ...machineFacts(result.environment),
    `${result.startedAt.slice(0, 16).replace('T', ' ')} UTC, ${formatDuration(result.durationS)}`,
    ...detectableFacts(primary),
  ];
}

/** What a reader asks of a machine first; the rest stands under Environment. */
function machineFacts(environment: Environment): readonly string[] {
  const facts = environment.machine ?? environment.cpu ?? {};
  const model = facts.cpu ?? facts.model ?? facts['cpu model'];
  const cores = facts.cores ?? facts['cores allowed'] ?? facts['logical cores'];
  const parts = [...(model === undefined ? [] : [String(model)]), ...(cores === undefined ? [] : [`${cores} cores`])];
  return parts.length === 0 ? [] : [parts.join(', ')];
}

function detectableFacts(primary: readonly Comparison[]): readonly string[] {
  const range = rangeOf(primary.map((each) => each.detectable));
  return range === undefined ? [] : [`the smallest change this study would have seen: ${range}`];
}

export function limitsOf(result: Result, blocks: readonly ComparisonBlock[]): readonly string[] {
  const metrics = [...new Set(blocks.filter((block) => !block.exact).map((block) => block.metric))];
  const detectable = metrics.flatMap((metric) => {
    const range = rangeOf(result.comparisons.filter((each) => each.metric === metric).map((each) => each.detectable));
    return range === undefined
      ? []
      : [`${metric}: changes smaller than ${range} would have been missed in more than 2 of 10 such studies`];
  });
  const quanta = result.boundary.map((map) => map.clock.quantumS);
  const blind = result.sites.some((site) => site.total.quantiles === undefined);
  return [
    ...detectable,
    ...(quanta.length > 0 && blind
      ? [
          `percentiles of a crossing are left out where they would lie below ten clock quanta (${formatAlone('seconds', 10 * Math.max(...quanta))}) or rest on too few records`,
        ]
      : []),
  ];
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
