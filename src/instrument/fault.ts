/**
 * Planted faults: something of known size at the boundary or in the process, the subject's source untouched. A build that can
 * be planted has a key of its own, and a run plants only when it names that key: nothing is ever on by accident
 * (go/toolexec/probe/fault.c.txt).
 */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Experiment, Factor } from '../model/experiment.ts';
import { type FaultKind, type FaultName, faultKindOf, type Spread } from '../model/fault.ts';
import type { Environment } from '../model/result.ts';

export interface Fault {
  readonly kind: FaultName;
  /** The function in whose calls it happens; every call when absent. */
  readonly site?: string;
  /** Seconds, bytes or a number, by its kind. */
  readonly size: number;
  /** At every so many crossings, over all threads; at each when absent. */
  readonly every?: number;
  /** Of jitter; uniform when absent. */
  readonly spread?: Spread;
}

/** The fault that a level stands for: `none` is one of nothing. */
export function faultAt(factor: Factor, level: { readonly value?: number }): Fault {
  const { site, every, spread } = factor;
  return {
    kind: kindOf(factor).name,
    ...(site === undefined ? {} : { site }),
    size: level.value ?? 0,
    ...(every === undefined ? {} : { every }),
    ...(spread === undefined ? {} : { spread }),
  };
}

function kindOf({ name }: Factor): FaultKind & { readonly name: FaultName } {
  const kind = faultKindOf(name);
  if (!kind) throw new Error(`${name} is no fault`);
  return kind;
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

/**
 * Variables of a run, of faults of different kinds. One of nothing is said too: its crossings then go the same way as the
 * planted ones. The seed is of what is drawn.
 */
export function faultRun(faults: readonly Fault[], key: string, seed = 0): Readonly<Record<string, string>> {
  const said = faults.map(({ kind, site = '', size, every = 1, spread = 'uniform' }) => {
    const isTime = faultKindOf(`fault.${kind}`)?.dimension === 'seconds';
    const written = isTime ? Number((size * 1e9).toFixed(3)) : Math.round(size);
    return [kind, site, written, ...(kind === 'jitter' ? [every, seed, spread] : every > 1 ? [every] : [])].join(':');
  });
  return { SEAMARK_FAULT: said.join(','), SEAMARK_FAULT_KEY: key };
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
  return { 'planted faults': Object.fromEntries(faults.map((factor) => [factor.name, describeFault(factor)])) };
}

function describeFault(factor: Factor): string {
  const { layer, what } = kindOf(factor);
  const { levels, site, every, spread } = factor;
  const crossing = layer === 'callback' ? 'callback' : 'call';
  const each = every === undefined ? `every ${crossing}` : `1 in ${every.toLocaleString('en-US')} ${crossing}s`;
  const where = layer === 'process' ? '' : `, at ${each}${site === undefined ? '' : ` of ${site}`}`;
  const drawn = spread === undefined ? '' : `, ${spread}`;
  return `${what}${where}${drawn}: ${levels.map(({ text }) => text).join(', ')}`;
}
