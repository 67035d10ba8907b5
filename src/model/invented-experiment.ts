/** For tests: an experiment that nobody runs, two builds of one made-up operation unless told otherwise. */
import type { Experiment } from './experiment.ts';

export function inventExperiment(changes: Partial<Experiment> = {}): Experiment {
  return {
    name: 'invented',
    subject: { kind: 'harness', folder: '/invented', build: [], environment: {}, run: {} },
    paths: [],
    factors: [{ name: 'build', family: 'build', levels: [{ text: 'before' }, { text: 'after' }] }],
    baseline: { build: 'before' },
    design: { kind: 'full-factorial' },
    metrics: { primary: 'time.p50', gate: [], explore: [] },
    expect: [],
    margin: 0.02,
    margins: {},
    probe: 'off',
    seed: 7,
    budgetS: 60,
    limits: { answerS: 30, buildS: 600 },
    ...changes,
  };
}
