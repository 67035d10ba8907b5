/** Expectations, the environment, warnings, and how to do it again: what stands after the pictures. */
import type { Result } from '../../model/result.ts';
import { formatCount } from '../figure.ts';
import { renderJson } from '../json.ts';
import type { View } from '../view.ts';
import { layJudgement, layNotes } from './findings.ts';
import { html, type Markup } from './markup.ts';

export function layExpectations(view: View): Markup | undefined {
  if (view.expectations.length === 0) return undefined;
  return html`<section id="expectations"><h2>What was expected</h2><p class="quiet small">Written down before anything was measured.</p>
<ul class="rows">${view.expectations.map(
    (row) => html`<li><p>${layJudgement(row.judgement)}</p><p>${row.text}</p><p class="quiet">seen: ${row.seen}</p></li>
`,
  )}</ul></section>`;
}

export function layWarnings(view: View): Markup | undefined {
  if (view.warnings.length === 0 && view.failures.length === 0) return undefined;
  return html`<section id="warnings"><h2>Warnings</h2>${layNotes(view.warnings)}
${view.failures.length > 0 && html`<h3>Runs that failed</h3><p class="quiet small">Their blocks were dropped whole, and counted.</p><ul class="notes">${view.failures.map((failure) => html`<li>${failure}</li>`)}</ul>`}</section>`;
}

export function layEnvironment(view: View): Markup | undefined {
  if (view.environment.length === 0) return undefined;
  // What subjects were made of is long, and asked for rarely.
  const isSubject = (group: View['environment'][number]) => group.group.startsWith('the subject');
  const subjects = view.environment.filter(isSubject);
  return html`<section id="environment"><h2>Environment</h2>${layGroups(view.environment.filter((group) => !isSubject(group)))}
${subjects.length > 0 && html`<details><summary>What the subjects were made of</summary>${layGroups(subjects)}</details>`}</section>`;
}

function layGroups(groups: View['environment']): Markup {
  return html`<div class="environment">${groups.map(
    ({ group, facts }) =>
      html`<div><h3>${group}</h3><dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></div>`,
  )}</div>`;
}

export function layMethod(result: Result): Markup {
  const { runs } = result;
  return html`<section id="method"><h2>Method, commands, data</h2>
<p>${describeMode(result)} Estimates are Hodges–Lehmann centres${
    result.stopping === 'anytime'
      ? '; while it was watched, a confidence sequence by symmetric betting was judged after every block'
      : ' with exact signed-rank intervals over blocks; looks were planned before the first judged block'
  }, and what they found had to repeat on fresh blocks. Exact counts are compared, not tested.</p>
${result.modeReason !== undefined && html`<p>Mode: ${result.modeReason}</p>`}
<p class="quiet small">${formatCount(runs.runs)} runs in ${formatCount(runs.pilotBlocks)} pilot blocks (never judged), ${formatCount(runs.blocks)} judged and ${formatCount(runs.freshBlocks)} fresh${runs.processesBlocks ? `, ${formatCount(runs.processesBlocks)} more with processes` : ''}; ${formatCount(runs.droppedBlocks)} dropped. Seed ${result.seed}.</p>
<pre tabindex="0"><code>seamark report ${result.study} --format text
seamark report ${result.study} --format json</code></pre>
<p class="small"><a download="${fileName(result.study)}.json" href="data:application/json;base64,${base64(renderJson(result, 0))}">Download the result as JSON</a> (schema <code>${result.schema}</code>). Every run and every batch is in the study's folder as Parquet.</p></section>`;
}

function describeMode({ mode, runs }: Result): string {
  const turns = `took turns with short batches, ${formatCount(runs.rounds)} each, in an order shuffled anew every round`;
  const value = "A block's value is the median over the rounds of the logarithm of candidate over baseline.";
  switch (mode) {
    case 'in-process':
      return `Each block opened one host process, into which the builds were loaded; they ${turns}. ${value}`;
    case 'alternating':
      return `Each block opened one process a treatment; the processes lived side by side and ${turns}. ${value}`;
    case 'duet':
      return `Each block opened one process a treatment, each on cores of its own; their batches, ${formatCount(runs.rounds)} each, ran at the same time. ${value}`;
    case 'interleaved':
      return "Each block ran one process a treatment, one after the other, in shuffled order. A block's value is the logarithm of candidate over baseline.";
  }
}

const fileName = (text: string): string => text.replace(/[^\w.-]+/g, '-').slice(0, 80) || 'result';

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  // In pieces: an argument list has a limit.
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
