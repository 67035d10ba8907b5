/** Folder arithmetic without touching the disk: this room is pure, and a spec means the same wherever it is read. */

/** `relative` seen from the absolute folder `base`, with `.` and `..` worked out; an absolute `relative` stands for itself. */
export function joinFolder(base: string, relative: string): string {
  const parts: string[] = [];
  for (const part of (relative.startsWith('/') ? relative : `${base}/${relative}`).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}
