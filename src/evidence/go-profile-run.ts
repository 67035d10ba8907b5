/** Runs an arm with Go's own profilers switched on: a test program by its flags, a harness by its environment (docs/protocol.md). */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Arm } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { inherited } from '../subject/start.ts';
import type { EvidenceRequest } from './gather.ts';
import { type GoProfile, readGoProfile } from './go-profile.ts';
import { runUnder, type ToolRan } from './tool-run.ts';

export type ProfileKind = 'heap' | 'mutex' | 'block' | 'cpu';

export interface Profiled<Kind extends ProfileKind> extends ToolRan {
  readonly profiles: Readonly<Record<Kind, GoProfile>>;
}

/** Everything is profiled, nothing sampled; but for the processor, 100 times a second. */
const FLAGS: Readonly<Record<ProfileKind, (file: string) => readonly string[]>> = {
  heap: (file) => [`-test.memprofile=${file}`, '-test.memprofilerate=1'],
  mutex: (file) => [`-test.mutexprofile=${file}`, '-test.mutexprofilefraction=1'],
  block: (file) => [`-test.blockprofile=${file}`, '-test.blockprofilerate=1'],
  cpu: (file) => [`-test.cpuprofile=${file}`],
};

const LIMIT_S = 120;

/** Rejects with a Problem as `runUnder` does, and when the program writes no profiles: it is none of Go's, or has no harness. */
export async function runProfiled<Kind extends ProfileKind>(
  kinds: readonly Kind[],
  arm: Arm,
  operations: number,
  request: EvidenceRequest,
): Promise<Profiled<Kind>> {
  const folder = await mkdtemp(join(request.scratch, 'profiles-'));
  try {
    const files = kinds.map((kind) => [kind, join(folder, kind)] as const);
    const ran = await runUnder(
      {
        tool: [],
        flags: files.flatMap(([kind, file]) => FLAGS[kind](file)),
        environment: Object.fromEntries(files.map(([kind, file]) => [`SEAMARK_PROFILE_${kind.toUpperCase()}`, file])),
        operations,
        limitS: LIMIT_S,
      },
      arm,
      request,
    );
    const read = await Promise.all(files.map(async ([kind, file]) => [kind, await readFile(file, folder)] as const));
    return { ...ran, profiles: Object.fromEntries(read) as unknown as Record<Kind, GoProfile> };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** By Go's own reader: the text it prints is the same for every profile and every version. */
async function readFile(file: string, folder: string): Promise<GoProfile> {
  if (!existsSync(file)) {
    throw new Problem({
      code: NO_PROFILE,
      message: 'the program writes no Go profiles: only Go’s own test programs and Seamark’s harness in Go do',
      blame: 'run',
    });
  }
  const { stdout, stderr, failed } = await execa('go', ['tool', 'pprof', '-raw', '-symbolize=none', file], {
    cwd: folder,
    // The user's own flags and workspace are for their program.
    env: { ...inherited(), GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local', PPROF_TMPDIR: folder },
    extendEnv: false,
    reject: false,
    maxBuffer: 256 * 1024 * 1024,
  });
  const profile = failed ? undefined : readGoProfile(stdout);
  if (profile) return profile;
  const detail = stderr.trimEnd();
  throw new Problem({
    code: 'tool-output-broken',
    message: '`go tool pprof` could not read a profile that the program wrote',
    ...(detail ? { detail } : {}),
    blame: 'run',
  });
}

export const NO_PROFILE = 'no-go-profile';
