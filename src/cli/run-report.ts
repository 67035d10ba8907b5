/** Ends a command that measured: prints a result and leaves a copy of its page where the user looks for it. */
import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../machine/make-folder.ts';
import type { Result } from '../model/result.ts';
import { describePlace } from '../store/project.ts';
import { explainWriteFailure } from '../store/write-failure.ts';
import type { Conducted } from './conduct.ts';
import { exitCodeFor } from './exit-code.ts';
import { noteSelfChecks } from './machine-record.ts';
import { draw } from './report.ts';
import type { RunOptions } from './run-options.ts';

const PAGE = 'report.html';

/** Prints, leaves the page, and sets the exit code, unless a stop has set it already. */
export async function giveAnswer(
  project: string,
  { result, built }: Conducted,
  options: Pick<RunOptions, 'format' | 'report' | 'out' | 'onUndecided'>,
): Promise<void> {
  await printResult(result, options);
  await copyReport(project, result, options);
  process.exitCode ??= exitCodeFor(result, built.experiment, options.onUndecided);
  // Last: a machine's record that can't be written must not cost the answer.
  await noteSelfChecks(result);
}

export async function printResult(result: Result, { format }: Pick<RunOptions, 'format'>): Promise<void> {
  process.stdout.write(await draw(result, format));
}

/** Overwrites only what looks like an earlier copy: a page of somebody else by that name stays. */
async function copyReport(
  project: string,
  result: Result,
  { report, out }: Pick<RunOptions, 'report' | 'out'>,
): Promise<void> {
  if (!report) return;
  const page = join(project, result.folder, PAGE);
  const target = out.endsWith('.html') ? out : join(out, PAGE);
  if (existsSync(target) && !isOurs(target)) {
    process.stderr.write(
      `${target} was not written by Seamark and is left as it is; the page is ${describePlace(page)}\n`,
    );
    return;
  }
  try {
    makeFolder(dirname(target));
    rmSync(target, { force: true });
    copyFileSync(page, target);
    chmodSync(target, 0o644); // the study is read-only, its copy is the user's
  } catch (error) {
    throw explainWriteFailure(error, target);
  }
}

/** A page of ours names the schema of the data it holds. */
function isOurs(path: string): boolean {
  return statSync(path).isFile() && readFileSync(path, 'utf8').includes('seamark/result@');
}
