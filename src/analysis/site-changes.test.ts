import { expect, test } from 'vitest';
import type { SiteWindow } from '../model/site.ts';
import { NO_SUMS } from '../model/site-sums.ts';
import { mapWindows } from './boundary-map.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { collectBlocks } from './samples.ts';
import { listSiteChanges } from './site-changes.ts';

/** A study of two builds, each probed run of which allocates so often in an operation. */
const changesOf = (allocs: (build: string, block: number) => number, blocks?: number) =>
  changesAt((build, block) => [{ site: 'decode', package: 'p', allocs: allocs(build, block) }], blocks);

interface Invented extends Pick<SiteWindow, 'site' | 'package'> {
  readonly kind?: SiteWindow['kind'];
  /** An operation, which crosses it once. */
  readonly allocs: number;
}

function changesAt(sitesOf: (build: string, block: number) => readonly Invented[], blocks = 3) {
  const study = inventStudy({ experiment: { ...inventExperiment(), probe: 'full' }, seconds: () => 1e-6 });
  const probed = study.plan.arms.filter(({ role }) => role === 'probed');
  const windowOf = (build: string, block: number) => {
    const sites = sitesOf(build, block).map(
      ({ site, package: home, kind = 'call', allocs }): SiteWindow => ({
        ...{ site, kind, package: home, opened: 100, closed: 100, errors: 0, recorded: 0 },
        ...{ entryS: 0, calleeS: 0, returnS: 0, nestedS: 0 },
        sums: { ...NO_SUMS, allocs: 100 * allocs },
      }),
    );
    const clock = { kind: 'tsc', quantumS: 1e-8 } as const;
    return { operations: 100, clock, allocations: true, unpatched: [], declared: 1, records: [], sites };
  };
  const outcomes = study.run('probed', blocks).map((outcome) => {
    const arm = probed.find(({ id }) => outcome.kind === 'run' && outcome.arm === id);
    if (outcome.kind !== 'run' || !arm) return outcome;
    return { ...outcome, boundary: windowOf(arm.treatment.levels.build!, outcome.block) };
  });
  const boundary = probed.map((arm) =>
    mapWindows([{ window: windowOf(arm.treatment.levels.build!, 0), wallS: 1 }], { of: arm.treatment.id }),
  );
  const seen = { judged: [], fresh: [], probed: collectBlocks(outcomes, 'probed') };
  return listSiteChanges(study.plan.contrasts, { plan: study.plan, ...seen, boundary });
}

test('a build that allocates 14 times more in decode is told so, by an exact count', () => {
  const [change, ...others] = changesOf((build) => (build === './b' ? 16 : 2));
  expect(others).toEqual([]);
  expect(change).toMatchObject({
    ...{ site: 'decode', quantity: 'callee.allocs', baselineValue: 2, candidateValue: 16, steady: true },
  });
  expect(change!.runs).toBeGreaterThanOrEqual(2);
});

test('one free more in a package and one fewer in another are two differences, a call and a callback of one name two sites', () => {
  const calls = (a: number, b: number, callback: number): Invented[] => [
    { site: 'free', package: 'x/a', allocs: a },
    { site: 'free', package: 'x/b', allocs: b },
    { site: 'row', package: 'x/a', allocs: 1 },
    { site: 'row', package: 'x/a', kind: 'callback', allocs: callback },
  ];
  const changes = changesAt((build) => (build === './b' ? calls(2, 0, 3) : calls(1, 1, 1)));
  expect(changes.map(({ site, baselineValue, candidateValue }) => [site, baselineValue, candidateValue])).toEqual([
    ['x/a.free', 1, 2],
    ['x/b.free', 1, 0],
    ['callback row', 1, 3],
  ]);
});

test('a symbol that one package calls is the same site when that package has a new path', () => {
  const changes = changesAt((build) => [
    { site: 'free', package: build === './b' ? 'x/v2' : 'x', allocs: build === './b' ? 2 : 1 },
  ]);
  expect(changes).toMatchObject([{ site: 'free', baselineValue: 1, candidateValue: 2 }]);
});

test('what is equal is not listed, nor what was seen in a single run', () => {
  expect(changesOf(() => 2)).toEqual([]);
  expect(changesOf((build) => (build === './b' ? 16 : 2), 1)).toEqual([]);
});

test('counts that vary are told where their ranges lie apart, and not where they meet', () => {
  const wobble = (block: number) => (block % 2 === 0 ? 0 : 0.5);
  const [apart] = changesOf((build, block) => (build === './b' ? 16 : 2) + wobble(block));
  expect(apart).toMatchObject({ steady: false });
  expect(changesOf((build, block) => (build === './b' ? 2.25 : 2) + wobble(block))).toEqual([]);
});
