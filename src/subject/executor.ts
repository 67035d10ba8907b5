/** Starts the real processes of a study: one executor for the three kinds of subject. */
import type { Executor } from '../model/run.ts';
import { openCommand } from './command.ts';
import { openGoBench } from './go-bench.ts';
import { type HarnessQuestion, openHarness } from './harness.ts';
import { openResident } from './resident.ts';
import { planStart, type Surroundings } from './start.ts';

/** `artifacts` holds one built subject for each build level, and one more with the probe where arms are probed. */
export function createExecutor(surroundings: Surroundings): Executor {
  const { experiment } = surroundings;
  switch (experiment.subject.kind) {
    case 'harness':
      return {
        modes: ['alternating'],
        open: async (arm, options) => {
          const start = planStart(surroundings, arm, options);
          const { workload } = experiment;
          const question: HarnessQuestion = {
            ...(workload?.name ? { workload: workload.name } : {}),
            ...(arm.treatment.path ? { path: arm.treatment.path } : {}),
            parameters: start.reality.parameters,
            seed: workload?.seed ?? experiment.seed,
            ...(workload?.records ? { records: workload.records } : {}),
          };
          return openHarness(start, question);
        },
      };
    case 'go-bench': {
      const wayIn = findWayIn(surroundings);
      return {
        modes: wayIn === undefined ? ['alternating', 'interleaved'] : ['interleaved'],
        ...(wayIn === undefined ? {} : { cannot: { alternating: wayIn } }),
        open: async (arm, options) => {
          const start = planStart(surroundings, arm, options);
          return options.mode === 'alternating' ? openResident(start) : openGoBench(start);
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
  const shut = packages.find(({ resident }) => typeof resident === 'string');
  return shut && `${shut.name} has no way in: ${String(shut.resident)}`;
}
