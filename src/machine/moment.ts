/** The machine at one moment, read twice to tell what went on in between. Counters of the kernel; nothing that names anybody. */
import { readFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import type { Moment } from '../model/surroundings.ts';

/** The kernel tells user space times in hundredths of a second, whatever its own clock does. */
const TICK_S = 0.01;

/** Takes a millisecond. What this system does not tell is left out. */
export async function readMoment(): Promise<Moment> {
  const [stat, own, pressure, throttles, governor, frequency] = await Promise.all([
    readText('/proc/stat'),
    readText('/proc/self/stat'),
    readText('/proc/pressure/memory'),
    readText('/sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count'),
    readText('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    readText('/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq'),
  ]);
  const load = loadavg()[0];
  return {
    atS: performance.now() / 1000,
    cores: cpus().length,
    ...parseStat(stat ?? ''),
    ...known('ownS', parseOwn(own ?? '')),
    ...known('memoryWaitS', parsePressure(pressure ?? '')),
    ...known('throttles', throttles === undefined ? undefined : Number(throttles)),
    ...known('frequencyHz', frequency === undefined ? undefined : 1000 * Number(frequency)),
    ...known('loadAverage', load),
    ...(governor === undefined ? {} : { governor }),
  };
}

/** First line of /proc/stat: user nice system idle iowait irq softirq steal, since the machine started; guests are in user. */
export function parseStat(text: string): Pick<Moment, 'busyS' | 'stealS'> {
  const fields = /^cpu\s+(.*)$/m.exec(text)?.[1]?.trim().split(/\s+/).map(Number) ?? [];
  if (fields.length < 8 || !fields.every(Number.isFinite)) return {};
  const [user, nice, system, , , irq, softirq, steal] = fields as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { busyS: TICK_S * (user + nice + system + irq + softirq), stealS: TICK_S * steal };
}

/** utime, stime and those of children that were waited for: fields 14 to 17, behind a name that may hold anything. */
export function parseOwn(text: string): number | undefined {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
  return fields.length === 4 && fields.every(Number.isFinite)
    ? TICK_S * fields.reduce((sum, each) => sum + each, 0)
    : undefined;
}

/** `some … total=` in microseconds. */
export function parsePressure(text: string): number | undefined {
  const total = /^some .*\btotal=(\d+)/m.exec(text)?.[1];
  return total === undefined ? undefined : Number(total) * 1e-6;
}

const known = <Name extends keyof Moment>(name: Name, value: number | undefined) =>
  value !== undefined && Number.isFinite(value) ? { [name]: value } : {};

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}
