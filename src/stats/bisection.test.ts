import { expect, test } from 'vitest';
import { beginSearch, exclude, learn, learnPair, likeliest, nextProbe, posterior } from './bisection.ts';
import type { Interval } from './hodges-lehmann.ts';

const known = (effect: number): Interval => ({ centre: effect, low: effect, high: effect, confidence: 1 });
const interval: Interval = { centre: 1, low: 0.7, high: 1.3, confidence: 0.9 };
const even = (commits: number) => new Array<number>(commits).fill(1);
const over = (commits: number, effect = known(1), scale = 1) => beginSearch({ effect, scale, prior: even(commits) });

test('the first probe halves the commits, and a clear answer leaves one half', () => {
  const search = over(64);
  expect(nextProbe(search)).toBe(31);
  const bad = posterior(learn(search, 31, 1));
  const good = posterior(learn(search, 31, 0));
  // t4 densities a scale apart: (1 + 1/4)^(5/2) = 1.7469
  expect(bad[0]! / bad[63]!).toBeCloseTo(1.7469, 4);
  expect(good[63]! / good[0]!).toBeCloseTo(1.7469, 4);
});

test('a block of one commit against another tells only of those between', () => {
  const search = over(8);
  const slower = posterior(learnPair(search, 2, 3, 1));
  expect(slower[2]! / slower[1]!).toBeCloseTo(1.7469, 4);
  expect(slower[3]! / slower[4]!).toBeCloseTo(1.7469, 4);
  expect(slower[1]).toBeCloseTo(slower[7]!, 12);
  expect(posterior(learnPair(search, 0, 5, 1))).toEqual(posterior(learn(search, 5, 1)));
  expect(() => learnPair(search, 5, 4, 1)).toThrow(RangeError);
});

test('a burst teaches next to nothing', () => {
  const after = posterior(learn(over(8), 3, 50));
  expect(after[0]! / after[7]!).toBeLessThan(1.15);
});

test('probing goes on until one commit is left, whatever the sign and the size of the effect', () => {
  for (const size of [1, -1, 0.02]) {
    for (let culprit = 0; culprit < 10; culprit++) {
      let search = over(10, known(size), Math.abs(size));
      let probes = 0;
      for (; likeliest(search).probability < 0.95; probes++) {
        const commit = nextProbe(search)!;
        search = learn(search, commit, commit >= culprit ? size : 0);
      }
      expect(likeliest(search)).toMatchObject({ first: culprit, last: culprit });
      expect(probes).toBeLessThan(50);
    }
  }
});

test('an effect known by its interval is learned from the probes, and stays on its side of zero', () => {
  let search = over(4, { ...interval, low: -0.2, high: 2.2 });
  expect(Math.min(...search.effects)).toBeGreaterThan(0);
  for (let i = 0; i < 30; i++) search = learn(search, 3, 0.5);
  const means = search.joint.map((row) => row.reduce((sum, value) => sum + value, 0));
  const centre = search.effects.reduce((sum, effect, i) => sum + effect * means[i]!, 0);
  expect(centre).toBeGreaterThan(0.3);
  expect(centre).toBeLessThan(0.75);
});

test('a commit that can not be built is never probed, and is named together with the next one', () => {
  const terrain = { unbuildable: new Set([3, 4]) };
  let search = over(8);
  for (let i = 0; i < 60 && likeliest(search, terrain).probability < 0.95; i++) {
    const commit = nextProbe(search, terrain)!;
    expect(terrain.unbuildable.has(commit)).toBe(false);
    search = learn(search, commit, commit >= 4 ? 1 : 0);
  }
  expect(likeliest(search, terrain)).toMatchObject({ first: 3, last: 5 });
});

test('a cheap probe is taken before a dear one that tells a little more', () => {
  const costs = [1, 1, 1, 10, 1, 1, 1, 1];
  expect(nextProbe(over(8))).toBe(3);
  expect(nextProbe(over(8), { costs })).not.toBe(3);
});

test('what the changed paths say counts before the first probe', () => {
  const search = beginSearch({ effect: known(1), scale: 1, prior: [0, 0, 1, 98, 1, 0] });
  expect(likeliest(search)).toEqual({ first: 3, last: 3, probability: 0.98 });
});

test('when nothing buildable lies between, there is no next probe', () => {
  expect(nextProbe(over(1))).toBeUndefined();
  expect(nextProbe(over(3), { unbuildable: new Set([0, 1]) })).toBeUndefined();
});

test.each([
  ['no effect', { effect: known(0), scale: 1, prior: [1] }, 'effect that is not zero'],
  ['an unbounded effect', { effect: { ...interval, low: -Infinity }, scale: 1, prior: [1] }, 'no finite interval'],
  ['no spread', { effect: interval, scale: 0, prior: [1] }, 'scale must be above zero'],
  ['no commits', { effect: interval, scale: 1, prior: [] }, 'prior weights'],
  ['a negative weight', { effect: interval, scale: 1, prior: [1, -1] }, 'prior weights'],
])('%s is refused', (_, evidence, message) => {
  expect(() => beginSearch(evidence)).toThrow(message);
});

test('what is no measurement is refused', () => {
  expect(() => learn(over(4), 4, 1)).toThrow('there is no commit 4');
  expect(() => learn(over(4), 1, Number.NaN)).toThrow('finite');
  expect(() => nextProbe(over(4), { costs: [1, 0, 1, 1] })).toThrow('cost of commit 1');
});

test('commits that were found not to be it are so for good, and the others share what they had', () => {
  const search = learn(over(4), 1, 1);
  const left = posterior(exclude(search, 0, 1)!);
  expect(left.slice(0, 2)).toEqual([0, 0]);
  expect(left[2]! + left[3]!).toBeCloseTo(1, 12);
  expect(left[2]! / left[3]!).toBeCloseTo(posterior(search)[2]! / posterior(search)[3]!, 9);
  expect(exclude(search, 0, 3)).toBeUndefined();
});
