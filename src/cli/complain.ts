/** How a problem reads on the terminal: what, where, the line with a caret, the cure; the detail indented below. */
import { type Place, Problem, Problems } from '../model/problem.ts';
import type { Colors } from './terminal.ts';

/** Every problem in turn, and a closing count when there are several. Ends with a newline. */
export function renderProblems(problems: readonly Problem[], colors: Colors): string {
  const shown = problems.map((problem) => renderProblem(problem, colors)).join('\n');
  return problems.length > 1 ? `${shown}\n${colors.bold(`${problems.length} problems`)}\n` : shown;
}

export function renderProblem(problem: Problem, colors: Colors): string {
  const { code, message, cure, at, detail } = problem.facts;
  const lines = [`${colors.red(colors.bold(`error[${code}]`))}: ${colors.bold(message)}`];
  if (at?.file !== undefined || at?.line !== undefined) lines.push(...renderPlace(at, colors));
  if (cure !== undefined) lines.push(`${colors.cyan('help')}: ${cure}`);
  if (detail !== undefined && detail.trim() !== '') lines.push(...indented(detail));
  return `${lines.join('\n')}\n`;
}

/** What went wrong inside Seamark itself: short, and with the stack only when asked for. */
function renderDefect(error: unknown, verbose: boolean, colors: Colors): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = [
    `${colors.red(colors.bold('error[defect]'))}: ${colors.bold(message === '' ? 'something broke' : message)}`,
    'This is a defect in Seamark, not in your program.',
  ];
  if (verbose) lines.push(...indented(stackOf(error)));
  else lines.push(`${colors.cyan('help')}: run the same command with --verbose and report what it prints`);
  return `${lines.join('\n')}\n`;
}

/** Exit code for whatever was thrown: 2 wrong use or spec, 3 a run or the surroundings failed, or a defect. */
export function exitCodeOf(error: unknown): 2 | 3 {
  if (error instanceof Problem) return error.exitCode;
  if (error instanceof Problems) return error.problems.some((problem) => problem.exitCode === 2) ? 2 : 3;
  return 3;
}

/** Anything thrown, as text for stderr. */
export function renderFailure(error: unknown, verbose: boolean, colors: Colors): string {
  if (error instanceof Problems) return renderProblems(error.problems, colors);
  if (!(error instanceof Problem)) return renderDefect(error, verbose, colors);
  const cause = verbose && error.cause !== undefined ? `${indented(stackOf(error.cause)).join('\n')}\n` : '';
  return renderProblem(error, colors) + cause;
}

function renderPlace(at: Place, colors: Colors): string[] {
  const place = [at.file, at.line, at.line === undefined ? undefined : at.column].filter((part) => part !== undefined);
  const gutter = ' '.repeat(String(at.line ?? '').length);
  const lines = [`${gutter}${colors.blue('-->')} ${place.join(':')}`];
  if (at.line === undefined || at.source === undefined) return lines;
  const bar = colors.blue('|');
  lines.push(`${gutter} ${bar}`, `${colors.blue(String(at.line))} ${bar} ${at.source.replaceAll('\t', ' ')}`);
  if (at.column !== undefined) {
    const carets = '^'.repeat(Math.max(1, at.length ?? 1));
    lines.push(`${gutter} ${bar} ${' '.repeat(at.column - 1)}${colors.red(carets)}`);
  }
  return lines;
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  return error.cause === undefined ? stack : `${stack}\ncaused by: ${stackOf(error.cause)}`;
}
