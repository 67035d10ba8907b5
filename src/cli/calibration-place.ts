/** Where the calibrations of this machine are kept, and what a subject is called there. */
import { createHash } from 'node:crypto';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../machine/cache-folder.ts';
import { allowedCores } from '../machine/cores.ts';
import type { Experiment } from '../model/experiment.ts';

/** A machine is told by what it is, not by its name: processor, cores it may use, memory. */
export async function machineFolder(): Promise<string> {
  const facts = [cpus()[0]?.model ?? '', process.arch, (await allowedCores()).length, Math.round(totalmem() / 2 ** 28)];
  return join(cacheFolder(), 'machines', digest(facts));
}

/** The same for every treatment and every version of a subject: what is built and run, and the name it goes by. */
export function subjectKey({ name, subject }: Experiment): string {
  const { kind, build } = subject;
  const runs = subject.kind === 'go-bench' ? [subject.package, subject.bench] : subject.run;
  return digest([name, kind, build, runs]);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
