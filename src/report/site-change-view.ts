/** Exact counts of single sites that differ between builds, as sentences: `fc_decode: 14 more allocations (2 → 16)`. */
import { findMetric } from '../model/metric.ts';
import type { Result } from '../model/result.ts';
import type { SiteChange } from '../model/site-change.ts';
import { formatCount } from './figure.ts';
import { displayTreatment } from './names.ts';

export interface SiteChangesView {
  /** `HEAD beside v1.4.0, go→rust · payload=64 B`: what the lines are about. */
  readonly title: string;
  /** Sites in the order of the map, one line each; per operation. */
  readonly lines: readonly string[];
}

/** One a pair of builds that differ anywhere; treatments in which they differ alike share one. */
export function viewSiteChanges(result: Result): readonly SiteChangesView[] {
  const pairs = groupBy(result.siteChanges ?? [], ({ baselineArm, candidateArm }) => [baselineArm, candidateArm]);
  const told = pairs.map((changes) => {
    const { treatment, candidate, baseline } = changes[0]!;
    const roles = `${displayTreatment(candidate)} beside ${displayTreatment(baseline)}`;
    const lines = groupBy(changes, ({ site }) => site).map(saySite);
    return { roles, treatment, lines, remark: remarkOn(changes, result) };
  });
  return groupBy(told, ({ roles, lines }) => [roles, lines]).map((alike) => {
    const where = alike.flatMap(({ treatment }) => (treatment === '' ? [] : [displayTreatment(treatment)]));
    return {
      title: [alike[0]!.roles, ...where].join(', '),
      lines: [...alike[0]!.lines, ...(alike.find(({ remark }) => remark.length > 0)?.remark ?? [])],
    };
  });
}

/** The two stand on one page, and need not agree. */
function remarkOn(changes: readonly SiteChange[], { comparisons }: Result): readonly string[] {
  const { baselineArm, candidateArm } = changes[0]!;
  const isEqual = comparisons.some(
    (one) =>
      one.metric === 'rust.allocs' &&
      one.verdict === 'equal' &&
      one.baselineArm === baselineArm &&
      one.candidateArm === candidateArm,
  );
  return isEqual && changes.some(({ quantity }) => quantity === 'callee.allocs')
    ? ['rust.allocs is equal as the harness counts its own; the probe counts every allocation inside a call']
    : [];
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => unknown): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const own = JSON.stringify(key(item));
    groups.set(own, [...(groups.get(own) ?? []), item]);
  }
  return [...groups.values()];
}

function saySite(changes: readonly SiteChange[]): string {
  return `${changes[0]!.site}: ${changes.map(sayChange).join(', ')}`;
}

/** What one more of it is called, and several; bytes name their unit before. */
const NOUNS: Readonly<Record<string, readonly [string, string]>> = {
  crossings: ['crossing', 'crossings'],
  'callee.allocs': ['allocation', 'allocations'],
  'callee.bytes': ['allocated', 'allocated'],
  'callee.held': ['that stays', 'that stay'],
  'boundary.copies': ['copy', 'copies'],
  'boundary.in': ['handed in', 'handed in'],
  'boundary.out': ['handed out', 'handed out'],
  'boundary.pins': ['pin', 'pins'],
};

/** `14 more allocations (2 → 16)`, `1,024 B less allocated (5,216 → 4,192)` */
function sayChange({ quantity, baselineValue, candidateValue, steady }: SiteChange): string {
  const isBytes = findMetric(quantity)?.dimension === 'bytes';
  const difference = candidateValue - baselineValue;
  const size = Math.abs(difference);
  const noun = (NOUNS[quantity] ?? [quantity, quantity])[size === 1 ? 0 : 1];
  const word = difference > 0 ? 'more' : isBytes ? 'less' : 'fewer';
  const values = `${formatCount(baselineValue)} → ${formatCount(candidateValue)}`;
  return `${formatCount(size)}${isBytes ? ' B' : ''} ${word} ${noun} (${values}${steady ? '' : ', medians: they vary'})`;
}
