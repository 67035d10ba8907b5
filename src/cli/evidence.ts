/** Asks the witnesses of a study that is measured, under the live line, and says how long that took. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { gatherWitnesses } from '../evidence/gather.ts';
import type { Result } from '../model/result.ts';
import type { Witness } from '../model/witness.ts';
import { formatDuration } from '../report/facts.ts';
import { machineClock } from '../runner/clock.ts';
import type { LiveLine } from './live-line.ts';
import type { BuiltSubject } from './run-subject.ts';

/** Below this nobody wonders where the time went. */
const WORTH_TELLING_S = 2;

/** Rejects with the reason of the signal when it is stopped. */
export async function askWitnesses(
  result: Result,
  { experiment, subjects, cores }: Pick<BuiltSubject, 'experiment' | 'subjects' | 'cores'>,
  { line, signal }: { readonly line: LiveLine; readonly signal: AbortSignal },
  asked: Parameters<typeof gatherWitnesses>[1] = {},
): Promise<readonly Witness[]> {
  const { gatherWitnesses } = await import('../evidence/gather.ts');
  const scratch = mkdtempSync(join(tmpdir(), 'seamark-evidence-'));
  const startedS = machineClock.nowS();
  try {
    const witnesses = await gatherWitnesses(
      {
        experiment,
        artifacts: subjects,
        conditions: { cores, signal },
        result,
        scratch,
        signal,
        onStep: (step) => line.show(`gathering evidence, beside the budget: ${step}`),
      },
      asked,
    );
    const tookS = machineClock.nowS() - startedS;
    if (tookS >= WORTH_TELLING_S) line.say(`evidence took ${formatDuration(tookS)}, beside the budget`);
    return witnesses;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
