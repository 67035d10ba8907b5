/** Growth, on the page: of each factor its curves, and one table. */
import type { GrowthBlock } from '../growth-view.ts';
import { PATH_TITLES } from '../names.ts';
import { drawGrowth } from '../pictures/growth.ts';
import { pathColor } from '../pictures/palette.ts';
import { html, type Markup } from './markup.ts';
import { swatch } from './paths.ts';

export function layGrowth(blocks: readonly GrowthBlock[]): Markup | undefined {
  if (blocks.length === 0) return undefined;
  return html`<section id="growth"><h2>Growth</h2>
<p class="quiet small meta">Dots are levels, a line through a dot its interval, the curve what was fitted. Both axes are logarithmic, the same in all panels of a factor.</p>
${blocks.map(layBlock)}</section>`;
}

function layBlock({ title, heads, rows, lines, panels }: GrowthBlock, block: number): Markup {
  const named = rows.some(({ label }) => label !== '');
  return html`<h3>${title[0]!.toUpperCase() + title.slice(1)}</h3>
${layLegend(panels)}<div class="grid">${panels.map((panel, at) => html`<div>${panel.label !== '' && html`<h4>${panel.label}</h4>`}<figure>${drawGrowth(panel, 340, `growth-${block}-${at}`)}</figure></div>`)}</div>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${named && html`<th scope="col">treatment</th>`}${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ label, cells }) =>
      html`<tr>${named && html`<th scope="row"><span class="long">${label}</span></th>`}${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>
${lines.length > 0 && html`<ul class="notes">${lines.map((line) => html`<li>${line}</li>`)}</ul>`}`;
}

function layLegend(panels: GrowthBlock['panels']): Markup | false {
  const paths = new Set(panels.flatMap(({ lines }) => lines.flatMap(({ path }) => path ?? [])));
  return (
    paths.size > 0 &&
    html`<ul class="legend">${[...paths].map((path) => html`<li>${swatch(pathColor(path))}${PATH_TITLES[path] ?? path}</li>`)}</ul>`
  );
}
