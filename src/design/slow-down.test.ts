import { expect, test } from 'vitest';
import type { Experiment } from '../model/experiment.ts';
import { readSpec } from '../spec/read-spec.ts';
import { writeSpec } from '../spec/write-spec.ts';
import { planExperiment } from './plan.ts';
import { withSlowDown } from './slow-down.ts';

const read = (text: string): Experiment => readSpec(text, { file: 'seamark.yaml', folder: '/x' }).experiments[0]!;
const compare = read(
  'experiment: x\nsubject: {kind: go-bench, package: ., bench: Decode}\nfactors: {build: [./a, ./b]}\n',
);

test('both builds run with each delay alone, and are compared there; the delays themselves are not judged', () => {
  const { contrasts, arms } = planExperiment(withSlowDown(compare, 'decode'), { modes: ['alternating'] });
  expect(contrasts.map(({ kind, factor, candidate }) => [kind, factor, candidate])).toEqual(
    Array.from({ length: 7 }, () => ['build', 'build', './b']),
  );
  expect(arms.filter(({ role }) => role === 'main')).toHaveLength(14);
});

test('it is a spec as one would write it: printed and read again it is the same plan', () => {
  for (const site of ['decode', undefined]) {
    const asked = withSlowDown(compare, site);
    const again = read(writeSpec(asked, { folder: '/x' }));
    expect(again.factors).toMatchObject(asked.factors);
    expect(planExperiment(again, { modes: ['alternating'] })).toEqual(
      planExperiment(asked, { modes: ['alternating'] }),
    );
  }
});
