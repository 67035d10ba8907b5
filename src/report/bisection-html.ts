/** A search as one HTML file, under the same policy as the page of a study: no script, one style, no request. */
import type { Bisection, SearchedLine, SearchStudy } from '../model/bisection.ts';
import { formatProbability, sayFound } from './bisection-sentence.ts';
import { formatChange } from './change.ts';
import { formatDuration } from './facts.ts';
import { countOf } from './figure.ts';
import { html, type Markup, raw } from './page/markup.ts';
import { STYLE } from './page/style.ts';
import { drawPosterior } from './pictures/posterior.ts';

const POLICY = `default-src 'none'; style-src '${await hashOf(STYLE)}'; base-uri 'none'; form-action 'none'`;
const NO_MARGIN = 0.02;
const WIDTH = 900;

export function renderBisectionHtml(found: Bisection): string {
  const title = sayFound(found);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${raw(STYLE)}</style></head>
<body><div class="page"><nav class="outline" aria-label="Sections"><p class="mark">Seamark</p><ol>
${found.lines.map((line, at) => html`<li><a href="#line-${at}">${line.what}</a></li>`)}<li><a href="#studies">Studies</a></li></ol></nav>
<main><header><div class="eyebrow"><span>The first slower one of many</span></div><h1>${title}</h1>
<ul class="facts"><li>${countOf(found.builds, 'build')}</li><li>${countOf(found.blocks, 'block')}</li><li>${formatDuration(found.durationS)}</li><li>stopped at ${formatProbability(found.stopAt)}</li></ul></header>
${found.lines.map((line, at) => layLine(found, line, at))}
${layStudies(found)}
${found.warnings.length > 0 && html`<section id="warnings"><h2>Warnings</h2><ul class="notes">${found.warnings.map(({ message, cure }) => html`<li>${message}${cure !== undefined && html`; ${cure}`}</li>`)}</ul></section>`}
<footer>Search <code>${found.bisection}</code> · written by Seamark</footer></main></div></body></html>
`.markup;
}

function layLine(found: Bisection, line: SearchedLine, at: number): Markup {
  return html`<section id="line-${at}"><h2>${countOf(line.versions.length, 'version')}: ${line.what}</h2>
<p class="quiet small meta">Blocks from left to right, versions from the oldest at the top; the darker, the likelier to be the first slower one. Dots are probes, filled where the block was slower than half of what is sought.</p>
<figure>${drawPosterior(found, at, WIDTH, `posterior-${at}`)}</figure>
<div class="scroll" tabindex="0" role="region" aria-label="${line.what}"><table>
<thead><tr><th scope="col">version</th><th scope="col">likely</th><th scope="col">blocks</th><th scope="col"></th></tr></thead>
<tbody>${line.versions.map(
    ({ name, subject, author, probability, blocks, unusable }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${formatProbability(probability)}</td><td>${blocks}</td><td><span class="long">${subject ?? ''}${author !== undefined && html` (${author})`}${unusable !== undefined && html`: ${unusable}`}</span></td></tr>
`,
  )}</tbody></table></div></section>`;
}

function layStudies({ ends, checks }: Bisection): Markup {
  const row = (what: string, { baseline, candidate, ratio, low, high, blocks, verdict, study }: SearchStudy) => {
    const { change, interval } = formatChange(ratio, low, high, '%', NO_MARGIN);
    return html`<tr><th scope="row">${what}</th><td>${candidate} against ${baseline}</td><td>${change} ${interval}</td><td>${verdict}</td><td>${blocks}</td><td><code>${study}</code></td></tr>
`;
  };
  return html`<section id="studies"><h2>Studies</h2><div class="scroll" tabindex="0" role="region" aria-label="Studies"><table>
<thead><tr><th scope="col"></th><th scope="col">versions</th><th scope="col">change</th><th scope="col">verdict</th><th scope="col">blocks</th><th scope="col">study</th></tr></thead>
<tbody>${ends && row('both ends', ends)}${checks.map((check) => row('against its parent', check))}</tbody></table></div></section>`;
}

/** As a content policy names it: `sha256-…`. */
async function hashOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
