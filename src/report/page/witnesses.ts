/** What else speaks for or against a change, on the page: an entry a witness, and what moved below it. */
import type { WitnessesView } from '../witness-view.ts';
import { html, type Markup } from './markup.ts';

export function layWitnesses(views: readonly WitnessesView[]): Markup | undefined {
  if (views.length === 0) return undefined;
  return html`<section id="evidence"><h2>Evidence</h2>
<p class="quiet small meta">The same builds looked at in other ways, in runs of their own that no time is judged by. A witness agrees when what it counts moved the way time did, disagrees when it shows that nothing of the kind did, and is blind to what it can't see.</p>
${views.map(
  ({ title, rows, missing }) => html`<h3>${title}</h3>
<dl class="witnesses">${rows.map(
    ({ name, says, mark, seen, findings }) =>
      html`<dt><b>${name}</b><br>${mark} ${says}</dt><dd>${seen}${findings.length > 0 && says !== 'blind' && html`<ul class="notes">${findings.map(({ what, figures }) => html`<li><span class="code">${what}</span> ${figures}</li>`)}</ul>`}</dd>
`,
  )}</dl>
${missing.map((tool) => html`<p class="quiet small meta">More would be seen with ${tool}.</p>`)}`,
)}</section>`;
}
