import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Described, draw, splitMix } from './sequence-reference.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Vectors {
  readonly bits: readonly { readonly seed: string; readonly bits: readonly string[] }[];
  readonly sequences: readonly (Described & { readonly seed: string; readonly draws: readonly number[] })[];
}

const vectors = JSON.parse(readFileSync(join(ROOT, 'go/harness/testdata/sequences.json'), 'utf8')) as Vectors;

test('the shared vectors are what the page describes', () => {
  for (const { seed, bits } of vectors.bits) {
    const next = splitMix(BigInt(seed));
    expect(bits.map(() => String(next()))).toEqual(bits);
  }
  expect(vectors.sequences.length).toBeGreaterThan(5);
  for (const { seed, draws, ...described } of vectors.sequences) {
    expect(draw(described, BigInt(seed), draws.length), JSON.stringify(described)).toEqual(draws);
  }
});

test('SplitMix64 gives the numbers published with it for the seed 1234567', () => {
  const next = splitMix(1234567n);
  expect([next(), next(), next()]).toEqual([6457827717110365317n, 3203168211198807973n, 9817491932198370423n]);
});

test('Go draws them alike', () => {
  const words = ['test', '-count=1', '-run', 'Sequences', './harness'];
  const env = { ...process.env, GOWORK: 'off' };
  expect(execFileSync('go', words, { cwd: join(ROOT, 'go'), env, encoding: 'utf8' })).toMatch(/^ok /);
});

test('Rust draws them alike', () => {
  const words = ['test', '-q', '--locked', '--features', 'harness', '--lib', 'sequences'];
  const said = execFileSync('cargo', words, { cwd: join(ROOT, 'rust'), encoding: 'utf8' });
  expect(said).toContain('1 passed');
}, 180_000);
