/**
 * Makes every generated file of the contract from format/record.json: layouts for TypeScript, Go, Rust and C, the
 * tables for people, and the shared byte vectors; and the bounds of histogram buckets. With `--check` nothing is written: exit 1 names what would change.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bucketsForGo, bucketsForRust, bucketsForTypeScript, bucketVector } from './layout/buckets.ts';
import { layoutForC } from './layout/c.ts';
import { GAUGES_SOURCE, gaugesForHook, gaugesForTypeScript, readGauges } from './layout/gauges.ts';
import { layoutForGo } from './layout/go.ts';
import { layoutForPeople } from './layout/markdown.ts';
import { layoutForRust } from './layout/rust.ts';
import { readLayout, SOURCE } from './layout/schema.ts';
import { layoutForTypeScript } from './layout/typescript.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const changed: string[] = [];
  const put = (file: string, content: string | Uint8Array): void => {
    if (!settle(file, Buffer.from(content), check)) changed.push(file);
  };

  const layout = readLayout(path.join(ROOT, SOURCE));
  put('format/record_gen.h', layoutForC(layout));
  put('go/toolexec/record_gen.h', layoutForC(layout)); // go:embed does not reach above its folder
  put('format/LAYOUT.md', layoutForPeople(layout));
  put('go/record/layout_gen.go', formatted('gofmt', [], layoutForGo(layout)));
  put('rust/src/record_gen.rs', formatted('rustfmt', ['--edition', '2021'], layoutForRust(layout)));
  put('src/format/layout-gen.ts', layoutForTypeScript(layout));

  const gauges = readGauges(path.join(ROOT, GAUGES_SOURCE));
  put('go/toolexec/gauges_gen.go', formatted('gofmt', [], gaugesForHook(gauges)));
  put('src/format/gauge-gen.ts', gaugesForTypeScript(gauges));

  put('go/histogram/bounds_gen.go', formatted('gofmt', [], bucketsForGo()));
  put('rust/src/histogram_gen.rs', formatted('rustfmt', ['--edition', '2021'], bucketsForRust()));
  put('src/format/bucket-bounds-gen.ts', bucketsForTypeScript());
  put('format/vectors/buckets/stream.json', bucketVector());

  // Loaded only now: the vectors are written by the writer, which stands on the layout just made.
  const { makeVectors } = await import('./layout/vectors.ts');
  for (const [name, content] of makeVectors()) put(`format/vectors/${name}`, content);

  for (const file of changed) process.stdout.write(`${check ? 'would change' : 'wrote'} ${file}\n`);
  if (changed.length === 0) process.stdout.write('nothing to change\n');
  if (check && changed.length > 0) process.exitCode = 1;
}

/** True when the file already holds `content`; otherwise writes it, unless only checking. */
function settle(file: string, content: Buffer, check: boolean): boolean {
  const target = path.join(ROOT, file);
  if (existsSync(target) && readFileSync(target).equals(content)) return true;
  if (!check) {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  return false;
}

/** The language's own formatter decides how generated code looks, so that its check stays green. */
function formatted(command: string, parameters: readonly string[], source: string): string {
  return execFileSync(command, parameters, { input: source, encoding: 'utf8' });
}

await main();
