/** Puts what the commands really print into docs/cli.md, between its markers; with --check, exits 1 when that changes it. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = new URL('../docs/cli.md', import.meta.url);
const source = fileURLToPath(new URL('../src/cli/bin.ts', import.meta.url));
/** Where the specs stand that the page shows. */
const folder = fileURLToPath(new URL('../test/cli/testdata', import.meta.url));

/** Steers neither colour nor options: the page shows what a plain pipe gets. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(SEAMARK_|FORCE_COLOR$)/.test(name)),
);

function outputOf(words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), source, ...words],
    { encoding: 'utf8', env: environment, cwd: folder },
  );
  if (status !== 0) throw new Error(`seamark ${words.join(' ')} ended with ${status}:\n${stderr}`);
  return stdout.trimEnd();
}

function wordsOf(kind: string, line: string): string[] {
  if (kind === 'output') return line.split(' ');
  return line === 'seamark' ? ['--help'] : [line, '--help'];
}

const current = readFileSync(page, 'utf8');
const wanted = current.replaceAll(
  /(<!-- (help|output): ([^>]+) -->\n)```text\n.*?```\n/gs,
  (_, marker: string, kind: string, line: string) => `${marker}\`\`\`text\n${outputOf(wordsOf(kind, line))}\n\`\`\`\n`,
);
if (current === wanted) {
  console.log('docs/cli.md is up to date');
} else if (process.argv.includes('--check')) {
  console.error('docs/cli.md does not show what the commands print; run: npm run generate:cli');
  process.exitCode = 1;
} else {
  writeFileSync(page, wanted);
  console.log('wrote docs/cli.md');
}
