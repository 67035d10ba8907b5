/**
 * What the statistics cost, each beside its floor: a plain loop that reads the same numbers once, as often as the method must.
 * Told are CPU time of this process (its compiler and collector included), the median of the rounds after one that warms
 * up; the ratio to the floor; and how time grows from half the size and to twice the size: the power of n.
 * Wanted, on a machine of today: 10,000 resamples of 1,000 in 60 ms for the mean and 120 ms for the median, a series of 2,000
 * points in 50 ms, a look at 60 blocks of 100 metrics in 100 ms. Ends with 1 when one takes longer.
 */
import { startBetting } from '../src/stats/betting.ts';
import { findChangePoints } from '../src/stats/change-points.ts';
import { hodgesLehmann } from '../src/stats/hodges-lehmann.ts';
import { createRandom } from '../src/stats/random.ts';
import { resampleMeans, resampleMedians } from '../src/stats/resample.ts';
import { signedRankTest } from '../src/stats/signed-rank.ts';

const ROUNDS = Number(process.argv[2] ?? 9);
const RESAMPLES = 10_000;
const METRICS = 100;

interface Job {
  readonly name: string;
  readonly aimMs?: number;
  readonly n: number;
  /** Numbers that must be read at least, of n. */
  readonly reads: (n: number) => number;
  readonly work: (values: readonly number[]) => void;
  /** Values the job works on, of n: noise, unless told otherwise. */
  readonly values?: (n: number) => readonly number[];
}

const JOBS: readonly Job[] = [
  {
    name: `bootstrap of the mean, ${RESAMPLES} resamples of`,
    aimMs: 60,
    n: 1000,
    reads: (n) => RESAMPLES * n,
    work: (values) => keep(resampleMeans(values, RESAMPLES, createRandom(1))[0]!),
  },
  {
    name: `bootstrap of the median, ${RESAMPLES} resamples of`,
    aimMs: 120,
    n: 1000,
    reads: (n) => RESAMPLES * n,
    work: (values) => keep(resampleMedians(values, RESAMPLES, createRandom(1))[0]!),
  },
  {
    name: 'change points of a series with a step every 100 points, of',
    aimMs: 50,
    n: 2000,
    reads: (n) => n,
    values: (n) => noise(n).map((value, i) => Math.exp(0.02 * value + 0.05 * (Math.floor(i / 100) % 2))),
    work: (values) => keep(findChangePoints(values).length),
  },
  {
    name: 'change points of a series that never changes, of',
    aimMs: 50,
    n: 2000,
    reads: (n) => n,
    values: (n) => noise(n).map((value) => Math.exp(0.02 * value)),
    work: (values) => keep(findChangePoints(values).length),
  },
  {
    name: `a look at ${METRICS} metrics (estimate, interval, test), blocks:`,
    aimMs: 100,
    n: 60,
    reads: (n) => METRICS * n,
    work: (values) => {
      for (let metric = 0; metric < METRICS; metric++) {
        const x = values.map((value) => value + metric / 1000);
        keep(hodgesLehmann(x, 0.05).low + signedRankTest(x).pValue);
      }
    },
  },
  {
    name: 'watching (a confidence sequence read after every block), blocks:',
    n: 2000,
    reads: (n) => n,
    work: (values) => {
      const betting = startBetting(0.05);
      for (const value of values) keep(betting.add(value).low);
    },
  },
];

let kept = 0;
/** So that no work is left out for having no reader. */
function keep(value: number): void {
  kept += value;
}

function noise(n: number): number[] {
  const random = createRandom(3, n);
  return Array.from({ length: n }, () => random.normal());
}

/** Reads `values` over and over, `reads` numbers in all. */
function readPlainly(values: Float64Array, reads: number): void {
  let sum = 0;
  for (let left = reads; left > 0; left -= values.length) {
    const end = Math.min(left, values.length);
    for (let i = 0; i < end; i++) sum += values[i]!;
  }
  keep(sum);
}

/** Median over the rounds; what takes under a few milliseconds is repeated until it does not. */
function milliseconds(work: () => void): number {
  let repeats = 1;
  const once = (): number => {
    const { user: before } = process.cpuUsage();
    for (let i = 0; i < repeats; i++) work();
    return (process.cpuUsage().user - before) / 1000 / repeats;
  };
  once();
  while (once() * repeats < 5 && repeats < 1e6) repeats *= 4;
  const times = Array.from({ length: ROUNDS }, once).sort((a, b) => a - b);
  return times[times.length >> 1]!;
}

let missed = false;
for (const { name, aimMs, n, reads, work, values = noise } of JOBS) {
  const time = (size: number): number => {
    const data = values(size);
    return milliseconds(() => work(data));
  };
  const [half, whole, twice] = [time(n / 2), time(n), time(2 * n)];
  const data = Float64Array.from(values(n));
  const floor = milliseconds(() => readPlainly(data, reads(n)));
  const late = aimMs !== undefined && whole > aimMs;
  missed ||= late;
  const aim = aimMs === undefined ? '' : `, wanted ${aimMs}${late ? ': MISSED' : ''}`;
  const power = (from: number, to: number): string => Math.log2(to / from).toFixed(2);
  process.stdout.write(`${name} ${n}
  ${whole.toPrecision(3)} ms${aim}; ${(whole / floor).toPrecision(3)} times a plain loop over ${reads(n).toLocaleString('en-US')} numbers (${floor.toPrecision(2)} ms)
  grows with n to the power ${power(half, whole)} from ${n / 2}, ${power(whole, twice)} to ${2 * n}\n`);
}
if (Number.isNaN(kept)) process.stdout.write('a result was not a number\n');
if (missed) process.exitCode = 1;
