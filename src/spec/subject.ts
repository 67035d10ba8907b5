/** The subject: its folder, its commands split into words, its environment. */
import type { CommandLine, Path, Subject } from '../model/experiment.ts';
import type { ValuePath } from './document.ts';
import { joinFolder } from './folder.ts';
import type { Reading } from './reading.ts';
import type { RawSubject } from './schema.ts';
import { splitWords } from './words.ts';

/** `paths` as the spec lists them, empty when it lists none, undefined when its list is broken. Reports what is missing. */
export function readSubject(
  reading: Reading,
  raw: RawSubject,
  specFolder: string,
  paths: readonly Path[] | undefined,
): Subject | undefined {
  const before = reading.problems.length;
  const base = {
    folder: joinFolder(specFolder, raw.folder ?? ''),
    build: readCommands(reading, raw),
    environment: readEnvironment(reading, raw),
  };
  const command = (path: ValuePath, text: string) => readCommand(reading, path, text, raw.shell === true);
  if (raw.kind === 'go-bench') {
    if (raw.bench !== undefined && raw.bench.trim() === '') {
      reading.report(
        'unexpected-value',
        '`subject.bench` is empty and would match no benchmark',
        ['subject', 'bench'],
        'write . for all',
      );
    }
    const subject = { kind: raw.kind, ...base, package: raw.package ?? './...', bench: raw.bench ?? '.' };
    return reading.problems.length > before ? undefined : subject;
  }
  if (raw.kind === 'command') {
    const run = command(['subject', 'run'], raw.run);
    return run && reading.problems.length === before ? { kind: raw.kind, ...base, run } : undefined;
  }
  const run: Partial<Record<Path, CommandLine>> = {};
  if (typeof raw.run === 'string') {
    const single = command(['subject', 'run'], raw.run);
    if (paths?.length === 0) {
      const cure = 'list the languages the operation runs in, such as paths: [go, rust, go->rust]';
      reading.report(
        'missing-key',
        '`paths` is missing: one `run` does not tell them',
        ['subject', 'run'],
        cure,
        'key',
      );
    }
    for (const path of paths ?? []) if (single) run[path] = single;
  } else {
    for (const [path, text] of Object.entries(raw.run) as [Path, string][]) {
      const line = command(['subject', 'run', path], text);
      if (line) run[path] = line;
    }
    for (const path of paths ?? []) {
      if (raw.run[path] !== undefined) continue;
      const message = `\`subject.run\` has no command for the path \`${path}\``;
      reading.report('missing-key', message, ['subject', 'run'], `add \`${path}:\` with a command line`, 'key');
    }
    if (Object.keys(raw.run).length === 0) {
      reading.report(
        'missing-key',
        '`subject.run` names no command',
        ['subject', 'run'],
        'add one a path, such as go->rust: ./bench',
        'key',
      );
    }
  }
  if (reading.problems.length > before) return undefined;
  return { kind: raw.kind, ...base, run, ...(raw.library === undefined ? {} : { library: raw.library }) };
}

function readCommands(reading: Reading, raw: RawSubject): CommandLine[] {
  if (raw.build === undefined) return [];
  const shell = raw.shell === true;
  if (typeof raw.build === 'string') return present([readCommand(reading, ['subject', 'build'], raw.build, shell)]);
  return present(raw.build.map((text, index) => readCommand(reading, ['subject', 'build', index], text, shell)));
}

function readCommand(reading: Reading, path: ValuePath, text: string, shell: boolean): CommandLine | undefined {
  if (shell) return { words: ['sh', '-c', text], shell: text };
  const split = splitWords(text);
  if (split.kind === 'words') {
    if (split.words[0] !== '') return { words: split.words };
    reading.report('bad-command', 'the command is an empty word', path, 'name a program first');
    return undefined;
  }
  reading.reportAt(
    'bad-command',
    split.message,
    reading.document.placeInside(path, split.index, split.length),
    split.cure,
  );
  return undefined;
}

function readEnvironment(reading: Reading, raw: RawSubject): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of Object.keys(raw.environment ?? {})) {
    const path = ['subject', 'environment', name];
    if (/^[A-Za-z_]\w*$/.test(name)) environment[name] = reading.text(path);
    else
      reading.report(
        'bad-variable',
        `\`${name}\` names no environment variable`,
        path,
        'use letters, digits and _',
        'key',
      );
  }
  return environment;
}

const present = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);
