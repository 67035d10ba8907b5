/**
 * How often Seamark errs on this machine, today: `npm run calibrate`. Runs whole studies of the lab through the command
 * line: two copies of the same source, then the same with work planted on the Rust side of one copy. Prints each study
 * as it ends and the rates at the end. `--studies N` (20 of each), `--plant 5` (per cent), `--budget 30s`, `--seed N`,
 * `--only same` or `--only planted` for one half.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { layOut, plant } from './calibrate/lab.ts';
import { type Called, runStudy } from './calibrate/study.ts';

const { values } = parseArgs({
  options: {
    studies: { type: 'string', default: '20' },
    plant: { type: 'string', default: '5' },
    budget: { type: 'string', default: '30s' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const studies = Number(values.studies);
const planted = Number(values.plant) / 100;
const firstSeed = Number(values.seed);
const folder = mkdtempSync(join(tmpdir(), 'seamark-calibrate-'));
/** The first look comes after a fifth of these, and as many fresh blocks follow. */
const LONG_BLOCKS = 1000;

try {
  await layOut(folder);
  const fine = [
    ...(values.only === 'planted' ? [] : [await tellSame()]),
    ...(values.only === 'same' ? [] : [await tellPlanted()]),
  ];
  process.exitCode = fine.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Whether two copies of the same source are called different too often. */
async function tellSame(): Promise<boolean> {
  say(`A/A: ${studies} studies of two copies of the same source, budget ${values.budget} each`);
  const seen = await series('same');
  const called = seen.filter(({ verdict }) => verdict === 'regression' || verdict === 'improvement').length;
  const equivalent = seen.filter(({ verdict }) => verdict === 'equivalent').length;
  const [most, least] = [Math.floor(studies / 20), Math.ceil((studies * 15) / 20)];
  say(
    `called a change in ${called} of ${studies} (at most ${most}), equivalent in ${equivalent} (at least ${least})\n`,
  );
  return called <= most && equivalent >= least;
}

/** Whether planted work is called often enough, with the right sign and an honest interval. */
async function tellPlanted(): Promise<boolean> {
  say(`planting ${values.plant} % on the Rust side of one copy, sized by a long run`);
  const truth = await plantShare(planted);
  say(`a long run of ${truth.blocks} blocks gives ${percent(truth)}`);
  const seen = await series('planted');
  const right = seen.filter(({ verdict }) => verdict === 'regression');
  const covering = right.filter(({ low, high }) => low <= truth.ratio && truth.ratio <= high).length;
  const meeting = right.filter(({ low, high }) => low <= truth.high && truth.low <= high).length;
  const seconds = median(seen.map(({ durationS }) => durationS)).toFixed(0);
  const least = Math.ceil((studies * 18) / 20);
  say(`called with the right sign in ${right.length} of ${studies} (at least ${least}), ${seconds} s a study (median)`);
  say(
    `the 90 % interval holds the long run's centre in ${covering} of ${right.length}, meets its interval in ${meeting}\n`,
  );
  return right.length >= least;
}

async function series(label: string): Promise<Called[]> {
  const seen: Called[] = [];
  for (let index = 0; index < studies; index++) {
    const study = await runStudy(folder, { seed: firstSeed + index, budget: values.budget });
    say(
      `  ${label} ${String(index + 1).padStart(2)}: ${study.verdict.padEnd(11)} ${percent(study)}  ${study.blocks} blocks, ${study.durationS.toFixed(0)} s`,
    );
    seen.push(study);
  }
  return seen;
}

/** Sizes the planted work so that a long run sees the wanted share, in at most three tries; returns the last long run. */
async function plantShare(wanted: number): Promise<Called> {
  let turns = 100;
  for (let attempt = 1; ; attempt++) {
    plant(folder, turns);
    const run = await runStudy(folder, {
      seed: firstSeed + 1000 + attempt,
      budget: '10min',
      blocks: LONG_BLOCKS,
    });
    const seen = run.ratio - 1;
    say(`  ${turns} turns: ${percent(run)}`);
    if (attempt === 3 || Math.abs(seen - wanted) < 0.1 * wanted) return run;
    turns = Math.max(1, Math.round((turns * wanted) / Math.max(seen, wanted / 20)));
  }
}

function percent({ ratio, low, high }: Called): string {
  const text = (value: number): string => `${value >= 1 ? '+' : '−'}${Math.abs((value - 1) * 100).toFixed(2)}`;
  return `${text(ratio)} % [${text(low)}, ${text(high)}]`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
