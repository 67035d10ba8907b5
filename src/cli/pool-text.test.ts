import { expect, test } from 'vitest';
import { poolMachines } from '../analysis/machines.ts';
import type { Result } from '../model/result.ts';
import { renderMachines } from './pool-text.ts';

const study = (name: string, ratio: number, low: number, high: number) => ({
  name,
  result: {
    study: name,
    experiment: 'x',
    primary: 'time.p50',
    comparisons: [
      {
        metric: 'time.p50',
        kind: 'build',
        treatment: '',
        factor: 'build',
        baseline: 'a',
        candidate: 'b',
        ratio,
        low,
        high,
        confidence: 0.95,
        blocks: 20,
        margin: 0.02,
        verdict: 'undecided',
        confirmed: 'none',
        series: [],
        warnings: [],
      },
    ],
    environment: { machine: { cpu: name } },
  } as unknown as Result,
});
const render = (...studies: readonly ReturnType<typeof study>[]) =>
  renderMachines(poolMachines(studies), { columns: 110, color: false });

test('an interval without ends fills the strip with open ends, its small effect near the middle', () => {
  const [line] = /^m1 .*$/m.exec(render(study('m1', 0.99, -Infinity, Infinity)))!;
  expect(line).toMatch(/‹─{5,}●─+│?─{5,}›$/);
});

test('one machine is too few once, not at every comparison', () => {
  const text = render(study('m1', 0.98, 0.97, 0.99));
  expect(text.match(/it takes 3/g)).toHaveLength(1);
  expect(text).not.toContain('not assessed');
});

test('machines that were left out are not counted among those that tell', () => {
  const open = study('m3', 1.01, -Infinity, Infinity);
  expect(render(study('m1', 1.1, 1.09, 1.11), study('m2', 1.1, 1.09, 1.11), open)).toContain(
    '2 of 3 machines have a finite interval, and it takes 3',
  );
});
