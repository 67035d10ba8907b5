import { describe, expect, test } from 'vitest';
import type { CalibrationStudy } from '../model/calibration.ts';
import { rateStudies } from './calibration.ts';

const study = (changes: Partial<CalibrationStudy> = {}): CalibrationStudy => ({
  share: 0,
  margin: 0.02,
  budgetS: 30,
  seed: 1,
  startedAt: '2026-01-02T03:04:05.000Z',
  verdict: 'equivalent',
  ratio: 1.001,
  low: 0.99,
  high: 1.01,
  confidence: 0.95,
  truth: 1,
  blocks: 20,
  seconds: { all: 5, pilot: 1, judged: 4, fresh: 0 },
  ...changes,
});
const planted = (changes: Partial<CalibrationStudy> = {}) =>
  study({ share: 0.05, truth: 1.05, verdict: 'regression', ratio: 1.051, low: 1.04, high: 1.06, ...changes });
const times = (count: number, one: CalibrationStudy) => Array.from({ length: count }, () => one);

describe('studies of known truth become rates', () => {
  test('a call of either sign is a false alarm where nothing was planted', () => {
    const [rates] = rateStudies([
      ...times(197, study()),
      study({ verdict: 'regression' }),
      study({ verdict: 'improvement' }),
      study({ verdict: 'undecided', low: 1.001 }),
    ]);
    expect(rates).toMatchObject({ called: { count: 2, of: 200 }, equivalent: { count: 197 }, undecided: 1, wrong: 0 });
    // Clopper and Pearson 1934, as R's binom.test(2, 200) gives it.
    expect(rates!.called.low).toBeCloseTo(0.001213, 5);
    expect(rates!.called.high).toBeCloseTo(0.035656, 5);
    expect(rates!.covered).toMatchObject({ count: 199, of: 200 });
  });

  test('where something was planted only the right sign counts, and only called intervals are held to the truth', () => {
    const [rates] = rateStudies([
      ...times(17, planted()),
      planted({ low: 1.051 }),
      planted({ verdict: 'improvement' }),
      planted({ verdict: 'undecided', low: 0.9, high: 1.2 }),
    ]);
    expect(rates).toMatchObject({
      called: { count: 18, of: 20 },
      wrong: 1,
      undecided: 1,
      covered: { count: 17, of: 18 },
    });
  });

  test('what is judged by another margin or budget is another group; nothing planted comes first, then the largest share', () => {
    const rates = rateStudies([
      planted({ share: 0.02, margin: 0.01 }),
      planted(),
      planted({ budgetS: 60 }),
      study(),
      study({ margin: 0.01 }),
    ]);
    expect(rates.map(({ share, margin, budgetS }) => [share, margin, budgetS])).toEqual([
      [0, 0.02, 30],
      [0, 0.01, 30],
      [0.05, 0.02, 30],
      [0.05, 0.02, 60],
      [0.02, 0.01, 30],
    ]);
    expect(rateStudies([])).toEqual([]);
  });
});

describe('a promise is met, missed, or not to be told from so few studies', () => {
  const met = (studies: readonly CalibrationStudy[]) => rateStudies(studies)[0]!.must.map((one) => one.met);
  const alarms = (count: number, of: number) => [
    ...times(count, study({ verdict: 'regression' })),
    ...times(of - count, study()),
  ];

  test.each([
    [0, 2, undefined],
    [0, 19, undefined],
    [0, 20, true],
    [1, 6, false],
    [1, 20, true],
    [2, 20, false],
    [2, 200, true],
    [3, 200, false],
  ])('%i false alarms in %i studies', (count, of, expected) => {
    expect(met(alarms(count, of))[0]).toBe(expected);
  });

  test.each([
    [1, 3, undefined],
    [3, 3, undefined],
    [15, 20, true],
    [0, 12, false],
    [150, 200, true],
    [149, 200, false],
  ])('%i equivalent of %i', (count, of, expected) => {
    const undecided = times(of - count, study({ verdict: 'undecided' }));
    expect(met([...times(count, study()), ...undecided])[1]).toBe(expected);
  });

  test.each([
    [0.05, 0.02, 4, 4, undefined],
    [0.05, 0.02, 39, 40, true],
    [0.05, 0.02, 38, 40, false],
    [0.02, 0.01, 19, 20, true],
    [0.02, 0.01, 18, 20, false],
  ])('%d planted by a margin of %d, seen in %i of %i', (share, margin, count, of, expected) => {
    const seen = times(count, planted({ share, margin }));
    const missed = times(of - count, planted({ share, margin, verdict: 'undecided' }));
    expect(met([...seen, ...missed])).toEqual([expected]);
  });

  test('nothing is promised for what is hardly above the margin', () => {
    expect(met([planted({ share: 0.02 })])).toEqual([]);
  });
});
