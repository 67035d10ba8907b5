/** A comparison that also asks what a delay in each half costs the whole: known waits, in one layer at a time, in both builds. */
import type { Experiment, Factor } from '../model/experiment.ts';
import { parseQuantity } from '../model/unit.ts';

const DELAYS = ['none', '1 µs', '2 µs', '5 µs'].map((text) => ({ text, ...parseQuantity(text) }));

/** `site`: in whose calls, and before them; every call when absent. Other factors but the build stay at their baseline. */
export function withSlowDown(experiment: Experiment, site: string | undefined): Experiment {
  const others = experiment.factors.filter(({ family }) => family !== 'fault');
  const delays = ['fault.delay', 'fault.go-delay'].map(
    (name): Factor => ({ name, family: 'fault', levels: DELAYS, ...(site === undefined ? {} : { site }) }),
  );
  return {
    ...experiment,
    factors: [...others, ...delays],
    baseline: { ...experiment.baseline, ...Object.fromEntries(delays.map(({ name }) => [name, 'none'])) },
    design: { kind: 'one-at-a-time' },
    probe: experiment.probe === 'off' ? 'counters' : experiment.probe,
  };
}
