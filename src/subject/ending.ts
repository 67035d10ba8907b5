/** The end of a process that was driven over its standard streams: asked first, ended when it does not listen. */
import type { Launched, LaunchReport } from '../machine/launch.ts';
import type { RunEnd } from '../model/run.ts';
import type { LineChannel } from './line-channel.ts';

/** After `stop` a process that does not end by itself is ended. */
const GOODBYE_MS = 2000;

/** Resolves when the process and its group are gone. Never rejects. */
export async function endInOrder(process: Launched, channel: LineChannel): Promise<RunEnd> {
  const end = (): void => void process.end().catch(() => {});
  const goodbye = setTimeout(end, GOODBYE_MS);
  // In the middle of a batch (the user said stop) it hears nothing. One that has failed before is on its way out, or gone.
  if (channel.busy) end();
  else await channel.ask('stop').catch(() => {});
  process.stdin?.end();
  const report = await process.report.catch(() => undefined);
  clearTimeout(goodbye);
  return toRunEnd(report, channel.stderr.text);
}

/** What a run used, also when it never started. */
function toRunEnd(report: LaunchReport | undefined, stderr: string): RunEnd {
  return {
    wallS: report?.wallS ?? 0,
    cpuS: report ? report.userS + report.sysS : 0,
    maxRssBytes: report?.maxRssBytes ?? 0,
    leaked: report?.leaked ?? 0,
    stderr,
  };
}
