/** Effects and interactions, on the page: every row, with what can't be told from it. */
import type { EffectsView } from '../effect-view.ts';
import { layJudgement } from './findings.ts';
import { html, type Markup } from './markup.ts';

export function layEffects(view: EffectsView | undefined): Markup | undefined {
  if (!view) return undefined;
  return html`<section id="effects"><h2>Effects and interactions</h2>
<h3>${view.title[0]!.toUpperCase() + view.title.slice(1)}</h3>
<p class="quiet small meta">${view.ground}</p>
${view.rows.length > 0 && layRows(view)}
${view.middle !== undefined && html`<p>${view.middle}</p>`}
${view.variance.length > 0 && layVariance(view)}
<ul class="notes">${view.notes.map((note) => html`<li>${note}</li>`)}</ul></section>`;
}

function layRows({ rows, stepped }: EffectsView): Markup {
  const aliased = rows.some(({ aliases }) => aliases !== '');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Effects"><table class="dense">
<thead><tr><th scope="col">effect</th><th scope="col">${stepped ? 'size μ*' : 'change'}</th><th scope="col" class="tight">interval</th><th scope="col" class="words">size</th>${stepped && html`<th scope="col">mean μ</th><th scope="col">spread σ</th><th scope="col" class="words">steps</th>`}${aliased && html`<th scope="col" class="words">mixed with</th>`}<th scope="col">blocks</th></tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row"><span class="long">${row.label}</span></th><td>${row.change}</td><td class="tight">${row.interval}</td><td class="words">${layJudgement(row.judgement)}${row.repeated !== '' && html` <span class="quiet where">${row.repeated}</span>`}</td>${row.steps && html`<td>${row.steps.mean}</td><td>${row.steps.spread}</td><td class="words">${row.steps.says}</td>`}${aliased && html`<td class="words">${row.aliases}</td>`}<td>${row.of.blocks}</td></tr>
`,
  )}</tbody></table></div>`;
}

function layVariance({ variance }: EffectsView): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Analysis of variance"><table>
<thead><tr><th scope="col">variance (type III)</th><th scope="col">df</th><th scope="col">F</th><th scope="col">p</th></tr></thead>
<tbody>${variance.map(
    (row) =>
      html`<tr><th scope="row"><span class="long">${row.label}</span></th><td>${row.df}</td><td>${row.f}</td><td>${row.p}</td></tr>
`,
  )}</tbody></table></div>`;
}
