/** Paths side by side, and the exact counts of every treatment. */
import type { Result } from '../../model/result.ts';
import { formatShare } from '../change.ts';
import type { CountTable } from '../count-view.ts';
import type { PathGroup, PathView } from '../path-view.ts';
import { drawBars } from '../pictures/bars.ts';
import { pathColor } from '../pictures/palette.ts';
import type { View } from '../view.ts';
import { NARROW, WIDE } from './findings.ts';
import { html, type Markup } from './markup.ts';

export function layPaths(view: View, result: Result): Markup | undefined {
  const { paths, counts } = view;
  if (!paths && !counts) return undefined;
  return html`<section id="paths"><h2>${titleOf(paths)}</h2>
${paths && layBars(paths, result)}${counts && layCounts(counts)}</section>`;
}

function titleOf(paths: PathView | undefined): string {
  const known = new Set(paths?.groups.flatMap((group) => group.bars.map((bar) => bar.path)));
  return known.size > 1 ? 'Paths side by side' : 'Treatments side by side';
}

function layBars(paths: PathView, result: Result): Markup {
  const hollow = new Set(result.comparisons.filter((each) => each.kind === 'build').map((each) => each.baselineArm));
  const known = [...new Set(paths.groups.flatMap((group) => group.bars.map((bar) => bar.path)))].filter(
    (path) => path !== undefined,
  );
  const names: Readonly<Record<string, string>> = { go: 'pure Go', rust: 'pure Rust', 'go->rust': 'Go→Rust' };
  return html`<p class="quiet small meta"><code>${paths.metric}</code>, ${paths.means}; the line on a bar's end is its ${formatShare(paths.confidence)} interval${hollow.size > 0 && ', a hollow bar the baseline'}. ${paths.groups.length > 1 ? 'Each panel has a scale of its own, from zero.' : 'All are on one scale, from zero.'}</p>
<ul class="legend">${known.map((path) => html`<li>${swatch(pathColor(path))}${names[path] ?? path}</li>`)}</ul>
${paths.groups.length === 1 ? layAlone(paths.groups[0]!, paths.metric, hollow) : layPanels(paths, hollow)}`;
}

function layPanels({ groups, metric }: PathView, hollow: ReadonlySet<string>): Markup {
  return html`<div class="grid">${groups.map(
    (group, at) =>
      html`<div>${layTitle(group)}<figure>${drawBars(group, { width: 340, id: `path-${at}`, metric, hollow })}</figure></div>`,
  )}</div>`;
}

/** The only panel has the page's width. */
function layAlone(group: PathGroup, metric: string, hollow: ReadonlySet<string>): Markup {
  const draw = (width: number, id: string) => drawBars(group, { width, id, metric, hollow });
  return html`${layTitle(group)}<figure class="wide">${draw(WIDE, 'path-wide')}</figure><figure class="narrow">${draw(NARROW, 'path-narrow')}</figure>`;
}

const layTitle = ({ label }: PathGroup): Markup | false => label !== '' && html`<h3 class="panel">${label}</h3>`;

function layCounts(counts: CountTable): Markup {
  return html`<h3>Exact counts of one operation</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Exact counts of one operation"><table>
<thead><tr><th scope="col">treatment</th>${counts.heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${counts.rows.map(
    (
      row,
    ) => html`<tr><th scope="row"><span class="long">${row.label}</span></th>${row.figures.map((figure) => html`<td>${figure}</td>`)}</tr>
`,
  )}</tbody></table></div>
${counts.apart.length > 0 && html`<ul class="notes">${counts.apart.map((line) => html`<li>${line}</li>`)}</ul>`}`;
}

export function swatch(color: string, edge = color): Markup {
  return html`<svg width="12" height="12" aria-hidden="true"><rect x="0.5" y="0.5" width="11" height="11" rx="2" fill="${color}" stroke="${edge}"></rect></svg>`;
}
