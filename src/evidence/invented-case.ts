/** For tests: a case of which time says what it is told to. */
import type { Arm } from '../model/plan.ts';
import type { Comparison } from '../model/result.ts';
import type { Case } from './gather.ts';

/** `ratio` of candidate to baseline: beyond 2 % it is a regression or an improvement. `seconds`: one operation of the baseline. */
export function inventCase(
  baseline: string,
  candidate: string,
  { ratio, seconds, levels = {} }: { ratio: number; seconds: number; levels?: Readonly<Record<string, string>> },
): Case {
  const armOf = (build: string): Arm => ({
    id: build,
    role: 'main',
    every: 1,
    treatment: { id: build, levels: { ...levels, build } },
  });
  const comparison: Comparison = {
    ...{ metric: 'time.p50', kind: 'build', treatment: '', factor: 'build', baseline, candidate },
    ...{ baselineArm: baseline, candidateArm: candidate, baselineValue: seconds, candidateValue: seconds * ratio },
    ...{ ratio, low: ratio * 0.99, high: ratio * 1.01, confidence: 0.95, blocks: 30, margin: 0.02, detectable: 0.02 },
    verdict: ratio > 1.02 ? 'regression' : ratio < 0.98 ? 'improvement' : 'equivalent',
    ...{ confirmed: 'fresh', series: [], warnings: [] },
  };
  const arms = { baselineArm: armOf(baseline), candidateArm: armOf(candidate) };
  return { treatment: '', baseline, candidate, ...arms, comparison, siteChanges: [], layers: [] };
}
