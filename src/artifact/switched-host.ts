/**
 * One host program for all builds of its foreign library: each build's library is loaded into it twice (once more to compare it
 * with itself), and a switch library under the same names decides which of them a call reaches. The host's sources are not
 * touched. It is linked by the subject's own build commands; the switch comes first among the linker's arguments, and of two
 * definitions in libraries the first is taken.
 */
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expand, expandAll } from '../machine/variables.ts';
import type { CommandLine, Experiment, HarnessSubject } from '../model/experiment.ts';
import { Problem } from '../model/problem.ts';
import { compile, isArchive, isOffered, type Linking, listArchiveNames, shareArchive } from './archive.ts';
import type { Artifact } from './artifact.ts';
import { runBuildStep } from './build-step.ts';
import {
  digestLoaded,
  type Elf,
  type ElfSymbol,
  listNeeded,
  listSymbols,
  measureLoaded,
  preferOwnSymbols,
  readElf,
} from './elf.ts';
import { shareCargoTargets } from './share-target.ts';
import { MOST_COPIES, type Processor, writeSwitch } from './switch-source.ts';

export interface SwitchedHost {
  readonly kind: 'ready';
  /** Where its files are, and where a run may put its own. */
  readonly folder: string;
  /** What starts it, in place of the command of `go->rust`. */
  readonly line: CommandLine;
  /** By the number that the switch knows them by. */
  readonly copies: readonly LibraryCopy[];
}

export interface LibraryCopy {
  readonly build: string;
  /** The copy that is compared with the first one of the same build. */
  readonly again: boolean;
  /** A shared library. */
  readonly file: string;
  /** Bytes that it takes in memory. */
  readonly bytes: number;
}

/** Why builds can't share a process here: a sentence without its full stop. */
export interface Unshared {
  readonly kind: 'refused';
  readonly reason: string;
  readonly detail?: string;
}

export interface HostBuild {
  readonly experiment: Experiment;
  readonly subject: HarnessSubject;
  /** Of each build level, without the probe, the baseline first. */
  readonly artifacts: readonly Artifact[];
  /** The whole environment that builds start from. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: string, build: string) => void;
}

/** Data that the harness's own counting allocator exports: counts are taken in ordinary processes, so the switch has a zero for it. */
const COUNTS = 'seamark_counts';

/** Rejects with a Problem only for what the spec says wrong: a library that no build makes. */
export async function buildSwitchedHost(build: HostBuild): Promise<SwitchedHost | Unshared> {
  const line = build.subject.run['go->rust'] ?? Object.values(build.subject.run)[0];
  const against = line ? findObstacle(build, line) : 'no command is said for it';
  if (!line || against) return { kind: 'refused', reason: against ?? '' };
  try {
    return await makeHost(build, line);
  } catch (error) {
    if (!(error instanceof Problem) || error.facts.blame === 'input') throw error;
    const { message, detail } = error.facts;
    return { kind: 'refused', reason: message, ...(detail ? { detail } : {}) };
  }
}

function findObstacle({ artifacts, subject }: HostBuild, line: CommandLine): string | undefined {
  if (process.platform !== 'linux') return 'it is made for Linux';
  if (process.arch !== 'x64' && process.arch !== 'arm64') return `it is not made for ${process.arch} processors`;
  if (artifacts.length < 2) return 'there are no two builds to compare';
  if (artifacts.length * 2 > MOST_COPIES) return `one process holds at most ${MOST_COPIES / 2} builds`;
  if (subject.build.length === 0) return 'the host has to be linked anew, and the spec says no build commands';
  if (line.shell !== undefined || !/^\$\{?OUT\}?\//.test(line.words[0] ?? '')) {
    return 'the host has to be linked anew, and `run` names no program under $OUT';
  }
  return undefined;
}

async function makeHost(build: HostBuild, line: CommandLine): Promise<SwitchedHost> {
  const folder = join(build.artifacts[0]!.out, '..', 'in-process');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const copies: LibraryCopy[] = [];
  const offered: { readonly build: string; readonly symbols: readonly ElfSymbol[] }[] = [];
  let shared = true;
  for (const [index, artifact] of build.artifacts.entries()) {
    const name = artifact.build ?? '';
    const library = await openLibrary(build, artifact, join(folder, `library-${index}`));
    shared &&= library.shared;
    offered.push({ build: name, symbols: library.symbols });
    for (const again of [false, true]) {
      const file = join(folder, `library-${index}${again ? '-again' : ''}.so`);
      await writeFile(file, library.bytes);
      copies.push({ build: name, again, file, bytes: library.span });
    }
  }
  const functions = listCommon(offered);
  const file = join(folder, 'libswitch.so');
  await makeSwitch(build, functions, file);
  const hosts: Buffer[] = [];
  for (const artifact of build.artifacts) {
    hosts.push(await linkHost(build, artifact, line, { folder, file, shared }));
    if (hosts.length === 1) requireSwitched(hosts[0]!, file, offered, functions);
  }
  requireSameHost(build, hosts);
  const host = join(folder, 'host');
  await writeFile(host, hosts[0]!, { mode: 0o755 });
  return { kind: 'ready', folder, line: { words: [host, ...line.words.slice(1)] }, copies };
}

interface Library {
  readonly bytes: Buffer;
  readonly span: number;
  readonly symbols: readonly ElfSymbol[];
  /** It was a shared library from the start. */
  readonly shared: boolean;
}

/** The library of one build, as a shared one that calls itself and not the switch. */
async function openLibrary(build: HostBuild, artifact: Artifact, aside: string): Promise<Library> {
  const said = build.subject.library ?? '';
  const file = resolve(artifact.folder, expand(said, { OUT: artifact.out }));
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new Problem({
      code: 'library-missing',
      message: `\`library\` names ${said}, which is not there after ${artifact.build ?? 'the subject'} was built`,
      cure: 'Name the .a or .so of the foreign side that the build makes and the host is linked with.',
      blame: 'input',
    });
  }
  let bytes = await readFile(file);
  const archive = isArchive(bytes);
  if (archive) {
    const names = listArchiveNames(bytes).filter(isOffered);
    await shareArchive(file, [...new Set(names)], aside, describeLinking(build, artifact.out, file));
    bytes = await readFile(aside);
  }
  const elf = readElf(bytes);
  const own = elf?.linked ? preferOwnSymbols(elf) : undefined;
  if (!elf || !own) throw notLoadable(said);
  const symbols = listSymbols(elf, 'dynamic').filter(({ name, exported }) => exported && isOffered(name));
  return { bytes: own, span: measureLoaded(elf), symbols, shared: !archive };
}

/** Functions that every build has: what only one has, a host that is the same for all of them can't call. */
function listCommon(offered: readonly { readonly symbols: readonly ElfSymbol[] }[]): string[] {
  const functions = offered.map(
    ({ symbols }) => new Set(symbols.filter(({ kind }) => kind === 'function').map(({ name }) => name)),
  );
  const common = [...(functions[0] ?? [])].filter((name) => functions.every((names) => names.has(name)));
  if (common.length > 0) return common.sort();
  throw new Problem({
    code: 'library-offers-nothing',
    message: 'no function is in the library of every build',
    blame: 'run',
  });
}

async function makeSwitch(build: HostBuild, functions: readonly string[], file: string): Promise<void> {
  const source = `${file}.c`;
  const counts = `\nvoid *${COUNTS};\n`;
  await writeFile(source, writeSwitch(functions, process.arch as Processor) + counts);
  await compile(['-O2', '-fPIC', '-shared', '-o', file, source, '-ldl'], describeLinking(build, '', ''), {
    code: 'switch-not-built',
    message: 'the C compiler could not build the switch library',
    cure: 'Its last words follow.',
  });
}

/** What the build's commands make when the switch is the first library of the link. */
async function linkHost(
  build: HostBuild,
  artifact: Artifact,
  line: CommandLine,
  switched: { readonly folder: string; readonly file: string; readonly shared: boolean },
): Promise<Buffer> {
  const { subject, experiment } = build;
  // The same place for every build: then the same sources make the same bytes.
  const out = join(switched.folder, 'out');
  await rm(out, { recursive: true, force: true });
  await mkdir(out);
  await shareCargoTargets(artifact.out, out);
  const variables = { OUT: out, SEED: String(experiment.workload?.seed ?? experiment.seed) };
  const environment = { ...build.environment, ...expandAll(subject.environment, variables) };
  const first = /\s/.test(switched.file) ? `'${switched.file}'` : switched.file;
  // A shared library that is not called directly any more need not be loaded once more.
  const ldflags = [first, ...(switched.shared ? ['-Wl,--as-needed'] : []), environment.CGO_LDFLAGS ?? ''];
  const step = {
    folder: artifact.folder,
    environment: {
      ...environment,
      CGO_LDFLAGS: ldflags.join(' ').trim(),
      GOFLAGS: `${environment.GOFLAGS ?? ''} -trimpath -buildvcs=false`.trim(),
    },
    variables,
    limitS: experiment.limits.buildS,
    ...(build.signal ? { signal: build.signal } : {}),
  };
  const name = `${artifact.build}, for both in one process`;
  for (const command of subject.build) {
    build.onStep?.(command.shell ?? command.words.join(' '), name);
    await runBuildStep(command, step, name);
  }
  const made = expand(line.words[0] ?? '', variables);
  return readFile(made).catch(() => {
    throw new Problem({ code: 'nothing-to-run', message: `the build made no ${line.words[0]}`, blame: 'run' });
  });
}

/** A change on the host's side would go unseen: only one of the hosts runs. */
function requireSameHost({ artifacts }: HostBuild, hosts: readonly Buffer[]): void {
  const [first, ...others] = hosts.map((bytes) => digestLoaded(requireProgram(bytes)));
  const at = others.findIndex((digest) => digest !== first);
  if (at < 0) return;
  const [baseline, other] = [artifacts[0]?.build, artifacts[at + 1]?.build];
  throw new Problem({
    code: 'hosts-differ',
    message: `the host programs of ${baseline} and ${other} differ too, and only one of them would run`,
    blame: 'run',
  });
}

/** The host must take every function from the switch, and hold nothing of the library itself. */
function requireSwitched(
  host: Buffer,
  file: string,
  offered: readonly { readonly build: string; readonly symbols: readonly ElfSymbol[] }[],
  functions: readonly string[],
): void {
  const elf = requireProgram(host);
  const refuse = (message: string): Problem => new Problem({ code: 'host-not-switched', message, blame: 'run' });
  if (!listNeeded(elf).includes(file)) {
    throw refuse('the build links the host without what CGO_LDFLAGS says, or the host calls nothing of the library');
  }
  const taken = new Map(offered.flatMap(({ symbols }) => symbols.map((symbol) => [symbol.name, symbol] as const)));
  const whole = listSymbols(elf, 'all').filter(
    ({ name, defined, exported }) => defined && exported && name !== COUNTS && taken.has(name),
  );
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

function notLoadable(said: string): Problem {
  return new Problem({
    code: 'library-not-loadable',
    message: `${said} is no library that can be loaded here`,
    blame: 'run',
  });
}

function describeLinking(
  { subject, environment, experiment, signal }: HostBuild,
  out: string,
  library: string,
): Linking {
  const own = { ...environment, ...expandAll(subject.environment, { OUT: out }) };
  const words = (own.CGO_LDFLAGS ?? '').split(/\s+/).filter((word) => /^-[lL]./.test(word));
  const name = /lib(.+)\.a$/.exec(library)?.[1];
  return {
    libraries: words.filter((word) => word !== `-l${name}`),
    compiler: (own.CC ?? 'cc').split(/\s+/).filter(Boolean),
    environment: own,
    limitS: experiment.limits.buildS,
    ...(signal ? { signal } : {}),
  };
}
