/**
 * What this machine is, as facts to be stored with a study. Only what bears on times is read, and nothing that names the
 * machine or its user: no host name, no user name, no path, no variable of the environment.
 */
import { readFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { execa } from 'execa';
import type { Environment } from '../model/result.ts';
import { measureBandwidth } from './bandwidth.ts';
import { allowedCores } from './cores.ts';
import { findTools } from './tools.ts';

type Facts = Environment[string];

/** Takes about 200 ms. What this system does not tell is left out. */
export async function describeEnvironment(): Promise<Environment> {
  const [machine, system, state, toolchain] = await Promise.all([
    describeMachine(),
    describeSystem(),
    describeState(),
    describeToolchain(),
  ]);
  return { machine, system, state, toolchain };
}

async function describeMachine(): Promise<Facts> {
  const [cpuinfo, product] = await Promise.all([readText('/proc/cpuinfo'), readText('/sys/class/dmi/id/product_name')]);
  const allowed = await allowedCores();
  const hypervisor = describeHypervisor(cpuinfo ?? '', product ?? '');
  return withoutGaps({
    cpu: cpus()[0]?.model.trim(),
    architecture: process.arch,
    cores: cpus().length,
    allowedCores: allowed.length,
    clockHz: parseClock(await readText('/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq'), cpus()[0]?.model),
    threadsPerCore: await readThreadsPerCore(),
    memoryBytes: totalmem(),
    cacheBytes: await readCacheBytes(),
    memoryBytesPerS: measureBandwidth(),
    virtual: hypervisor !== undefined,
    hypervisor,
  });
}

async function describeSystem(): Promise<Facts> {
  const osRelease = (await readText('/etc/os-release')) ?? '';
  return withoutGaps({
    system: type(),
    kernel: release(),
    distribution: /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(osRelease)?.[1],
    libc: await readLibc(),
    container: await isContainer(),
  });
}

/** What can be set, or changes by itself, and moves times. */
async function describeState(): Promise<Facts> {
  const aslr = await readText('/proc/sys/kernel/randomize_va_space');
  return withoutGaps({
    governor: await readText('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    turbo: await readTurbo(),
    simultaneousThreads: isOn(await readText('/sys/devices/system/cpu/smt/active')),
    addressRandomisation: aslr === undefined ? undefined : aslr !== '0',
    hugePages: /\[(\w+)\]/.exec((await readText('/sys/kernel/mm/transparent_hugepage/enabled')) ?? '')?.[1],
    clockSource: await readText('/sys/devices/system/clocksource/clocksource0/current_clocksource'),
    coresQuota: parseQuota(await readText('/sys/fs/cgroup/cpu.max')),
    memoryLimitBytes: parseLimit(await readText('/sys/fs/cgroup/memory.max')),
    loadAverage: Number(loadavg()[0]?.toFixed(2)),
  });
}

async function describeToolchain(): Promise<Facts> {
  const tools = await findTools({ names: ['go', 'rustc', 'cargo', 'cc'] });
  return withoutGaps({
    ...Object.fromEntries(tools.map((tool) => [tool.name, tool.version])),
    node: process.versions.node,
  });
}

/** The vendor the firmware names, else the flag that every x86 hypervisor sets. */
export function describeHypervisor(cpuinfo: string, product: string): string | undefined {
  const named = /KVM|VMware|VirtualBox|Virtual Machine|Bochs|Xen|Google Compute|EC2|Firecracker/i.exec(product)?.[0];
  if (named) return named;
  return /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo) ? 'unnamed' : undefined;
}

/** What the processor is made for, never what it happens to run at: kHz of the kernel, else `… @ 2.50GHz` of its name. */
export function parseClock(kilohertz: string | undefined, model = ''): number | undefined {
  if (kilohertz && Number(kilohertz) > 0) return 1000 * Number(kilohertz);
  const named = /@\s*([\d.]+)\s*GHz/i.exec(model)?.[1];
  return named === undefined ? undefined : Math.round(1000 * Number(named)) * 1e6;
}

/** `200000 100000` -> 2 cores; undefined when there is no limit. */
export function parseQuota(text = ''): number | undefined {
  const [quota, period] = text.split(' ').map(Number);
  return quota && period ? quota / period : undefined;
}

export function parseLimit(text: string | undefined): number | undefined {
  const bytes = Number(text);
  return Number.isFinite(bytes) && bytes > 0 ? bytes : undefined;
}

async function readTurbo(): Promise<boolean | undefined> {
  const off = isOn(await readText('/sys/devices/system/cpu/intel_pstate/no_turbo'));
  if (off !== undefined) return !off;
  return isOn(await readText('/sys/devices/system/cpu/cpufreq/boost'));
}

async function readThreadsPerCore(): Promise<number | undefined> {
  const siblings = await readText('/sys/devices/system/cpu/cpu0/topology/thread_siblings_list');
  return siblings === undefined ? undefined : siblings.split(/[,-]/).length;
}

/** Of the last level that the first core sees. */
async function readCacheBytes(): Promise<number | undefined> {
  for (const level of [3, 2]) {
    const size = await readText(`/sys/devices/system/cpu/cpu0/cache/index${level}/size`);
    if (size) return Number.parseInt(size, 10) * (size.endsWith('M') ? 1024 ** 2 : 1024);
  }
  return undefined;
}

async function readLibc(): Promise<string | undefined> {
  const { stdout, failed } = await execa('getconf', ['GNU_LIBC_VERSION'], { reject: false });
  if (!failed) return stdout.trim();
  return (await readText('/lib/ld-musl-x86_64.so.1', 'latin1')) === undefined ? undefined : 'musl';
}

async function isContainer(): Promise<boolean> {
  const marks = await Promise.all(['/.dockerenv', '/run/.containerenv'].map((file) => readText(file)));
  return marks.some((mark) => mark !== undefined);
}

function isOn(text: string | undefined): boolean | undefined {
  return text === undefined || !/^[01]$/.test(text) ? undefined : text === '1';
}

/** Trimmed; undefined where the file is absent or closed to us. */
async function readText(file: string, encoding: BufferEncoding = 'utf8'): Promise<string | undefined> {
  return readFile(file, encoding).then(
    (text) => text.trim(),
    () => undefined,
  );
}

function withoutGaps(facts: Readonly<Record<string, string | number | boolean | undefined>>): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
}
