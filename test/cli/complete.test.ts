import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/main.ts';
import { seamark } from './seamark.ts';

/** What is offered, without the descriptions and the closing directive. */
async function offers(...words: string[]): Promise<string[]> {
  const { code, stdout } = await seamark(['complete', '--', ...words]);
  expect(code).toBe(0);
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(':'))
    .map((line) => line.split('\t')[0]!);
}

describe('seamark complete', () => {
  test('every command is offered', async () => {
    expect(await offers('')).toEqual(expect.arrayContaining(COMMANDS.map(({ name }) => name)));
  });

  test('options of the command are offered, and the choices of an option', async () => {
    expect(await offers('run', '--bu')).toEqual(['--budget']);
    expect(await offers('init', '--template', '')).toEqual(['first-crossing', 'go-bench', 'command']);
  });

  test('the script for bash is one that bash accepts', async () => {
    const { code, stdout } = await seamark(['complete', 'bash']);
    expect(code).toBe(0);
    const { status, stderr } = spawnSync('bash', ['-n'], { input: stdout, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  test('an unknown shell is wrong use', async () => {
    const { code, stderr } = await seamark(['complete', 'tcsh']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/zsh, bash, fish, powershell/)]);
  });
});
