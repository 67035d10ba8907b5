/** Which cores runs are fixed to. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Problem } from '../model/problem.ts';

/** Core numbers this process may run on, as the kernel says; counted from 0 where it does not say. */
export async function allowedCores(): Promise<readonly number[]> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1];
  return list ? parseCoreList(list) : Array.from({ length: availableParallelism() }, (_, core) => core);
}

/**
 * The cores for all runs of a study: those asked for, else all that are allowed. Both arms of a comparison always get the
 * same ones; leaving all of them lets Go's collector have a core beside the benchmark, as it has in use.
 */
export async function chooseCores(wanted?: readonly number[]): Promise<readonly number[]> {
  return selectCores(await allowedCores(), wanted);
}

export function selectCores(allowed: readonly number[], wanted?: readonly number[]): readonly number[] {
  if (wanted === undefined) return allowed;
  const foreign = wanted.filter((core) => !allowed.includes(core));
  if (wanted.length === 0 || foreign.length > 0) {
    throw new Problem({
      code: 'core-not-allowed',
      message: wanted.length === 0 ? 'no core is named to run on' : `core ${foreign.join(', ')} is not there for us`,
      cure: `name some of ${allowed.join(', ')}`,
    });
  }
  return [...new Set(wanted)].sort((a, b) => a - b);
}

/** `0-3,8` -> 0 1 2 3 8, the form of /proc and of taskset. */
export function parseCoreList(list: string): readonly number[] {
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, step) => first + step);
  });
}
