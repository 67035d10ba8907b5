/** Runs one build command, and says plainly why it failed. */
import { runInGroup } from '../machine/command-group.ts';
import { howToGet } from '../machine/tools.ts';
import { toWords, type Variables } from '../machine/variables.ts';
import type { CommandLine } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';

export interface BuildStep {
  readonly folder: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly variables: Variables;
  readonly limitS: number;
  readonly signal?: AbortSignal;
}

/** Returns what it printed on standard output. `name` is what messages call the build. */
export async function runBuildStep(line: CommandLine, step: BuildStep, name: string): Promise<string> {
  const [program = '', ...words] = toWords(line, step.variables);
  const { stdout, stderr, ...result } = await runInGroup(program, words, {
    cwd: step.folder,
    env: { ...step.environment, ...(line.shell === undefined ? {} : step.variables) },
    timeoutMs: step.limitS * 1000,
    ...(step.signal ? { signal: step.signal } : {}),
  });
  if (!result.failed) return stdout;
  const shown = line.shell ?? line.words.join(' ');
  const detail = lastLines(`${stdout}\n${stderr}`);
  if (result.code === 'ENOENT')
    throw missing(program, `\`${shown}\` needs ${program}, which is not on this machine`, detail);
  if (result.timedOut) {
    throw new Problem({
      code: 'build-timeout',
      message: `Building ${name} took longer than ${step.limitS} s: \`${shown}\` was ended`,
      cure: 'Raise `limits: {build: …}` in the spec when it needs that long.',
      blame: 'run',
      ...(detail ? { detail } : {}),
    });
  }
  const absent = findMissing(stderr);
  if (absent) throw missing(absent.tool, `\`${shown}\` needs ${absent.means}, which is not on this machine`, detail);
  throw new Problem({
    code: 'build-failed',
    message: `Building ${name} failed: \`${shown}\` ${result.signal ? `was ended by ${result.signal}` : `exited with code ${result.exitCode}`}`,
    cure: 'Run the build command of the spec by hand, in the same folder; its last words follow.',
    blame: 'run',
    ...(detail ? { detail } : {}),
  });
}

/** What compilers say when the tool below them is not there. */
const ABSENT: readonly { readonly said: RegExp; readonly tool: string; readonly means: string }[] = [
  { said: /C compiler "[^"]+" not found/, tool: 'cc', means: 'a C compiler (cgo)' },
  { said: /linker `\w+` not found/, tool: 'cc', means: 'a linker: that of a C compiler' },
  { said: /exec: "(?:gcc|cc|clang)": executable file not found/, tool: 'cc', means: 'a C compiler (cgo)' },
  { said: /could not execute process `rustc/, tool: 'rustc', means: 'the Rust compiler' },
];

function findMissing(stderr: string) {
  return ABSENT.find(({ said }) => said.test(stderr));
}

const TOOLS: Readonly<Record<string, string>> = {
  go: 'go',
  cargo: 'cargo',
  rustc: 'rustc',
  cc: 'cc',
  gcc: 'cc',
  clang: 'cc',
};

/** A program that is not on this machine, and how to get it. */
export function missing(program: string, message: string, detail = ''): Problem {
  const tool = TOOLS[program];
  return new Problem({
    code: tool ? `${tool}-missing` : 'tool-missing',
    message,
    cure: tool ? howToGet(tool) : `Install ${program} or put it on the PATH.`,
    blame: 'run',
    ...(detail ? { detail } : {}),
  });
}

function lastLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-20)
    .join('\n');
}
