/** The exact counts of the probe as a witness: crossings, allocations, copies, bytes and pins of single sites. It runs nothing. */
import type { SiteChange } from '../model/site-change.ts';
import type { Finding, Witness } from '../model/witness.ts';
import type { Case, EvidenceRequest } from './gather.ts';

/** Blind where the boundary was not probed, and where every count is the same: counts say nothing of slower code. */
export async function askCounts(one: Case, { result }: EvidenceRequest): Promise<Witness> {
  const { treatment, baseline, candidate, siteChanges, comparison } = one;
  const about = { name: 'counts', treatment, baseline, candidate };
  if (result.siteChanges === undefined && !result.boundary.some(({ of }) => of === comparison.candidateArm)) {
    return { ...about, says: 'blind', seen: 'the boundary was not probed', findings: [] };
  }
  if (siteChanges.length === 0) {
    const seen = 'every count at every site is the same: no code that counts shows took part';
    return { ...about, says: 'blind', seen, findings: [] };
  }
  const findings = siteChanges.map(toFinding);
  const isWorse = comparison.ratio > 1;
  const says = siteChanges.some((change) => change.candidateValue > change.baselineValue === isWorse);
  const seen = siteChanges.slice(0, 3).map(sayChange).join('; ');
  return { ...about, says: says ? 'agrees' : 'disagrees', seen, findings };
}

function toFinding({ site, quantity, baselineValue, candidateValue }: SiteChange): Finding {
  const unit = /bytes|held|\.in|\.out/.test(quantity)
    ? 'bytes'
    : quantity === 'callee.allocs'
      ? 'allocations'
      : 'calls';
  return { what: `${quantity} of ${site}`, unit, baseline: baselineValue, candidate: candidateValue };
}

function sayChange({ site, quantity, baselineValue, candidateValue }: SiteChange): string {
  const figure = (value: number) => value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
  return `${quantity} of ${site} ${figure(baselineValue)} → ${figure(candidateValue)} an operation`;
}
