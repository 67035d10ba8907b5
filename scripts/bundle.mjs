/**
 * Bundles src/cli into dist/seamark.mjs. Each command and each heavy library is a chunk of its own that loads when it is
 * wanted, so that `seamark --help` costs little more than starting Node. Plain JavaScript: it runs during set-up.
 * Files are written aside and renamed, and chunks of an hour ago are kept, so that a Seamark at work is not disturbed.
 */
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { seamark: 'src/cli/bin.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  write: false,
  // Native or optional modules stay what they are.
  external: ['@duckdb/*', 'canvas'],
  define: { SEAMARK_VERSION: JSON.stringify(version) },
  // Libraries written for require() find one.
  banner: {
    js: "import { createRequire as seamarkRequire } from 'node:module'; const require = seamarkRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

const chunks = join(root, 'dist', 'chunks');
mkdirSync(chunks, { recursive: true });
// The entry last: it is never there without what it loads.
const isEntry = (path) => dirname(path) === join(root, 'dist');
for (const file of outputFiles.sort((a, b) => Number(isEntry(a.path)) - Number(isEntry(b.path)))) {
  const aside = `${file.path}.${process.pid}`;
  writeFileSync(aside, file.contents);
  if (isEntry(file.path)) chmodSync(aside, 0o755);
  renameSync(aside, file.path);
}
const current = new Set(outputFiles.map((file) => basename(file.path)));
for (const name of readdirSync(chunks)) {
  const path = join(chunks, name);
  if (!current.has(name) && Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { force: true });
}
