/**
 * A result as one HTML file: opens from disk, complete with scripts off, asks nothing of any network, light and dark. Its
 * policy allows exactly the one style sheet and the one script that are written into it.
 */
import type { Result } from '../model/result.ts';
import { layCertainty } from './page/certainty.ts';
import { layConfirmations } from './page/confirmation.ts';
import { layCrossings } from './page/crossings.ts';
import { layEffects } from './page/effects.ts';
import { layFindings, layJudgement } from './page/findings.ts';
import { layGrowth } from './page/growth.ts';
import { layLayers } from './page/layers.ts';
import { html, type Markup, raw } from './page/markup.ts';
import { layPaths } from './page/paths.ts';
import { layEnvironment, layExpectations, layMethod, layWarnings } from './page/remainder.ts';
import { layRuntimes } from './page/runtimes.ts';
import { SCRIPT } from './page/script.ts';
import { STYLE } from './page/style.ts';
import { layWitnesses } from './page/witnesses.ts';
import { sentenceText } from './sentence.ts';
import { shortenBuilds } from './short-builds.ts';
import { type View, viewResult } from './view.ts';

const STYLE_HASH = await hashOf(STYLE);
const SCRIPT_HASH = await hashOf(SCRIPT);
const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`;

export function renderHtml(found: Result): string {
  const result = shortenBuilds(found);
  const view = viewResult(result);
  const sections: readonly (readonly [string, string, Markup | undefined])[] = [
    ['findings', 'What was found', layFindings(view)],
    ['layers', 'Where it changed', layLayers(view.layers)],
    ['confirmation', 'The change taken out', layConfirmations(view.confirmation)],
    ['evidence', 'Evidence', layWitnesses(view.witnesses)],
    ['paths', 'Side by side', layPaths(view, result)],
    ['effects', 'Effects', layEffects(view, result)],
    ['growth', 'Growth', layGrowth(view.growth)],
    ['boundary', 'Boundary map', layCrossings(view)],
    ['runtimes', 'Both runtimes', layRuntimes(view.runtimes)],
    ['expectations', 'Expectations', layExpectations(view)],
    ['certainty', 'How sure', layCertainty(view, result)],
    ['environment', 'Environment', layEnvironment(view)],
    ['warnings', 'Warnings', layWarnings(view)],
    ['method', 'Method and data', layMethod(result)],
  ];
  const there = sections.filter(([, , section]) => section !== undefined);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${sentenceText(view.sentences)}</title>
<style>${raw(STYLE)}</style></head>
<body><div class="page">
<nav class="outline" aria-label="Sections"><p class="mark">${SIGN}Seamark</p><ol>${there.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ol></nav>
<main>${layHeader(view)}
${there.map(([, , section]) => section)}
<footer>Study <code>${result.study}</code> · written by Seamark</footer></main></div>
<script>${raw(SCRIPT)}</script></body></html>
`.markup;
}

/** A seamark: two shores and the line between them. */
const SIGN = html`<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><rect x="1" y="3" width="7" height="14" rx="1.5" fill="var(--go)"></rect><rect x="12" y="3" width="7" height="14" rx="1.5" fill="var(--rust)"></rect><rect x="9.25" y="1" width="1.5" height="18" fill="var(--entry)"></rect></svg>`;

function layHeader(view: View): Markup {
  return html`<header><div class="eyebrow"><span>${view.title}</span><button class="theme" id="theme" type="button" hidden>Dark</button></div>
<h1>${view.sentences.slice(0, 1).map(layPieces)}</h1>
${view.sentences.slice(1).map((pieces) => html`<p class="lead">${layPieces(pieces)}</p>`)}
<ul class="facts">${[...view.facts, ...(view.detectable === undefined ? [] : [view.detectable])].map((fact) => html`<li>${fact}</li>`)}</ul>
${view.hypothesis !== undefined && html`<p class="hypothesis">Hypothesis: ${view.hypothesis}</p>`}
<ul class="tally">${view.tally.map((each) => html`<li>${layJudgement(each.judgement)}${each.count !== undefined && html` <b>${each.count}</b>`}</li>`)}</ul></header>`;
}

function layPieces(pieces: View['sentences'][number]): Markup {
  return html`${pieces.map((piece) => (piece.kind === 'plain' ? piece.text : html`<span class="${piece.kind}${piece.text.length < 30 && ' short'}">${piece.text}</span>`))}`;
}

/** As a content policy names it: `sha256-…`. Web Crypto, which every runtime here has. */
async function hashOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
