/** The sentence a search ends with: the culprit, how likely it is, and what it does against its parent. */
import type { Bisection, Line, SearchStudy, Version } from '../model/bisection.ts';
import { formatChange } from './change.ts';

const NO_MARGIN = 0.02;
const NOUNS: Readonly<Record<Line['kind'], string>> = { commits: 'commit', module: 'release', toolchain: 'toolchain' };

export function sayFound(found: Bisection): string {
  const { outcome, culprit, checks, ends, lines } = found;
  const noun = NOUNS[lines[0]?.kind ?? 'commits'];
  switch (outcome) {
    case 'found': {
      const { versions = [], probability = 0 } = culprit ?? {};
      const check = checks.at(-1);
      const against = check ? `; against its parent ${figure(check)}` : '';
      const [first] = versions;
      const what =
        versions.length === 1 && first
          ? `${sayVersion(first)} is the first slower ${noun}`
          : `One of ${versions.map(({ name }) => name).join(', ')} is the first slower ${noun}`;
      return `${what} (probability ${formatProbability(probability)})${against}.`;
    }
    case 'doubted':
      return `No ${noun} was found that is slower than its parent by what the ends differ${ends ? `, ${figure(ends)}` : ''}: what was likely was refuted.`;
    case 'nothing':
      return ends?.verdict === 'improvement'
        ? `${ends.candidate} is faster than ${ends.baseline}, ${figure(ends)}: there is no regression to search.`
        : `${ends?.candidate} and ${ends?.baseline} do not differ for the worse${ends ? `, ${figure(ends)}` : ''}: there is nothing to search.`;
    default:
      return ends && found.sought
        ? `Not decided within the budget: ${sayLikeliest(found)}.`
        : `Whether ${ends?.candidate ?? 'the bad end'} is slower than ${ends?.baseline ?? 'the good end'} is undecided${ends ? `, ${figure(ends)}` : ''}; there is no sure change to search for.`;
  }
}

/** `3f2a91c04 "decode: …" by A. Author` */
export function sayVersion({ name, subject, author }: Version): string {
  return `${name}${subject === undefined ? '' : ` "${subject}"`}${author === undefined ? '' : ` by ${author}`}`;
}

function sayLikeliest({ lines }: Bisection): string {
  const versions = lines.at(-1)?.versions ?? [];
  const best = versions.toSorted((a, b) => b.probability - a.probability)[0];
  return best ? `the likeliest is ${sayVersion(best)} (${formatProbability(best.probability)})` : 'nothing was probed';
}

function figure({ ratio, low, high }: SearchStudy): string {
  const { change, interval } = formatChange(ratio, low, high, '%', NO_MARGIN);
  return `${change} ${interval}`;
}

/** `.97`: a probability is no share of anything, and never certain. */
export function formatProbability(probability: number): string {
  if (probability > 0.9995) return '>.999';
  return probability < 0.0005 ? '' : probability.toFixed(probability > 0.99 ? 3 : 2).replace(/^0/, '');
}
