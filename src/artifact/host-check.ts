/** Whether a host may run for all builds: it is the same for each, and takes everything of the library from the switch. */
import { Problem } from '../model/problem.ts';
import { digestLoaded, type Elf, listNeeded, listSymbols, readElf } from './elf.ts';
import type { Library } from './foreign-library.ts';

/** Data that the harness's own counting allocator exports: counts are taken in ordinary processes, so the switch has a zero for it. */
export const COUNTS = 'seamark_counts';

/** A change on the host's side would go unseen: only one of the hosts runs. */
export function requireSameHost(builds: readonly Library[], hosts: readonly Buffer[]): void {
  const [first, ...others] = hosts.map((bytes) => digestLoaded(requireProgram(bytes)));
  const at = others.findIndex((digest) => digest !== first);
  if (at < 0) return;
  const [baseline, other] = [builds[0]?.build, builds[at + 1]?.build];
  throw new Problem({
    code: 'hosts-differ',
    message: `the host programs of ${baseline} and ${other} differ too, and only one of them would run`,
    blame: 'run',
  });
}

/** The host must take every function from the switch, and hold nothing of the library itself. */
export function requireSwitched(
  host: Buffer,
  file: string,
  offered: readonly Library[],
  functions: readonly string[],
): void {
  const elf = requireProgram(host);
  const refuse = (message: string): Problem => new Problem({ code: 'host-not-switched', message, blame: 'run' });
  if (!listNeeded(elf).includes(file)) {
    throw refuse('the build links the host without what CGO_LDFLAGS says, or the host calls nothing of the library');
  }
  const taken = new Map(offered.flatMap(({ symbols }) => symbols.map((symbol) => [symbol.name, symbol] as const)));
  const own = listSymbols(elf, 'all');
  if (own.length === 0) throw refuse('the host is stripped of its symbols, and nobody can tell whom it calls');
  const whole = own.filter(({ name, defined, exported }) => defined && exported && name !== COUNTS && taken.has(name));
  const known = new Set([...functions, COUNTS]);
  const lost = listSymbols(elf, 'dynamic').filter(
    ({ name, defined }) => !defined && taken.has(name) && !known.has(name),
  );
  // A static library is taken over whole, or in large parts, for one variable that the switch can't stand for.
  const variable = [...whole, ...lost].find(({ name }) => taken.get(name)?.kind === 'data');
  if (variable) throw refuse(`the host reads ${variable.name}, a variable of the library, and each build has one`);
  if (whole[0]) throw refuse(`the host has ${whole[0].name} of its own, and no process holds two of it`);
  const missed = lost[0]?.name;
  if (missed === undefined) return;
  const owner = offered.find(({ symbols }) => symbols.some(({ name }) => name === missed))?.build;
  throw refuse(`the host calls ${missed}, which only ${owner} has`);
}

function requireProgram(bytes: Buffer): Elf {
  const elf = readElf(bytes);
  if (elf?.linked) return elf;
  throw new Problem({ code: 'host-not-elf', message: 'what `run` names is no program for this machine', blame: 'run' });
}
