import { mkdtempSync } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const root = dirname(dirname(import.meta.dirname));

/** The command from its source, as the bundle may be older. */
function doctor(words: readonly string[], env: Record<string, string | undefined> = {}) {
  return execa(process.execPath, ['--import', 'tsx', 'src/cli/bin.ts', 'doctor', ...words], {
    cwd: root,
    env: { NO_COLOR: '1', ...env },
    reject: false,
  });
}

test('doctor prints one JSON document with everything it knows', async () => {
  const { stdout, stderr, exitCode } = await doctor(['--json', '--seconds', '200ms']);
  const findings = JSON.parse(stdout);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(findings).toMatchObject({
    schema: 'seamark/doctor@1',
    ready: true,
    clocks: { os: { readS: expect.any(Number) } },
    noise: { blockSd: expect.any(Number) },
  });
  expect(findings.tools.map((tool: { name: string }) => tool.name)).toContain('cargo');
  expect(stdout).not.toContain(homedir());
  expect(findings.environment.machine).not.toHaveProperty(hostname());
});

test('doctor ends with a verdict in words', async () => {
  const { stdout, exitCode } = await doctor(['--no-noise']);
  expect(exitCode).toBe(0);
  expect(stdout.trimEnd().split('\n').pop()).toMatch(/^Ready to measure/);
});

test('without Go, Rust and a C compiler doctor names each, says how to get it, and exits 3', async () => {
  const { stdout, exitCode } = await doctor(['--seconds', '200ms'], {
    PATH: mkdtempSync(join(tmpdir(), 'seamark-empty-')),
  });
  expect(exitCode).toBe(3);
  expect(stdout).toContain('https://go.dev/dl/');
  expect(stdout).toContain('https://rustup.rs');
  expect(stdout).toContain('Go is not on this machine');
  expect(stdout.trimEnd().split('\n').pop()).toBe('Not ready: get go, cc, cargo and rustc first.');
});

test.each(['soon', '-1', '2 MiB', '3h'])('a check of %s is refused', async (seconds) => {
  const { stderr, exitCode } = await doctor([`--seconds=${seconds}`]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('a time of at most 10 min');
});
