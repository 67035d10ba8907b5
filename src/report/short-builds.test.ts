import { expect, test } from 'vitest';
import type { Result } from '../model/result.ts';
import { shortenBuilds } from './short-builds.ts';

/** As little of a result as is looked at. */
const withBuilds = (...builds: readonly string[]): Result =>
  ({
    experiment: 'compare',
    arms: builds.map((build) => ({ id: `build=${build}`, treatment: { id: `build=${build}`, levels: { build } } })),
    environment: { [`${builds[0]}: go`]: { go: 'go1.24' } },
    low: Number.NEGATIVE_INFINITY,
  }) as unknown as Result;

test('versions of one module go by their version everywhere, and the module is named once', () => {
  const short = shortenBuilds(withBuilds('example.com/a/b@v1.0.0', 'example.com/a/b@v1.1.0'));
  expect(short).toMatchObject({ experiment: 'compare: example.com/a/b', low: Number.NEGATIVE_INFINITY });
  expect(short.arms.map(({ id }) => id)).toEqual(['build=v1.0.0', 'build=v1.1.0']);
  expect(Object.keys(short.environment)).toEqual(['v1.0.0: go']);
});

test.each([
  [['v1.4.0', 'HEAD']],
  [['example.com/a@v1', 'example.com/b@v1']],
  [['example.com/a@v1', '.']],
  [['example.com/a@v1']],
  [['./before', './after']],
])('other builds keep their names: %j', (builds) => {
  const result = withBuilds(...builds);
  expect(shortenBuilds(result)).toBe(result);
});
