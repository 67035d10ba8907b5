import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Problem } from '../model/problem.ts';
import { findPackageRoot, packageRoot } from './package-root.ts';

test('the package is found from its source', () => {
  expect(existsSync(join(packageRoot(), 'go', 'go.mod'))).toBe(true);
});

test('the package is found from a bundle below it, past packages of others on the way', () => {
  const root = mkdtempSync(join(tmpdir(), 'seamark-root-'));
  const chunks = join(root, 'dist', 'chunks');
  mkdirSync(chunks, { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"name": "seamark"}');
  writeFileSync(join(root, 'dist', 'package.json'), '{"name": "another"}');
  writeFileSync(join(chunks, 'package.json'), 'not JSON');
  expect(findPackageRoot(chunks)).toBe(root);
});

test('a bundle moved away from its package is told so', () => {
  const lost = mkdtempSync(join(tmpdir(), 'seamark-lost-'));
  expect(() => findPackageRoot(lost)).toThrow(Problem);
});
