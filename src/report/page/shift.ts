/** How far each quantile of single operations moved: a picture a comparison and a table, under the figures of the primary time, folded. */
import { formatChange } from '../change.ts';
import type { ComparisonBlock } from '../comparison-view.ts';
import { drawShift } from '../pictures/shift.ts';
import { html, type Markup } from './markup.ts';

/** The table has the others. */
const DRAWN = 8;

export function layShift(block: ComparisonBlock, id: string): Markup | undefined {
  const rows = block.rows.filter((row) => row.of.shift !== undefined);
  if (rows.length === 0) return undefined;
  const labelled = block.rows.some((row) => row.label !== '');
  return html`<details><summary>Single operations, quick to slow</summary>
<p class="quiet small meta">How far each quantile moved, quick operations at the left, slow ones at the right; the band holds for all of them at once. A level line: all got slower alike. A rising one: the tail did.</p>
<div class="grid">${rows.slice(0, DRAWN).map((row, at) => {
    const picture = {
      title: row.label,
      quantiles: row.of.shift!,
      margin: block.margin,
      changeUnit: block.changeUnit,
    };
    return html`<div>${labelled && html`<h4>${row.label}</h4>`}<figure>${drawShift(picture, 340, `${id}-shift-${at}`)}</figure></div>`;
  })}</div>
<div class="scroll" tabindex="0" role="region" aria-label="Quantiles of single operations, ${block.candidate} beside ${block.baseline}"><table>
<caption>How far each quantile moved; at 95 % all intervals of a row's quantiles hold together.</caption>
<thead><tr>${labelled && html`<th scope="col">${block.head}</th>`}<th scope="col">quantile</th><th scope="col">change</th><th scope="col" class="tight">interval</th></tr></thead>
${rows.map(
  (row) =>
    html`<tbody>${row.of.shift!.map(({ quantile, ratio, low, high }) => {
      const { change, interval } = formatChange(ratio, low, high, block.changeUnit, block.margin);
      return html`<tr>${labelled && html`<th scope="row"><span class="long">${row.label}</span></th>`}<td>p${Math.round(100 * quantile)}</td><td>${change}</td><td class="tight">${interval}</td></tr>
`;
    })}</tbody>`,
)}</table></div></details>`;
}
