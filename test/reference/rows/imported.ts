/**
 * Benchmark files made elsewhere: what `seamark import` makes of two files of one and the same program. The shift between two
 * samples of processes holds its level where nothing but chance is between them; that the machine changed between the files is
 * what caps every answer (see interleaving.ts); and however often one process repeats itself, it is one.
 */
import { readImport } from '../../../src/analysis/imported.ts';
import { drawNoise } from '../../../src/stats/noise.ts';
import { createRandom, type Random } from '../../../src/stats/random.ts';
import { rankSumShift } from '../../../src/stats/rank-sum.ts';
import { atMost, atMostShare, betweenShares, type Row } from '../row.ts';

const PART = 'imported files';
const PROCESSES = [5, 10, 20] as const;
const REPEATS = 10;
const IN_TEST = 200;

export const rows: readonly Row[] = [
  ...PROCESSES.map(
    (processes): Row => ({
      part: PART,
      figure: `a 95 % interval of the shift holds it, ${processes} + ${processes} processes, N1 and N2`,
      // Exact levels come in steps: five of each reach .968.
      ...betweenShares(0.94, 0.975, IN_TEST),
      measure: (replicates, seed) => share(replicates, seed, (random, at) => holdsShift(random, at, processes)),
    }),
  ),
  {
    part: PART,
    figure: '20 benchmarks, 10 + 10 processes, nothing changed: any called',
    ...atMostShare(0.06, IN_TEST),
    measure: (replicates, seed) => share(replicates, seed, (random) => seesAny(random, 10)),
  },
  {
    part: PART,
    figure: '-count=10 in one process each, processes 2 % apart: any called',
    ...atMost(0),
    measure: (replicates, seed) => share(replicates, seed, seesRepeats),
    inTest: { replicates: IN_TEST, holds: (reached) => reached === 0 },
  },
];

function share(replicates: number, seed: number, happens: (random: Random, replicate: number) => boolean): number {
  let count = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    if (happens(createRandom(seed, PART, replicate), replicate)) count++;
  }
  return count / replicates;
}

function holdsShift(random: Random, replicate: number, processes: number): boolean {
  const model = replicate % 2 === 0 ? 'N1' : 'N2';
  const x = drawNoise(model, random, processes);
  const y = drawNoise(model, random, processes).map((value) => value + 0.03);
  const { low, high } = rankSumShift(x, y, 0.05);
  return low <= 0.03 && high >= 0.03;
}

/** Log-times of one benchmark, by process and repeat. */
const file = (name: string, benchmarks: readonly (readonly (readonly number[])[])[]) => ({
  name,
  lines: benchmarks.flatMap((ofProcess, benchmark) =>
    ofProcess.flatMap((repeats, process) =>
      repeats.map((log) => ({
        benchmark: `B${benchmark}`,
        package: '',
        process,
        values: { 'ns/op': 1000 * Math.exp(log) },
      })),
    ),
  ),
  configuration: {},
  units: {},
});

const isSeen = (old: ReturnType<typeof file>, young: ReturnType<typeof file>): boolean =>
  readImport([old, young]).comparisons.some(({ says }) => says === 'higher' || says === 'lower');

function seesAny(random: Random, processes: number): boolean {
  const draw = () =>
    Array.from({ length: 20 }, () => Array.from({ length: processes }, () => [0.02 * random.normal()]));
  return isSeen(file('old', draw()), file('new', draw()));
}

function seesRepeats(random: Random): boolean {
  const draw = () => {
    const placed = 0.02 * random.normal();
    return [[Array.from({ length: REPEATS }, () => placed + 0.003 * random.normal())]];
  };
  return isSeen(file('old', draw()), file('new', draw()));
}
