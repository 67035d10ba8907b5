/** Every row there is: a file of rows/ is a part of the method, and is found by being there. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Row } from './row.ts';

const FOLDER = join(import.meta.dirname, 'rows');

/** File by file in the order of their names. */
export async function loadRows(): Promise<Row[]> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const parts = await Promise.all(
    files.sort().map((name) => import(pathToFileURL(join(FOLDER, name)).href) as Promise<{ rows: readonly Row[] }>),
  );
  return parts.flatMap(({ rows }) => rows);
}
