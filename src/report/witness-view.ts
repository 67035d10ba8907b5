/** What else speaks for or against a change: witnesses by comparison, each with what moved most; tools that are missing once. */
import type { Result } from '../model/result.ts';
import type { Finding, Says, Witness } from '../model/witness.ts';
import { formatAlone, formatCount } from './figure.ts';
import { displayTreatment } from './names.ts';

export interface WitnessRow {
  readonly name: string;
  readonly says: Says;
  readonly mark: string;
  readonly seen: string;
  readonly findings: readonly FindingRow[];
}

export interface FindingRow {
  /** `decode (Rust, decode.rs)` */
  readonly what: string;
  /** `607 → 1,214 instructions`, `new: 37 instructions`, `gone: 19 instructions before` */
  readonly figures: string;
}

export interface WitnessesView {
  /** `HEAD beside v1.4.0, go→rust · payload=64 B` */
  readonly title: string;
  /** Those that say something first, blind ones last. */
  readonly rows: readonly WitnessRow[];
  /** `valgrind: apt-get install valgrind` */
  readonly missing: readonly string[];
}

const MARKS: Readonly<Record<Says, string>> = { agrees: '✓', disagrees: '✗', blind: '·' };
const LANGUAGES = { go: 'Go', rust: 'Rust', c: 'C' } as const;
const MOST_FINDINGS = 5;

/** One a pair of builds that anything was asked about. */
export function viewWitnesses({ witnesses = [] }: Pick<Result, 'witnesses'>): readonly WitnessesView[] {
  const pairs = new Map<string, Witness[]>();
  for (const witness of witnesses) {
    const key = JSON.stringify([witness.treatment, witness.baseline, witness.candidate]);
    pairs.set(key, [...(pairs.get(key) ?? []), witness]);
  }
  const told = new Set<string>();
  return [...pairs.values()].map((all) => {
    const { treatment, baseline, candidate } = all[0]!;
    const missing = [...new Set(all.flatMap((witness) => witness.missing ?? []))].filter((tool) => !told.has(tool));
    for (const tool of missing) told.add(tool);
    const where = treatment === '' ? [] : [displayTreatment(treatment)];
    return {
      title: [`${displayTreatment(candidate)} beside ${displayTreatment(baseline)}`, ...where].join(', '),
      rows: [...all.filter(({ says }) => says !== 'blind'), ...all.filter(({ says }) => says === 'blind')].map(viewOne),
      missing,
    };
  });
}

function viewOne({ name, says, seen, findings }: Witness): WitnessRow {
  return { name, says, mark: MARKS[says], seen, findings: findings.slice(0, MOST_FINDINGS).map(viewFinding) };
}

function viewFinding({ what, language, where, unit, baseline, candidate }: Finding): FindingRow {
  const about = [...(language === undefined ? [] : [LANGUAGES[language]]), ...(where === undefined ? [] : [where])];
  return {
    what: about.length === 0 ? what : `${what} (${about.join(', ')})`,
    figures: sayFigures(unit, baseline, candidate),
  };
}

/** What only one build has is said to be new or gone; what differs never reads as the same. */
function sayFigures(unit: Finding['unit'], baseline: number, candidate: number): string {
  const say = (value: number, digits: number) =>
    unit === 'seconds'
      ? formatAlone('seconds', value)
      : Number.isInteger(value)
        ? formatCount(value)
        : value.toLocaleString('en-US', { maximumSignificantDigits: digits });
  const after = unit === 'seconds' ? '' : ` ${unit}`;
  if (baseline === 0 && candidate > 0) return `new: ${say(candidate, 3)}${after}`;
  if (candidate === 0 && baseline > 0) return `gone: ${say(baseline, 3)}${after} before`;
  const digits = say(baseline, 3) === say(candidate, 3) ? 6 : 3;
  return `${say(baseline, digits)} → ${say(candidate, digits)}${after}`;
}
