/** What weakens a comparison of benchmarks that were measured elsewhere, each with its cure. */
import type { Warning } from '../model/problem.ts';
import { leastRankSumP } from '../stats/rank-sum.ts';
import type { ImportedArm, ImportedComparison } from './imported.ts';

const LEVEL = 0.05;
const MORE_PROCESSES =
  'run `go test -bench` anew for each, ten times, appending to the file: -count repeats within one process';

export function importWarnings(arms: readonly ImportedArm[], comparisons: readonly ImportedComparison[]): Warning[] {
  const noisy = comparisons.filter(({ says }) => says !== 'same' && says !== 'differs');
  const medians = noisy.filter(({ baseline, candidate }) => Math.min(baseline.processes, candidate.processes) < 2);
  const few = noisy.filter(
    ({ low, baseline, candidate }) =>
      low !== undefined && leastRankSumP(baseline.processes, candidate.processes) > LEVEL,
  );
  const zero = noisy.filter(
    ({ says, baseline, candidate }) => says === 'only medians' && leastOf(baseline, candidate) >= 2,
  );
  const repeated = noisy.filter(({ baseline, candidate }) =>
    [baseline, candidate].some((side) => side.values > side.processes),
  );
  const warnings: Warning[] = [];
  if (noisy.some(({ verdict }) => verdict !== 'none')) {
    warnings.push({
      code: 'order-confounded',
      message:
        'the arms were measured one after the other, so whatever the machine did in between is in the difference: on identical binaries 35 to 48 % of such comparisons were called changed',
      cure: 'let both take turns in one study (below)',
    });
  }
  if (medians.length > 0) {
    warnings.push({
      code: 'one-process',
      message: `${share(medians.length, noisy.length)} one process an arm: medians only, and no verdict. Two processes of one binary differ by more than their iterations tell in 58 % of pairs`,
      cure: MORE_PROCESSES,
    });
  }
  if (few.length > 0) {
    warnings.push({
      code: 'few-processes',
      message: `${share(few.length, noisy.length)} too few processes: no difference, however large, could be told from chance at 5 %. It takes four of each, three against five or two against eight`,
      cure: MORE_PROCESSES,
    });
  }
  if (repeated.length > 0) {
    warnings.push({
      code: 'repeats-in-a-process',
      message:
        'repeats within one process (-count) were joined to its median: the process is the unit, and n counts processes',
    });
  }
  if (zero.length > 0) {
    warnings.push({
      code: 'zeros',
      message: `${zero.length === 1 ? 'a row holds' : `${zero.length} rows hold`} zeros beside other values: a ratio to nothing is none, so medians only`,
    });
  }
  return [...warnings, ...residueOf(arms)];
}

/** What the files say of machine and system, and say differently. */
function residueOf(arms: readonly ImportedArm[]): Warning[] {
  const names = [...new Set(arms.flatMap(({ configuration }) => Object.keys(configuration)))].filter(
    (name) => name !== 'pkg',
  );
  return names.flatMap((name) => {
    const said = arms.map((arm) => ({ arm: arm.name, values: arm.configuration[name] ?? [] }));
    const kinds = new Set(said.map(({ values }) => [...values].sort().join(' | ')));
    const within = said.find(({ values }) => values.length > 1);
    const machine = ['goos', 'goarch', 'cpu'].includes(name);
    if (kinds.size < 2 && !(machine && within)) return [];
    const shown = said.map(({ arm, values }) => `${values.length === 0 ? 'nothing' : values.join(' and ')} in ${arm}`);
    return [
      {
        code: machine ? 'machines-differ' : 'configuration-differs',
        message: `the files differ in \`${name}\`: ${shown.join(', ')}`,
        ...(machine && { cure: 'figures of two machines are no comparison of two programs: measure both on one' }),
      },
    ];
  });
}

const leastOf = (...sides: readonly ImportedComparison['baseline'][]): number =>
  Math.min(...sides.map(({ processes }) => processes));

const share = (some: number, all: number): string =>
  some === all ? (all === 1 ? 'the row rests on' : 'all rows rest on') : `${some} of ${all} rows rest on`;
