/** Notes: what weakens an answer, with its cure. Those of a comparison are numbered in the order of the tables, each said once. */
import { MOST_BLOCKS } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { Comparison, ProcessesCheck } from '../model/result.ts';
import { formatChange } from './change.ts';
import type { ComparisonBlock, ComparisonRow } from './comparison-view.ts';
import { countOf, formatCount } from './figure.ts';
import { respell } from './names.ts';

export interface Note {
  /** From 1 for notes that rows refer to; absent for those of the whole study. */
  readonly number?: number;
  readonly message: string;
  readonly cure?: string;
}

export function noteOf(warning: Warning): Note {
  return { message: respell(warning.message), ...(warning.cure === undefined ? {} : { cure: respell(warning.cure) }) };
}

/** The same blocks, their rows with the numbers of their notes, and the notes. `most`: blocks that a study can have. */
export function numberFootnotes(
  blocks: readonly ComparisonBlock[],
  most: number = MOST_BLOCKS,
): {
  readonly blocks: readonly ComparisonBlock[];
  readonly footnotes: readonly Note[];
} {
  const footnotes: Note[] = [];
  const known = new Map<string, number>();
  const numberOf = (note: Note): number => {
    const key = JSON.stringify([note.message, note.cure]);
    const number = known.get(key) ?? footnotes.length + 1;
    if (!known.has(key)) {
      known.set(key, number);
      footnotes.push({ number, ...note });
    }
    return number;
  };
  // What is shown open and what is folded away have a note each: its count must match what stands above it.
  const isOpen = (block: ComparisonBlock) => block.primary || block.kind === 'build';
  const wait = new Map(
    [true, false].map((open) => [
      open,
      sayWait(
        blocks.filter((block) => isOpen(block) === open),
        most,
      ),
    ]),
  );
  const gathered = gatherWarnings(blocks.flatMap((block) => block.rows.flatMap((row) => row.of.warnings)));
  const numbered = blocks.map((block) => ({
    ...block,
    rows: block.rows.map((row) => ({
      ...row,
      notes: [...new Set(notesOf(row, wait.get(isOpen(block))!, gathered).map(numberOf))].sort(
        (one, other) => one - other,
      ),
    })),
  }));
  return { blocks: numbered, footnotes };
}

function notesOf(
  row: ComparisonRow,
  wait: (of: Comparison) => Note,
  gathered: ReadonlyMap<string, Note>,
): readonly Note[] {
  const { of } = row;
  const warned = of.warnings.map((warning) => gathered.get(keyOf(warning)) ?? noteOf(warning));
  const once: Note = {
    message: 'seen once, not repeated on fresh blocks',
    cure: 'give the study a larger budget',
  };
  return [
    ...(isWaiting(of) ? [wait(of)] : []),
    ...(of.confirmed === 'not-repeated' && warned.length === 0 ? [once] : warned),
    ...(of.processes?.says === 'agrees' ? [noteOfProcesses(of, of.processes)] : []),
    ...(row.odd === undefined ? [] : [{ message: row.odd }]),
  ];
}

/** Where they disagree or can't tell, a warning says so. */
function noteOfProcesses({ margin }: Comparison, { mode, ratio, low, high, confidence, blocks }: ProcessesCheck): Note {
  const { change, interval } = formatChange(ratio, low, high, '%', margin);
  const level = `${Math.round(confidence * 100)} %`;
  return { message: `${mode} processes agree: ${change} ${interval} at ${level}, ${countOf(blocks, 'block')}` };
}

/** Warnings that differ in one broken number are one note with its range: `lag-1 0.37 to 0.40`. */
function gatherWarnings(warnings: readonly Warning[]): ReadonlyMap<string, Note> {
  const groups = new Map<string, Warning[]>();
  for (const warning of warnings) groups.set(keyOf(warning), [...(groups.get(keyOf(warning)) ?? []), warning]);
  return new Map(
    [...groups].map(([key, group]) => {
      const note = noteOf(group[0]!);
      const numbers = group
        .map((warning) => BROKEN.exec(warning.message)?.[0] ?? '')
        .sort((a, b) => Number(a) - Number(b));
      const [least, most] = [numbers[0]!, numbers[numbers.length - 1]!];
      return [key, least === most ? note : { ...note, message: note.message.replace(BROKEN, `${least} to ${most}`) }];
    }),
  );
}

const BROKEN = /\d+\.\d+/;

function keyOf(warning: Warning): string {
  const one = warning.message.split(BROKEN).length === 2;
  return JSON.stringify([warning.code, one ? warning.message.replace(BROKEN, '#') : warning.message, warning.cure]);
}

const isWaiting = (of: Comparison): boolean => of.verdict === 'undecided' && of.blocksNeeded !== undefined;

/** The note of each undecided row: one for those that a longer study would decide, and one for those that none would. */
function sayWait(blocks: readonly ComparisonBlock[], most: number): (of: Comparison) => Note {
  const waiting = blocks.flatMap((block) => block.rows.map((row) => row.of)).filter(isWaiting);
  const isOutOfReach = (of: Comparison) => of.blocksNeeded! > most;
  const never = waiting.filter(isOutOfReach);
  const metrics = [...new Set(never.map(({ metric }) => metric))].join(', ');
  const longer: Note = {
    message: `${needOf(waiting.filter((of) => !isOutOfReach(of)))} blocks would decide`,
    cure: 'raise the budget, or the margin',
  };
  const none: Note = {
    message: `${needOf(never)} blocks would be needed for ${metrics}, more than the ${formatCount(most)} that a study has at most: no budget decides ${never.length === 1 ? 'it' : 'them'}`,
    cure: 'raise the margin',
  };
  return (of) => (isOutOfReach(of) ? none : longer);
}

/** `2 undecided: 21 to 58`, `about 140`. */
function needOf(waiting: readonly Comparison[]): string {
  const needed = waiting.map((of) => of.blocksNeeded!);
  const [least, most] = [formatCount(Math.min(...needed)), formatCount(Math.max(...needed))];
  const range = least === most ? `about ${most}` : `${least} to ${most}`;
  return `${needed.length === 1 ? '' : `${needed.length} undecided: `}${range}`;
}
