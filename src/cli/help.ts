/** What all commands' help has in common: two real examples each, and a twin in the environment for every option. */
import type { EventEmitter } from 'node:events';
import type { Command, Option } from 'commander';

/** A command line somebody could type, and what it is for. */
export type Example = readonly [line: string, purpose: string];

export function addExamples(command: Command, examples: readonly Example[]): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, purpose]) =>
    width > 44 ? `  ${line}\n      ${purpose}` : `  ${line.padEnd(width)}  ${purpose}`,
  );
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** Names the probe's own runtime reads: a twin by that name would be taken for its setting. */
const RESERVED = new Set(['SEAMARK_RECORDS', 'SEAMARK_PROBE']);

/** `--on-undecided` → SEAMARK_ON_UNDECIDED. An empty variable, and 0 or false for a switch, counts as not set. */
export function addEnvironmentTwins(command: Command, environment: Readonly<Record<string, string | undefined>>): void {
  // Commander listens for a variable only when the option has one as it is added: so all are added once more, in order.
  for (const option of (command.options as Option[]).splice(0)) {
    const twin = twinOf(option, environment);
    if (twin !== undefined) option.env(twin);
    (command as unknown as EventEmitter).removeAllListeners(`option:${option.name()}`);
    command.addOption(option);
  }
}

function twinOf(option: Option, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  if (option.envVar !== undefined || option.long === undefined || option.long === null) return undefined;
  const name = `SEAMARK_${option.long.slice(2).replaceAll('-', '_').toUpperCase()}`;
  const value = environment[name];
  const isSwitch = !option.required && !option.optional;
  const isOff = value === undefined || value === '' || (isSwitch && (value === '0' || value === 'false'));
  return isOff || RESERVED.has(name) ? undefined : name;
}
