/**
 * 200 metrics of one comparison, 20 blocks, sd 2 %, half of the variance shared by all of them. Holm for gate metrics, by the
 * level that each interval is drawn at; Benjamini-Hochberg for explored ones. Both before any repetition on fresh blocks.
 */
import { isFound, judge } from '../../../src/analysis/verdict.ts';
import { benjaminiHochberg, holmLevels } from '../../../src/stats/multiplicity.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { signedRankTest } from '../../../src/stats/signed-rank.ts';
import { atLeast, atMostShare, once, type Row } from '../row.ts';

const METRICS = 200;
const BLOCKS = 20;
const SD = 0.02;
const EFFECT = 0.015;
const LEVEL = 0.05;
const IN_TEST = 60;

interface Errors {
  /** Studies in which a gate metric was called though nothing had changed. */
  readonly anyFalse: number;
  /** Mean share of false ones among the explored metrics called. */
  readonly falseShare: number;
  /** Mean share of the changed metrics that were called. */
  readonly foundShare: number;
}

const judged = (changed: number) =>
  once((replicates, seed): Errors => {
    const sums = { anyFalse: 0, falseShare: 0, foundShare: 0 };
    for (let replicate = 0; replicate < replicates; replicate++) {
      const errors = judgeStudy(drawMetrics(createRandom(seed, 'multiplicity', replicate), changed), changed);
      sums.anyFalse += errors.anyFalse;
      sums.falseShare += errors.falseShare;
      sums.foundShare += errors.foundShare;
    }
    return {
      anyFalse: sums.anyFalse / replicates,
      falseShare: sums.falseShare / replicates,
      foundShare: sums.foundShare / replicates,
    };
  });

/** Metrics × blocks; the first `changed` ones have the effect. */
function drawMetrics(random: ReturnType<typeof createRandom>, changed: number): number[][] {
  const each = SD * Math.SQRT1_2;
  const shared = Array.from({ length: BLOCKS }, () => each * random.normal());
  return Array.from({ length: METRICS }, (_, metric) =>
    shared.map((common) => (metric < changed ? EFFECT : 0) + common + each * random.normal()),
  );
}

function judgeStudy(metrics: readonly number[][], changed: number): Errors {
  const pValues = metrics.map((x) => signedRankTest(x).pValue);
  const levels = holmLevels(pValues, LEVEL);
  // A level above which no interval can leave zero out needs no interval.
  const gates = metrics.filter((x, i) => i >= changed && pValues[i]! <= LEVEL && isCalled(x, levels[i]!)).length;
  const called = benjaminiHochberg(pValues).map((p) => p <= LEVEL);
  const right = called.filter((is, i) => is && i < changed).length;
  const wrong = called.filter((is, i) => is && i >= changed).length;
  return {
    anyFalse: gates > 0 ? 1 : 0,
    falseShare: wrong / Math.max(1, right + wrong),
    foundShare: changed === 0 ? 0 : right / changed,
  };
}

function isCalled(x: readonly number[], nominal: number): boolean {
  return isFound(judge(x, { nominal, margin: 1e-9, kind: 'build' }).verdict);
}

const none = judged(0);
const ten = judged(10);

export const rows: readonly Row[] = [
  {
    part: 'multiplicity',
    figure: '200 gate metrics, nothing changed: any called (Holm)',
    ...atMostShare(0.06, IN_TEST),
    measure: (replicates, seed) => none(replicates, seed).anyFalse,
  },
  {
    part: 'multiplicity',
    figure: '200 gate metrics, ten changed: any other called (Holm)',
    ...atMostShare(0.06, IN_TEST),
    measure: (replicates, seed) => ten(replicates, seed).anyFalse,
  },
  {
    part: 'multiplicity',
    figure: '200 explored metrics, ten changed: false share of those called (BH)',
    ...atMostShare(0.06, IN_TEST),
    measure: (replicates, seed) => ten(replicates, seed).falseShare,
  },
  {
    part: 'multiplicity',
    figure: '200 explored metrics, ten changed: share of the ten called (BH)',
    ...atLeast(0.2),
    measure: (replicates, seed) => ten(replicates, seed).foundShare,
  },
];
