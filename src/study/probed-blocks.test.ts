import { expect, test } from 'vitest';
import type { Plan } from '../model/plan.ts';
import type { BlockEntry } from '../store/journal.ts';
import { dueProbed } from './probed-blocks.ts';

const LEVELS = ['64 B', '4 KiB'].flatMap((payload) => ['a', 'b'].map((build) => ({ build, payload })));
const plan = {
  arms: LEVELS.flatMap((levels) => {
    const treatment = { id: `${levels.build} ${levels.payload}`, levels };
    return [
      { id: treatment.id, treatment, role: 'main', every: 1 },
      { id: `${treatment.id} (probed)`, treatment, role: 'probed', every: 5 },
    ];
  }),
} as unknown as Plan;

const block = (payload: string, kind: 'run' | 'failure' = 'run'): BlockEntry =>
  ({ kind: 'block', stage: 'probed', outcomes: [{ kind, arm: `b ${payload} (probed)` }] }) as unknown as BlockEntry;
const names = (groups: readonly ReadonlySet<string>[]) => groups.map((group) => [...group].join(', '));
const [SMALL, LARGE] = ['a 64 B, b 64 B', 'a 4 KiB, b 4 KiB'];

test('the builds of a treatment have a block together after every fifth, and treatments take turns', () => {
  const due = (timed: number, blocks: readonly BlockEntry[]) => names(dueProbed(plan, blocks, timed, undefined));
  expect(due(0, [])).toEqual([]);
  expect(due(1, [])).toEqual([SMALL]);
  expect(due(1, [block('64 B')])).toEqual([]);
  expect(due(2, [block('64 B')])).toEqual([LARGE]);
  expect(due(6, [block('64 B'), block('4 KiB')])).toEqual([SMALL]);
  // A block that failed has had its turn: the next is the one after five.
  expect(due(6, [block('64 B'), block('4 KiB'), block('64 B', 'failure')])).toEqual([]);
});

test('fresh blocks of one treatment are followed by probed runs of that one', () => {
  expect(names(dueProbed(plan, [], 30, new Set(['b 4 KiB'])))).toEqual([LARGE]);
});
