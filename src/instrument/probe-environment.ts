/** The environment that puts the probe into a Go build and into the runs of what it built. */
import type { ProbeLevel } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';

export interface ProbeOptions {
  /** Executable of go/toolexec (`ensureTool('toolexec')`). */
  readonly toolexec: string;
  readonly level: Exclude<ProbeLevel, 'off'>;
  /** Each probed process puts a file into this folder; a path of a file, with %p for the process id, does as well. */
  readonly recordDir: string;
  /** GOFLAGS in force, kept and added to. Default: of this process. `go env GOFLAGS` also knows what `go env -w` wrote. */
  readonly goflags?: string;
}

/** Variables to add to a command that builds and runs. Throws a Problem when another toolexec is in the way. */
export function instrumentGo(options: ProbeOptions): Readonly<Record<string, string>> {
  return {
    ...instrumentBuild(options.toolexec, options.goflags),
    SEAMARK_RECORDS: options.recordDir,
    SEAMARK_PROBE: options.level,
  };
}

/** Variables to add to a build alone: what it makes holds the probe, which stays off until a run names a record file. */
export function instrumentBuild(
  toolexec: string,
  goflags: string = process.env.GOFLAGS ?? '',
): Readonly<Record<string, string>> {
  const words = splitGoFlags(goflags);
  const other = words.find((word) => /^--?toolexec(=|$)/.test(word));
  if (other !== undefined) throw toolexecTaken(`GOFLAGS has ${other}`);
  return { GOFLAGS: [...words, `-toolexec=${quote(toolexec)}`].map(quote).join(' ') };
}

export function toolexecTaken(where: string): Problem {
  return new Problem({
    code: 'toolexec-taken',
    message: `Go runs its compilers through one tool only, and ${where}`,
    cure: 'Probe the build without that tool; what it does to Go code (obfuscation, tracing) is not what crosses into C.',
    blame: 'input',
  });
}

/** Words of GOFLAGS by the go command's rule: white space parts them, a word may be quoted as a whole. */
export function splitGoFlags(text: string): string[] {
  const words: string[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const match = /^'([^']*)'|^"([^"]*)"|^[^\s'"]\S*/.exec(rest);
    if (!match)
      throw new Problem({ code: 'goflags', message: `GOFLAGS has an unpaired quote: ${text}`, blame: 'input' });
    words.push(match[1] ?? match[2] ?? match[0]);
    rest = rest.slice(match[0].length).trimStart();
  }
  return words;
}

/** The go command knows no escapes: a word with both kinds of quotes can't be said. */
function quote(word: string): string {
  if (!/[\s'"]/.test(word)) return word;
  return word.includes("'") ? `"${word}"` : `'${word}'`;
}
