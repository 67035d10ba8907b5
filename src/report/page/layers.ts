/** Where a change comes from, on the page: a picture and its table a comparison of builds. */
import type { LayersView } from '../layer-view.ts';
import { drawLayerChanges } from '../pictures/layer-changes.ts';
import { layJudgement, NARROW, WIDE } from './findings.ts';
import { html, type Markup } from './markup.ts';

export function layLayers(views: readonly LayersView[]): Markup | undefined {
  if (views.length === 0) return undefined;
  return html`<section id="layers"><h2>Where it changed</h2>
<p class="quiet small meta">How much longer an operation of the candidate spends in each layer; the layers add up to the whole. The pale band is the margin of the whole: a layer is judged for itself, as it may hide in it.</p>
${views.map(
  (
    view,
    at,
  ) => html`<h3>${view.title}</h3><p class="lead">${view.sentence}</p><p class="quiet small meta">${view.ground}</p>
<figure class="wide">${drawLayerChanges(view, WIDE, `layers-${at}-wide`)}</figure><figure class="narrow">${drawLayerChanges(view, NARROW, `layers-${at}-narrow`)}</figure>
<details><summary>Figures</summary>${layRows(view)}</details>`,
)}</section>`;
}

function layRows({ title, baseline, candidate, rows }: LayersView): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Layers of ${title}"><table>
<thead><tr><th scope="col">layer</th><th scope="col"><span class="long">${baseline}</span></th><th scope="col"><span class="long">${candidate}</span></th><th scope="col">difference</th><th scope="col" class="tight">interval</th><th scope="col" class="words">verdict</th></tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${row.kind === 'site' && '· '}<span class="long">${row.label}</span></th><td>${row.baseline}</td><td>${row.candidate}</td><td>${row.delta}</td><td class="tight">${row.interval}</td><td class="words">${row.judgement && layJudgement(row.judgement)}</td></tr>
`,
  )}</tbody></table></div>`;
}
