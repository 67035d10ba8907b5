/** Whether a change is the cause, on the page. */
import type { ConfirmationView } from '../confirmation-view.ts';
import { layJudgement } from './findings.ts';
import { html, type Markup } from './markup.ts';

export function layConfirmations(views: readonly ConfirmationView[]): Markup | undefined {
  if (views.length === 0) return undefined;
  return html`<section id="confirmation"><h2>The change taken out</h2>${views.map(layOne)}</section>`;
}

function layOne({ treatment, judgement, sentence, rows, notes }: ConfirmationView): Markup {
  return html`<p>${layJudgement(judgement)}${treatment !== '' && html` <code>${treatment}</code>`}</p><p>${sentence}</p>
<ul class="rows">${rows.map(({ pair, change, interval }) => html`<li><p>${pair}: <b>${change}</b> ${interval}</p></li>`)}</ul>
${notes.map((note) => html`<p class="quiet small">${note}</p>`)}`;
}
