import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Block, findDifference, readBlocks } from './transcript.ts';

const root = dirname(dirname(import.meta.dirname));
const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)]
  .filter((file) => file.endsWith('.md'))
  .map((file) => ({ file, blocks: readBlocks(readFileSync(join(root, file), 'utf8')) }))
  .filter(({ blocks }) => blocks.length > 0);

/** A folder with the one command that a user has after installing. */
const commands = mkdtempSync(join(tmpdir(), 'seamark-commands-'));

beforeAll(async () => {
  await execa(process.execPath, ['scripts/bundle.mjs'], { cwd: root });
  symlinkSync(join(root, 'dist/seamark.mjs'), join(commands, 'seamark'));
});

test('there are pages to run', () => {
  expect(pages.map(({ file }) => file)).toContain('README.md');
});

describe.each(pages)('$file prints what it says', ({ file, blocks }) => {
  const folder = mkdtempSync(join(tmpdir(), 'seamark-page-'));
  test.each(blocks.map((block) => ({ name: `line ${block[0]?.line}: ${block[0]?.text}`, block })))(
    '$name',
    async ({ block }) => {
      const told = await runBlock(block, folder);
      const wrong = block.flatMap((command, at) => {
        const { exitCode, printed } = told[at] ?? { exitCode: -1, printed: '' };
        const problem =
          exitCode === command.exitCode
            ? findDifference(command.expected, printed)
            : `exit code ${exitCode}, printed was:\n${printed}`;
        return problem === undefined ? [] : [`${file}:${command.line}: $ ${command.text}\n${problem}`];
      });
      expect(wrong.join('\n\n')).toBe('');
    },
    300_000,
  );
});

/** Not on any page. */
const MARK = '\u001e';

/** One shell for the block, so that `cd` lasts; blocks of a page share the folder. */
async function runBlock(block: Block, folder: string) {
  mkdirSync(folder, { recursive: true });
  const script = block.map(({ text }) => `{ ${text}\n} 2>&1\nprintf '${MARK}%d${MARK}' "$?"`).join('\n');
  const { stdout } = await execa('bash', ['-c', script], {
    cwd: folder,
    env: { ...withoutOwnSettings(), PATH: [commands, process.env.PATH].join(delimiter), NO_COLOR: '1' },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  const parts = stdout.split(MARK);
  return block.map((_, at) => ({ printed: parts[2 * at] ?? '', exitCode: Number(parts[2 * at + 1] ?? -1) }));
}

function withoutOwnSettings(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('SEAMARK_') || name === 'SEAMARK_CACHE',
  );
  return Object.fromEntries(entries);
}
