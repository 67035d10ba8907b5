/** How sure: blocks in run order with the A/A ring, what chance alone does, what the probe costs, what could not have been seen. */
import type { Result } from '../../model/result.ts';
import { drawSeries, type Series } from '../pictures/series.ts';
import type { SelfCheckRow } from '../self-check-view.ts';
import { viewSelfSeries, viewSeries } from '../series-view.ts';
import type { View } from '../view.ts';
import { layJudgement, NARROW, WIDE } from './findings.ts';
import { html, type Markup } from './markup.ts';

/** Panels shown at once; the others are folded away. */
const PANELS = 8;

export function layCertainty(view: View, result: Result): Markup | undefined {
  const drawn = viewSeries(view, result);
  const panels = drawn.slice(1);
  const checks = viewSelfSeries(view, result);
  const [shown, folded] = [panels.slice(0, PANELS), panels.slice(PANELS)];
  if (drawn.length + checks.length + view.limits.length + result.probeCosts.length === 0) return undefined;
  return html`<section id="certainty"><h2>How sure</h2>
<p>Every dot is one block: the candidate's time over the baseline's, measured side by side on the same machine, in run order from left to right. A drift, a step or a burst would show here.</p>
${key()}
${drawn[0] && layLeading(drawn[0])}
${
  checks.length > 0 &&
  html`<h3>A treatment against itself</h3>
<p class="quiet small">A/A: what chance and position alone do.</p>
<div class="grid">${checks.map((series, at) => layPanel(series, `self-${at}`, view.selfChecks[at]))}</div>
${[...new Set(view.selfChecks.map((check) => check.note))].map((note) => note !== undefined && html`<p class="small">${note[0]!.toUpperCase() + note.slice(1)}.</p>`)}`
}
${shown.length > 0 && html`<h3>Block by block</h3><div class="grid">${shown.map((series, at) => layPanel(series, `series-${at}`))}</div>`}
${folded.length > 0 && html`<details><summary>${folded.length} more</summary><div class="grid">${folded.map((series, at) => layPanel(series, `series-${PANELS + at}`))}</div></details>`}
${layProbe(view)}
${view.limits.length > 0 && html`<h3>What could not have been seen</h3><ul class="notes">${view.limits.map((limit) => html`<li>${limit}</li>`)}</ul>`}</section>`;
}

function key(): Markup {
  return html`<ul class="legend"><li><svg width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="2" fill="var(--ink)"></circle></svg>judged block</li>
<li><svg width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="3.2" fill="var(--ink)"></circle></svg>fresh block, for the repeat</li>
<li><svg width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="4" fill="none" stroke="var(--ink-2)"></circle></svg>A/A: the same treatment twice</li>
<li><svg width="20" height="12" aria-hidden="true"><rect width="20" height="12" fill="var(--entry)" fill-opacity="0.22"></rect><rect y="5.5" width="20" height="1.25" fill="var(--ink)"></rect></svg>estimate and interval</li>
<li><svg width="20" height="12" aria-hidden="true"><rect width="20" height="12" fill="var(--band)"></rect></svg>margin</li></ul>`;
}

function layLeading(series: Series): Markup {
  return html`<h3>${series.title} <span class="quiet">${series.figure}</span></h3>
<figure class="wide">${drawSeries(series, WIDE, 260, 'leading-wide')}</figure><figure class="narrow">${drawSeries(series, NARROW, 220, 'leading-narrow')}</figure>`;
}

function layPanel(series: Series, id: string, check?: SelfCheckRow): Markup {
  return html`<div><h4>${series.title}</h4><p class="quiet small">${series.figure}${check && html` ${layJudgement(check.judgement)}`}</p><figure>${drawSeries(series, 340, 140, id)}</figure></div>`;
}

function layProbe(view: View): Markup | undefined {
  const { perCrossing, lines, untold, unit } = view.probeCosts;
  if (perCrossing === undefined && lines.length + untold.length === 0) return undefined;
  return html`<h3>What the probe costs</h3>
<p>${perCrossing !== undefined && html`It adds <b>${perCrossing}</b> to a crossing, measured on an empty call. `}Verdicts on time rest on bare runs only.</p>
${
  lines.length > 0 &&
  html`<div class="scroll" tabindex="0" role="region" aria-label="What the probe costs"><table><caption>Probed beside bare, in the same study.</caption><thead><tr><th scope="col">treatment</th><th scope="col">${unit.name}/op</th><th scope="col" class="tight">interval</th><th scope="col">share</th><th scope="col">blocks</th></tr></thead>
<tbody>${lines.map(
    (
      line,
    ) => html`<tr><th scope="row"><span class="long">${line.treatment}</span></th><td>${line.figure}</td><td class="tight">${line.interval}</td><td>${line.share}</td><td>${line.blocks}</td></tr>
`,
  )}</tbody></table></div>`
}
${untold.length > 0 && html`<ul class="notes">${untold.map((line) => html`<li class="quiet">${line}</li>`)}</ul>`}`;
}
