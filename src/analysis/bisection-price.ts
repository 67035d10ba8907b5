/** What a search will cost, before it begins: the search itself, played often on invented blocks. */
import type { Line, Sought } from '../model/bisection.ts';
import { createRandom } from '../stats/random.ts';
import { advance, beginStanding, decideNext } from './bisection.ts';

export interface SearchPrice {
  /** Means over the games played. */
  readonly builds: number;
  readonly blocks: number;
  /** Nine in ten searches need no more seconds than this; builds and blocks together. */
  readonly seconds: number;
  readonly mostSeconds: number;
}

const GAMES = 24;
/** A search of so many blocks has gone astray; it is counted as that many. */
const MOST_BLOCKS = 400;
/** One block in so many is hit by something else on the machine, by ten spreads on average. */
const BURST_EVERY = 12;

export function priceSearch(
  line: Line,
  sought: Sought,
  { stopAt, buildS, seed }: { readonly stopAt: number; readonly buildS: number; readonly seed: number },
): SearchPrice {
  const games = Array.from({ length: GAMES }, (_, game) => play(line, sought, stopAt, buildS, seed, game));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / GAMES;
  const secondsOf = ({ builds, blocks }: { builds: number; blocks: number }) =>
    builds * buildS + blocks * sought.blockS;
  const sorted = games.map(secondsOf).sort((a, b) => a - b);
  return {
    builds: mean(games.map(({ builds }) => builds)),
    blocks: mean(games.map(({ blocks }) => blocks)),
    seconds: mean(sorted),
    mostSeconds: sorted[Math.floor(0.9 * GAMES)]!,
  };
}

function play(line: Line, sought: Sought, stopAt: number, buildS: number, seed: number, game: number) {
  const random = createRandom(seed, 'bisection price', game);
  const culprit = drawCulprit(line, random.uniform());
  let standing = beginStanding(line, sought);
  for (let blocks = 0; blocks < MOST_BLOCKS; blocks++) {
    const next = decideNext(standing, stopAt, sought.blockS, buildS);
    if (next.kind !== 'probe') break;
    const { version } = next;
    if (!standing.built.has(version)) standing = advance(standing, { kind: 'built', version, seconds: buildS });
    const wild = random.integer(BURST_EVERY) === 0 ? 10 : 1;
    const logRatio = (version >= culprit ? sought.effect.centre : 0) + wild * sought.scale * random.normal();
    standing = advance(standing, { kind: 'probe', version, logRatio, seconds: 0 });
  }
  return { builds: standing.built.size, blocks: standing.probes.length };
}

function drawCulprit({ versions }: Line, share: number): number {
  const all = versions.reduce((sum, { weight }) => sum + weight, 0);
  let left = share * all;
  for (const [at, { weight }] of versions.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return versions.length - 1;
}
