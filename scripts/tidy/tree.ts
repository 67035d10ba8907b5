/** The files of the repository as plain data, and what a rule says of one. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Path from the root, with slashes, to text. Files that are not text are there with ''. */
export type Tree = ReadonlyMap<string, string>;

export interface Offence {
  readonly file: string;
  /** 1-based; 1 for the file as a whole. */
  readonly line: number;
  readonly message: string;
}

export type Rule = (tree: Tree) => readonly Offence[];

/** What git tracks and what it would: new files are judged before they are added. */
export function readTree(root: string): Tree {
  const listing = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const files = listing.split('\0').filter((file) => file !== '' && isPresent(join(root, file)));
  return new Map(files.sort().map((file) => [file, readText(join(root, file))]));
}

export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** One offence for each match of a pattern (with the flag g) in `text`. */
export function matches(file: string, text: string, pattern: RegExp, say: (found: string) => string): Offence[] {
  return [...text.matchAll(pattern)].map((match) => ({
    file,
    line: lineAt(text, match.index),
    message: say(match[0].trim()),
  }));
}

export const isTest = (file: string): boolean => file.endsWith('.test.ts');
/** Subjects, studies and times made up for tests; `checkRooms` sees to it that nothing else imports them. */
export const isInvented = (file: string): boolean => /\/invented[^/]*\.ts$/.test(file) && !isTest(file);
export const isGenerated = (file: string): boolean => /[-_]gen\.\w+$/.test(file);
/** What only serves as input of a test need not look like ours. */
export const isData = (file: string): boolean => /(^|\/)(testdata|vectors|fixtures)\//.test(file);

function isPresent(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return bytes.includes(0) ? '' : bytes.toString('utf8');
}
