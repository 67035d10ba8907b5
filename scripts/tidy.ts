/**
 * Keeps the house in order: the plan of ARCHITECTURE.md and the manner of CONTRIBUTING.md, as far as a program can see
 * them. Prints one line for each offence and exits 1 when there are any. It reads only; it never changes a file.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDependencies } from './tidy/dependencies.ts';
import { checkExports } from './tidy/exports.ts';
import { checkGenerated } from './tidy/generated.ts';
import { checkLinks } from './tidy/links.ts';
import { checkLock } from './tidy/lock.ts';
import { checkNames } from './tidy/names.ts';
import { checkPurity } from './tidy/purity.ts';
import { checkRooms } from './tidy/rooms.ts';
import { checkSize } from './tidy/size.ts';
import { checkTraces } from './tidy/traces.ts';
import { type Offence, type Rule, readTree, type Tree } from './tidy/tree.ts';

const RULES: readonly Rule[] = [
  checkRooms,
  checkPurity,
  checkNames,
  checkExports,
  checkSize,
  checkGenerated,
  checkDependencies,
  checkLock,
  checkTraces,
  checkLinks,
];

export function findOffences(tree: Tree): readonly Offence[] {
  return RULES.flatMap((rule) => rule(tree));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const offences = findOffences(readTree(dirname(import.meta.dirname)));
  for (const { file, line, message } of offences) process.stdout.write(`${file}:${line}: ${message}\n`);
  process.stdout.write(offences.length === 0 ? 'tidy\n' : `${offences.length} offences\n`);
  process.exitCode = offences.length === 0 ? 0 : 1;
}
