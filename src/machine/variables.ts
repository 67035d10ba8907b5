/** `$NAME` and `${NAME}` in a command line or an environment value: known names are replaced, nothing else is. */
import type { CommandLine } from '../model/experiment.ts';

export type Variables = Readonly<Record<string, string>>;

export function expand(text: string, variables: Variables): string {
  return text.replace(
    /\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g,
    (whole, braced: string | undefined, bare: string | undefined) => {
      const name = braced ?? bare ?? '';
      return Object.hasOwn(variables, name) ? (variables[name] ?? whole) : whole;
    },
  );
}

export function expandAll(record: Readonly<Record<string, string>>, variables: Variables): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, text]) => [name, expand(text, variables)]));
}

/** The words to start: expanded one by one, never split again. A shell line goes to `sh`, which has the names as variables. */
export function toWords(line: CommandLine, variables: Variables): readonly string[] {
  if (line.shell !== undefined) return ['/bin/sh', '-c', line.shell];
  return line.words.map((word) => expand(word, variables));
}
