import { expect, test } from 'vitest';
import type { SiteWindow } from '../model/site.ts';
import { NO_SUMS } from '../model/site-sums.ts';
import { mapWindows } from './boundary-map.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { collectBlocks } from './samples.ts';
import { listSiteChanges } from './site-changes.ts';

/** A study of two builds, each probed run of which allocates so often in an operation. */
function changesOf(allocs: (build: string, block: number) => number, blocks = 15) {
  const study = inventStudy({ experiment: { ...inventExperiment(), probe: 'full' }, seconds: () => 1e-6 });
  const probed = study.plan.arms.filter(({ role }) => role === 'probed');
  const windowOf = (build: string, block: number) => {
    const site: SiteWindow = {
      ...{ site: 'decode', kind: 'call', package: 'p', opened: 100, closed: 100, errors: 0, recorded: 0 },
      ...{ entryS: 0, calleeS: 0, returnS: 0, nestedS: 0 },
      sums: { ...NO_SUMS, allocs: 100 * allocs(build, block) },
    };
    const clock = { kind: 'tsc', quantumS: 1e-8 } as const;
    return { operations: 100, clock, allocations: true, unpatched: [], declared: 1, records: [], sites: [site] };
  };
  const outcomes = study.run('judged', blocks).map((outcome) => {
    const arm = probed.find(({ id }) => outcome.kind === 'run' && outcome.arm === id);
    if (outcome.kind !== 'run' || !arm) return outcome;
    return { ...outcome, boundary: windowOf(arm.treatment.levels.build!, outcome.block) };
  });
  const boundary = probed.map((arm) =>
    mapWindows([{ window: windowOf(arm.treatment.levels.build!, 0), wallS: 1 }], { of: arm.treatment.id }),
  );
  const judged = collectBlocks(outcomes, 'judged');
  return listSiteChanges(study.plan.contrasts, { plan: study.plan, judged, fresh: [], boundary });
}

test('a build that allocates 14 times more in decode is told so, by an exact count', () => {
  const [change, ...others] = changesOf((build) => (build === './b' ? 16 : 2));
  expect(others).toEqual([]);
  expect(change).toMatchObject({
    ...{ site: 'decode', quantity: 'callee.allocs', baselineValue: 2, candidateValue: 16, steady: true },
  });
  expect(change!.runs).toBeGreaterThanOrEqual(2);
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
