/** Prints a result and leaves a copy of its page where the user looks for it. */
import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../machine/make-folder.ts';
import type { Result } from '../model/result.ts';
import { describePlace } from '../store/project.ts';
import { explainWriteFailure } from '../store/write-failure.ts';
import { draw } from './report.ts';
import type { RunOptions } from './run-options.ts';

const PAGE = 'report.html';

export async function printResult(result: Result, { format }: RunOptions): Promise<void> {
  process.stdout.write(await draw(result, format));
}

/** Overwrites only what looks like an earlier copy: a page of somebody else by that name stays. */
export async function copyReport(project: string, result: Result, { report, out }: RunOptions): Promise<void> {
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
