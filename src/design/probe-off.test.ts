import { expect, test } from 'vitest';
import { orderBlock } from './block-order.ts';
import { inventExperiment } from './invented-experiment.ts';
import { planExperiment } from './plan.ts';
import { withProbeOff } from './probe-off.ts';

const plan = planExperiment(inventExperiment(), { modes: ['alternating'] });
const probeOff = 'go->rust · payload=64 B · handover=borrow';
const OFF = `${probeOff} (probe off)`;
const running = withProbeOff(plan, { probeOff });

test('the treatment that the schedule names has one arm more, in the blocks of its probed one', () => {
  expect(running.arms.slice(0, -1)).toEqual(plan.arms);
  expect(running.arms.at(-1)).toMatchObject({ id: OFF, role: 'off', every: 5, treatment: { id: probeOff } });
  expect(withProbeOff(plan, {})).toBe(plan);
});

test('the order of all other arms is what it is without it', () => {
  for (const stage of ['judged', 'fresh', 'probed', 'processes'] as const) {
    for (let block = 0; block < 12; block++) {
      const [without, with_] = [orderBlock(plan, stage, block, 4), orderBlock(running, stage, block, 4)];
      const there = stage === 'probed' ? 1 : 0;
      const rest = (ids: readonly string[]) => ids.filter((id) => id !== OFF);
      expect(rest(with_.opening)).toEqual(without.opening);
      expect(with_.rounds.map(rest)).toEqual(without.rounds);
      expect(with_.padding).toMatchObject(without.padding);
      for (const ids of [with_.opening, ...with_.rounds, Object.keys(with_.padding)]) {
        expect(ids.filter((id) => id === OFF)).toHaveLength(there);
      }
    }
  }
});

test('it stays away from self-checks, and from blocks of another treatment', () => {
  expect(orderBlock(running, 'self', 0, 2)).toEqual(orderBlock(plan, 'self', 0, 2));
  expect(
    orderBlock(running, 'probed', 0, 2, new Set(['go->rust · payload=4 KiB · handover=borrow'])).opening,
  ).not.toContain(OFF);
  expect(orderBlock(running, 'probed', 0, 2, new Set([probeOff])).opening).toContain(OFF);
});

test('over many blocks it stands at every place about equally often', () => {
  const small = inventExperiment({ paths: ['go->rust'], factors: [] });
  const two = withProbeOff(planExperiment(small, { modes: ['alternating'] }), { probeOff: 'go->rust' });
  const places = Array.from({ length: 3000 }, (_, at) =>
    orderBlock(two, 'probed', at, 1).opening.indexOf('go->rust (probe off)'),
  );
  for (const place of [0, 1, 2]) {
    expect(Math.abs(places.filter((each) => each === place).length - 1000)).toBeLessThan(110);
  }
});
