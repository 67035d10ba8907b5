/** Which clocks are here, what one reading costs and how finely each resolves: measured now, on this machine. */
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { ensureTool } from './toolbox.ts';

/** One clock; all in seconds. */
export interface Clock {
  readonly readS: number;
  /** The step by which it advances. No percentile below ten of these is printed. */
  readonly quantumS: number;
}

export interface TimeStampCounter extends Clock {
  readonly ticksPerSecond: number;
  readonly quantumTicks: number;
  /** Largest difference between three calibrations against the system's clock, as a fraction. */
  readonly drift: number;
}

export interface Clocks {
  /** Which one stamps crossings: the counter only where it is invariant and the kernel itself keeps time by it. */
  readonly chosen: 'tsc' | 'os';
  /** Why the counter is not taken; absent when it is. */
  readonly reason?: string;
  /** What the kernel keeps time by: `tsc`, `kvm-clock`, `hpet` …; '' where it does not say. */
  readonly source: string;
  readonly invariant: boolean;
  readonly os: Clock;
  /** Absent on processors without one that we know how to read. */
  readonly tsc?: TimeStampCounter;
}

/** Takes about 200 ms, and once a few seconds to build the small Go program that reads the clocks. */
export async function measureClocks(): Promise<Clocks> {
  const { stdout } = await execa(await ensureTool('clock'));
  const [source, cpuinfo] = await Promise.all([
    readText('/sys/devices/system/clocksource/clocksource0/current_clocksource'),
    readText('/proc/cpuinfo'),
  ]);
  return judgeClocks(JSON.parse(stdout) as ClockAnswer, source.trim(), isInvariant(cpuinfo));
}

/** What go/clock prints. */
export interface ClockAnswer {
  readonly os: { readonly read_ns: number; readonly quantum_ns: number };
  readonly tsc?: ClockAnswer['os'] & {
    readonly ticks_per_s: number;
    readonly quantum_ticks: number;
    readonly drift: number;
  };
}

export function judgeClocks(answer: ClockAnswer, source: string, invariant: boolean): Clocks {
  const reason = reasonAgainstCounter(answer, source, invariant);
  const { tsc } = answer;
  return {
    chosen: reason === undefined ? 'tsc' : 'os',
    ...(reason === undefined ? {} : { reason }),
    source,
    invariant,
    os: readClock(answer.os),
    ...(tsc
      ? {
          tsc: {
            ...readClock(tsc),
            ticksPerSecond: tsc.ticks_per_s,
            quantumTicks: tsc.quantum_ticks,
            drift: tsc.drift,
          },
        }
      : {}),
  };
}

/** Both flags are needed: a constant rate, and no stop in sleep states. */
export function isInvariant(cpuinfo: string): boolean {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]?.trim().split(/\s+/));
  return flags.has('constant_tsc') && flags.has('nonstop_tsc');
}

function reasonAgainstCounter(answer: ClockAnswer, source: string, invariant: boolean): string | undefined {
  if (!answer.tsc) return 'this processor has no time stamp counter that Seamark can read';
  if (!invariant) return 'the time stamp counter is not invariant here';
  if (source !== 'tsc')
    return `the kernel keeps time by ${source || 'an unknown source'}, not by the time stamp counter`;
  return undefined;
}

function readClock(clock: ClockAnswer['os']): Clock {
  return { readS: clock.read_ns / 1e9, quantumS: clock.quantum_ns / 1e9 };
}

/** '' where the file is absent, as on systems other than Linux. */
async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
