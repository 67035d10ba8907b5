/**
 * Makes docs/examples anew, and the run that README.md shows: runs the lab once, as `npm start` does, and keeps its report in
 * text, Markdown and as a page. Refuses on a machine that is busy, since a study kept as an example should show a quiet one;
 * `--redraw` draws the latest study again and measures nothing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = 'docs/examples/first-crossing';
/** Programs that wanted to run over the last minute: from this on, one is not alone. */
const MOST_LOAD = 1.5;

const measures = !process.argv.includes('--redraw');
const [load] = loadavg() as [number, number, number];
if (measures && load >= MOST_LOAD) {
  console.error(`the machine is busy (load ${load.toFixed(2)}): try again when it is below ${MOST_LOAD}`);
  process.exitCode = 3;
} else {
  if (measures) run(['run', 'templates/first-crossing']);
  for (const [form, ending] of [
    ['text', 'txt'],
    ['md', 'md'],
    ['html', 'html'],
  ] as const)
    run(['report', '--format', form, '--out', `${examples}.${ending}`]);
  showInReadme(readFileSync(`${root}/${examples}.txt`, 'utf8'));
}

function run(words: readonly string[]): void {
  const { status } = spawnSync(process.execPath, ['dist/seamark.mjs', ...words], {
    cwd: root,
    stdio: ['ignore', 'ignore', 2],
  });
  if (status !== 0) throw new Error(`seamark ${words.join(' ')} ended with ${status}`);
}

/** The sections a newcomer reads first; of the boundary map its first group. What is left out is shown as left out. */
function showInReadme(text: string): void {
  const sections = text.trimEnd().split('\n\n');
  const find = (head: string) => {
    const found = sections.find((section) => section.startsWith(head));
    if (found === undefined) throw new Error(`the report has no section that begins with ${head}`);
    return found;
  };
  const [head, second, ...groups] = find('boundary map').split('\n');
  const others = groups.findIndex((line) => !line.startsWith('  '));
  const cut = [
    sections[0],
    find('time.p50 of each treatment'),
    find('time.p50: go→rust beside go '),
    '…',
    [head, second, ...(others < 0 ? groups : [...groups.slice(0, others), '  …'])].join('\n'),
    find('expected'),
    '…',
    find('verdict'),
  ].join('\n\n');
  const page = `${root}/README.md`;
  const shown = readFileSync(page, 'utf8').replace(
    /(<!-- real-run:begin -->\n```text\n)[\s\S]*?(\n```\n<!-- real-run:end -->)/,
    (_, begin: string, end: string) => `${begin}${cut}${end}`,
  );
  writeFileSync(page, shown);
}
