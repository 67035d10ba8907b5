/** What of this machine weakens answers, each with its cure. */
import type { Warning } from '../model/problem.ts';
import type { Environment } from '../model/result.ts';
import type { Clocks } from './clock.ts';
import type { Noise } from './noise.ts';

export interface MachineFacts {
  readonly environment: Environment;
  readonly clocks?: Clocks | undefined;
  readonly noise?: Noise | undefined;
}

/** Thresholds are ours; each says at what point an ordinary study on such a machine gets visibly dearer or blind. */
export function findWeaknesses({ environment, clocks, noise }: MachineFacts): readonly Warning[] {
  return [...weaknessesOfState(environment), ...weaknessesOfClocks(clocks), ...weaknessesOfNoise(noise)];
}

function weaknessesOfState({ machine = {}, state = {} }: Environment): Warning[] {
  const found: Warning[] = [];
  const { governor, loadAverage, coresQuota, addressRandomisation } = state;
  const allowed = Number(machine.allowedCores ?? 1);
  if (typeof governor === 'string' && governor !== 'performance') {
    found.push({
      code: 'governor',
      message: `the processor's speed follows its load (governor ${governor})`,
      cure: 'cpupower frequency-set --governor performance',
    });
  }
  if (state.turbo === true && machine.virtual === false) {
    found.push({
      code: 'turbo',
      message: 'turbo is on: speed depends on temperature and on what the other cores do',
      cure: 'echo 0 > /sys/devices/system/cpu/cpufreq/boost, or 1 > …/intel_pstate/no_turbo',
    });
  }
  if (typeof loadAverage === 'number' && loadAverage > allowed / 2) {
    found.push({
      code: 'busy',
      message: `there is other work for ${loadAverage} cores, and ${allowed} are here`,
      cure: 'measure when the machine is quiet; taking turns keeps the answer right, but it needs more blocks',
    });
  }
  if (typeof coresQuota === 'number' && coresQuota < allowed) {
    found.push({
      code: 'cpu-quota',
      message: `a quota stops us for part of the time (${coresQuota} of ${allowed} cores)`,
      cure: 'give the container whole cores (a cpuset) instead of a quota',
    });
  }
  if (allowed < 2) {
    found.push({
      code: 'one-core',
      message: 'there is one core: the collector and the program share it',
      cure: 'allow at least two cores',
    });
  }
  if (addressRandomisation === false) {
    found.push({
      code: 'fixed-addresses',
      message: 'addresses are not randomised: where memory lands is the same in every run, and may favour one side',
      cure: 'echo 2 > /proc/sys/kernel/randomize_va_space',
    });
  }
  return found;
}

function weaknessesOfClocks(clocks: Clocks | undefined): Warning[] {
  if (clocks?.reason === undefined) return [];
  const dearer = clocks.os.readS * 1e9;
  return [
    {
      code: 'slow-clock',
      message: `${clocks.reason}: crossings are stamped by the system's clock, ${dearer.toFixed(0)} ns a reading`,
      cure: 'nothing is wrong with the counts and means; short crossings carry more of the probe',
    },
  ];
}

function weaknessesOfNoise(noise: Noise | undefined): Warning[] {
  if (noise === undefined) return [];
  const found: Warning[] = [];
  if (noise.blockSd > 0.02) {
    found.push({
      code: 'noisy',
      message: `blocks of the same program differ by ${percent(noise.blockSd)}`,
      cure: 'end other work on the machine, or give studies a larger budget',
    });
  }
  if (Math.abs(noise.lagOne) > 0.3) {
    found.push({
      code: 'drift',
      message: 'successive blocks resemble each other: the noise comes in waves longer than a block',
      cure: 'end what runs beside it; intervals may be too narrow while it lasts',
    });
  }
  if (noise.swing > 1.1) {
    found.push({
      code: 'two-speeds',
      message: `the machine's own speed moved by ${percent(noise.swing - 1)} within seconds`,
      cure: 'compare only what takes turns; figures from different minutes are not comparable here',
    });
  }
  return found;
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}
