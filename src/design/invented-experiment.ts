/** For tests: experiments that nobody runs. */
import type { Experiment, Factor } from '../model/experiment.ts';

export const factor = (name: string, levels: string[], more: Partial<Factor> = {}): Factor => ({
  name,
  family: 'parameter',
  levels: levels.map((text) => ({ text })),
  ...more,
});
export const PAYLOAD = factor('payload', ['64 B', '4 KiB', '64 KiB']);
export const HANDOVER = factor('handover', ['borrow', 'copy-in', 'copy-out'], { within: { path: 'go->rust' } });
export const BUILD = factor('build', ['./a', './b', './c'], { family: 'build' });

/** The lab: three paths, three payloads, three hand-overs where Go calls Rust. */
export const inventExperiment = (changes: Partial<Experiment> = {}): Experiment => ({
  name: 'lab',
  subject: { kind: 'harness', folder: '/nowhere', build: [], environment: {}, run: {} },
  paths: ['go', 'rust', 'go->rust'],
  factors: [PAYLOAD, HANDOVER],
  baseline: {},
  design: 'full-factorial',
  metrics: { primary: 'time.p50', gate: ['crossings'], explore: ['time.p99'] },
  expect: [],
  margin: 0.02,
  margins: {},
  probe: 'full',
  seed: 7,
  budgetS: 90,
  limits: { answerS: 10, buildS: 60 },
  ...changes,
});
