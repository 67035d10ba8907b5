import { expect, test } from 'vitest';
import { judgeClocks } from '../machine/clock.ts';
import type { Noise } from '../machine/noise.ts';
import type { Tool } from '../machine/tools.ts';
import { DOCTOR_SCHEMA, type Findings, renderFindings } from './doctor-text.ts';

const tool = (name: string, need: Tool['need'], version?: string, tooOld = false): Tool => ({
  name,
  need,
  ...(version === undefined ? {} : { version }),
  tooOld,
  serves: `does what ${name} does`,
  get: `install ${name} from where ${name} is to be had, and put it on the PATH`,
});

const CLOCKS = judgeClocks(
  {
    os: { read_ns: 24.64, quantum_ns: 30 },
    tsc: { read_ns: 9.4, quantum_ns: 10.01, ticks_per_s: 2.596124e9, quantum_ticks: 26, drift: 1e-8 },
  },
  'tsc',
  true,
);

const NOISE: Noise = {
  blocks: 84,
  blockSd: 0.01766,
  bias: -0.00124,
  lagOne: 0.07,
  swing: 1.16,
  sees: [
    { blocks: 20, change: 0.0114 },
    { blocks: 60, change: 0.00656 },
    { blocks: 300, change: 0.00293 },
  ],
  seconds: 4.026,
};

const READY: Findings = {
  schema: DOCTOR_SCHEMA,
  ready: true,
  tools: [tool('go', 'always', '1.26.8'), tool('rustc', 'rust', '1.95.0'), tool('perf', 'optional')],
  environment: {
    machine: { cpu: 'AMD EPYC', cores: 2, allowedCores: 2, memoryBytes: 25276510208, virtual: true },
    system: { system: 'Linux', kernel: '6.1.0', distribution: 'Debian GNU/Linux 12', libc: 'glibc 2.36' },
  },
  clocks: CLOCKS,
  noise: NOISE,
  problems: [],
  warnings: [{ code: 'two-speeds', message: 'the speed moved by 16 %', cure: 'compare only what takes turns' }],
};

const UNREADY: Findings = {
  schema: DOCTOR_SCHEMA,
  ready: false,
  tools: [tool('go', 'always'), tool('rustc', 'rust', '1.63.0', true), tool('chromium', 'test')],
  environment: READY.environment,
  problems: [{ code: 'go-missing', message: 'Go is not on this machine', cure: 'install Go' }],
  warnings: [],
};

test('a machine that is ready reads like this at 80 columns', async () => {
  const text = renderFindings(READY, { columns: 80, color: false });
  await expect(text).toMatchFileSnapshot('testdata/doctor-ready.txt');
});

test('a machine that lacks something reads like this at 80 columns', async () => {
  const text = renderFindings(UNREADY, { columns: 80, color: false });
  await expect(text).toMatchFileSnapshot('testdata/doctor-unready.txt');
});

test.each([60, 80, 120])('no line is longer than %i columns', (columns) => {
  for (const findings of [READY, UNREADY]) {
    const lines = renderFindings(findings, { columns, color: false }).split('\n');
    expect(lines.filter((line) => [...line].length > columns)).toEqual([]);
  }
});

test.each([
  [1, 'In 0 of 1 study the same treatment'],
  [3, 'In 0 of the last 3 studies the same treatment'],
])('%i studies are told in their number', (checks, said) => {
  const text = renderFindings(
    { ...READY, calibrations: [], fitness: { checks, rejections: 0, fit: true } },
    { columns: 120, color: false },
  );
  expect(text).toContain(said);
});

test('colour only repeats what the words say', () => {
  for (const findings of [READY, UNREADY]) {
    const colored = renderFindings(findings, { columns: 80, color: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the codes that are looked for
    const plain = colored.replaceAll(/\u001b\[[\d;]*m/g, '');
    expect(plain).toBe(renderFindings(findings, { columns: 80, color: false }));
    expect(colored).not.toBe(plain);
  }
});

test('the last line says what to get first, and only what is needed', () => {
  const last = renderFindings(UNREADY, { columns: 80, color: false }).trimEnd().split('\n').pop();
  expect(last).toBe('Not ready: get go and rustc first.');
});
