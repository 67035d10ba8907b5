/** The sentence a search ends with: the culprit, how likely it is, and what it does against its parent. */
import type { Bisection, Culprit, Line, SearchStudy, Version } from '../model/bisection.ts';
import { formatChange } from './change.ts';
import { countOf } from './figure.ts';

const NO_MARGIN = 0.02;
/** What `--blocks` takes. */
const [LEAST_ASKED, MOST_ASKED] = [12, 2000];
const NOUNS: Readonly<Record<Line['kind'], string>> = { commits: 'commit', module: 'release', toolchain: 'toolchain' };

export function sayFound(found: Bisection): string {
  const { outcome, culprit, ends, lines } = found;
  const noun = NOUNS[lines[0]?.kind ?? 'commits'];
  switch (outcome) {
    case 'found': {
      if (!culprit) throw new Error('a search found nothing that it names');
      return sayCulprit(culprit, noun, lines[0]?.kind === 'commits');
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

/** Only what its check confirmed is said to be the culprit; else what would decide comes with it. */
function sayCulprit({ versions, probability, parent, standing, check }: Culprit, noun: string, isCommit: boolean) {
  const [first] = versions;
  const who =
    versions.length === 1 && first ? sayVersion(first) : `one of ${versions.map(({ name }) => name).join(', ')}`;
  const Who = who.replace(/^one/, 'One');
  const likely = `(probability ${formatProbability(probability)})`;
  if (standing === 'confirmed' && check) {
    return `${Who} is the first slower ${noun} ${likely}; against its parent ${figure(check)}.`;
  }
  const blocks = check?.blocksNeeded;
  const last = versions.at(-1)!;
  const more = blocks === undefined ? 'More blocks of the two' : `About ${countOf(blocks, 'block')} of the two`;
  // Levels of the other lines are no words of `compare`.
  const command = isCommit ? `: seamark compare ${parent.name.split(' ')[0]} ${last.name}` : '';
  const bound =
    command !== '' && blocks !== undefined && blocks <= MOST_ASKED ? ` --blocks ${Math.max(LEAST_ASKED, blocks)}` : '';
  const why = check
    ? `the check against its parent is ${check.verdict}, ${figure(check)} in ${countOf(check.blocks, 'block')}`
    : 'the budget ended before it was checked against its parent';
  return `The likeliest first slower ${noun} is ${who} ${likely}, but ${why}. ${more} would decide${command}${bound}`;
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
