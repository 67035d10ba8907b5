/**
 * Asks every witness about what moved. A witness looks at the same two builds in its own way, in runs of its own that no time is
 * judged by, and says whether it agrees, disagrees, or is blind to such a change.
 */
import type { Artifact } from '../artifact/artifact.ts';
import type { Experiment } from '../model/experiment.ts';
import type { LayerChange } from '../model/layer.ts';
import type { Arm, Contrast } from '../model/plan.ts';
import type { Comparison, Result } from '../model/result.ts';
import type { SiteChange } from '../model/site-change.ts';
import type { Witness } from '../model/witness.ts';
import type { RunConditions } from '../subject/start.ts';
import { askForeignAllocations, askGoAllocations } from './allocations.ts';
import { askCacheMisses } from './cache-misses.ts';
import { askCounts } from './counts.ts';
import { askCpuProfile } from './cpu-profile.ts';
import { askHeaps } from './heaps.ts';
import { askInstructions } from './instructions.ts';
import { askSystemCalls } from './system-calls.ts';
import { askWaiting } from './waiting.ts';
import { WITNESS_NAMES, type WitnessName } from './witness-name.ts';

/** Two builds of one treatment, of which something moved. */
export interface Case extends Pick<Contrast, 'treatment' | 'baseline' | 'candidate'> {
  readonly baselineArm: Arm;
  readonly candidateArm: Arm;
  /** What time said, on the primary metric. */
  readonly comparison: Comparison;
  readonly siteChanges: readonly SiteChange[];
  readonly layers: readonly LayerChange[];
}

export interface EvidenceRequest {
  /** With the benchmarks that were found, as it ran. */
  readonly experiment: Experiment;
  readonly artifacts: readonly Artifact[];
  readonly conditions: RunConditions;
  readonly result: Result;
  /** A folder of Seamark's own that is there and is removed by whoever asks. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** Told before each: `instructions of payload=4 KiB`. */
  readonly onStep?: (step: string) => void;
}

/** Answers for one case. Rejects only when interrupted: a tool that is missing or fails makes a blind witness that says so. */
export type AskWitness = (one: Case, request: EvidenceRequest) => Promise<Witness>;

const WITNESSES: Readonly<Record<WitnessName, AskWitness>> = {
  counts: askCounts,
  instructions: askInstructions,
  'cache misses': askCacheMisses,
  'system calls': askSystemCalls,
  'Go allocations': askGoAllocations,
  'foreign allocations': askForeignAllocations,
  heaps: askHeaps,
  'locks and waiting': askWaiting,
  'CPU profile': askCpuProfile,
};

/** Cases a study is asked about: what moved most comes first, the others are left to `seamark explain`. */
const MOST_CASES = 3;

/** Of whom is asked, and about what; what is left out is all of it, and the cases that moved most. */
interface Asked {
  readonly cases?: readonly Case[];
  readonly names?: readonly WitnessName[];
}

export async function gatherWitnesses(
  request: EvidenceRequest,
  { cases = listCases(request.result).filter(hasMoved).slice(0, MOST_CASES), names = WITNESS_NAMES }: Asked = {},
): Promise<readonly Witness[]> {
  const answers: Witness[] = [];
  for (const one of cases) {
    for (const name of names) {
      request.signal.throwIfAborted();
      request.onStep?.(one.treatment === '' ? name : `${name} of ${one.treatment}`);
      answers.push(await WITNESSES[name](one, request));
    }
  }
  return answers;
}

/** Every comparison of builds on the primary metric; the largest change first. */
export function listCases(result: Result): readonly Case[] {
  const { comparisons, siteChanges = [], layers = [], arms, primary } = result;
  const armOf = (id: string): Arm | undefined => arms.find((arm) => arm.id === id);
  return comparisons
    .filter(({ kind, metric }) => kind === 'build' && metric === primary)
    .flatMap((comparison): Case[] => {
      const { treatment, baseline, candidate } = comparison;
      const [baselineArm, candidateArm] = [armOf(comparison.baselineArm), armOf(comparison.candidateArm)];
      if (!baselineArm || !candidateArm) return [];
      const isOfIt = (other: Pick<Contrast, 'treatment' | 'baseline' | 'candidate'>) =>
        other.treatment === treatment && other.baseline === baseline && other.candidate === candidate;
      return [
        {
          ...{ treatment, baseline, candidate, baselineArm, candidateArm, comparison },
          siteChanges: siteChanges.filter(isOfIt),
          layers: layers.filter(isOfIt),
        },
      ];
    })
    .sort((a, b) => distance(b) - distance(a));
}

/** Whether time, an exact count or a layer says that something moved. */
export function hasMoved({ comparison: { verdict }, siteChanges, layers }: Case): boolean {
  const moves: readonly string[] = ['regression', 'improvement'];
  return moves.includes(verdict) || siteChanges.length > 0 || layers.some((layer) => moves.includes(layer.verdict));
}

function distance({ comparison: { ratio } }: Case): number {
  return ratio > 0 && Number.isFinite(ratio) ? Math.abs(Math.log(ratio)) : Infinity;
}
