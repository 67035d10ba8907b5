/** Both builds of a case under valgrind's callgrind: instructions and simulated cache misses of each function, per operation. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Arm } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { type CallgrindFile, readCallgrind } from './callgrind-file.ts';
import { commonName, demangle, isNameless, isRustSymbol, type Language, languageOf } from './function-name.ts';
import type { Case, EvidenceRequest } from './gather.ts';
import { oncePerCase } from './once.ts';
import { type Counted, chooseSteps, measureSlopes, type Slope, type Slopes } from './slope.ts';
import { runUnder } from './tool-run.ts';

/** One function in both builds; what a build does not have is 0. */
export interface FunctionPair {
  readonly name: string;
  readonly language: Language;
  /** The name of its source file. */
  readonly where?: string;
  readonly baseline: FunctionSlopes;
  readonly candidate: FunctionSlopes;
  /** The code has no names: what several such places cost together. */
  readonly nameless: boolean;
}

/** Both builds under callgrind. */
export interface BuildCosts {
  readonly functions: readonly FunctionPair[];
  /** Of all functions together, as it was counted: what one has more by chance, another may have less. */
  readonly whole: { readonly baseline: FunctionSlopes; readonly candidate: FunctionSlopes };
}

export type FunctionSlopes = Readonly<Record<CallgrindEvent, Slope>>;

/** instructions · first: misses of the first-level data cache · last: data misses of the last level. */
export type CallgrindEvent = 'instructions' | 'first' | 'last';

const EVENTS: Readonly<Record<CallgrindEvent, readonly string[]>> = {
  instructions: ['Ir'],
  first: ['D1mr', 'D1mw'],
  last: ['DLmr', 'DLmw'],
};

/** Seconds the further operations take without callgrind: some 100 million instructions, beside which starts vary by 0.1 %. */
const NATIVE_S = 0.03;
const LIMIT_S = 180;
/** The collector would run by the clock, and the scheduler preempt by signals, on which valgrind 3.19 trips in a third of the runs. */
const STEADY = { GODEBUG: 'asyncpreemptoff=1', GOMAXPROCS: '1', GOGC: 'off', GOMEMLIMIT: '512MiB' };

/** Asked by several witnesses. Rejects with a Problem when the runs fail. */
export const runCallgrind = oncePerCase(compareBuilds);

async function compareBuilds(one: Case, request: EvidenceRequest): Promise<BuildCosts> {
  const steps = chooseSteps(one, request, NATIVE_S);
  const ends = await Promise.allSettled(
    [one.baselineArm, one.candidateArm].map((arm) =>
      measureSlopes((operations) => countOnce(arm, operations, request), steps, request.experiment),
    ),
  );
  const [baseline, candidate] = ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  }) as [Slopes, Slopes];
  return pairUp(baseline, candidate);
}

async function countOnce(arm: Arm, operations: number, request: EvidenceRequest): Promise<Counted> {
  const folder = await mkdtemp(join(request.scratch, 'callgrind-'));
  try {
    const ran = await runUnder(
      {
        tool: [
          'valgrind',
          '--tool=callgrind',
          '--cache-sim=yes',
          '--demangle=no',
          '--vgdb=no',
          '--trace-children=yes',
          `--log-file=${join(folder, 'said.%p')}`,
          `--callgrind-out-file=${join(folder, 'cost.%p')}`,
        ],
        environment: steadied(arm),
        operations,
        limitS: LIMIT_S,
      },
      arm,
      request,
    );
    const files = (await readdir(folder)).filter((name) => name.startsWith('cost.'));
    const costs = await Promise.all(files.map(async (name) => readCosts(join(folder, name))));
    return { operations: ran.operations, counts: await addUp(costs) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the subject's own levels say of the debug settings of Go stays. */
export function steadied({ treatment }: Arm): Readonly<Record<string, string>> {
  const own = treatment.levels['env.GODEBUG'];
  return own === undefined ? STEADY : { ...STEADY, GODEBUG: `${own},${STEADY.GODEBUG}` };
}

async function readCosts(file: string): Promise<CallgrindFile> {
  try {
    return readCallgrind(await readFile(file, 'utf8'));
  } catch (error) {
    const message = `callgrind left a file that can't be read: ${(error as Error).message}`;
    throw new Problem({ code: 'tool-output-broken', message, blame: 'run' }, error);
  }
}

/** Names are `event \t language \t name \t file`; those of the whole are the event alone. */
async function addUp(files: readonly CallgrindFile[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { events, functions } of files) {
    const names = await demangle(functions.map(({ symbol }) => symbol));
    const withRust = new Set(functions.filter(({ symbol }) => isRustSymbol(symbol)).map(({ object }) => object));
    const columns = Object.entries(EVENTS).map(
      ([event, parts]) => [event, parts.map((part) => events.indexOf(part)).filter((at) => at >= 0)] as const,
    );
    for (const { symbol, file, object, costs } of functions) {
      const language = languageOf({ symbol, ...(file === undefined ? {} : { file }) }, withRust.has(object));
      const name = isNameless(symbol) ? `${NAMELESS}${basename(object)}` : commonName(names.get(symbol) ?? symbol);
      for (const [event, places] of columns) {
        const cost = places.reduce((sum, at) => sum + (costs[at] ?? 0), 0);
        if (cost === 0) continue;
        const key = [event, language, name, file === undefined ? '' : basename(file)].join('\t');
        counts.set(key, (counts.get(key) ?? 0) + cost);
        counts.set(event, (counts.get(event) ?? 0) + cost);
      }
    }
  }
  return counts;
}

const NAMELESS = 'code without a name in ';
const NOTHING: Slope = { value: 0, spread: 0 };

const NONE: FunctionSlopes = { instructions: NOTHING, first: NOTHING, last: NOTHING };

function pairUp(baseline: Slopes, candidate: Slopes): BuildCosts {
  // A source file may be known of one build only; the name and the language tell functions apart.
  const pairs = new Map<string, FunctionPair>();
  const whole: Record<'baseline' | 'candidate', Record<CallgrindEvent, Slope>> = {
    baseline: { ...NONE },
    candidate: { ...NONE },
  };
  for (const [side, slopes] of [['baseline', baseline] as const, ['candidate', candidate] as const]) {
    for (const [key, slope] of slopes) {
      const [event, language, name, where] = key.split('\t') as [CallgrindEvent, Language?, string?, string?];
      if (language === undefined || name === undefined) {
        whole[side][event] = slope;
        continue;
      }
      const id = `${language}\t${name}`;
      const before = pairs.get(id) ?? {
        ...{ name, language, baseline: NONE, candidate: NONE, nameless: name.startsWith(NAMELESS) },
        ...(where ? { where } : {}),
      };
      const held = before[side][event];
      const sum = { value: held.value + slope.value, spread: held.spread + slope.spread };
      pairs.set(id, { ...before, [side]: { ...before[side], [event]: sum } });
    }
  }
  return { functions: [...pairs.values()], whole };
}
