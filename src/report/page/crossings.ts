/** The boundary map: for each treatment a bar as long as its operation, and every site's numbers beside it. */

import { unitFor } from '../../model/unit.ts';
import type { SiteRow } from '../boundary-view.ts';
import type { CrossingsView, TreatmentCrossings } from '../crossing-view.ts';
import { drawLayers, wholeOf } from '../pictures/layers.ts';
import { ENTRY, GO, HELPER, RETURN, RUST } from '../pictures/palette.ts';
import { MARKS } from '../site-order.ts';
import type { View } from '../view.ts';
import { NARROW, WIDE } from './findings.ts';
import { html, type Markup } from './markup.ts';
import { swatch } from './paths.ts';

export function layCrossings(view: View): Markup | undefined {
  const crossings = view.crossings;
  if (!crossings) return undefined;
  const every = crossings.treatments.find(({ map }) => map.every !== undefined)?.map.every;
  const helpers = crossings.treatments.some((each) => each.map.rows.some((row) => row.helper));
  return html`<section id="boundary"><h2>Boundary map</h2>
<p class="quiet small meta">Where one operation's time goes, measured with the probe in; ${every === undefined ? 'counts and means are exact' : `counts are exact, and means too but where 1 in ${every} was timed,`} over all crossings of the timed batches. ${crossings.clock}.</p>
<ul class="legend">${crossings.treatments.some((each) => each.goSelf !== undefined) && html`<li>${swatch(GO)}Go self</li>`}<li>${swatch(ENTRY)}entry</li><li>${swatch(RUST)}${crossings.callee}</li>${helpers && html`<li>${swatch(HELPER)}C helpers</li>`}<li>${swatch(RETURN, ENTRY)}return</li></ul>
${groupsOf(crossings).map((group, at) => layGroup(group, at))}
${crossings.notes.length > 0 && html`<ul class="notes">${crossings.notes.map((note) => html`<li class="quiet">${note}</li>`)}</ul>`}
${layTable(crossings)}${layCarried(crossings)}${laySiteChanges(view)}</section>`;
}

interface Group {
  readonly label: string;
  readonly treatments: readonly TreatmentCrossings[];
}

/** Treatments are drawn to one scale only with those of their own group: a payload of 64 KiB would leave nothing of 64 B. */
function groupsOf(crossings: CrossingsView): readonly Group[] {
  const labels = [...new Set(crossings.treatments.map((each) => each.group))];
  return labels.map((label) => ({
    label,
    treatments: crossings.treatments.filter((each) => each.group === label),
  }));
}

function layGroup(group: Group, at: number): Markup {
  const longest = Math.max(...group.treatments.map(wholeOf), 0);
  const options = {
    unit: unitFor('seconds', longest),
    title: `Boundary map ${group.label}`,
    nameOf: (each: TreatmentCrossings) => each.short,
  };
  return html`${group.label !== '' && html`<h3 class="panel">${group.label}</h3>`}<figure class="wide">${drawLayers(group.treatments, { ...options, width: WIDE, id: `map-${at}-wide` })}</figure><figure class="narrow">${drawLayers(group.treatments, { ...options, width: NARROW, id: `map-${at}-narrow` })}</figure>`;
}

/** The total first: on a phone the table begins with what matters most, and Go self has no more than it. */
function layTable(crossings: CrossingsView): Markup {
  const quantiles = crossings.treatments.some((each) => each.map.rows.some((row) => row.p50 !== undefined));
  const width = quantiles ? 8 : 6;
  return html`<h3>Sites</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Sites of the boundary"><table>
<caption>Times in ${crossings.unit.name} an operation${quantiles && '; percentiles of one crossing'}.</caption>
<thead><tr><th scope="col">site</th><th scope="col">total</th><th scope="col">entry</th><th scope="col">${crossings.callee}</th><th scope="col">return</th><th scope="col">calls/op</th>${quantiles && html`<th scope="col">p50</th><th scope="col">p99</th>`}</tr></thead>
${crossings.treatments.map(
  (treatment) => html`<tbody><tr><th scope="rowgroup" colspan="${width}">${treatment.title}</th></tr>
${treatment.goSelf !== undefined && html`<tr><th scope="row">Go self</th><td>${treatment.goSelf}</td><td></td><td></td><td></td><td></td>${quantiles && html`<td></td><td></td>`}</tr>`}${treatment.map.rows.map((row) => laySite(row, quantiles))}</tbody>
`,
)}</table></div>
${crossings.percentiles.length > 0 && html`<ul class="notes">${crossings.percentiles.map((note) => html`<li class="quiet">${note}</li>`)}</ul>`}`;
}

function laySiteChanges({ siteChanges }: View): Markup | false {
  if (siteChanges.length === 0) return false;
  return html`<h3>Sites that differ between builds</h3>
${siteChanges.map(
  ({ title, lines }) => html`<p class="quiet small meta">${title}; an operation, exact.</p>
<ul class="notes">${lines.map((line) => html`<li>${line}</li>`)}</ul>`,
)}`;
}

/** Of its own: most sites carry nothing, and the times need the width. */
function layCarried({ carried, treatments }: CrossingsView): Markup | false {
  if (!carried) return false;
  const isWords = (at: number) => carried.heads[at] === carried.words;
  return html`<h3>Memory and payload</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Memory and payload of one ${carried.per}"><table>
<caption>What one ${carried.per} asks of the C allocator, what stays of it, and what it hands over.</caption>
<thead><tr><th scope="col">site</th>${carried.heads.map((head, at) => html`<th scope="col"${isWords(at) && html` class="words"`}>${isWords(at) ? 'over the run' : head}</th>`)}</tr></thead>
${carried.rows.map(
  (rows, at) =>
    rows.length > 0 &&
    html`<tbody><tr><th scope="rowgroup" colspan="${carried.heads.length + 1}">${treatments[at]!.title}</th></tr>
${rows.map((row) => html`<tr><th scope="row"><code class="long">${MARKS[row.kind]}${row.site}</code></th>${row.figures.map((figure, column) => html`<td${isWords(column) && html` class="words"`}>${figure}</td>`)}</tr>`)}</tbody>`,
)}</table></div>`;
}

function laySite(row: SiteRow, quantiles: boolean): Markup {
  return html`<tr><th scope="row"><code class="long">${MARKS[row.kind]}${row.site}</code>${row.where !== undefined && html` <span class="quiet where">${row.where}</span>`}</th><td>${row.total}</td><td>${row.entry}</td><td>${row.callee}</td><td>${row.return}</td><td>${row.crossings}</td>${quantiles && html`<td>${row.p50 ?? ''}</td><td>${row.p99 ?? ''}</td>`}</tr>
`;
}
