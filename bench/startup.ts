/**
 * What `seamark --help` costs beside its floor, a bare `node -e 0`: 20 pairs in alternating order, wall time of each
 * process from start to exit. Wanted: a median ratio of at most 2.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAIRS = 20;
const bundle = fileURLToPath(new URL('../dist/seamark.mjs', import.meta.url));
if (!existsSync(bundle)) {
  console.error('dist/seamark.mjs is missing; make it: node scripts/bundle.mjs');
  process.exit(2);
}

/** Seconds. */
function time(words: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`node ${words.join(' ')} ended with ${status}`);
  return seconds;
}

const help = () => time([bundle, '--help']);
const bare = () => time(['-e', '0']);
// Once each before it counts: files are in memory then for both.
help();
bare();
const pairs = Array.from({ length: PAIRS }, (_, index) => {
  if (index % 2 === 0) {
    const first = help();
    return { help: first, bare: bare() };
  }
  const first = bare();
  return { help: help(), bare: first };
});

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
const median = (values: readonly number[]) => {
  const ordered = sorted(values);
  return (ordered[(ordered.length - 1) >> 1]! + ordered[ordered.length >> 1]!) / 2;
};
const ratios = sorted(pairs.map((pair) => pair.help / pair.bare));
const ms = (seconds: number) => `${(seconds * 1e3).toFixed(1)} ms`;
console.log(`seamark --help   ${ms(median(pairs.map((pair) => pair.help)))} (median of ${PAIRS})`);
console.log(`node -e 0        ${ms(median(pairs.map((pair) => pair.bare)))}`);
console.log(
  `ratio            ${ratios[0]!.toFixed(2)} min, ${median(ratios).toFixed(2)} median, ${ratios.at(-1)!.toFixed(2)} max`,
);
process.exitCode = median(ratios) <= 2 ? 0 : 1;
