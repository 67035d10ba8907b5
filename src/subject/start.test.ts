import { expect, test } from 'vitest';
import type { Artifact } from '../artifact/artifact.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Arm } from '../model/plan.ts';
import { planStart } from './start.ts';

const command = { words: ['$OUT/bench'] };
const subject = { kind: 'command', folder: '/x', build: [], environment: {}, run: command } as const;
const artifact = (probed: boolean): Artifact => ({
  ...{ probed, folder: '/x', out: probed ? '/out/probe' : '/out/bare', commands: { '': command } },
  ...{ packages: [], environment: {}, contents: { executables: [], go: {}, modules: {}, crates: {}, commands: [] } },
});
const surroundings = {
  experiment: inventExperiment({ subject, factors: [], baseline: {}, probe: 'full' }),
  artifacts: [artifact(false), artifact(true)],
  conditions: { environment: {} },
};
const options = { block: 0, mode: 'interleaved', paddingBytes: 0, seed: 1, recordFile: '/records/1' } as const;

test.each([
  ['main', '/out/bare/bench', [], 'The subject (only)'],
  ['aa', '/out/bare/bench', [], 'The subject (only)'],
  [
    'probed',
    '/out/probe/bench',
    ['SEAMARK_PROBE', 'SEAMARK_RECORDS', 'SEAMARK_SAMPLE_MS'],
    'The subject (only, probed)',
  ],
  // The same program as the probed one, and nothing that would switch it on.
  ['off', '/out/probe/bench', [], 'The subject (only, probe off)'],
] as const)('an arm in the role %s starts %s', (role, program, variables, name) => {
  const arm: Arm = { id: role, role, every: 1, treatment: { id: 'only', levels: {} } };
  const start = planStart(surroundings, arm, options);
  expect([start.argv[0], start.name]).toEqual([program, name]);
  const set = Object.keys(start.options.env).filter((one) => one.startsWith('SEAMARK_') && one !== 'SEAMARK_PADDING');
  expect(set.sort()).toEqual(variables);
  expect(start.recordFile).toBe(role === 'probed' ? '/records/1' : undefined);
});
