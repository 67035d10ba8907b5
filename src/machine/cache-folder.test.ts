import { chmodSync, existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Problem } from '../model/problem.ts';
import { cacheFolder } from './cache-folder.ts';

afterEach(() => vi.unstubAllEnvs());

const fresh = (): string => mkdtempSync(join(tmpdir(), 'seamark-cache-'));
/** A folder can't be made below a device, not even by root. */
const CLOSED = '/dev/null/closed';

test('SEAMARK_CACHE comes before XDG_CACHE_HOME, and that before the home folder', () => {
  const [own, xdg, home] = [fresh(), fresh(), fresh()];
  expect(cacheFolder({ SEAMARK_CACHE: own, XDG_CACHE_HOME: xdg, HOME: home })).toBe(own);
  expect(cacheFolder({ XDG_CACHE_HOME: xdg, HOME: home })).toBe(join(xdg, 'seamark'));
  expect(cacheFolder({ HOME: home })).toBe(join(home, '.cache', 'seamark'));
});

test('the folder is there when it is named', () => {
  expect(existsSync(cacheFolder({ HOME: fresh() }))).toBe(true);
});

test('a place that can not be written gives way to the next', () => {
  const home = fresh();
  expect(cacheFolder({ XDG_CACHE_HOME: CLOSED, HOME: home })).toBe(join(home, '.cache', 'seamark'));
});

test('where nothing of the user can be written, a private folder for temporary files serves', () => {
  vi.stubEnv('TMPDIR', fresh());
  const folder = cacheFolder({ HOME: CLOSED });
  expect(folder).toBe(join(tmpdir(), `seamark-${userInfo().uid}`));
  expect(statSync(folder).mode & 0o077).toBe(0);
});

test('a folder for temporary files that others can write is not trusted with programs', () => {
  vi.stubEnv('TMPDIR', fresh());
  chmodSync(cacheFolder({ HOME: CLOSED }), 0o777);
  expect(() => cacheFolder({ HOME: CLOSED })).toThrow(Problem);
});

test('where nothing at all can be written, the cure names the variable', () => {
  vi.stubEnv('TMPDIR', CLOSED);
  const complaint = (() => {
    try {
      return cacheFolder({ HOME: CLOSED });
    } catch (error) {
      return error;
    }
  })();
  expect(complaint).toMatchObject({
    facts: { code: 'cache-not-writable', cure: expect.stringContaining('SEAMARK_CACHE') },
  });
});
