/** What a finished study was about, as it was recorded: the experiment, with its places where they are here, and what was run. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Experiment } from '../model/experiment.ts';
import { readJson } from './data-file.ts';
import type { FinishedStudy } from './finished-study.ts';
import { EXPERIMENT_SCHEMA, FACTS_SCHEMA } from './partial-study.ts';
import { fingerprint, type Identity, nameOfPart } from './study-facts.ts';

export interface RecordedStudy {
  /** With the benchmarks that were found. */
  readonly experiment: Experiment;
  /** Name of each file that was run -> SHA-256, hex; names as they are stored. */
  readonly artifacts: Readonly<Record<string, string>>;
}

/** Throws a Problem that names the file which can't be read. */
export function readRecorded(project: string, { folder }: FinishedStudy): RecordedStudy {
  const { artifacts, identity } = readJson(join(folder, 'study.json'), FACTS_SCHEMA);
  const { schema: _, ...stored } = readJson(join(folder, 'experiment.json'), EXPERIMENT_SCHEMA);
  return {
    experiment: restorePlaces(stored, project, identity as Identity) as unknown as Experiment,
    artifacts: artifacts as Readonly<Record<string, string>>,
  };
}

type Stored = Readonly<Record<string, unknown>>;

/**
 * The inverse of `makeRedact`, which wrote `.` for the project and `~` for the home folder. Whether a dot was the project or was
 * typed as one is told by the fingerprint of that part, taken before. Where none fits (a project that was moved, a secret that
 * was not kept) the folder and homes are put in, and the hashes of what is built are left to say whether it is the same.
 */
export function restorePlaces(stored: Stored, project: string, identity: Identity, home = homedir()): Stored {
  return Object.fromEntries(
    Object.entries(stored).map(([key, part]) => {
      const inFolder = key === 'subject' ? replaceIn(part, ['folder'], project, home) : part;
      const ways = [part, inFolder, replaceIn(inFolder, '~', project, home), replaceIn(inFolder, './', project, home)];
      return [key, ways.find((way) => fingerprint(way) === identity[nameOfPart(key)]) ?? ways[2]];
    }),
  );
}

/** `places`: keys that hold a place for certain, or whether homes alone or also dots are taken for one, anywhere. */
function replaceIn(value: unknown, places: readonly string[] | '~' | './', project: string, home: string): unknown {
  const restore = (held: unknown, key: string): unknown => {
    if (typeof held === 'string') {
      const [homes, dots] =
        typeof places === 'string' ? [true, places === './'] : [places.includes(key), places.includes(key)];
      const atHome = homes ? held.replaceAll(/(?<![\w.-])~(?=\/|$)/g, () => home) : held;
      return dots ? atHome.replaceAll(/(?<![\w.~/-])\.(?=\/|$)/g, () => project) : atHome;
    }
    if (Array.isArray(held)) return held.map((each) => restore(each, key));
    if (held === null || typeof held !== 'object') return held;
    return Object.fromEntries(Object.entries(held).map(([name, each]) => [name, restore(each, name)]));
  };
  return restore(value, '');
}
