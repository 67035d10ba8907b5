// long: one table of what each design runs, tells and refuses.
import { describe, expect, test } from 'vitest';
import type { Design } from '../model/design.ts';
import type { Experiment, Factor } from '../model/experiment.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import { Problem } from '../model/problem.ts';
import { chooseCells } from './cells.ts';
import { factor } from './invented-experiment.ts';
import { planExperiment } from './plan.ts';

const two = (...names: string[]): Factor[] => names.map((name) => factor(name, ['low', 'high']));
const build = factor('build', ['./a', './b'], { family: 'build' });
const choose = (design: Design, factors: readonly Factor[], more: Partial<Experiment> = {}) =>
  chooseCells(inventExperiment({ design, factors, baseline: {}, ...more }));
const termOf = (cells: ReturnType<typeof choose>, ...names: string[]) =>
  cells.facts?.terms.find(({ factors }) => factors.join() === names.join());
const problemOf = (run: () => unknown): Problem => {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('there was no problem');
};
const interaction = (...factors: string[]) => [{ kind: 'interaction', metric: 'time.p50', factors }] as const;

describe('what a block holds', () => {
  test.each([
    ['a half of five factors', { kind: 'fractional' }, 5, 16, 5],
    ['a half of six', { kind: 'fractional' }, 6, 32, 6],
    ['an eighth of seven, folded over', { kind: 'fractional', foldover: true }, 7, 32, 4],
    ['a fraction of resolution III', { kind: 'fractional', resolution: 3 }, 7, 8, 3],
    ['a screen of eight', { kind: 'screening' }, 8, 16, 4],
    ['a screen of nine', { kind: 'screening' }, 9, 12, 3],
    ['a screen of nine, folded over', { kind: 'screening', foldover: true }, 9, 24, 4],
    ['a screen of twenty', { kind: 'screening' }, 20, 24, 3],
    ['a screen of three, which is all', { kind: 'screening' }, 3, 8, undefined],
  ] as const)('%s', (_, design, count, cells, resolution) => {
    const chosen = choose(design, two(...'abcdefghijklmnopqrst'.slice(0, count)));
    expect(chosen.treatments).toHaveLength(cells);
    expect(new Set(chosen.treatments.map(({ id }) => id)).size).toBe(cells);
    expect(chosen.facts).toMatchObject({ cells });
    expect(chosen.facts?.resolution).toBe(resolution);
  });

  test('one factor at a time is the baseline and every other level alone, at its price', () => {
    const factors = [factor('a', ['1', '2', '3']), ...two('b', 'c')];
    const { treatments, facts } = choose({ kind: 'one-at-a-time' }, factors, { baseline: { a: '2' } });
    expect(treatments.map(({ id }) => id)).toEqual([
      'a=1 · b=low · c=low',
      'a=2 · b=low · c=low',
      'a=2 · b=low · c=high',
      'a=2 · b=high · c=low',
      'a=3 · b=low · c=low',
    ]);
    expect(facts?.terms).toEqual([]);
    expect(choose({ kind: 'one-at-a-time' }, two('a', 'b', 'c', 'd')).facts?.price).toContain(
      '2.5 times the runs (40 against 16)',
    );
  });

  test('D-optimal runs cover factors of any number of levels, and say how good they are', () => {
    const factors = [factor('a', ['1', '2', '3']), factor('b', ['1', '2', '3']), factor('c', ['1', '2'])];
    const { treatments, facts } = choose({ kind: 'd-optimal', runs: 9 }, factors);
    expect(treatments).toHaveLength(9);
    expect(facts?.dEfficiency).toBeGreaterThan(0.9);
    expect(facts?.terms.map(({ factors }) => factors.join())).toEqual(['a', 'b', 'c']);
    expect(choose({ kind: 'd-optimal', interactions: true }, two('a', 'b', 'c', 'd')).facts).toMatchObject({
      cells: 14,
    });
  });

  test('builds are crossed with every combination, and what they change is told apart from the rest', () => {
    const chosen = choose({ kind: 'fractional' }, [...two('a', 'b', 'c', 'd'), build]);
    expect(chosen.treatments).toHaveLength(16);
    expect(termOf(chosen, 'build')?.asked).toBe(true);
    expect(termOf(chosen, 'build', 'a')?.asked).toBe(true);
    const plan = planExperiment(
      inventExperiment({
        design: { kind: 'fractional' },
        baseline: { build: './a' },
        factors: [...two('a', 'b', 'c', 'd'), build],
      }),
      { modes: ['alternating'] },
    );
    expect(plan.contrasts).toHaveLength(8);
    expect(plan.contrasts.every(({ kind }) => kind === 'build')).toBe(true);
  });

  test('the middle of all factors runs as often as asked for, in every block', () => {
    const factors = [
      factor('payload', [], {
        levels: [
          { text: '4 KiB', value: 4096, dimension: 'bytes' },
          { text: '64 KiB', value: 65536, dimension: 'bytes' },
        ],
      }),
      factor('go.gogc', [], {
        family: 'environment',
        levels: [
          { text: '50', value: 50, dimension: 'count' },
          { text: '400', value: 400, dimension: 'count' },
        ],
      }),
    ];
    const experiment = inventExperiment({ factors, baseline: {}, design: { kind: 'full-factorial', centre: 3 } });
    const plan = planExperiment(experiment, { modes: ['alternating'] });
    expect(plan.design?.centre).toEqual({ levels: { payload: '16 KiB', 'go.gogc': '141' }, processes: 3 });
    const middle = plan.arms.filter((arm) => arm.treatment.levels.payload === '16 KiB');
    expect(middle.map(({ role, every }) => `${role} ${every}`)).toEqual(['main 1', 'aa 1', 'aa 1']);
    expect(new Set(plan.arms.map(({ id }) => id)).size).toBe(plan.arms.length);
  });
});

describe('what can be told', () => {
  test('a half of five tells pairs apart, a quarter of six does not', () => {
    const half = choose({ kind: 'fractional' }, two('a', 'b', 'c', 'd', 'e'));
    expect(termOf(half, 'a')?.aliases).toEqual([{ factors: ['b', 'c', 'd', 'e'], share: 1 }]);
    expect(termOf(half, 'a', 'b')).toMatchObject({ aliases: [{ factors: ['c', 'd', 'e'], share: 1 }], asked: true });
    const quarter = choose({ kind: 'screening' }, two('a', 'b', 'c', 'd', 'e', 'f'));
    // I = ABCE = BCDF = ADEF (Montgomery, table 8.14).
    expect(quarter.facts?.definingRelation?.map((word) => word.join(''))).toEqual(['abce', 'adef', 'bcdf']);
    expect(termOf(quarter, 'a', 'b')).toMatchObject({ aliases: [{ factors: ['c', 'e'], share: 1 }], asked: false });
  });

  test('a third of every interaction of two other factors is in each main effect of Plackett and Burman’s twelve', () => {
    const chosen = choose({ kind: 'screening' }, two(...'abcdefghijk'));
    for (const name of 'abcdefghijk') {
      const { aliases } = termOf(chosen, name)!;
      expect(aliases).toHaveLength(45);
      for (const { factors, share } of aliases) {
        expect(factors).not.toContain(name);
        expect(Math.abs(share)).toBeCloseTo(1 / 3, 8);
      }
    }
  });

  test('everything crossed tells everything, and waits for pairs where nothing else is asked', () => {
    const all = choose({ kind: 'full-factorial' }, two('a', 'b', 'c'));
    expect(all.facts?.terms).toHaveLength(7);
    expect(all.facts?.terms.filter(({ asked }) => asked)).toHaveLength(6);
    const compared = choose({ kind: 'full-factorial' }, [...two('a', 'b'), build]);
    expect(compared.facts?.terms.filter(({ asked }) => asked).map(({ factors }) => factors.join())).toEqual([
      'build',
      'build,a',
      'build,b',
    ]);
  });

  test('paths are a factor; nested factors and more than 64 combinations tell no effects', () => {
    expect(
      choose({ kind: 'full-factorial' }, two('a'), { paths: ['go', 'go->rust'] }).facts?.terms.map(({ factors }) =>
        factors.join(),
      ),
    ).toEqual(['path', 'a', 'path,a']);
    const nested = [...two('a'), factor('b', ['1', '2'], { within: { a: 'low' } })];
    expect(choose({ kind: 'full-factorial' }, nested).facts).toBeUndefined();
    expect(choose({ kind: 'full-factorial' }, two('a', 'b', 'c', 'd', 'e', 'f', 'g')).facts).toBeUndefined();
  });

  test('an interaction that is expected is waited for', () => {
    const chosen = choose({ kind: 'full-factorial' }, two('a', 'b', 'c'), {
      paths: ['go', 'rust'],
      expect: interaction('c', 'a'),
    });
    expect(termOf(chosen, 'a', 'c')?.asked).toBe(true);
    expect(termOf(chosen, 'a', 'b')?.asked).toBe(false);
  });
});

describe('a design that these factors do not make is refused', () => {
  const three = factor('p', ['1', '2', '3']);
  test.each([
    [
      'nested factors',
      'design-nested',
      /`b` is nested/,
      () => choose({ kind: 'fractional' }, [...two('a', 'c'), factor('b', ['1', '2'], { within: { a: 'low' } })]),
    ],
    ['three levels', 'design-levels', /`p` has 3/, () => choose({ kind: 'fractional' }, [...two('a', 'b'), three])],
    ['one factor', 'design-factors', /two factors/, () => choose({ kind: 'screening' }, two('a'))],
    [
      'two factors for a fraction',
      'design-factors',
      /3 to 11 factors/,
      () => choose({ kind: 'fractional' }, two('a', 'b')),
    ],
    [
      'twenty-four for a screen',
      'design-factors',
      /at most 23/,
      () => choose({ kind: 'screening' }, two(...'abcdefghijklmnopqrstuvwx')),
    ],
    [
      'a resolution there is none of',
      'design-resolution',
      /resolution 6/,
      () => choose({ kind: 'fractional', resolution: 6 }, two('a', 'b', 'c', 'd', 'e')),
    ],
    [
      'fewer runs than effects',
      'design-runs',
      /4 runs can't tell 5 coefficients/,
      () => choose({ kind: 'd-optimal', runs: 4 }, two('a', 'b', 'c', 'd')),
    ],
    [
      'more runs than combinations',
      'design-runs',
      /only 4 combinations/,
      () => choose({ kind: 'd-optimal', runs: 6 }, two('a', 'b')),
    ],
    [
      'a word without a middle',
      'design-centre',
      /`a: low` is no number/,
      () => choose({ kind: 'full-factorial', centre: 1 }, two('a', 'b')),
    ],
    [
      'a generator of what is generated',
      'design-generators',
      /not run in full/,
      () => choose({ kind: 'fractional', generators: { c: ['a', 'd'], d: ['a', 'b'] } }, two('a', 'b', 'c', 'd')),
    ],
    [
      'a generator that equals its factor',
      'design-generators',
      /always equal/,
      () => choose({ kind: 'fractional', generators: { c: ['a'] } }, two('a', 'b', 'c')),
    ],
    [
      'a generator that cancels out',
      'design-generators',
      /`c` would never change/,
      () => choose({ kind: 'fractional', generators: { c: ['a', 'a'] } }, two('a', 'b', 'c')),
    ],
    [
      'two factors of one product',
      'design-generators',
      /`c` and `d` would always change together/,
      () => choose({ kind: 'fractional', generators: { c: ['a', 'b'], d: ['b', 'a'] } }, two('a', 'b', 'c', 'd')),
    ],
    [
      'more coefficients than a block has room for, before any search',
      'design-too-large',
      /79 coefficients take 82 runs, more than 64/,
      () => choose({ kind: 'd-optimal', interactions: true }, two(...'abcdefghijkl')),
    ],
    [
      'folding over everything',
      'design-foldover',
      /nothing to fold/,
      () => choose({ kind: 'screening', foldover: true }, two('a', 'b', 'c')),
    ],
    [
      'a block of 128',
      'design-too-large',
      /128 combinations/,
      () => choose({ kind: 'fractional', resolution: 5 }, [...two(...'abcdefgh'), build]),
    ],
    [
      'an aliased interaction',
      'design-aliased',
      /a × b can't be told from c × e/,
      () => choose({ kind: 'screening' }, two('a', 'b', 'c', 'd', 'e', 'f'), { expect: interaction('a', 'b') }),
    ],
    [
      'its twin',
      'design-aliased',
      /c × e can't be told from a × b/,
      () => choose({ kind: 'screening' }, two('a', 'b', 'c', 'd', 'e', 'f'), { expect: interaction('c', 'e') }),
    ],
    [
      'an aliased interaction of four factors, which have no finer fraction',
      'design-aliased',
      /a × b can't be told from c × d/,
      () => choose({ kind: 'fractional' }, two('a', 'b', 'c', 'd'), { expect: interaction('a', 'b') }),
      'take `design: full-factorial`',
    ],
    [
      'one of six factors, which have',
      'design-aliased',
      /a × b can't be told/,
      () => choose({ kind: 'fractional', resolution: 4 }, two(...'abcdef'), { expect: interaction('a', 'b') }),
      'ask for `resolution: 6`, or take `design: full-factorial`',
    ],
    [
      'an interaction one at a time',
      'design-inestimable',
      /tells no interaction a × b/,
      () => choose({ kind: 'one-at-a-time' }, two('a', 'b'), { expect: interaction('a', 'b') }),
    ],
    [
      'an interaction of three levels',
      'design-levels',
      /`p` has 3/,
      () => choose({ kind: 'full-factorial' }, [...two('a'), three], { expect: interaction('a', 'p') }),
    ],
  ] as const)('%s', (_, code, message, run, cure?: string) => {
    const problem = problemOf(run);
    expect(problem.facts.code).toBe(code);
    expect(problem.message).toMatch(message);
    expect(problem.facts.cure).toBeTruthy();
    if (cure !== undefined) expect(problem.facts.cure).toBe(cure);
  });
});
