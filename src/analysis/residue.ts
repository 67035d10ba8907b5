/**
 * What differed though no factor says so: between builds (toolchain, settings, modules, crates), and over the study (others at
 * work, memory, heat, the clock of the processor). All of it is listed; what can move times by as much as matters is a warning.
 */
import type { Plan } from '../model/plan.ts';
import type { Warning } from '../model/problem.ts';
import type { Environment } from '../model/result.ts';
import type { Residue, Surroundings } from '../model/surroundings.ts';

/** Shares of the machine's time. */
const OTHERS = 0.1;
const STEAL = 0.02;
const WAITING = 0.01;
const FREQUENCY = 0.05;
const MOST_NAMED = 3;
/** Characters of a value in a sentence; the list has it whole. */
const LONGEST = 80;

type Fact = Environment[string][string] | undefined;

/** Groups of a build in the environment, and what one line of theirs is called. */
const GROUPS: readonly (readonly [group: string, called: string])[] = [
  ['go', 'go: '],
  ['modules', 'module '],
  ['crates', 'crate '],
  ['libraries', 'library '],
  ['sizes', 'size of '],
];

export function listResidue(environment: Environment, plan: Plan, surroundings: Surroundings | undefined): Residue[] {
  return [...listBetweenBuilds(environment, plan), ...(surroundings ? listOverStudy(surroundings) : [])];
}

export function residueWarnings(residue: readonly Residue[]): Warning[] {
  const builds = residue.filter(({ kind, matters }) => kind === 'between builds' && matters);
  const over = residue.filter(({ kind, matters }) => kind === 'over the study' && matters);
  const named = builds.slice(0, MOST_NAMED).map(({ what, from, to }) => `${what} ${cut(from)} → ${cut(to)}`);
  const more = builds.length > MOST_NAMED ? ` and ${builds.length - MOST_NAMED} more` : '';
  return [
    ...(builds.length === 0
      ? []
      : [
          {
            code: 'builds-differ-besides',
            message: `the builds differ in more than their own sources: ${named.join('; ')}${more}`,
            cure: 'what is found is due to all of it together; build both alike to tell one from the other',
          },
        ]),
    ...over.map(({ what, to }) => ({ code: CODES[what]!, message: `${what}: ${to}`, cure: CURES[what]! })),
  ];
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** Levels of the build factor in pairs, as the contrasts have them. */
function listBetweenBuilds(environment: Environment, plan: Plan): Residue[] {
  const pairs = new Map(
    plan.contrasts
      .filter(({ kind }) => kind === 'build')
      .map(({ baseline, candidate }) => [JSON.stringify([baseline, candidate]), [baseline, candidate] as const]),
  );
  return [...pairs.values()].flatMap(([baseline, candidate]) =>
    GROUPS.flatMap(([group, called]) => {
      const [from, to] = [environment[`${baseline}: ${group}`], environment[`${candidate}: ${group}`]];
      if (!from || !to) return [];
      return [...new Set([...Object.keys(from), ...Object.keys(to)])]
        .filter((name) => from[name] !== to[name] && !isMeantToDiffer(name))
        .map((name) => ({
          kind: 'between builds' as const,
          what: `${called}${group === 'sizes' ? name.replace(/Bytes$/, '') : name}`,
          ...apart(from[name], to[name]),
          matters: group !== 'sizes',
        }));
    }),
  );
}

/** Of lists, such as DefaultGODEBUG, only what is not in both. */
function apart(from: Fact, to: Fact): Pick<Residue, 'from' | 'to'> {
  if (typeof from === 'number' && typeof to === 'number') {
    return { from: `${from.toLocaleString('en-US')} bytes`, to: `${to.toLocaleString('en-US')} bytes` };
  }
  const [one, other] = [String(from ?? 'none'), String(to ?? 'none')];
  if (!one.includes(',') || !other.includes(',')) return { from: one, to: other };
  const only = (text: string, without: string) => {
    const known = new Set(without.split(','));
    return (
      text
        .split(',')
        .filter((item) => !known.has(item))
        .join(',') || 'nothing more'
    );
  };
  return { from: only(one, other), to: only(other, one) };
}

/** Where a version stands in its repository: that is the difference that is asked about. */
const isMeantToDiffer = (name: string): boolean => name.startsWith('vcs');

const OTHERS_AT_WORK = 'processors used by others';
const TAKEN = 'processors taken by the hypervisor';
const MEMORY = 'waiting for memory';
const HEAT = 'slowed down by heat';
const GOVERNOR = 'frequency governor';
const CODES: Readonly<Record<string, string>> = {
  [OTHERS_AT_WORK]: 'machine-shared',
  [TAKEN]: 'processor-stolen',
  [MEMORY]: 'memory-pressure',
  [HEAT]: 'throttled',
  [GOVERNOR]: 'governor-changed',
};
const CURES: Readonly<Record<string, string>> = {
  [OTHERS_AT_WORK]: 'comparisons hold, with wider intervals; stop what else runs here to see smaller changes',
  [TAKEN]: 'other machines of this host were at work: comparisons hold, with wider intervals',
  [MEMORY]:
    'give the machine more memory, or the subject less work: a page that is fetched again costs more than any code',
  [HEAT]: 'let the machine cool, or hold its clock lower',
  [GOVERNOR]: 'somebody changed it while the study ran: run it again',
};

function listOverStudy({ before, after }: Surroundings): Residue[] {
  const seconds = after.atS - before.atS;
  if (!(seconds > 0)) return [];
  const grown = (from: number | undefined, to: number | undefined): number | undefined =>
    from === undefined || to === undefined ? undefined : Math.max(0, to - from);
  const residue: Residue[] = [];
  const add = (what: string, from: string, to: string, matters: boolean) =>
    residue.push({ kind: 'over the study', what, from, to, matters });
  const addShare = (what: string, share: number | undefined, most: number) => {
    if (share !== undefined && share >= 0.001) add(what, '', `${(100 * share).toFixed(1)} % of the time`, share > most);
  };
  const [busy, own] = [grown(before.busyS, after.busyS), grown(before.ownS, after.ownS)];
  const time = seconds * after.cores;
  addShare(
    OTHERS_AT_WORK,
    busy === undefined || own === undefined ? undefined : Math.max(0, busy - own) / time,
    OTHERS,
  );
  const stolen = grown(before.stealS, after.stealS);
  addShare(TAKEN, stolen === undefined ? undefined : stolen / time, STEAL);
  const waited = grown(before.memoryWaitS, after.memoryWaitS);
  addShare(MEMORY, waited === undefined ? undefined : waited / seconds, WAITING);
  const throttles = grown(before.throttles, after.throttles);
  if (throttles) add(HEAT, '', `${throttles} times`, true);
  if (before.governor !== after.governor) add(GOVERNOR, before.governor ?? '?', after.governor ?? '?', true);
  const [slow, fast] = [before.frequencyHz, after.frequencyHz];
  if (slow && fast && Math.abs(fast / slow - 1) > FREQUENCY) {
    const megahertz = (hertz: number) => `${Math.round(hertz / 1e6)} MHz`;
    add('frequency of the first core', megahertz(slow), megahertz(fast), false);
  }
  if (before.loadAverage !== undefined && after.loadAverage !== undefined) {
    add('load average', before.loadAverage.toFixed(2), after.loadAverage.toFixed(2), false);
  }
  return residue;
}
