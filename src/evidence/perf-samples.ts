/** Reads what `perf script -F period,ip,sym,dso` prints: where the processor was, sample by sample. */

export interface PerfSample {
  /** Processor time that it stands for. */
  readonly seconds: number;
  /** As it stands in the program; absent where the code has no names. */
  readonly symbol?: string;
  /** The file that it is of, without its folder: `codec.test`, `libc.so.6`. */
  readonly object: string;
  readonly isKernel: boolean;
}

/** `500250  ffffffff81b98907 __list_del_entry ([kernel.kallsyms])`; the period is in nanoseconds of the clock `cpu-clock`. */
export function readPerfSamples(text: string): readonly PerfSample[] {
  return text.split('\n').flatMap((line): PerfSample[] => {
    const found = /^\s*(\d+)\s+([0-9a-f]+)\s+(.*) \(([^()]*(?:\([^()]*\))?[^()]*)\)\s*$/.exec(line);
    if (!found) return [];
    const [, period, address = '', symbol = '', file = ''] = found;
    const name = symbol.replace(/\+0x[0-9a-f]+$/, '');
    return [
      {
        seconds: Number(period) / 1e9,
        ...(name === '[unknown]' || name === '' ? {} : { symbol: name }),
        object: file.slice(file.lastIndexOf('/') + 1),
        isKernel: file.startsWith('[kernel') || /^f{4}[89a-f]/.test(address),
      },
    ];
  });
}
