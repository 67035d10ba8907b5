/** Whether a build has the sites at which the spec plants: known from the program, before anything runs. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Artifact } from '../artifact/artifact.ts';
import { type ListedSite, listSites } from '../instrument/site-list.ts';
import type { Experiment } from '../model/experiment.ts';
import { faultKindOf } from '../model/fault.ts';
import { nearestWord } from '../model/nearest.ts';
import { Problem } from '../model/problem.ts';

type Built = Pick<Artifact, 'faultKey' | 'commands' | 'packages' | 'folder'>;

const NAMED = 12;

/** Throws a Problem `no-such-site`. A script, or a program of which no site is known, is left to say so when it runs. */
export function requireFaultSites({ factors }: Pick<Experiment, 'factors'>, artifacts: readonly Built[]): void {
  const placed = factors.filter(({ family, site }) => family === 'fault' && site !== undefined);
  if (placed.length === 0) return;
  for (const artifact of artifacts.filter(({ faultKey }) => faultKey !== undefined)) {
    const { sites } = listSites(programsOf(artifact));
    if (sites.length === 0) continue;
    for (const { name, site } of placed) {
      const callbacks = faultKindOf(name)?.layer === 'callback';
      const fitting = sites.filter((one) => isPlaceFor(one, callbacks)).map((one) => one.site);
      if (site !== undefined && !fitting.includes(site)) throw noSuchSite(name, site, [...new Set(fitting)]);
    }
  }
}

function programsOf({ commands, packages, folder }: Built): readonly string[] {
  const started = Object.values(commands).flatMap(({ shell, words: [program = ''] }) =>
    shell === undefined && program.includes('/') ? [resolve(folder, program)] : [],
  );
  const files = new Set([...started, ...packages.map(({ file }) => file)]);
  return [...files].filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/** As the planted program itself decides (go/toolexec/probe/fault.c.txt). */
const isPlaceFor = ({ kind, form, probed }: ListedSite, callbacks: boolean): boolean =>
  callbacks ? kind === 'callback' : kind === 'call' && form !== undefined && probed;

function noSuchSite(fault: string, site: string, known: readonly string[]): Problem {
  const near = nearestWord(site, known);
  const what = fault === 'fault.callback-delay' ? 'callback' : 'call';
  const listed = `${known.slice(0, NAMED).join(', ')}${known.length > NAMED ? `, and ${known.length - NAMED} more` : ''}`;
  return new Problem({
    code: 'no-such-site',
    message: `\`${fault}\` is to be planted at ${site}, and the program has no ${what} of that name`,
    cure: `${near === undefined ? '' : `Did you mean ${near}? `}${known.length === 0 ? `It has no ${what} at all: remove the fault, or \`site\` if another is meant.` : `It has: ${listed}.`}`,
  });
}
