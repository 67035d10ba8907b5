/** What witnesses say of a finished study, for a terminal: its verdict as a sentence, then the witnesses. */
import type { Result } from '../model/result.ts';
import { sentenceText } from './sentence.ts';
import { shortenBuilds } from './short-builds.ts';
import { painter, printable, type TextOptions, wrap } from './terminal.ts';
import { layWitnesses } from './text-witnesses.ts';
import { viewResult } from './view.ts';

export function renderExplanation(result: Result, { columns: wanted, color }: TextOptions): string {
  const { sentences, witnesses } = viewResult(shortenBuilds(result));
  const columns = Math.max(60, Math.min(120, wanted));
  const paint = painter(color);
  const head = wrap(printable(sentenceText(sentences)), columns).map((line) => paint('strong', line));
  return `${[head, ...layWitnesses(witnesses, columns, paint)].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
