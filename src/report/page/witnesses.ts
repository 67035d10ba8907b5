/** What else speaks for or against a change, on the page: a row a witness, and what moved below it. */
import type { WitnessesView } from '../witness-view.ts';
import { html, type Markup } from './markup.ts';

export function layWitnesses(views: readonly WitnessesView[]): Markup | undefined {
  if (views.length === 0) return undefined;
  return html`<section id="evidence"><h2>Evidence</h2>
<p class="quiet small meta">The same builds looked at in other ways, in runs of their own that no time is judged by. A witness agrees when what it counts moved the way time did, disagrees when it shows that nothing of the kind did, and is blind to what it can't see.</p>
${views.map(
  ({ title, rows, missing }) => html`<h3>${title}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Evidence of ${title}"><table>
<thead><tr><th scope="col">witness</th><th scope="col" class="words">says</th><th scope="col" class="words">what it saw</th></tr></thead>
<tbody>${rows.map(
    ({ name, says, mark, seen, findings }) =>
      html`<tr><th scope="row">${name}</th><td class="words">${mark} ${says}</td><td class="words"><span class="long">${seen}</span>${findings.length > 0 && says !== 'blind' && html`<ul>${findings.map(({ what, figures }) => html`<li><span class="long">${what}</span>: ${figures}</li>`)}</ul>`}</td></tr>
`,
  )}</tbody></table></div>
${missing.map((tool) => html`<p class="quiet small meta">More would be seen with ${tool}.</p>`)}`,
)}</section>`;
}
