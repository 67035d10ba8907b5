import { expect, test } from 'vitest';
import { type ClockAnswer, isInvariant, judgeClocks, measureClocks } from './clock.ts';

const ANSWER: ClockAnswer = {
  os: { read_ns: 25, quantum_ns: 30 },
  tsc: { read_ns: 9, quantum_ns: 10, ticks_per_s: 2.6e9, quantum_ticks: 26, drift: 1e-8 },
};

test.each([
  ['an invariant counter that the kernel keeps time by', ANSWER, 'tsc', true, 'tsc', undefined],
  ['a kernel that keeps time by another clock', ANSWER, 'kvm-clock', true, 'os', 'kvm-clock'],
  ['a kernel that names none', ANSWER, '', true, 'os', 'unknown'],
  ['a counter that stops in sleep', ANSWER, 'tsc', false, 'os', 'not invariant'],
  ['a processor without a counter', { os: ANSWER.os }, 'arch_sys_counter', false, 'os', 'no time stamp counter'],
] as const)('with %s crossings are stamped by the right clock', (_case, answer, source, invariant, chosen, reason) => {
  const clocks = judgeClocks(answer, source, invariant);
  expect(clocks.chosen).toBe(chosen);
  if (reason === undefined) expect(clocks.reason).toBeUndefined();
  else expect(clocks.reason).toContain(reason);
});

test('what go/clock prints in nanoseconds is held in seconds', () => {
  const { os, tsc } = judgeClocks(ANSWER, 'tsc', true);
  expect(os).toEqual({ readS: 25e-9, quantumS: 30e-9 });
  expect(tsc).toMatchObject({ readS: 9e-9, quantumS: 10e-9, ticksPerSecond: 2.6e9 });
});

test.each([
  ['flags : fpu tsc constant_tsc nonstop_tsc sse', true],
  ['flags : fpu tsc constant_tsc sse', false],
  ['flags : fpu nonstop_tsc_other constant_tsc', false],
  ['', false],
])('a counter is invariant when it neither changes pace nor stops (%s)', (cpuinfo, invariant) => {
  expect(isInvariant(cpuinfo)).toBe(invariant);
});

test('the clocks of this machine cost something and advance in steps', async () => {
  const clocks = await measureClocks();
  for (const clock of [clocks.os, ...(clocks.tsc ? [clocks.tsc] : [])]) {
    expect(clock.readS).toBeGreaterThan(0);
    expect(clock.quantumS).toBeGreaterThan(0);
    expect(clock.quantumS).toBeLessThan(1e-3);
  }
});
