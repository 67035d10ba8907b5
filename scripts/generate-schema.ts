/** Writes docs/seamark.schema.json from src/spec/schema.ts; with --check, exits 1 when the file would change. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { renderJsonSchema } from '../src/spec/json-schema.ts';

const file = new URL('../docs/seamark.schema.json', import.meta.url);
const wanted = renderJsonSchema();
const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
if (current === wanted) {
  console.log('docs/seamark.schema.json is up to date');
} else if (process.argv.includes('--check')) {
  console.error('docs/seamark.schema.json is not what src/spec/schema.ts makes; run: npm run generate:schema');
  process.exitCode = 1;
} else {
  writeFileSync(file, wanted);
  console.log('wrote docs/seamark.schema.json');
}
