/**
 * Everything that continuous integration runs: `npm test`. Says what each step found, shows in full what failed, and ends
 * with `N passed, N failed`. Words given choose the steps whose names contain one of them: `npm test -- go lint`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { type Lane, listStages, type Step } from './test/steps.ts';
import type { Count } from './test/tally.ts';

const root = dirname(import.meta.dirname);
const reports = mkdtempSync(join(tmpdir(), 'seamark-test-'));
const counts: Count[] = [];

try {
  const chosen = process.argv.slice(2);
  const isChosen = (step: Step): boolean => chosen.length === 0 || chosen.some((word) => step.name.includes(word));
  for (const stage of listStages(root)) await Promise.all(stage.map((lane) => runLane(lane.filter(isChosen))));
  const failures = counts.flatMap((count) => count.failures);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  if (failures.length > 0) say(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}\n`);
  say(`${passed} passed, ${failures.length} failed`);
  if (failures.length > 0 || passed === 0) process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}

async function runLane(lane: Lane): Promise<void> {
  for (const step of lane) await runStep(step);
}

async function runStep(step: Step): Promise<void> {
  const began = Date.now();
  const report = join(reports, `${step.name.replaceAll(/\W+/g, '-')}.json`);
  const [command = '', ...words] = step.reports ? [...step.words, report] : step.words;
  const ran = await execa(command, words, {
    cwd: join(root, step.folder),
    preferLocal: true,
    localDir: root,
    env: { ...withoutOwnSettings(), ...step.environment },
    extendEnv: false,
    reject: false,
    all: true,
    maxBuffer: 512 * 1024 * 1024,
    stdin: 'ignore',
  });
  const count = step.tally({
    name: step.name,
    code: ran.exitCode ?? 1,
    output: ran.all,
    ...(step.reports ? { report: readIfThere(report) } : {}),
  });
  counts.push(count);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const failed = count.failures.length === 0 ? '' : `, ${count.failures.length} failed`;
  say(`${failed === '' ? 'ok  ' : 'FAIL'} ${step.name.padEnd(36)} ${count.passed} passed${failed}  ${seconds} s`);
  if (failed !== '') {
    const told = ran.exitCode === undefined ? `${ran.all ?? ''}${ran.shortMessage ?? ''}` : ran.all;
    say(`${indent(step.readable ? step.readable(told) : told)}\n`);
  }
}

/** Tests must not depend on how the tester likes to run Seamark; where built tools are kept is no matter of taste. */
function withoutOwnSettings(): Record<string, string | undefined> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith('SEAMARK_') || name === 'SEAMARK_CACHE'));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // the tally says that there is no report
  }
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '     ');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
