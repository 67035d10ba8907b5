/** Block log-ratios that a machine really gave with nothing changed: noise/README.md says which. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'noise');

export type Recording =
  | 'resident-busy'
  | 'resident-fine-busy'
  | 'resident-quiet'
  | 'in-process-busy'
  | 'in-process-quiet'
  | 'interleaved-busy'
  | 'interleaved-long-busy'
  | 'interleaved-quiet'
  | 'seamark-alternating-loaded';

/** In recorded order. */
export function readNoise(recording: Recording): number[] {
  return readFileSync(join(FOLDER, `${recording}.txt`), 'utf8')
    .split(/\s+/)
    .filter(Boolean)
    .map(Number);
}

/**
 * Reasons why a recording misses what the method promises on the noise of a Go program. Nothing inside a study of 60
 * blocks tells such a stretch from a change; the A/A arms over several studies do.
 */
export const KNOWN: Readonly<Partial<Record<Recording, string>>> = {
  'resident-busy':
    'resident-busy: 80 of its blocks in a row lie 1.3 % to one side and the whole is 0.25 % off its middle, so that nothing is not quite nothing; no regression is announced of it',
};
