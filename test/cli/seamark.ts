/** Runs the command line as a user does, as a process of its own, from source. */
import { spawn } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const source = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));
const tsx = pathToFileURL(fileURLToPath(import.meta.resolve('tsx'))).href;

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Closes our end of its stdout at once: a reader that has gone. */
  readonly closeStdout?: boolean;
}

/** Variables that would colour or steer the output are not handed on. */
const KEPT = /^(?!SEAMARK_|NO_COLOR$|FORCE_COLOR$|CI$|TERM$)/;

export function seamark(
  words: readonly string[],
  { cwd, input = '', env = {}, closeStdout }: Surroundings = {},
): Promise<Said> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT.test(name)));
  const child = spawn(process.execPath, ['--import', tsx, source, ...words], { cwd, env: { ...inherited, ...env } });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  if (closeStdout) child.stdout.destroy();
  child.stdin.on('error', () => {}); // a program that does not read its input is no failure
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
}
