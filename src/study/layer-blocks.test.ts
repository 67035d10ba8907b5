import { expect, test } from 'vitest';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Plan } from '../model/plan.ts';
import type { BlockEntry } from '../store/journal.ts';
import { nextForLayers } from './layer-blocks.ts';

const subject = { kind: 'command', folder: '/x', build: [], environment: {}, run: { words: ['true'] } } as const;
const experiment = inventExperiment({ subject, probe: 'full', budgetS: 60 });

/** Two builds at so many payloads. */
function invent(payloads: readonly string[]): Plan {
  const treatments = payloads.flatMap((payload) =>
    ['a', 'b'].map((build) => ({ id: `${build} ${payload}`, levels: { build, payload } })),
  );
  return {
    seed: 1,
    arms: treatments.flatMap((treatment) => [
      { id: treatment.id, treatment, role: 'main', every: 1 },
      { id: `${treatment.id} (probed)`, treatment, role: 'probed', every: 5 },
    ]),
    contrasts: payloads.map((payload) => ({
      ...{ kind: 'build', treatment: payload, baseline: 'a', candidate: 'b' },
      ...{ baselineArm: `a ${payload}`, candidateArm: `b ${payload}` },
    })),
  } as unknown as Plan;
}

/** Blocks of a second each, without any window: nothing is ever unclear. */
const blocks = (payload: string, count: number): BlockEntry[] =>
  Array.from(
    { length: count },
    (_, block) =>
      ({
        ...{ kind: 'block', stage: 'probed', block, startedS: block, endedS: block + 0.5 },
        outcomes: [{ kind: 'run', arm: `b ${payload} (probed)` }],
      }) as unknown as BlockEntry,
  );

function next(plan: Plan, entries: readonly BlockEntry[], found: readonly string[] = [], more = {}, elapsedS = 0) {
  const ledger = { blocks: entries, outcomes: [], elapsedS };
  const answer = nextForLayers({ experiment: { ...experiment, ...more }, plan, ledger, found: new Set(found) });
  return answer && { only: [...answer.only], blocks: answer.blocks };
}

test('the treatment with the fewest blocks is next, until each has come to a look at which all is clear', () => {
  const plan = invent(['small', 'large']);
  expect(next(plan, [])).toEqual({ only: ['a small', 'b small'], blocks: 16 });
  expect(next(plan, blocks('small', 3))).toEqual({ only: ['a large', 'b large'], blocks: 16 });
  expect(next(plan, [...blocks('small', 16), ...blocks('large', 15)])).toMatchObject({ only: ['a large', 'b large'] });
  expect(next(plan, [...blocks('small', 16), ...blocks('large', 16)])).toBeUndefined();
});

test('a third of the budget is the most, and without times there is nothing to tell', () => {
  const plan = invent(['small']);
  expect(next(plan, blocks('small', 10), [], { budgetS: 18 })).toBeDefined();
  expect(next(plan, blocks('small', 10), [], { budgetS: 15 })).toBeUndefined();
  expect(next(plan, [], [], { probe: 'counters' })).toBeUndefined();
});

test('when the budget is spent, the first look has to do', () => {
  const plan = invent(['small']);
  expect(next(plan, blocks('small', 10), [], {}, 60)).toMatchObject({ blocks: 16 });
  expect(next(plan, blocks('small', 17), [], {}, 0)).toMatchObject({ blocks: 32 });
  expect(next(plan, blocks('small', 17), [], {}, 60)).toBeUndefined();
});

test('of many treatments those in which something was found come first', () => {
  const plan = invent(['1', '2', '3', '4', '5', '6']);
  expect(next(plan, [], ['b 6'])).toMatchObject({ only: ['a 6', 'b 6'] });
  const told = [...blocks('6', 16), ...['1', '2', '3'].flatMap((payload) => blocks(payload, 16))];
  expect(
    next(
      plan,
      told.map((entry) => ({ ...entry, endedS: entry.kind === 'block' ? entry.startedS : 0 }) as BlockEntry),
      ['b 6'],
    ),
  ).toBeUndefined();
});
