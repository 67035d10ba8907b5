import { expect, test } from 'vitest';
import { planExperiment } from '../design/plan.ts';
import { priceExperiment } from '../design/price.ts';
import type { Design } from '../model/design.ts';
import type { Factor } from '../model/experiment.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import { sayDesign } from './plan-design.ts';

const two = (names: string): Factor[] =>
  [...names].map((name) => ({ name, family: 'parameter', levels: [{ text: '1' }, { text: '2' }] }));
const say = (design: Design, factors: readonly Factor[]) => {
  const experiment = inventExperiment({ design, factors, baseline: {}, budgetS: 60 });
  const plan = planExperiment(experiment, { modes: ['alternating'] });
  return sayDesign(plan, priceExperiment(experiment, plan));
};

test('a fraction says its resolution, what is constant, and what it can not tell apart', () => {
  const text = say({ kind: 'screening' }, two('abcdef'))!;
  expect(text.title).toBe('design: screening, resolution IV');
  expect(text.said).toContain('Constant everywhere: a × b × c × e, a × d × e × f, b × c × d × f.');
  expect(text.aliases.some((line) => /^a × b +with c × e$/.test(line))).toBe(true);
});

test('a screen says how much of interactions is in each main effect', () => {
  expect(say({ kind: 'screening' }, two('abcdefghi'))!.aliases[0]).toBe('a  with parts of 28 interactions (0.33 each)');
});

test('D-optimal runs say how good they are, one at a time its price', () => {
  expect(say({ kind: 'd-optimal', runs: 8 }, two('abcde'))!.title).toBe('design: d-optimal, D-efficiency 100 %');
  expect(say({ kind: 'one-at-a-time' }, two('abcd'))!.said[0]).toContain('2.5 times the runs (40 against 16)');
});

test('a Morris screening says its trajectories, points and price', () => {
  const { title, said } = say({ kind: 'morris', trajectories: 6 }, two('abcde'))!;
  expect(title).toBe('design: morris');
  expect(said[0]).toMatch(/^\d+ of 32 combinations a block: 6 trajectories/);
  expect(said[1]).toMatch(/^6 trajectories of 6 points each; .* of a, b, c, d, e changes/);
  expect(said.at(-1)).toMatch(/runs and .+ a block/);
});

test('factors of more than two levels have no one effect, and it is said what is told of them instead', () => {
  const wide: Factor = { name: 'w', family: 'parameter', levels: [{ text: '1' }, { text: '2' }, { text: '3' }] };
  const { said } = say({ kind: 'd-optimal' }, [wide, { ...wide, name: 'v' }, ...two('a')])!;
  expect(said).toContain('It tells 1 main effect and 0 interactions. The study waits for a.');
  expect(said).toContain(
    'w, v: more than two levels, which have no one effect. A table of variance says whether they matter at all (2 lines); the study does not wait for it. What is mixed with these is not listed.',
  );
});

test('every design says its runs and seconds', () => {
  for (const design of [{ kind: 'full-factorial' }, { kind: 'fractional' }, { kind: 'one-at-a-time' }] as const) {
    expect(say(design, two('abcd'))!.said.at(-1)).toMatch(
      /^[\d.]+ runs and .+ a block; .+ blocks of the first stage\.$/,
    );
  }
});

test('without crossed factors there is no design to speak of', () => {
  expect(say({ kind: 'full-factorial' }, two('a'))).toBeUndefined();
});
