import { homedir, hostname, userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { describeEnvironment, describeHypervisor, parseClock, parseLimit, parseQuota } from './environment.ts';

test('a machine is described by what bears on times', async () => {
  const { machine, system, state, toolchain } = await describeEnvironment();
  expect(machine).toMatchObject({ cores: expect.any(Number), memoryBytes: expect.any(Number) });
  expect(system).toMatchObject({ kernel: expect.any(String) });
  expect(state).toMatchObject({ loadAverage: expect.any(Number) });
  expect(toolchain).toMatchObject({ go: expect.stringMatching(/^1\.\d+/), node: process.versions.node });
});

test('neither host, user, home nor any path is in it', async () => {
  const facts = Object.values(await describeEnvironment()).flatMap((group) => Object.values(group));
  const words = new Set(facts.flatMap((fact) => String(fact).split(/[\s/]+/)));
  expect(words).not.toContain(hostname());
  expect(words).not.toContain(userInfo().username);
  expect(facts.join('\n')).not.toContain(homedir());
  expect(facts.filter((fact) => String(fact).startsWith('/'))).toEqual([]);
});

test.each([
  ['200000 100000', 2],
  ['150000 100000', 1.5],
  ['max 100000', undefined],
  ['', undefined],
  [undefined, undefined],
])('a quota of %s is %s cores', (text, cores) => {
  expect(parseQuota(text)).toBe(cores);
});

test.each([
  ['1073741824', 1073741824],
  ['max', undefined],
  [undefined, undefined],
])('a memory limit of %s is %s bytes', (text, bytes) => {
  expect(parseLimit(text)).toBe(bytes);
});

test.each([
  ['flags : fpu hypervisor sse', '', 'unnamed'],
  ['flags : fpu sse', 'KVM Virtual Machine', 'KVM'],
  ['flags : fpu sse', 'ThinkPad T14', undefined],
])('a virtual machine is known by the firmware or by the processor', (cpuinfo, product, hypervisor) => {
  expect(describeHypervisor(cpuinfo, product)).toBe(hypervisor);
});

test.each([
  ['3600000', 'any', 3.6e9],
  [undefined, 'Intel(R) Xeon(R) CPU @ 2.20GHz', 2.2e9],
  [undefined, 'AMD EPYC 7B13', undefined],
  ['', undefined, undefined],
])('the clock a processor is made for: %s kHz, %s', (kilohertz, model, hertz) => {
  expect(parseClock(kilohertz, model)).toBe(hertz);
});
