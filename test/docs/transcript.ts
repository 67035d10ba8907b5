/**
 * Commands in a page, and what they print there. A block whose first line is ` ```sh run ` holds commands after `$ ` and
 * below each what it prints: numbers and the units after them may differ, `…` stands for anything on its line and, alone, for any lines;
 * nothing below a command leaves its output open. `# exits 2` after a command names an exit code other than 0.
 */
export interface Command {
  readonly text: string;
  readonly line: number;
  readonly exitCode: number;
  /** Empty: any output will do. */
  readonly expected: readonly string[];
}

/** Commands of one block share a shell. */
export type Block = readonly Command[];

export function readBlocks(page: string): readonly Block[] {
  const lines = page.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (lines[at] !== '```sh run') continue;
    const end = lines.indexOf('```', at + 1);
    blocks.push(readBlock(lines.slice(at + 1, end), at + 2));
    at = end;
  }
  return blocks;
}

function readBlock(lines: readonly string[], firstLine: number): Block {
  const starts = lines.flatMap((line, at) => (line.startsWith('$ ') ? [at] : []));
  return starts.map((at, which) => {
    const [, text = '', code] = /^\$ (.*?)(?:\s+# exits (\d+))?$/.exec(lines[at] ?? '') ?? [];
    const expected = lines.slice(at + 1, starts[which + 1] ?? lines.length);
    while (expected.at(-1)?.trim() === '') expected.pop();
    return { text, line: firstLine + at, exitCode: Number(code ?? 0), expected };
  });
}

/** The first line of the page that what was printed does not follow; undefined when all do. */
export function findDifference(expected: readonly string[], printed: string): string | undefined {
  if (expected.length === 0) return undefined;
  const lines = printed.trimEnd().split('\n');
  let at = 0;
  let gap = false;
  for (const line of expected) {
    if (line.trim() === '…') {
      gap = true;
      continue;
    }
    const pattern = shapeOf(line);
    const found = gap ? lines.findIndex((printedLine, i) => i >= at && pattern.test(normalise(printedLine))) : at;
    if (found < 0 || found >= lines.length || !pattern.test(normalise(lines[found]!))) {
      return `the page says "${line}"${gap ? '' : `, printed was "${lines[at] ?? 'nothing more'}"`}`;
    }
    at = found + 1;
    gap = false;
  }
  return gap || at === lines.length ? undefined : `printed was also "${lines[at]}"`;
}

function shapeOf(line: string): RegExp {
  const parts = normalise(line)
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

const UNIT = '(?:ns|µs|ms|s|min|h|B|KiB|MiB|GiB|kB|MB|GB)';

/** Numbers become #, a unit after one becomes u, runs of blanks become one, as columns move with their figures. */
function normalise(line: string): string {
  return line
    .trimEnd()
    .replaceAll(/[−+-]?\d[\d.,]*(?:e[+-]?\d+)?/gi, '#')
    .replaceAll(new RegExp(`# ?${UNIT}(?![\\w/])`, 'g'), '#u')
    .replaceAll(/\s+/g, ' ');
}
