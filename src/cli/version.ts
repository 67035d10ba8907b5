/** The version of this Seamark: fixed by the bundle, read from package.json when running from source. */
import { readFileSync } from 'node:fs';

/** Set by scripts/bundle.mjs. */
declare const SEAMARK_VERSION: string | undefined;

export function version(): string {
  if (typeof SEAMARK_VERSION === 'string') return SEAMARK_VERSION;
  const facts = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return facts.version;
}
