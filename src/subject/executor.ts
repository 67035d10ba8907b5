/** Starts the real processes of a study: one executor for the three kinds of subject. */
import { realise } from '../factor/realise.ts';
import type { Arm } from '../model/plan.ts';
import type { Executor } from '../model/run.ts';
import { openCommand } from './command.ts';
import { openGoBench } from './go-bench.ts';
import { type HarnessQuestion, openHarness } from './harness.ts';
import { createHosts } from './in-process.ts';
import { openResident, sayShut } from './resident.ts';
import { planStart, type Surroundings } from './start.ts';

/** `artifacts` holds one built subject for each build level, and one more with the probe where arms are probed. */
export function createExecutor(surroundings: Surroundings): Executor {
  const { experiment } = surroundings;
  switch (experiment.subject.kind) {
    case 'harness': {
      const switched = surroundings.artifacts.find((artifact) => artifact.switched)?.switched;
      const hosts = switched?.kind === 'ready' ? createHosts(surroundings, switched) : undefined;
      return {
        modes: hosts ? ['in-process', 'alternating'] : ['alternating'],
        ...(switched?.kind === 'refused' ? { cannot: { 'in-process': switched.reason } } : {}),
        open: async (arm, options) => {
          const question = askOf(surroundings, arm);
          if (options.mode === 'in-process' && hosts?.takes(arm)) return hosts.open(arm, options, question);
          return openHarness(planStart(surroundings, arm, options), question);
        },
      };
    }
    case 'go-bench': {
      const wayIn = findWayIn(surroundings);
      return {
        modes: wayIn === undefined ? ['alternating', 'interleaved'] : ['interleaved'],
        ...(wayIn === undefined ? {} : { cannot: { alternating: wayIn } }),
        open: async (arm, options) => {
          const start = planStart(surroundings, arm, options);
          return options.mode === 'interleaved' ? openGoBench(start) : openResident(start);
        },
      };
    }
    case 'command':
      return {
        modes: ['interleaved'],
        open: async (arm, options) => openCommand(planStart(surroundings, arm, options)),
      };
  }
}

/** Why the benchmarks of some package can't be asked batch by batch; undefined when all can. */
function findWayIn({ artifacts }: Surroundings): string | undefined {
  const packages = artifacts.flatMap((artifact) => artifact.packages);
  const shut = packages.find(({ resident }) => typeof resident !== 'object');
  return shut && (shut.resident === undefined ? 'its programs were built without a way in' : sayShut(shut));
}

/** What a harness is asked to prepare for this arm. */
export function askOf({ experiment }: Pick<Surroundings, 'experiment'>, arm: Arm): HarnessQuestion {
  const { workload } = experiment;
  return {
    ...(workload?.name ? { workload: workload.name } : {}),
    ...(arm.treatment.path ? { path: arm.treatment.path } : {}),
    parameters: realise(experiment, arm).parameters,
    seed: workload?.seed ?? experiment.seed,
    ...(workload?.records ? { records: workload.records } : {}),
  };
}
