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

/** In the order in which they are told. */
const WITNESSES: Readonly<Record<string, AskWitness>> = {
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

export async function gatherWitnesses(request: EvidenceRequest): Promise<readonly Witness[]> {
  const answers: Witness[] = [];
  for (const one of listCases(request.result).slice(0, MOST_CASES)) {
    for (const [name, ask] of Object.entries(WITNESSES)) {
      request.signal.throwIfAborted();
      request.onStep?.(one.treatment === '' ? name : `${name} of ${one.treatment}`);
      answers.push(await ask(one, request));
    }
  }
  return answers;
}

/** Build comparisons of which time, an exact count or a layer says that something moved; the largest change first. */
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
    .filter(hasMoved)
    .sort((a, b) => distance(b) - distance(a));
}

function hasMoved({ comparison: { verdict }, siteChanges, layers }: Case): boolean {
  const moves: readonly string[] = ['regression', 'improvement'];
  return moves.includes(verdict) || siteChanges.length > 0 || layers.some((layer) => moves.includes(layer.verdict));
}

function distance({ comparison: { ratio } }: Case): number {
  return ratio > 0 && Number.isFinite(ratio) ? Math.abs(Math.log(ratio)) : Infinity;
}
