/** Names of studies: sortable by when they began, and short enough to type. */
import { createHash } from 'node:crypto';

const PATTERN = /^\d{8}-\d{6}-[0-9a-f]{6}$/;

/** `20260314-150926-3f9a1c` from an ISO date in UTC and anything that tells two studies of one second apart. */
export function makeStudyId(dateIso: string, distinct: string): string {
  const digits = dateIso.replaceAll(/[-:]/g, '').slice(0, 15).replace('T', '-');
  const hash = createHash('sha256').update(`${dateIso}\0${distinct}`).digest('hex').slice(0, 6);
  return `${digits}-${hash}`;
}

export function isStudyId(text: string): boolean {
  return PATTERN.test(text);
}
