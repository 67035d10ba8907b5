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
