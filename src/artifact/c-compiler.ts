/** Whether cgo can be built. Without a C compiler Go turns cgo off in silence, and what it then says is `undefined: …`. */
import { access, constants } from 'node:fs/promises';
import { execa } from 'execa';
import { findOnPath } from '../machine/tools.ts';
import { missing } from './build-step.ts';

export interface GoSurroundings {
  /** Where Go is started. */
  readonly folder: string;
  /** The whole environment. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Rejects with the Problem `cc-missing` when the compiler that Go would take is not there. Says nothing where Go itself is
 * missing, or where cgo was turned off on purpose. `wanted` opens the message: who needs it.
 */
export async function requireCCompiler(wanted: string, { folder, environment }: GoSurroundings): Promise<void> {
  if (environment.CGO_ENABLED === '0') return;
  const asked = await execa('go', ['env', 'CC'], { cwd: folder, env: environment, extendEnv: false, reject: false });
  // $CC may carry flags. An odd one, with quotes, is Go's own to judge.
  const [compiler = ''] = asked.failed ? [] : asked.stdout.trim().split(/\s+/);
  if (compiler === '' || /['"]/.test(compiler)) return;
  if (await isThere(compiler, environment)) return;
  throw missing(
    'cc',
    `${wanted} needs a C compiler (cgo), and ${compiler}, which Go would take, is not on this machine`,
  );
}

async function isThere(compiler: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  if (!compiler.includes('/')) return (await findOnPath(compiler, environment)) !== undefined;
  return access(compiler, constants.X_OK).then(
    () => true,
    () => false,
  );
}
