/** Witnesses in Markdown: an item each, below it what moved. */
import { escapeMarkdown } from './markdown-words.ts';
import type { WitnessesView } from './witness-view.ts';

export function layWitnesses({ title, rows, missing }: WitnessesView): string {
  const items = rows.flatMap(({ mark, says, name, seen, findings }) => [
    `- ${mark} **${escapeMarkdown(name)}** ${says}: ${escapeMarkdown(seen)}`,
    ...findings.map(({ what, figures }) => `  - ${escapeMarkdown(what)}: ${escapeMarkdown(figures)}`),
  ]);
  const more = missing.map((tool) => `- more would be seen with ${escapeMarkdown(tool)}`);
  return `**Evidence: ${escapeMarkdown(title)}**\n\n${[...items, ...more].join('\n')}`;
}
