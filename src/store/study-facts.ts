/** What a study is about, written before its first block and compared before it is resumed. */
import { createHash } from 'node:crypto';
import type { Experiment, Stopping } from '../model/experiment.ts';
import type { Mode, Plan } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { Environment } from '../model/result.ts';

export interface StudyFacts {
  readonly study: string;
  readonly startedAt: string;
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly environment: Environment;
  /** Name of each file that is run -> SHA-256, hex. */
  readonly artifacts: Readonly<Record<string, string>>;
  /** What the command line changed of the spec; a resumed study keeps it without being told again. */
  readonly overrides?: Overrides;
}

export interface Overrides {
  readonly seed?: number;
  readonly budgetS?: number;
  readonly maxBlocks?: number;
  /** `auto`: what the spec says is left to the pilot. */
  readonly mode?: Mode | 'auto';
  readonly stopping?: Stopping;
}

/** What must not change between a study's first part and its resumption: a fingerprint by name. */
export type Identity = Readonly<Record<string, string>>;

/** Fingerprints of every part of the experiment that bears on its measurements, of the plan and of each artifact. */
export function identify(facts: Pick<StudyFacts, 'experiment' | 'plan' | 'artifacts'>): Identity {
  const identity: Record<string, string> = {};
  for (const [key, value] of Object.entries(facts.experiment)) {
    // Where the file lies, and what it is called, does not change what is measured.
    if (key !== 'file' && value !== undefined) identity[nameOfPart(key)] = fingerprint(value);
  }
  identity.plan = fingerprint(facts.plan);
  for (const [name, sha256] of Object.entries(facts.artifacts)) identity[`artifact: ${name}`] = sha256;
  return identity;
}

/** Under which an identity holds one part of the experiment: its subject, its factors. */
export function nameOfPart(key: string): string {
  return `experiment: ${key}`;
}

/** Throws `study-differs`, naming all that changed. */
export function requireSameIdentity(study: string, before: Identity, now: Identity): void {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const changed = names.filter((name) => before[name] !== now[name]);
  if (changed.length === 0) return;
  throw new Problem({
    code: 'study-differs',
    message: `Study ${study} can't be resumed: ${changed.join(', ')} changed since it was interrupted`,
    cure: 'Undo the change, or leave out --resume to start a new study.',
  });
}

/** SHA-256, hex, whatever the order of keys. */
export function fingerprint(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(value)))
    .digest('hex');
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, held]) => [key, sortKeys(held)]),
  );
}
