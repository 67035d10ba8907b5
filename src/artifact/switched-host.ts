/**
 * One host program for all builds of its foreign library: each build's library is loaded into it twice (once more to compare it
 * with itself), and a switch library under the same names decides which of them a call reaches. The host's sources are not
 * touched. It is linked by the subject's own build commands; the switch comes first among the linker's arguments, and of two
 * definitions in libraries the first is taken.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expand, expandAll } from '../machine/variables.ts';
import type { CommandLine, Experiment, HarnessSubject } from '../model/experiment.ts';
import { Problem, type Warning } from '../model/problem.ts';
import { compile } from './archive.ts';
import type { Artifact } from './artifact.ts';
import { runBuildStep } from './build-step.ts';
import { describeLinking, type Library, listCommon, openLibrary } from './foreign-library.ts';
import { COUNTS, requireSameHost, requireSwitched } from './host-check.ts';
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

/** Where the spec names a library and builds have processes of their own all the same. */
export function warnOfUnshared(artifacts: readonly Artifact[]): Warning[] {
  return artifacts.flatMap(({ switched }) =>
    switched?.kind === 'refused'
      ? [
          {
            code: 'library-not-shared',
            message: `Builds of the library can't share a process: ${switched.reason}`,
            cure: 'docs/spec.md ("Builds in one process") says what it takes; without `library:` nobody tries.',
          },
        ]
      : [],
  );
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
  const libraries: Library[] = [];
  for (const [index, artifact] of build.artifacts.entries()) {
    const library = await openLibrary(build, artifact, join(folder, `library-${index}`));
    libraries.push(library);
    for (const again of [false, true]) {
      const file = join(folder, `library-${index}${again ? '-again' : ''}.so`);
      await writeFile(file, library.bytes);
      copies.push({ build: library.build, again, file, bytes: library.span });
    }
  }
  const functions = listCommon(libraries);
  const file = join(folder, 'libswitch.so');
  await makeSwitch(build, functions, file);
  const shared = libraries.every((library) => library.shared);
  const hosts: Buffer[] = [];
  for (const artifact of build.artifacts) {
    hosts.push(await linkHost(build, artifact, line, { folder, file, shared }));
    if (hosts.length === 1) requireSwitched(hosts[0]!, file, libraries, functions);
  }
  requireSameHost(libraries, hosts);
  const host = join(folder, 'host');
  await writeFile(host, hosts[0]!, { mode: 0o755 });
  return { kind: 'ready', folder, line: { words: [host, ...line.words.slice(1)] }, copies };
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
  const own = artifact.buildEnvironment;
  const environment = { ...build.environment, ...expandAll(subject.environment, variables), ...own };
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
