/** Reads a Go profile as `go tool pprof -raw` prints it: one format for heap, lock and processor profiles of every Go. */
import type { Frame } from './stack.ts';

export interface GoProfile {
  /** What the values of a sample are, in their order: `alloc_objects/count`, `delay/nanoseconds`. */
  readonly types: readonly string[];
  readonly samples: readonly GoSample[];
}

export interface GoSample {
  readonly values: readonly number[];
  /** The innermost first, inlined calls as frames of their own. */
  readonly stack: readonly Frame[];
}

/** Undefined when it is something else. */
export function readGoProfile(raw: string): GoProfile | undefined {
  const lines = raw.split('\n');
  const start = lines.indexOf('Samples:');
  const middle = lines.indexOf('Locations');
  if (start === -1 || middle === -1) return undefined;
  const end = lines.indexOf('Mappings', middle);
  const locations = readLocations(lines.slice(middle + 1, end === -1 ? undefined : end));
  const types = (lines[start + 1] ?? '').trim().split(/\s+/);
  return {
    types: types.map((type) => type.replace(/\[.*$/, '')),
    samples: lines.slice(start + 2, middle).flatMap((line): GoSample[] => {
      const found = /^\s+((?:-?\d+\s+)*-?\d+):((?: \d+)*)\s*$/.exec(line);
      if (!found) return []; // labels of the sample before: its bytes, of what it was done for
      const stack = found[2]!
        .trim()
        .split(' ')
        .flatMap((id) => locations.get(id) ?? []);
      return [{ values: found[1]!.split(/\s+/).map(Number), stack }];
    }),
  };
}

/** `3: 0x4e1 M=1 sync.(*Once).Do /usr/local/go/src/sync/once.go:69:0 s=52`, then a line for each call it is inlined in. */
function readLocations(lines: readonly string[]): ReadonlyMap<string, readonly Frame[]> {
  const locations = new Map<string, Frame[]>();
  let frames: Frame[] = [];
  for (const line of lines) {
    const head = /^\s*(\d+): 0x[0-9a-f]+ (?:M=\d+ )?(?:\[F\] )?/.exec(line);
    if (head) {
      frames = [];
      locations.set(head[1]!, frames);
    }
    const text = line.slice(head ? head[0].length : 0).trim();
    const found = /^(.+?) ((?:\/|[A-Za-z]:|<|_cgo|[\w.@~-]+[/.])\S.*?):(\d+)(?::\d+)? s=-?\d+/.exec(text);
    if (found) frames.push({ function: found[1]!, file: found[2]!, line: Number(found[3]) });
    else if (text !== '') frames.push({ function: text });
  }
  return locations;
}
