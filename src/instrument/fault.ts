/**
 * Planted faults: a slowdown of known size at the boundary, the subject's source untouched. A build that can be planted has
 * a key of its own, and a run plants only when it names that key: nothing is ever on by accident (go/toolexec/probe/fault.c.txt).
 */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Experiment, Factor } from '../model/experiment.ts';
import type { Environment } from '../model/result.ts';

export interface Fault {
  /** Busy time in each crossing. */
  readonly kind: 'delay';
  /** The foreign function; every call when absent. */
  readonly site?: string;
  readonly seconds: number;
}

/** The fault that a level stands for: `none` is a delay of nothing. */
export function faultAt(factor: Factor, level: { readonly value?: number }): Fault {
  return { kind: 'delay', ...(factor.site === undefined ? {} : { site: factor.site }), seconds: level.value ?? 0 };
}

/** Whether some treatment plants something, so that the subject must be built for it. */
export function plantsFaults(experiment: Pick<Experiment, 'factors'>): boolean {
  return experiment.factors.some(
    ({ family, levels }) => family === 'fault' && levels.some(({ value = 0 }) => value > 0),
  );
}

/** Variables of a build in which faults can be planted, on top of the probe's. */
export function faultBuild(key: string): Readonly<Record<string, string>> {
  return { SEAMARK_FAULT_BUILD: key };
}

/** Variables of a run. A delay of nothing is said too: its crossings then go the same way as the planted ones. */
export function faultRun({ kind, site = '', seconds }: Fault, key: string): Readonly<Record<string, string>> {
  const nanoseconds = Number((seconds * 1e9).toFixed(3));
  return { SEAMARK_FAULT: `${kind}:${site}:${nanoseconds}`, SEAMARK_FAULT_KEY: key };
}

/** The key of the builds in a folder, made when there is none: builds of one key share Go's cache. */
export async function keepFaultKey(folder: string): Promise<string> {
  const file = join(folder, 'fault-key');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (/^[0-9a-f]{32}$/.test(kept)) return kept;
  const key = randomBytes(16).toString('hex');
  await writeFile(file, key, { mode: 0o600 });
  return key;
}

/** For the record of a study: what was planted, and where. */
export function describeFaults(experiment: Pick<Experiment, 'factors'>): Environment {
  const faults = experiment.factors.filter(({ family }) => family === 'fault');
  if (!plantsFaults({ factors: faults })) return {};
  const said = faults.map(({ name, levels, site }) => [
    name,
    `busy time on the foreign side of ${site === undefined ? 'every call' : `every call of ${site}`}: ${levels.map(({ text }) => text).join(', ')}`,
  ]);
  return { 'planted faults': Object.fromEntries(said) };
}
