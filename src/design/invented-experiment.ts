/** For tests: experiments that nobody runs. */
import type { Experiment, Factor } from '../model/experiment.ts';
import { inventExperiment as inventAny } from '../model/invented-experiment.ts';

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
export const inventExperiment = (changes: Partial<Experiment> = {}): Experiment =>
  inventAny({
    name: 'lab',
    paths: ['go', 'rust', 'go->rust'],
    factors: [PAYLOAD, HANDOVER],
    baseline: {},
    metrics: { primary: 'time.p50', gate: ['crossings'], explore: ['time.p99'] },
    probe: 'full',
    budgetS: 90,
    ...changes,
  });
