import { expect, test } from 'vitest';
import { createRandom, fromState } from './random.ts';

test('the generator gives the published sequence of xoshiro128**', () => {
  const random = fromState([1, 2, 3, 4]);
  // Reference implementation by Blackman & Vigna from state 1, 2, 3, 4.
  const published = [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ];
  expect(published.map(() => random.bits())).toEqual(published);
});

test('an array is filled with the same sequence, and the next number follows it', () => {
  const [one, other] = [createRandom(3), createRandom(3)];
  const words = new Uint32Array(100);
  one.fill(words);
  expect([...words, one.bits()]).toEqual(Array.from({ length: 101 }, () => other.bits()));
});

test('the same seed and labels repeat a stream, any other label gives another', () => {
  const draw = (...labels: (string | number)[]) => {
    const random = createRandom(7, ...labels);
    return [random.bits(), random.bits(), random.bits()].join();
  };
  expect(draw('judged', 3)).toBe(draw('judged', 3));
  const streams = ['judged', 'fresh', 'pilot'].flatMap((stage) =>
    Array.from({ length: 500 }, (_, i) => draw(stage, i)),
  );
  expect(new Set([...streams, draw('judged', '3'), draw('judged3')]).size).toBe(1502);
});

test('whole numbers below n come equally often', () => {
  const random = createRandom('even');
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[random.integer(7)]! += 1;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(22.46); // 0.999 quantile, 6 degrees of freedom
});

test('every order of a shuffle comes equally often', () => {
  const random = createRandom('orders');
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = random.shuffle(['a', 'b', 'c', 'd']).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(counts.size).toBe(24);
  expect(chiSquare).toBeLessThan(49.73); // 0.999 quantile, 23 degrees of freedom
});

test('normal numbers have mean 0, variance 1 and the tails of a normal', () => {
  const random = createRandom(1, 'normal');
  const drawn = Array.from({ length: 100_000 }, () => random.normal());
  const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
  const variance = drawn.reduce((sum, x) => sum + x * x, 0) / drawn.length;
  expect(Math.abs(mean)).toBeLessThan(0.012);
  expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  expect(Math.abs(drawn.filter((x) => Math.abs(x) > 1.959964).length / drawn.length - 0.05)).toBeLessThan(0.003);
});
