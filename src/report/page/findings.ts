/** What was found: a forest plot and its figures for each block of comparisons, judged metrics first. */
import type { ComparisonBlock, ComparisonRow } from '../comparison-view.ts';
import type { Note } from '../note.ts';
import { drawForest } from '../pictures/forest.ts';
import type { Judgement } from '../verdict.ts';
import type { View } from '../view.ts';
import { html, type Markup } from './markup.ts';
import { layShift } from './shift.ts';

/** Pictures come in two widths, of which the style sheet shows one. */
export const WIDE = 1040;
export const NARROW = 358;

export function layFindings(view: View): Markup | undefined {
  if (view.blocks.length === 0) return undefined;
  const open = view.blocks.filter((block) => block.primary || block.kind === 'build');
  const folded = view.blocks.filter((block) => !open.includes(block));
  return html`<section id="findings"><h2>What was found</h2>
${open.map((block, at) => layBlock(block, `found-${at}`))}
${
  folded.length > 0 &&
  html`<details><summary>${folded.length} more ${folded.length === 1 ? 'block' : 'blocks'} of comparisons, explored and not judged</summary>
${folded.map((block, at) => layBlock(block, `explored-${at}`))}</details>`
}
${layNotes(view.footnotes)}</section>`;
}

function layBlock(block: ComparisonBlock, id: string): Markup {
  const common = block.common === '' ? '' : `, ${block.common}`;
  const table = layRows(block);
  const drawn = !block.exact && block.rows.length > 0;
  return html`<h3><code>${block.metric}</code>: ${block.candidate} beside ${block.baseline}${common}</h3>
<p class="quiet small meta">${block.means}${block.exact ? ' · exact, not tested' : ` · margin ${block.marginText} · ${block.ground}`}</p>
${
  drawn &&
  html`<figure class="wide">${drawForest(block, WIDE, `${id}-wide`)}</figure><figure class="narrow">${drawForest(block, NARROW, `${id}-narrow`)}</figure>
<details><summary>Figures</summary>${table}</details>`
}
${!drawn && table}${layShift(block, id)}`;
}

function layRows(block: ComparisonBlock): Markup {
  const noisy = !block.exact;
  const labelled = block.rows.some((row) => row.label !== '');
  const grouped = block.groups.length > 1;
  const name = block.groups[0]!.unit.name;
  const unit = grouped || name === '' ? '' : ` ${name}`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Figures of ${block.metric}, ${block.candidate} beside ${block.baseline}"><table>
<thead><tr>${labelled && html`<th scope="col">${block.head}</th>`}<th scope="col"><span class="long">${block.baseline}${unit}</span></th><th scope="col"><span class="long">${block.candidate}${unit}</span></th><th scope="col">${noisy ? 'change' : 'difference'}</th>${
    noisy &&
    html`<th scope="col" class="tight">interval</th><th scope="col">level</th><th scope="col">blocks</th><th scope="col">would see</th>`
  }<th scope="col" class="words">verdict</th></tr></thead>
${block.groups.map((group) => {
  const rows = block.rows.slice(group.from, group.to);
  const { name } = group.unit;
  return html`<tbody>${grouped && html`<tr><th scope="rowgroup">${group.label}</th><td class="quiet">${name}</td><td class="quiet">${name}</td><td colspan="${noisy ? 6 : 2}"></td></tr>`}
${rows.map((row) => layRow(row, noisy, labelled, grouped))}</tbody>`;
})}</table></div>`;
}

function layRow(row: ComparisonRow, noisy: boolean, labelled: boolean, grouped: boolean): Markup {
  return html`<tr data-figures="${row.change} ${row.interval}">${labelled && html`<th scope="row"><span class="long">${grouped ? row.short : row.label}</span></th>`}<td>${row.baseline}</td><td>${row.candidate}</td><td>${row.change}</td>${
    noisy &&
    html`<td class="tight">${row.interval}</td><td>${row.confidence}</td><td>${row.blocks}</td><td>${row.detectable}</td>`
  }<td class="words">${layJudgement(row.judgement)}${row.confirmed === 'fresh' && html` <span class="quiet">on fresh blocks</span>`}${row.notes.map((note) => html` <a href="#note-${note}">[${note}]</a>`)}</td></tr>
`;
}

export function layJudgement(judgement: Judgement): Markup {
  return html`<span class="verdict ${judgement.tone}"><span aria-hidden="true">${judgement.mark}</span> ${judgement.word}</span>`;
}

export function layNotes(notes: readonly Note[]): Markup | undefined {
  if (notes.length === 0) return undefined;
  return html`<ul class="notes">${notes.map(
    (note) =>
      html`<li${note.number !== undefined && html` id="note-${note.number}"`}>${note.number !== undefined && html`[${note.number}] `}${note.message}${note.cure !== undefined && html` <span class="cure">— ${note.cure}.</span>`}</li>`,
  )}</ul>`;
}
