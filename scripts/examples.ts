/**
 * Makes docs/examples anew: runs the lab once, and keeps its report in text, Markdown and as a page. Refuses on a machine
 * that is busy, since a study kept as an example should show a quiet one; `--redraw` draws the lab's latest study again and
 * measures nothing.
 */
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const lab = fileURLToPath(new URL('../templates/first-crossing', import.meta.url));
const examples = fileURLToPath(new URL('../docs/examples', import.meta.url));
const seamark = fileURLToPath(new URL('../dist/seamark.mjs', import.meta.url));
/** Programs that want to run, over the last minute: above this one is not alone. */
const MOST_LOAD = 1.5;

function run(words: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [seamark, ...words], { cwd: lab, stdio: ['ignore', 'ignore', 2] });
  if (status !== 0) throw new Error(`seamark ${words.join(' ')} ended with ${status}`);
}

const [load] = loadavg() as [number, number, number];
if (!process.argv.includes('--redraw') && load >= MOST_LOAD) {
  console.error(`the machine is busy (load ${load.toFixed(2)}): try again when it is below ${MOST_LOAD}`);
  process.exitCode = 3;
} else {
  if (!process.argv.includes('--redraw')) run(['run']);
  for (const [form, ending] of [
    ['text', 'txt'],
    ['md', 'md'],
    ['html', 'html'],
  ] as const)
    run(['report', '--format', form, '--out', `${examples}/first-crossing.${ending}`]);
}
