/** Looks at the record files of a folder while the processes that write them live: until when they did, and what stayed in memory. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readBoundary } from '../instrument/boundary-reading.ts';
import type { BoundaryReading } from '../model/site.ts';

/** Readings kept of a process: when there are more, every second goes, and they are taken half as often. */
const MOST_READINGS = 16;

export class Watch {
  readonly aliveNs = new Map<string, bigint>();
  readonly readings = new Map<string, readonly BoundaryReading[]>();
  /** Looks at each file so far, since its process was first seen. */
  readonly #looks = new Map<string, number>();
  readonly #every = new Map<string, number>();
  readonly #records: string;

  constructor(records: string) {
    this.#records = records;
  }

  look(): void {
    for (const name of this.#names()) {
      const pid = Number.parseInt(name, 10);
      if (!(pid > 0) || !lives(pid)) continue;
      this.aliveNs.set(name, process.hrtime.bigint());
      this.#read(name);
    }
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#records);
    } catch {
      return []; // removed while the command runs: told when it has ended
    }
  }

  /** What stays in memory after calls is told from several readings of a run. */
  #read(name: string): void {
    const looks = this.#looks.get(name) ?? 0;
    const every = this.#every.get(name) ?? 1;
    this.#looks.set(name, looks + 1);
    if (looks % every !== 0) return;
    const reading = readNow(join(this.#records, name));
    if (!reading?.allocations) return;
    const taken = [...(this.readings.get(name) ?? []), reading];
    if (taken.length > MOST_READINGS) this.#every.set(name, 2 * every);
    this.readings.set(name, taken.length > MOST_READINGS ? taken.filter((_, at) => at % 2 === 0) : taken);
  }
}

/** What can't be read now is read, and complained of, when the command has ended. */
function readNow(path: string): BoundaryReading | undefined {
  try {
    return readBoundary(path);
  } catch {
    return undefined;
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
