/** Reads what valgrind's dhat saw: every block asked of the C allocator, by call stack. The format is its viewer's, version 2. */
import type { Frame } from './stack.ts';

/** All allocations from one call stack, over the whole run. */
export interface AllocationPoint {
  readonly blocks: number;
  readonly bytes: number;
  /** Not given back when the run ended. */
  readonly heldBytes: number;
  /** The innermost first; names as they stand in the program. Frames without a name are left out. */
  readonly stack: readonly Frame[];
}

/** Undefined when it is something else, or of a mode or version that is not known. */
export function readDhat(text: string): readonly AllocationPoint[] | undefined {
  const read = parse(text);
  if (read?.dhatFileVersion !== 2 || read.mode !== 'heap' || !Array.isArray(read.pps) || !Array.isArray(read.ftbl)) {
    return undefined;
  }
  const frames = read.ftbl.map((frame) => readFrame(String(frame)));
  return read.pps.map((point: Readonly<Record<string, unknown>>) => ({
    blocks: Number(point.tbk ?? 0),
    bytes: Number(point.tb ?? 0),
    heldBytes: Number(point.eb ?? 0),
    stack: (Array.isArray(point.fs) ? point.fs : []).flatMap((index: number) => frames[index] ?? []),
  }));
}

interface DhatFile {
  readonly dhatFileVersion?: unknown;
  readonly mode?: unknown;
  readonly pps?: unknown;
  readonly ftbl?: unknown;
}

function parse(text: string): DhatFile | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? read : undefined;
  } catch {
    return undefined;
  }
}

/** `0x540BEB: keep (ab.go:5)`, `0x48417B4: malloc (in /usr/lib/libc.so.6)`, `0x3: ???`. */
function readFrame(text: string): Frame | undefined {
  const found = /^0x[0-9A-F]+: (.*?)(?: \((?:in .*|([^()]*):(\d+))\))?$/i.exec(text);
  if (!found || found[1] === '???') return undefined;
  const [, name = '', file, line] = found;
  return { function: name, ...(file === undefined ? {} : { file, line: Number(line) }) };
}
