/** What the runs of a module say, and its row in docs/probed-modules.md. */
import { median } from '../../src/stats/quantile.ts';
import type { ProbedRun, TestRun } from './test-run.ts';

export interface Finding {
  readonly row: readonly string[];
  /** Empty when probed runs ended as bare ones, and every crossing was counted. */
  readonly differences: readonly string[];
}

export interface Runs {
  readonly name: string;
  readonly version: string;
  readonly only: string;
  readonly go: string;
  readonly bare: readonly TestRun[];
  /** Built with the probe, which nobody turned on. */
  readonly off: readonly TestRun[];
  readonly probed: readonly ProbedRun[];
}

export const HEAD = [
  'module',
  'version',
  'Go',
  'tests: pass, fail, skip',
  'outcomes that differ',
  'sites crossed of',
  'calls',
  'runtime.NumCgoCall',
  'callbacks',
  'seconds bare',
  'seconds off',
  'seconds probed',
  'not patched',
] as const;

export function judge({ name, version, only, go, bare, off, probed }: Runs): Finding {
  const last = probed.at(-1)!;
  const { map } = last.answer;
  const calls = crossingsOf(last);
  const callbacks = sum(map.sites.filter((site) => site.kind === 'callback').map((site) => site.crossings));
  const outcomes = [...compareOutcomes(bare, off, 'off'), ...compareOutcomes(bare, probed, 'probed')];
  const counts = probed.flatMap((run) => compareCounts(run));
  const tally = (wanted: string): number => [...last.outcomes.values()].filter((outcome) => outcome === wanted).length;
  const number = (value: number): string => value.toLocaleString('en-US');
  const seconds = (runs: readonly TestRun[]): string => median(runs.map((run) => run.seconds)).toFixed(2);
  return {
    row: [
      only === './...' ? name : `${name} ${only}`,
      version,
      go.replace(/^go/, ''),
      [tally('pass'), tally('fail'), tally('skip')].join(', '),
      outcomes.length === 0 ? 'none' : outcomes.join('; '),
      `${map.sites.length} of ${map.declared ?? '?'}`,
      number(calls),
      last.cgoCalls === undefined ? 'not counted' : number(last.cgoCalls),
      number(callbacks),
      seconds(bare),
      seconds(off),
      seconds(probed),
      map.unpatched.length === 0 ? 'none' : map.unpatched.join(', '),
    ],
    differences: [...outcomes, ...counts],
  };
}

/** Tests that end in a way no bare run ended them: a test that is fickle by itself is no difference. */
function compareOutcomes(
  bare: readonly TestRun[],
  built: readonly TestRun[],
  how: 'off' | 'probed',
): readonly string[] {
  const names = new Set([...bare, ...built].flatMap((run) => [...run.outcomes.keys()]));
  return [...names].flatMap((name) => {
    const seen = new Set(bare.map((run) => run.outcomes.get(name) ?? 'absent'));
    const strange = built.map((run) => run.outcomes.get(name) ?? 'absent').filter((outcome) => !seen.has(outcome));
    return strange.length > 0 ? [`${name}: ${[...seen].join('/')} bare, ${strange.join('/')} ${how}`] : [];
  });
}

function compareCounts({ answer, cgoCalls }: ProbedRun): readonly string[] {
  if (cgoCalls === undefined) return [];
  const seen = crossingsOf({ answer });
  return seen === cgoCalls ? [] : [`the probe saw ${seen} calls, the runtime counted ${cgoCalls}`];
}

/** Copies into Go cross nothing. */
const INTO_GO = new Set(['C.GoString', 'C.GoStringN', 'C.GoBytes']);

/** What the runtime counts as well: calls, and the copies for C, which cross into malloc. */
function crossingsOf({ answer }: Pick<ProbedRun, 'answer'>): number {
  const crossed = answer.map.sites.filter((site) => site.kind !== 'callback' && !INTO_GO.has(site.site));
  return sum(crossed.map((site) => site.crossings));
}

const sum = (values: readonly number[]): number => values.reduce((whole, value) => whole + value, 0);

export function printRow({ row, differences }: Finding): string {
  const lines = [HEAD, HEAD.map(() => '---'), row].map((cells) => `| ${cells.join(' | ')} |`);
  return `${[...lines, ...differences].join('\n')}\n`;
}
