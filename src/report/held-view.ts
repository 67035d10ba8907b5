/**
 * What stays in memory after calls, in words: of a map in a sentence, of a site in two words. What one site sets aside another may
 * give back, so only the whole can leak; the site it comes from is named where only one can be meant.
 */
import type { BoundaryMap, Held, MapMemory, SiteSummary } from '../model/site.ts';
import { countOf, formatAlone, formatCount } from './figure.ts';

export function noteHeld(map: BoundaryMap, { held, processes }: MapMemory): readonly string[] {
  const inAll = formatAlone('bytes', held.bytes);
  if (held.says === 'grew') {
    // A page a process: less is what threads keep for themselves.
    if (held.bytes < 4096 * processes) return [];
    return [
      `${inAll} more were held at the end, taken in ${formatCount(held.grewIn)} of ${countOf(held.parts, 'part')} of the run: room that is kept, not what every call leaves`,
    ];
  }
  if (held.says !== 'grows') return [];
  const calls = map.sites.reduce((sum, site) => sum + (site.kind === 'call' ? (site.memory?.crossings ?? 0) : 0), 0);
  const suspect = suspectOf(map);
  const [per, count] =
    map.operations !== undefined
      ? ['an operation', map.operations]
      : suspect?.memory
        ? [`a crossing of ${suspect.site}`, suspect.memory.crossings]
        : ['a call', calls];
  const slope = held.slope ? (held.slope.value * calls) / count : held.bytes / count;
  return [
    `${formatAlone('bytes', slope)} stay allocated after ${per}${sayInterval(held, calls / count)}, more in each of ${countOf(held.parts, 'part')} of the run, ${inAll} in all: a leak, unless it is given back outside the calls; ${nameSources(map, suspect)}`,
  ];
}

/** `sets aside [95.1 B, 96.4 B]`; `times`: crossings an operation, or 1. */
export function sayHeld(site: SiteSummary, map: BoundaryMap, times: number): string {
  const held = site.memory?.held;
  if (!held || held.bytes === 0 || held.says === undefined) return '';
  // Most of it in one go, as an arena or a cache is made.
  if (held.says === 'grew' && held.grewIn * 4 <= held.parts) return 'grew once';
  const word = held.bytes < 0 ? 'gives back' : suspectOf(map) === site ? 'grows' : 'sets aside';
  return `${word}${sayInterval(held, times)}`;
}

/** How far what a site sets aside may be from what stays, to be the same. */
const ALIKE = 0.02;

/** Of a map that grows: the only site that sets aside, or else the only one that sets aside as much as stays. */
function suspectOf({ sites, memory }: BoundaryMap): SiteSummary | undefined {
  if (memory?.held.says !== 'grows') return undefined;
  const setting = sites.filter((site) => heldBy(site) > 0);
  if (setting.length === 1) return setting[0];
  const stays = memory.held.bytes;
  const alike = setting.filter((site) => Math.abs(heldBy(site) - stays) <= ALIKE * stays);
  return alike.length === 1 ? alike[0] : undefined;
}

const MOST_NAMED = 3;

function nameSources({ sites }: BoundaryMap, suspect: SiteSummary | undefined): string {
  if (suspect) return `${suspect.site} sets aside as much`;
  const setting = [...sites].filter((site) => heldBy(site) > 0).sort((one, other) => heldBy(other) - heldBy(one));
  const named = setting.slice(0, MOST_NAMED).map(({ site }) => site);
  return `set aside by ${named.join(', ')}${setting.length > MOST_NAMED ? ' and others' : ''}`;
}

const heldBy = (site: SiteSummary): number => site.memory?.held.bytes ?? 0;

/** ` [95.1 B, 96.4 B]`; nothing where every process holds as good as the same. */
function sayInterval({ slope }: Held, times: number): string {
  if (!slope) return '';
  const [low, high] = [formatAlone('bytes', slope.low * times), formatAlone('bytes', slope.high * times)];
  return low === high ? '' : ` [${low}, ${high}]`;
}
