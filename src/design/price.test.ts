import { expect, test } from 'vitest';
import type { Experiment } from '../model/experiment.ts';
import type { Mode } from '../model/plan.ts';
import { factor, inventExperiment } from './invented-experiment.ts';
import { planExperiment } from './plan.ts';
import { priceExperiment } from './price.ts';

test('the price keeps to the budget and says what it rests on and what it can not see', () => {
  const plan = planExperiment(inventExperiment(), { modes: ['alternating'] });
  const price = priceExperiment(inventExperiment(), plan, { blockS: 0.6, noise: { sd: 0.01, from: 'this machine' } });
  expect(price.pilotS + price.judgedS + price.freshS).toBeLessThanOrEqual(90);
  expect(price).toMatchObject({ treatments: 15, contrasts: 18, processes: { plain: 15, probed: 19 } }); // 9 probed, each beside its twin, one of them off too
  expect(price.smallest.last).toBeLessThan(price.smallest.first);
  expect(price.assumptions.join(' ')).toContain('scattered by 1 % from block to block (this machine)');
  expect(price.blind.join(' ')).toMatch(/time\.p99 needs 1,000 operations/);
  expect(price.blind.join(' ')).toMatch(/inside ±2 %/);
});

test('no process is counted for the probe switched off where there is no probe, or a bare run may hold one', () => {
  const processes = (changes: Partial<Experiment>) => {
    const asking = inventExperiment({ paths: ['go->rust'], factors: [], ...changes });
    return priceExperiment(asking, planExperiment(asking, { modes: ['alternating'] })).processes;
  };
  expect(processes({})).toEqual({ plain: 1, probed: 3 });
  expect(processes({ probe: 'off' })).toEqual({ plain: 1, probed: 0 });
  const fault = factor('fault.delay', ['0 ns', '10 ns'], { family: 'fault' });
  expect(processes({ factors: [fault] })).toEqual({ plain: 2, probed: 4 });
});

test('a budget too small to call anything says so', () => {
  const tight = inventExperiment({ maxBlocks: 4 });
  const price = priceExperiment(tight, planExperiment(tight, { modes: ['alternating'] }));
  expect(price.smallest.last).toBe(Infinity);
  expect(price.blind[0]).toContain('too small');
});

test('where no two treatments are compared, it speaks of effects', () => {
  const crossed = inventExperiment({
    paths: [],
    factors: ['a', 'b'].map((name) => factor(name, ['1', '2', '3'])),
    design: { kind: 'd-optimal' },
    baseline: {},
    expect: [],
  });
  const plan = planExperiment(crossed, { modes: ['alternating'] });
  const blind = priceExperiment(crossed, plan).blind.join(' ');
  expect(plan.contrasts).toEqual([]);
  expect(blind).toContain('Effects inside ±2 % are called negligible');
  expect(blind).toContain('(an interaction): this design tells main effects alone.');
});

test('memory of a process that may hold both builds is said to be out of sight', () => {
  const asking = inventExperiment({
    paths: [],
    factors: [factor('build', ['./a', './b'], { family: 'build' })],
    probe: 'off',
    metrics: { primary: 'time.p50', gate: [], explore: ['rss'] },
  });
  const blind = (modes: readonly Mode[]) => priceExperiment(asking, planExperiment(asking, { modes })).blind.join(' ');
  expect(blind(['in-process', 'alternating'])).toContain(
    'rss: where the pilot chooses in-process, one process holds both builds; --mode alternating measures it.',
  );
  expect(blind(['alternating'])).not.toContain('rss');
});

test('more combinations than effects are told of point at a fraction, where the factors have two levels', () => {
  const blind = (levels: string[], count: number) => {
    const factors = [...'abcdefg'].slice(0, count).map((name) => factor(name, levels));
    const asking = inventExperiment({ paths: [], factors, baseline: {}, expect: [], probe: 'off' });
    return priceExperiment(asking, planExperiment(asking, { modes: ['alternating'] })).blind.join(' ');
  };
  expect(blind(['1', '2'], 7)).toContain(
    'Effects: they are told of 64 combinations at most, and here are 128: `design: fractional` runs a part of them that tells effects.',
  );
  expect(blind(['1', '2', '3', '4', '5'], 3)).toContain('at most, and here are 125.');
  expect(blind(['1', '2'], 6)).not.toContain('Effects:');
});
