/** Factors and their levels: which family a name belongs to, what its levels may be, where it exists. */
import type { Factor, FactorFamily, Path, SubjectKind } from '../model/experiment.ts';
import { FAULT_KINDS } from '../model/fault.ts';
import type { ValuePath } from './document.ts';
import type { Draft } from './interpret.ts';
import { readLevels } from './levels.ts';
import { readPlace } from './place.ts';
import { readPlanting } from './planting.ts';
import { type Reading, suggest } from './reading.ts';
import type { RawFactor } from './schema.ts';

/** Environment variables that have a name of their own as factors. */
const GO_VARIABLES: readonly string[] = ['go.gogc', 'go.gomemlimit', 'go.gomaxprocs'];

const FAULTS: readonly string[] = FAULT_KINDS.map((kind) => `fault.${kind.name}`);

/** Factors that the spec knows and this version cannot vary. */
const LATER: readonly string[] = [
  'go.toolchain go.goamd64 go.gcflags go.ldflags go.pgo',
  'rust.toolchain rust.profile rust.opt-level rust.lto rust.codegen-units rust.panic rust.target-cpu rust.features',
  'link linker allocator tokio.threads rayon.threads',
  'machine.cores machine.memory machine.cpu machine.bandwidth machine.io machine.network',
  'load.rate load.concurrency load.arrivals',
].flatMap((line) => line.split(' '));

/** Combinations beyond this are no experiment that could be paid for. */
const MAX_TREATMENTS = 4096;

export interface FactorContext {
  readonly kind: SubjectKind | undefined;
  readonly paths: readonly Path[];
  /** What was named but not understood: referring to it is no second mistake. */
  readonly excused: ReadonlySet<string>;
  readonly design: Draft['design'];
}

export function readFactors(
  reading: Reading,
  raw: Readonly<Record<string, RawFactor>>,
  context: FactorContext,
): Factor[] {
  const factors = Object.entries(raw).flatMap(([name, value]) => {
    const family = familyOf(reading, name, context);
    const base: ValuePath = Array.isArray(value) ? ['factors', name] : ['factors', name, 'levels'];
    const entries = Array.isArray(value) ? value : (value as { levels: unknown[] }).levels;
    const levels = readLevels(reading, name, family, base, entries.length);
    const planting = readPlanting(reading, name, value);
    return family === undefined ? [] : [{ name, family, levels, ...planting }];
  });
  const excused = new Set([
    ...context.excused,
    ...Object.keys(raw).filter((name) => !factors.some((factor) => factor.name === name)),
  ]);
  const nested = factors.map((factor) => {
    const within = readWithinOf(reading, factor, factors, raw[factor.name], { ...context, excused });
    return within === undefined ? factor : { ...factor, within };
  });
  checkRings(reading, nested);
  const combinations = factors.reduce((product, factor) => product * factor.levels.length, 1);
  const design = typeof context.design === 'object' ? context.design.kind : context.design;
  if (combinations > MAX_TREATMENTS && (design ?? 'full-factorial') === 'full-factorial') {
    const message = `these factors make ${combinations.toLocaleString('en-US')} combinations, more than ${MAX_TREATMENTS.toLocaleString('en-US')}`;
    reading.report(
      'too-many-treatments',
      message,
      ['factors'],
      'leave levels or factors out, or run a part of them (`design`)',
      'key',
    );
  }
  return nested;
}

function familyOf(reading: Reading, name: string, { kind }: FactorContext): FactorFamily | undefined {
  const path: ValuePath = ['factors', name];
  const refuse = (message: string, cure?: string) => {
    reading.report('unknown-factor', message, path, cure, 'key');
    return undefined;
  };
  if (name === 'build') return 'build';
  if (name === 'probe') return 'probe';
  if (FAULTS.includes(name)) return 'fault';
  if (GO_VARIABLES.includes(name)) return 'environment';
  if (name.startsWith('env.')) {
    if (/^env\.[A-Za-z_]\w*$/.test(name)) return 'environment';
    return refuse(`\`${name}\` names no environment variable`, 'write env.NAME with letters, digits and _');
  }
  if (name === 'path') return refuse('`path` is no factor', 'list the paths under `paths:`');
  if (name === 'benchmark' && kind === 'go-bench') {
    return refuse('`benchmark` is found by itself', 'choose benchmarks with `bench:` under `subject`');
  }
  if (LATER.includes(name)) return refuse(`\`${name}\` is a known factor that this version cannot vary yet`);
  if (name.includes('.')) {
    const known = ['env.NAME', ...FAULTS, ...GO_VARIABLES, ...LATER.filter((word) => word.includes('.'))];
    return refuse(`unknown factor \`${name}\``, suggest(name, known, 'dotted factors'));
  }
  if (!/^[A-Za-z_][\w-]*$/.test(name)) {
    return refuse(`\`${name}\` cannot name a parameter`, 'use letters, digits, - and _, a letter first');
  }
  if (kind === 'go-bench') {
    return refuse(
      `a Go benchmark takes no parameter \`${name}\``,
      'vary the environment (env.NAME), go.gogc, or build',
    );
  }
  return 'parameter';
}

function readWithinOf(
  reading: Reading,
  factor: Factor,
  factors: readonly Factor[],
  raw: RawFactor | undefined,
  { paths, excused }: FactorContext,
): Record<string, string> | undefined {
  if (raw === undefined || Array.isArray(raw)) return undefined;
  const within = (raw as { within?: Record<string, unknown> }).within;
  if (within === undefined) return undefined;
  const others = factors.filter((other) => other.name !== factor.name);
  const path: ValuePath = ['factors', factor.name, 'within'];
  if (factor.name === 'build') {
    reading.report('nested-build', '`build` cannot be nested within another factor', path, 'remove `within`', 'key');
    return undefined;
  }
  return readPlace(reading, path, Object.keys(within), others, paths, excused);
}

/** a within b within a: neither would ever exist. */
function checkRings(reading: Reading, factors: readonly Factor[]): void {
  for (const factor of factors) {
    const seen = new Set<string>();
    const waiting = Object.keys(factor.within ?? {});
    while (waiting.length > 0) {
      const name = waiting.pop()!;
      if (name === factor.name) {
        const message = `\`${factor.name}\` is nested within itself`;
        reading.report(
          'nested-ring',
          message,
          ['factors', factor.name, 'within'],
          'remove one `within` of the ring',
          'key',
        );
        return;
      }
      if (seen.has(name)) continue;
      seen.add(name);
      waiting.push(...Object.keys(factors.find((other) => other.name === name)?.within ?? {}));
    }
  }
}
