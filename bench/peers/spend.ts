/** Runs a command to its end and says what CPU time it and all that it started used. */
import { execa } from 'execa';

export interface Spent {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** User and system seconds of the command and its children. */
  readonly cpuS: number;
}

export interface Place {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The shell only sums up: `times` tells the CPU time of all that it waited for, on descriptor 3. */
export async function spend(words: readonly string[], place: Place): Promise<Spent> {
  const ran = await execa('bash', ['-c', '"$@"; code=$?; times >&3; exit $code', 'bash', ...words], {
    cwd: place.cwd,
    env: { ...place.env },
    reject: false,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const children =
    String(ran.stdio[3] ?? '')
      .trim()
      .split('\n')[1] ?? '';
  const cpuS = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
    0,
  );
  return { stdout: String(ran.stdout), stderr: String(ran.stderr), exitCode: ran.exitCode ?? -1, cpuS };
}

/** The same, and a sentence with the end of its stderr when it fails. */
export async function spendOrFail(words: readonly string[], place: Place): Promise<Spent> {
  const spent = await spend(words, place);
  if (spent.exitCode === 0) return spent;
  throw new Error(`${words.join(' ')} ended with ${spent.exitCode}:\n${(spent.stderr || spent.stdout).slice(-800)}`);
}
