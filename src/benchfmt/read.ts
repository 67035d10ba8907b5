/**
 * The Go benchmark format as `go test -bench` prints it (golang.org/design/14313-benchmark-format): result lines, `key:
 * value` lines, unit metadata. Everything else a test program prints is passed over; a result line that is none is named.
 */
export interface BenchResult {
  /** As printed, with `Benchmark` and the processor suffix: `BenchmarkDecode/size=64-2`. */
  readonly name: string;
  readonly iterations: number;
  /** By unit, as printed: `ns/op`, `B/op`, `allocs/op`, `MB/s`, or a unit of the benchmark's own. */
  readonly values: Readonly<Record<string, number>>;
  /** 1-based line it stands on. */
  readonly line: number;
  /** `key: value` lines in force there: goos, pkg, cpu … */
  readonly configuration: Readonly<Record<string, string>>;
  /** Which process printed it, from 0: a head (`goos:`, `pkg:`) after results, or PASS, FAIL or `ok` before them, begins the next. */
  readonly process: number;
}

export interface MalformedLine {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

export interface BenchOutput {
  readonly results: readonly BenchResult[];
  /** `Unit ns/op better=lower`: by unit, then by key. */
  readonly units: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Benchmarks that failed or were skipped, by name; without the processor suffix when it was the first run that did. */
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
  readonly malformed: readonly MalformedLine[];
  /** Processes that gave results, and those of them that did not come to PASS, FAIL or `ok`. */
  readonly processes: number;
  readonly unended: readonly number[];
}

export function readBenchmarks(text: string): BenchOutput {
  const results: BenchResult[] = [];
  const malformed: MalformedLine[] = [];
  const units: Record<string, Record<string, string>> = {};
  const failed: string[] = [];
  const skipped: string[] = [];
  let configuration: Record<string, string> = {};
  /** A name whose line something else was printed into: its figures come later. */
  let open: MalformedLine | undefined;
  const ended = new Set<number>();
  let process = 0;
  const hasResults = () => results.at(-1)?.process === process;

  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const content = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    // At the start of a line when the first run with N = 1 failed, behind the name when a later one did.
    const state = /^(?:Benchmark\S*)?\s*--- (FAIL|SKIP): (Benchmark\S*)/.exec(content);
    if (state?.[2]) {
      (state[1] === 'FAIL' ? failed : skipped).push(state[2]);
      continue;
    }
    const pair = /^([a-z][^\sA-Z:]*):(?:\s+(.*))?$/.exec(content);
    // PASS and the `ok` below it end the same process.
    if (/^(?:PASS|FAIL|ok)(?:\s|$)/.test(content) && hasResults()) ended.add(process++);
    if (pair?.[1]) {
      if (HEAD.has(pair[1]) && hasResults()) process++;
      configuration = { ...configuration, [pair[1]]: pair[2]?.trim() ?? '' };
      continue;
    }
    const unit = /^Unit\s+(\S+)\s+(.+)$/.exec(content);
    if (unit?.[1]) {
      units[unit[1]] = { ...units[unit[1]], ...readPairs(unit[2] ?? '') };
      continue;
    }
    if (/^Benchmark(?![a-z])\S*\s/.test(content)) {
      if (open) malformed.push(open);
      open = undefined;
      const [name = '', ...fields] = content.trim().split(/\s+/);
      if (fields.length === 0) continue; // the name alone, as -v prints it
      const read = readFields(fields);
      if (typeof read === 'string') open = { line, text: content, reason: read };
      else results.push({ name, ...read, line, configuration, process });
      continue;
    }
    const late = open && /(?:^|\D)(\d+)\t\s*(\S+ ns\/op.*)$/.exec(content);
    if (open && late) {
      const read = readFields([late[1] ?? '', ...(late[2] ?? '').trim().split(/\s+/)]);
      if (typeof read === 'string') continue;
      results.push({ name: open.text.trim().split(/\s+/)[0] ?? '', ...read, line, configuration, process });
      open = undefined;
    }
  }
  if (open) malformed.push(open);
  const seen = [...new Set(results.map((result) => result.process))];
  const unended = seen.filter((one) => !ended.has(one));
  return { results, units, failed, skipped, malformed, processes: seen.length, unended };
}

/** Lines that a test program prints above its first benchmark, and only there. */
const HEAD: ReadonlySet<string> = new Set(['goos', 'goarch', 'pkg']);

/** Takes `-2` off a name, when that is what the runtime added: only the printed name without it can tell. */
export function withoutProcessors(name: string, printed: ReadonlySet<string>): string {
  if (printed.has(name)) return name;
  const shorter = name.replace(/-\d+$/, '');
  return printed.has(shorter) ? shorter : name;
}

/** The names that `-test.v` prints alone on a line, without a processor suffix. */
export function readPrintedNames(text: string): ReadonlySet<string> {
  return new Set(text.split(/\r?\n/).filter((line) => /^Benchmark(?![a-z])\S*$/.test(line)));
}

function readFields(fields: readonly string[]): Pick<BenchResult, 'iterations' | 'values'> | string {
  const [count = '', ...rest] = fields;
  if (!/^\d+$/.test(count)) return `${JSON.stringify(count)} is no number of iterations`;
  const iterations = Number(count);
  if (!Number.isSafeInteger(iterations) || iterations < 1) return `${count} iterations cannot be`;
  if (rest.length === 0) return 'it has no values';
  if (rest.length % 2 === 1) return 'a value has no unit';
  const values: Record<string, number> = {};
  for (let at = 0; at < rest.length; at += 2) {
    const [number = '', unit = ''] = [rest[at], rest[at + 1]];
    const value = Number(number);
    if (!/^[-+]?(\d|\.\d|Inf|NaN)/.test(number) || !Number.isFinite(value)) {
      return `${JSON.stringify(number)} is no value`;
    }
    if (Object.hasOwn(values, unit)) return `it gives ${unit} twice`;
    values[unit] = value;
  }
  return { iterations, values };
}

function readPairs(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(/\s+/).map((word) => {
      const at = word.indexOf('=');
      return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}
