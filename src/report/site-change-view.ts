/** Exact counts of single sites that differ between builds, as sentences: `fc_decode: 14 more allocations an operation (2 → 16)`. */
import { findMetric } from '../model/metric.ts';
import type { Result, SiteChange } from '../model/result.ts';
import { formatAlone, formatCount } from './figure.ts';
import { displayTreatment } from './names.ts';

export interface SiteChangesView {
  /** `go→rust · 64 B: after beside before`; what the lines are about. */
  readonly title: string;
  /** Sites in the order of the map, one line each. */
  readonly lines: readonly string[];
}

/** One a pair of builds that differ anywhere. */
export function viewSiteChanges(result: Result): readonly SiteChangesView[] {
  const pairs = new Map<string, SiteChange[]>();
  for (const change of result.siteChanges ?? []) {
    const key = JSON.stringify([change.baselineArm, change.candidateArm]);
    pairs.set(key, [...(pairs.get(key) ?? []), change]);
  }
  return [...pairs.values()].map((changes) => {
    const { treatment, candidate, baseline } = changes[0]!;
    const where = treatment === '' ? '' : `${displayTreatment(treatment)}: `;
    const sites = [...new Set(changes.map(({ site }) => site))];
    return {
      title: `${where}${displayTreatment(candidate)} beside ${displayTreatment(baseline)}`,
      lines: sites.map(
        (site) =>
          `${site}: ${changes
            .filter((each) => each.site === site)
            .map(sayChange)
            .join(', ')}`,
      ),
    };
  });
}

/** What one more of it is called, and several. */
const NOUNS: Readonly<Record<string, readonly [string, string]>> = {
  crossings: ['crossing', 'crossings'],
  'callee.allocs': ['allocation', 'allocations'],
  'callee.bytes': ['allocated', 'allocated'],
  'callee.held': ['that stays allocated', 'that stay allocated'],
  'boundary.copies': ['copy', 'copies'],
  'boundary.in': ['handed in', 'handed in'],
  'boundary.out': ['handed out', 'handed out'],
  'boundary.pins': ['pin', 'pins'],
};

/** `14 more allocations an operation (2 → 16)` */
function sayChange({ quantity, baselineValue, candidateValue, steady }: SiteChange): string {
  const isBytes = findMetric(quantity)?.dimension === 'bytes';
  const write = (value: number) => (isBytes ? formatAlone('bytes', value) : formatCount(value));
  const difference = candidateValue - baselineValue;
  const size = Math.abs(difference);
  const [one, several] = NOUNS[quantity] ?? [quantity, quantity];
  const word = difference > 0 ? 'more' : 'less';
  const noun = size === 1 && !isBytes ? one : several;
  const count = isBytes
    ? `${write(size)} ${word} ${noun}`
    : `${write(size)} ${word === 'less' ? 'fewer' : word} ${noun}`;
  return `${count} an operation (${write(baselineValue)} → ${write(candidateValue)}${steady ? '' : ', medians of counts that vary'})`;
}
