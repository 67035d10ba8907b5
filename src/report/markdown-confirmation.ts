/** Whether a change is the cause, in Markdown. */
import type { ConfirmationView } from './confirmation-view.ts';
import { escapeMarkdown } from './markdown-words.ts';

export function layConfirmation({ treatment, judgement, sentence, rows, notes }: ConfirmationView): string {
  const where = treatment === '' ? '' : ` @ ${escapeMarkdown(treatment)}`;
  const lines = rows.map(
    ({ pair, change, interval }) => `- ${escapeMarkdown(pair)}: ${change} ${escapeMarkdown(interval)}`,
  );
  const said = [`**${judgement.mark} ${judgement.word}**${where}`, escapeMarkdown(sentence), lines.join('\n')];
  return [...said, ...notes.map(escapeMarkdown)].join('\n\n');
}
