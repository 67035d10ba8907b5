/** Instructions of one operation, old against new, by function and language: exact where time is noisy, and blind to waiting. */
import type { Layer } from '../model/layer.ts';
import type { Finding, Says } from '../model/witness.ts';
import { type BuildCosts, type FunctionPair, runCallgrind } from './callgrind.ts';
import type { Language } from './function-name.ts';
import type { Case } from './gather.ts';
import { compareWays, differs, directionOf, sizeOf } from './judgement.ts';
import type { Slope } from './slope.ts';
import { perWhat, type Testimony, withTool } from './tool-witness.ts';

export const askInstructions = withTool('instructions', 'valgrind', async (one, request) =>
  tellInstructions(one, await runCallgrind(one, request), perWhat(request)),
);

/** Changes below this share of all instructions are not told apart from none. */
const LEAST_SHARE = 0.001;
/** Of what time says, as a fraction: a smaller part of it does not explain it. */
const EXPLAINS = 0.1;
const WAITING: readonly Layer[] = ['lock', 'go-lock', 'run-queue'];
const LANGUAGES: readonly Language[] = ['go', 'rust', 'c'];
const WRITTEN: Readonly<Record<Language, string>> = { go: 'Go', rust: 'Rust', c: 'C' };
const MOST_FINDINGS = 20;

/** The rule, apart from the runs it is applied to. `per`: what a count is given per, `an operation`. */
export function tellInstructions(one: Case, { functions, whole }: BuildCosts, per: string): Testimony {
  const [baseline, candidate] = [whole.baseline.instructions, whole.candidate.instructions];
  const findings = findMoved(functions, baseline.value);
  const { says, why } = judge(one, baseline, candidate);
  const seen = [
    `${figure(baseline.value)} → ${figure(candidate.value)} instructions ${per} (${sayChange(candidate.value / baseline.value - 1)})`,
    sayLanguages(functions),
    sayCulprit(findings),
    sayRepeat(baseline, candidate),
    sayNameless(functions, candidate.value),
    why,
  ];
  return { says, seen: seen.filter((part) => part !== '').join('; '), findings };
}

function judge(one: Case, baseline: Slope, candidate: Slope): { readonly says: Says; readonly why: string } {
  const difference = candidate.value - baseline.value;
  const change = difference / baseline.value;
  if (!differs(baseline, candidate, LEAST_SHARE * baseline.value)) {
    if (directionOf(one) === 0) return { says: 'agrees', why: '' };
    const waits = one.layers.find(({ layer, verdict }) => WAITING.includes(layer) && verdict !== 'equivalent');
    if (waits && waits.verdict !== 'undecided') return { says: 'blind', why: 'waiting takes none' };
    return { says: 'disagrees', why: 'what moved is waiting, caches, system calls, layout or the environment' };
  }
  const says = compareWays(one, difference);
  if (says === 'agrees' && Math.abs(change) < EXPLAINS * sizeOf(one)) {
    return { says: 'blind', why: 'too few for what time says' };
  }
  return { says, why: '' };
}

function findMoved(pairs: readonly FunctionPair[], whole: number): readonly Finding[] {
  return pairs
    .filter(({ baseline, candidate }) =>
      differs(baseline.instructions, candidate.instructions, (LEAST_SHARE * whole) / 2),
    )
    .map(
      ({ name, language, where, baseline, candidate }): Finding => ({
        what: name,
        language,
        ...(where === undefined ? {} : { where }),
        unit: 'instructions',
        baseline: baseline.instructions.value,
        candidate: candidate.instructions.value,
      }),
    )
    .sort((a, b) => Math.abs(b.candidate - b.baseline) - Math.abs(a.candidate - a.baseline))
    .slice(0, MOST_FINDINGS);
}

function sayChange(change: number): string {
  return `${change < 0 ? '−' : '+'}${Math.abs(change * 100).toFixed(Math.abs(change) < 0.1 ? 2 : 1)} %`;
}

function sayLanguages(pairs: readonly FunctionPair[]): string {
  const sum = (language: Language, side: 'baseline' | 'candidate') =>
    pairs.filter((pair) => pair.language === language).reduce((all, pair) => all + pair[side].instructions.value, 0);
  const told = LANGUAGES.map((language) => [language, sum(language, 'baseline'), sum(language, 'candidate')] as const)
    .filter(([, before, after]) => before >= 1 || after >= 1)
    .map(([language, before, after]) => `${WRITTEN[language]} ${figure(before)} → ${figure(after)}`);
  return told.length > 1 ? told.join(', ') : '';
}

/** `most of it in decode (Rust)`, where one function holds more than half of what moved. */
function sayCulprit(findings: readonly Finding[]): string {
  const [first] = findings;
  if (!first) return '';
  const moved = ({ baseline, candidate }: Finding) => Math.abs(candidate - baseline);
  const share = moved(first) / findings.reduce((sum, one) => sum + moved(one), 0);
  const name = `${first.what}${first.language ? ` (${WRITTEN[first.language]})` : ''}`;
  return share > 0.95 ? `all of it in ${name}` : share > 0.5 ? `most of it in ${name}` : `the most in ${name}`;
}

function sayRepeat(baseline: Slope, candidate: Slope): string {
  const spread = Math.max(baseline.spread / baseline.value, candidate.spread / candidate.value);
  return spread > LEAST_SHARE ? `counted twice they differ by ${(spread * 100).toFixed(2)} %` : '';
}

function sayNameless(pairs: readonly FunctionPair[], whole: number): string {
  const without = pairs.filter(({ nameless }) => nameless);
  const share = without.reduce((sum, { candidate }) => sum + candidate.instructions.value, 0) / whole;
  return share > 0.2 ? `${Math.round(share * 100)} % of them in code without names (built without symbols)` : '';
}

function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 1000 ? 1 : 0 });
}
