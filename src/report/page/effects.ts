/** Effects and interactions, on the page: every row, with what can't be told from it. */
import type { EffectNoise, Result } from '../../model/result.ts';
import type { EffectsView } from '../effect-view.ts';
import { drawEffects } from '../pictures/effects.ts';
import { drawHalfNormal } from '../pictures/half-normal.ts';
import type { View } from '../view.ts';
import { layJudgement, NARROW, WIDE } from './findings.ts';
import { html, type Markup } from './markup.ts';

export function layEffects({ effects: view }: View, { margin, effectNoise }: Result): Markup | undefined {
  if (!view) return undefined;
  return html`<section id="effects"><h2>Effects and interactions</h2>
<h3>${view.title[0]!.toUpperCase() + view.title.slice(1)}</h3>
<p class="quiet small meta">${view.ground}</p>
${view.rows.length > 0 && layPictures(view, margin, effectNoise)}
${view.rows.length > 0 && html`<details><summary>Figures</summary>${layRows(view)}</details>`}
${view.middle !== undefined && html`<p>${view.middle}</p>`}
${view.variance.length > 0 && layVariance(view)}
<ul class="notes">${view.notes.map((note) => html`<li>${note}</li>`)}</ul></section>`;
}

function layPictures(view: EffectsView, margin: number, noise: EffectNoise | undefined): Markup {
  return html`<figure class="wide">${drawEffects(view, margin, WIDE, 'effects-wide')}</figure><figure class="narrow">${drawEffects(view, margin, NARROW, 'effects-narrow')}</figure>
${
  noise &&
  html`<h3>Beside what chance would make of them</h3>
<p class="quiet small meta">Sizes to the right, what the sizes of mere chance would be upwards: those lie on the line. What stands far to the right of it is more than chance; the dashed lines are passed in 5 of 100 studies by one effect of nothing, and by the largest of all.</p>
<figure class="wide">${drawHalfNormal(view.rows, noise, WIDE, 'half-normal-wide')}</figure><figure class="narrow">${drawHalfNormal(view.rows, noise, NARROW, 'half-normal-narrow')}</figure>`
}`;
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
