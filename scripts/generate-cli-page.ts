/** Puts the real --help of every command into docs/cli.md, between its markers; with --check, exits 1 when that changes it. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = new URL('../docs/cli.md', import.meta.url);
const source = fileURLToPath(new URL('../src/cli/bin.ts', import.meta.url));

function helpOf(command: string): string {
  const words = command === 'seamark' ? ['--help'] : [command, '--help'];
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(SEAMARK_|FORCE_COLOR$)/.test(name)));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), source, ...words], {
    encoding: 'utf8',
    env: environment,
  });
  if (status !== 0) throw new Error(`seamark ${words.join(' ')} ended with ${status}:\n${stderr}`);
  return stdout.trimEnd();
}

const current = readFileSync(page, 'utf8');
const wanted = current.replaceAll(
  /(<!-- help: (\w+) -->\n)```text\n.*?\n```\n/gs,
  (_, marker: string, command: string) => `${marker}\`\`\`text\n${helpOf(command)}\n\`\`\`\n`,
);
if (current === wanted) {
  console.log('docs/cli.md is up to date');
} else if (process.argv.includes('--check')) {
  console.error('docs/cli.md does not show what --help prints; run: npm run generate:cli');
  process.exitCode = 1;
} else {
  writeFileSync(page, wanted);
  console.log('wrote docs/cli.md');
}
