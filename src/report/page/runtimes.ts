/** Both runtimes over time, on the page: one picture a treatment, and a table. */
import { drawTimeline } from '../pictures/timeline.ts';
import type { RuntimesView } from '../runtimes-view.ts';
import { html, type Markup } from './markup.ts';

export function layRuntimes(view: RuntimesView | undefined): Markup | undefined {
  if (!view) return undefined;
  const { heads, rows, drawn, notes } = view;
  return html`<section id="runtimes"><h2>Both runtimes</h2>
<p class="quiet small meta">Probed runs, sampled while they ran. The pictures are of the last run of each treatment, each panel from zero to its most, darker where its batches were timed; the table has medians over all probed runs, in the timed batches alone.</p>
<div class="grid">${drawn.map((panels, at) => html`<div>${panels.label !== '' && html`<h3 class="panel">${panels.label}</h3>`}<figure>${drawTimeline(panels, 340, `runtimes-${at}`)}</figure></div>`)}</div>
<div class="scroll" tabindex="0" role="region" aria-label="Both runtimes"><table>
<thead><tr><th scope="col">treatment</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ label, cells }) =>
      html`<tr><th scope="row"><span class="long">${label}</span></th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>
${notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li class="quiet">${note}</li>`)}</ul>`}</section>`;
}
