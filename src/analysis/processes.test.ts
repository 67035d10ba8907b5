import { expect, test } from 'vitest';
import type { Schedule } from '../model/plan.ts';
import { inventExperiment, inventStudy } from './invented-study.ts';
import { askProcesses, processesBlocks, processesWarnings } from './processes.ts';
import { collectBlocks } from './samples.ts';

const MARGIN = 0.02;

function ask(times: number, blocks = 20, runNoise = 0.005) {
  const study = inventStudy({
    experiment: inventExperiment(),
    mode: 'interleaved',
    seconds: (arm) => (arm.treatment.levels.build === './b' ? times : 1) * 1e-6,
    runNoise,
  });
  const [contrast] = study.plan.contrasts;
  const seen = collectBlocks(study.run('processes', blocks), 'processes');
  return askProcesses(seen, { contrast: contrast!, metric: 'time.p50' }, 'interleaved', MARGIN);
}

test.each([
  ['agree when they lie above zero', 1.05, 20, 0.005, 'agrees'],
  ['disagree inside the margin', 1, 20, 0.005, 'disagrees'],
  ['disagree on the other side', 0.95, 20, 0.005, 'disagrees'],
  ['can not tell in their noise', 1.005, 20, 0.2, 'cannot tell'],
  ['can not tell when there are too few', 1.05, 6, 0.005, 'cannot tell'],
] as const)('processes %s', (_, times, blocks, noise, says) => {
  expect(ask(times, blocks, noise)).toMatchObject({ says, mode: 'interleaved', blocks });
});

test('only an answer that does not agree is a warning, with both intervals and the mode that would tell', () => {
  const before = { mode: 'alternating', ratio: 1.05, low: 1.04, high: 1.06 } as const;
  expect(processesWarnings(ask(1.05), before)).toEqual([]);
  const [warning] = processesWarnings(ask(0.95), before);
  expect(warning).toMatchObject({ code: 'processes-disagree', cure: expect.stringMatching(/--mode interleaved/) });
  expect(warning!.message).toMatch(/alternating blocks say 5\.0 % \[4\.0, 6\.0\], interleaved ones −\d\.\d % \[−/);
  expect(processesWarnings(ask(1.05, 6), before)).toMatchObject([{ code: 'not-confirmed-with-processes' }]);
});

test('as many blocks are asked as would tell the smallest change, within the budget and never fewer than twelve', () => {
  const study = inventStudy({ experiment: inventExperiment({ budgetS: 100 }), seconds: () => 1e-6 });
  const [contrast] = study.plan.contrasts;
  const outcomes = study.run('judged', 12);
  const blocks = (spread: number, ...logRatios: number[]) => {
    const processes: NonNullable<Schedule['processes']> = {
      ...{ mode: 'interleaved', iterations: {}, rounds: 1, blockS: 1, spread },
    };
    const schedule: Schedule = {
      ...study.schedule,
      processes,
      prices: [{ mode: 'interleaved', blocks: 16, blockS: 1 }],
    };
    const regressions = logRatios.map((logRatio) => ({ contrast: contrast!, metric: 'time.p50', logRatio }));
    return processesBlocks(regressions, processes, { ...study, schedule, outcomes });
  };
  expect(blocks(0.01, 0.05)).toBe(12);
  // (1.645 + 1.282)² · π/3 · (1.25 · 0.1 / 0.05)², the quarter more for a spread told from 16 pairs.
  expect(blocks(0.1, 0.05)).toBe(57);
  expect(blocks(0.1, 0.05, 0.045)).toBeGreaterThan(57);
  expect(blocks(0.5, 0.05)).toBe(88); // 12 of 100 seconds are gone
});
