/** Growth, on the page: one table a factor. */
import type { GrowthBlock } from '../growth-view.ts';
import { html, type Markup } from './markup.ts';

export function layGrowth(blocks: readonly GrowthBlock[]): Markup | undefined {
  if (blocks.length === 0) return undefined;
  return html`<section id="growth"><h2>Growth</h2>
${blocks.map(layBlock)}</section>`;
}

function layBlock({ title, heads, rows, lines }: GrowthBlock): Markup {
  const named = rows.some(({ label }) => label !== '');
  return html`<h3>${title[0]!.toUpperCase() + title.slice(1)}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${named && html`<th scope="col">treatment</th>`}${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ label, cells }) =>
      html`<tr>${named && html`<th scope="row"><span class="long">${label}</span></th>`}${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>
${lines.length > 0 && html`<ul class="notes">${lines.map((line) => html`<li>${line}</li>`)}</ul>`}`;
}
