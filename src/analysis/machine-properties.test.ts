import { expect, test } from 'vitest';
import type { Problem } from '../model/problem.ts';
import type { Environment, Result } from '../model/result.ts';
import { createRandom } from '../stats/random.ts';
import { dependOn, readProperties } from './machine-properties.ts';
import { type MachineStudy, poolMachines } from './machines.ts';

const ERROR = 0.003;

function study(name: string, effect: number, machine: Environment[string]): MachineStudy {
  const [low, high] = [-1.96, 1.96].map((times) => Math.exp(effect + times * ERROR));
  const comparison = { metric: 'time.p50', ratio: Math.exp(effect), low, high, confidence: 0.95, margin: 0.02 };
  const result = { study: name, experiment: 'x', primary: 'time.p50', comparisons: [comparison] };
  return { name, result: { ...result, environment: { machine } } as unknown as Result };
}
/** Effects that grow by 4 % a doubling of the cores, or by nothing. */
const fleet = (cores: readonly number[], slope = Math.log(1.04), seed = 1): MachineStudy[] => {
  const random = createRandom(seed);
  return cores.map((count, i) =>
    study(`m${i + 1}`, 0.02 + slope * Math.log2(count) + ERROR * random.normal(), {
      cores: count,
      memoryBytes: 2 ** 33,
    }),
  );
};
const ask = (studies: readonly MachineStudy[], ...names: string[]) =>
  dependOn(poolMachines(studies), readProperties(names, studies));

test('an effect that grows with the cores is told, a doubling at a time, with its interval', () => {
  const reading = ask(fleet([1, 2, 4, 8, 16, 32]), 'cores');
  const on = reading.comparisons[0]!.on!;
  if (on.kind !== 'told') throw new Error(on.reason);
  const [cores] = on.doubling;
  expect(cores!.low).toBeGreaterThan(1);
  expect(cores!.low).toBeLessThan(1.04);
  expect(cores!.high).toBeGreaterThan(1.04);
  expect([on.machines, on.confidence]).toEqual([6, 0.95]);
  expect(on.explained).toBeGreaterThan(0.9);
});

test('where nothing grows, the interval holds no change in about 95 of 100 fleets', () => {
  let held = 0;
  for (let seed = 0; seed < 300; seed++) {
    const on = ask(fleet([2, 4, 8, 16, 64], 0, seed), 'cores').comparisons[0]!.on!;
    if (on.kind === 'told' && on.doubling[0]!.low <= 1 && on.doubling[0]!.high >= 1) held++;
  }
  expect(held / 300).toBeGreaterThan(0.92);
});

test.each([
  ['fewer than four machines', fleet([1, 2, 4]), ['cores'], /takes 4 machines .* there are 3$/],
  ['two properties of six machines', fleet([1, 2, 4, 8, 16, 32]), ['cores', 'memory'], /takes 8 machines/],
  ['a property that all share', fleet([1, 2, 4, 8]), ['memory'], /memory is the same/],
  ['one value missing among four', [...fleet([1, 2, 4]), study('m4', 0.1, {})], ['cores'], /there are 3$/],
] as const)('%s: values stand side by side and nothing is told', (_, studies, names, reason) => {
  const reading = ask(studies, ...names);
  expect(reading.properties!.map(({ name }) => name)).toEqual([...names]);
  expect(reading.comparisons[0]!.on).toMatchObject({ kind: 'not told', reason: expect.stringMatching(reason) });
});

test('a property that no study holds is refused, with those they hold', () => {
  const studies = fleet([1, 2, 4, 8]);
  for (const name of ['bandwidth', 'cpu', 'constructor']) {
    let facts: Problem['facts'] | undefined;
    try {
      readProperties([name], studies);
    } catch (error) {
      facts = (error as Problem).facts;
    }
    expect(facts?.code).toBe('no-such-property');
    expect(facts?.cure).toMatch(/cores, memory$/);
  }
  expect(readProperties(['machine.cores'], studies)[0]!.values).toEqual([1, 2, 4, 8]);
});
