import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/main.ts';
import { seamark } from './seamark.ts';

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const cwd = fileURLToPath(new URL('testdata', import.meta.url));
const blocks = [...page.matchAll(/<!-- (help|output): ([^>]+) -->\n```text\n(.*?)\n```\n/gs)].map(
  (match) => [match[1]!, match[2]!, match[3]!] as const,
);

describe('docs/cli.md', () => {
  test('every command has its section, in the order of --help, and its help', () => {
    const names = COMMANDS.map(({ name }) => name);
    expect([...page.matchAll(/^## seamark (\w+)$/gm)].map((match) => match[1])).toEqual(
      names.filter((name) => page.includes(`## seamark ${name}\n`)),
    );
    expect(blocks.filter(([kind]) => kind === 'help').map(([, line]) => line)).toEqual(['seamark', ...names]);
  });

  test.each(blocks)('the %s of `%s` is what is printed', async (kind, line, shown) => {
    const words = kind === 'output' ? line.split(' ') : line === 'seamark' ? ['--help'] : [line, '--help'];
    const { code, stdout, stderr } = await seamark(words, { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd()).toBe(shown);
  });
});
