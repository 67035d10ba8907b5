import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderBlock } from './block-order.ts';
import { BUILD, inventExperiment } from './invented-experiment.ts';
import { planExperiment } from './plan.ts';
import { listProbedGroups } from './probed-blocks.ts';

test('the order of a block follows from seed, stage and number alone', () => {
  const plan = planExperiment(inventExperiment(), { modes: ['alternating'] });
  const order = orderBlock(plan, 'judged', 5, 4);
  expect(orderBlock(plan, 'judged', 5, 4)).toEqual(order);
  expect(orderBlock(plan, 'fresh', 5, 4).opening).not.toEqual(order.opening);
  expect(orderBlock({ ...plan, seed: 8 }, 'judged', 5, 4).opening).not.toEqual(order.opening);
});

test('a block runs each of its arms once a round, and pads each environment below a page', () => {
  const plan = planExperiment(inventExperiment(), { modes: ['alternating'] });
  fc.assert(
    fc.property(fc.nat(2000), (block) => {
      const order = orderBlock(plan, 'judged', block, 6);
      const expected = plan.arms
        .filter((arm) => arm.role === 'main')
        .map((arm) => arm.id)
        .sort();
      for (const round of [order.opening, ...order.rounds]) expect([...round].sort()).toEqual(expected);
      expect(order.rounds).toHaveLength(6);
      for (const bytes of Object.values(order.padding)) expect(bytes >= 0 && bytes < 4096).toBe(true);
      expect(Object.keys(order.padding)).toHaveLength(expected.length);
    }),
    { seed: 1, numRuns: 50 },
  );
});

test('leaving arms out of the fresh stage does not change the order of the others', () => {
  const plan = planExperiment(inventExperiment(), { modes: ['alternating'] });
  const only = new Set(['go · payload=64 B', 'go->rust · payload=64 B · handover=borrow']);
  const all = orderBlock(plan, 'fresh', 10, 3);
  const some = orderBlock(plan, 'fresh', 10, 3, only);
  expect(some.opening).toEqual(
    all.opening.filter((id) => [...only].some((treatment) => id === treatment || id.startsWith(`${treatment} (`))),
  );
  expect(some.opening).toHaveLength(2);
});

test('over many blocks each arm is first about equally often', () => {
  const plan = planExperiment(inventExperiment({ paths: [], factors: [BUILD], probe: 'off' }), {
    modes: ['interleaved'],
  });
  const firsts = Array.from({ length: 3000 }, (_, block) => orderBlock(plan, 'judged', block, 1).opening[0]!);
  for (const arm of ['build=./a', 'build=./b', 'build=./c']) {
    expect(Math.abs(firsts.filter((id) => id === arm).length - 1000)).toBeLessThan(110);
  }
});

test('a treatment is set against itself in blocks where nothing else runs, so that no other arm is judged beside it', () => {
  const plan = planExperiment(inventExperiment({ paths: [], factors: [BUILD] }), { modes: ['alternating'] });
  const twins = ['build=./a', 'build=./a (again)'];
  for (let block = 0; block < 12; block++) {
    for (const stage of ['pilot', 'judged', 'fresh', 'probed', 'processes'] as const) {
      expect(orderBlock(plan, stage, block, 2).opening).not.toContain(twins[1]);
    }
    const alone = orderBlock(plan, 'self', block, 2);
    for (const round of [alone.opening, ...alone.rounds]) expect([...round].sort()).toEqual(twins);
  }
});

test('a treatment with the probe runs beside itself without, all its builds together and no other treatment, and in no judged block', () => {
  const plan = planExperiment(inventExperiment({ factors: [BUILD, ...inventExperiment().factors] }), {
    modes: ['alternating'],
  });
  const probed = plan.arms.filter(({ role }) => role === 'probed');
  for (const group of listProbedGroups(plan)) {
    expect(group.size).toBe(3);
    const alone = orderBlock(plan, 'probed', 7, 2, group);
    const expected = [...group].flatMap((id) => [id, `${id} (probed)`]).sort();
    for (const round of [alone.opening, ...alone.rounds]) expect([...round].sort()).toEqual(expected);
  }
  for (let block = 0; block < 12; block++) {
    for (const stage of ['judged', 'fresh', 'processes', 'self'] as const) {
      for (const { id } of probed) expect(orderBlock(plan, stage, block, 2).opening).not.toContain(id);
    }
  }
});
