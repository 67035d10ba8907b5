/** Any program: an iteration is one process from start to end, its wall time the time of one operation. */
import type { Batch, Prepared, RunEnd, Session } from '../model/run.ts';
import { addEnd, expectSuccess, NO_END, readAfter, runToEnd } from './one-shot.ts';
import type { Start } from './start.ts';

export function openCommand(start: Start): Session {
  let end: RunEnd = NO_END;
  return {
    prepare: async (): Promise<Prepared> => ({ cycle: 1, operations: 0 }),
    run: async (iterations): Promise<Batch> => {
      let seconds = 0;
      let cpu = 0;
      for (let done = 0; done < iterations; done++) {
        const finished = await runToEnd(start, start.argv, 'nothing');
        end = addEnd(end, finished);
        expectSuccess(start, finished);
        seconds += finished.report.wallS;
        cpu += finished.report.userS + finished.report.sysS;
      }
      return { iterations, seconds, values: { cpu: cpu / iterations } };
    },
    close: async () => end,
    ...readAfter(start),
  };
}
