/** Layers in Markdown: a sentence and a table a comparison of builds. */
import type { LayersView } from './layer-view.ts';
import { layTable } from './markdown.ts';
import { escapeMarkdown } from './markdown-words.ts';

export function layLayers({ title, sentence, ground, baseline, candidate, rows }: LayersView): string {
  const heads = ['layer', baseline, candidate, 'difference', 'interval', 'verdict'];
  const cells = rows.map((row) => [
    `${row.kind === 'site' ? '· ' : ''}${row.label}`,
    ...[row.baseline, row.candidate, row.delta, row.interval],
    row.judgement === undefined ? '' : `${row.judgement.mark} ${row.judgement.word}`,
  ]);
  const table = layTable(heads, cells, ['l', 'r', 'r', 'r', 'l', 'l']);
  return `**Where it changed: ${escapeMarkdown(title)}** (${escapeMarkdown(ground)})\n\n${escapeMarkdown(sentence)}\n\n${table}`;
}
