/** The doctor's findings as text: a pure function of what was found. */
import type { MachineFitness } from '../analysis/machine-fitness.ts';
import type { Clock, Clocks } from '../machine/clock.ts';
import type { Noise } from '../machine/noise.ts';
import type { Tool } from '../machine/tools.ts';
import type { Calibration } from '../model/calibration.ts';
import type { Problem, Warning } from '../model/problem.ts';
import type { Environment } from '../model/result.ts';
import { type Dimension, formatQuantity } from '../model/unit.ts';
import { sayCalibration } from '../report/calibration.ts';
import { type Ink, type Paint, padEnd, painter, type TextOptions, wrap } from '../report/terminal.ts';

export const DOCTOR_SCHEMA = 'seamark/doctor@1';

export interface Findings {
  readonly schema: typeof DOCTOR_SCHEMA;
  /** All that is needed to measure is here. */
  readonly ready: boolean;
  readonly tools: readonly Tool[];
  readonly environment: Environment;
  readonly clocks?: Clocks;
  readonly noise?: Noise;
  /** How often studies err here, by subject; none where nobody calibrated. */
  readonly calibrations?: readonly Calibration[];
  /** What the arms that studies ran against themselves say of this machine. */
  readonly fitness?: MachineFitness;
  /** What could not be measured, and why. */
  readonly problems: readonly Problem['facts'][];
  readonly warnings: readonly Warning[];
}

/** Keeps a number and its unit on one line while lines are broken. */
const UNBROKEN = '\u00a0';

export function renderFindings(findings: Findings, options: TextOptions): string {
  const columns = Math.max(60, options.columns);
  const paint = painter(options.color);
  const sections = [
    section('Machine', describeMachine(findings.environment, columns)),
    section(
      'Tools',
      findings.tools.flatMap((tool) => drawTool(tool, columns, paint)),
    ),
    section('Clocks', findings.clocks ? drawClocks(findings.clocks, columns) : []),
    section('Noise', findings.noise ? drawNoise(findings.noise, columns) : []),
    section('Calibration', findings.calibrations ? drawCalibrations(findings, columns) : []),
    section(
      'Weaknesses',
      findings.warnings.flatMap((warning) => drawRemark('?', 'doubt', warning, columns, paint)),
    ),
    section(
      'Not measured',
      findings.problems.flatMap((problem) => drawRemark('✗', 'bad', problem, columns, paint)),
    ),
  ].filter((lines) => lines.length > 0);
  const parts = sections.map(([title = '', ...lines]) => [paint('strong', title), ...lines].join('\n'));
  const text = [...parts, paint(findings.ready ? 'good' : 'bad', verdict(findings))].join('\n\n');
  return `${text.replaceAll(UNBROKEN, ' ')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function verdict({ ready, tools }: Findings): string {
  if (ready) {
    const less = tools.filter((tool) => tool.version === undefined).map((tool) => tool.name);
    return less.length === 0 ? 'Ready to measure.' : `Ready to measure; without ${listWords(less)}.`;
  }
  const missing = tools.filter((tool) => isNeeded(tool) && (tool.version === undefined || tool.tooOld));
  return missing.length === 0
    ? 'Not ready: this machine could not be measured.'
    : `Not ready: get ${listWords(missing.map((tool) => tool.name))} first.`;
}

function describeMachine({ machine = {}, system = {} }: Environment, columns: number): readonly string[] {
  const hardware = [
    machine.cpu,
    `${machine.allowedCores} of ${machine.cores} cores`,
    formatQuantity({ dimension: 'bytes', value: Number(machine.memoryBytes) }),
    machine.virtual ? 'a virtual machine' : 'bare metal',
  ];
  const software = [system.distribution, `${system.system} ${system.kernel}`, system.libc];
  return [hardware, software].flatMap((facts) => wrap(facts.filter(Boolean).join(' · '), columns, '  '));
}

const isNeeded = (tool: Tool): boolean => tool.need === 'always' || tool.need === 'rust';

function drawTool(tool: Tool, columns: number, paint: Paint): readonly string[] {
  const present = tool.version !== undefined && !tool.tooOld;
  const [mark, ink]: [string, Ink] = present ? ['✓', 'good'] : isNeeded(tool) ? ['✗', 'bad'] : ['–', 'dim'];
  const version = tool.version === undefined ? 'missing' : tool.tooOld ? `${tool.version}, too old` : tool.version;
  const lead = `  ${mark} ${padEnd(tool.name, 9)} ${padEnd(version, 15)} `;
  const [first = '', ...rest] = wrap(tool.serves, columns, lead);
  const lines = [first.replace(mark, paint(ink, mark)), ...rest];
  return present ? lines : [...lines, ...wrap(tool.get, columns, `${' '.repeat(14)}get it: `)];
}

function drawClocks(clocks: Clocks, columns: number): readonly string[] {
  const { tsc, os, chosen } = clocks;
  const lines = [...(tsc ? [drawClock('time stamp counter', tsc)] : []), drawClock("system's clock", os)];
  const quantumS = (chosen === 'tsc' && tsc ? tsc : os).quantumS;
  const facts = [
    tsc &&
      `The counter runs at ${(tsc.ticksPerSecond / 1e9).toFixed(3)} GHz, ${clocks.invariant ? '' : 'not '}invariant.`,
    clocks.source !== '' && `The kernel keeps time by ${clocks.source}.`,
    `Crossings are stamped by the ${chosen === 'tsc' ? 'counter' : "system's clock"};`,
    `no percentile below ${time(10 * quantumS)} (ten steps) is printed for them.`,
  ];
  return [...lines, ...wrap(facts.filter(Boolean).join(' '), columns, '  ')];
}

function drawClock(name: string, clock: Clock): string {
  const read = `${time(clock.readS).padStart(7)} a reading`;
  return `  ${padEnd(name, 19)} ${read}  ${time(clock.quantumS).padStart(7)} a step`;
}

function drawNoise(noise: Noise, columns: number): readonly string[] {
  const sees = noise.sees.map(({ blocks, change }) => `${percent(change)} in ${blocks} blocks`);
  return [
    ...wrap(
      `A against A, ${noise.blocks} blocks in ${time(noise.seconds)}: one block is off by ${percent(noise.blockSd)}, all together by ${percent(Math.abs(noise.bias))}.`,
      columns,
      '  ',
    ),
    ...wrap(`A small steady loop would show a change of ${listWords(sees)}.`, columns, '  '),
    ...wrap('A Go program with its collector is noisier; each study says what it could have seen.', columns, '  '),
  ];
}

function drawCalibrations({ calibrations = [], fitness }: Findings, columns: number): readonly string[] {
  const said = calibrations.flatMap((one) => wrap(capital(`${sayCalibration(one)}.`), columns, '  '));
  const none = 'Not calibrated: seamark calibrate tells how often verdicts err here, and what they see.';
  const checks =
    fitness === undefined || fitness.checks === 0
      ? []
      : wrap(
          `In ${fitness.rejections} of ${fitness.checks === 1 ? '1 study' : `the last ${fitness.checks} studies`} the same treatment against itself looked like a change at 1 %.`,
          columns,
          '  ',
        );
  return [...(said.length > 0 ? said : wrap(none, columns, '  ')), ...checks];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function drawRemark(mark: string, ink: Ink, remark: Warning, columns: number, paint: Paint): readonly string[] {
  const [first = '', ...rest] = wrap(remark.message, columns, `  ${mark} `);
  const cure = remark.cure === undefined ? [] : wrap(remark.cure, columns, '      cure: ');
  return [first.replace(mark, paint(ink, mark)), ...rest, ...cure];
}

function time(seconds: number): string {
  return quantity('seconds', seconds);
}

function percent(fraction: number): string {
  return quantity('fraction', fraction);
}

/** Two digits are plenty for what one look at a machine can tell. */
function quantity(dimension: Dimension, value: number): string {
  return formatQuantity({ dimension, value: Number(value.toPrecision(2)) }).replace(' ', UNBROKEN);
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
