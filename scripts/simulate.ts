/**
 * npm run simulate [-- --replicates 2000 --seed 1 --recorded FILE[:BLOCKS] …]: the rates at which Seamark's own decisions err, from seeded
 * noise, each beside the figure it must reach. A recorded FILE holds one A/A block log-ratio a line. Exits 1 when one is missed.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { NOISE_MODELS } from '../src/stats/noise.ts';
import { coverage, looksFor, modelled, type Rates, recorded, runTrials, type Source } from '../test/reference/rates.ts';

const { values } = parseArgs({
  options: {
    replicates: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    recorded: { type: 'string', multiple: true, default: [] },
  },
});
const replicates = Number(values.replicates);
const seed = Number(values.seed);
let missed = 0;

function say(figure: string, target: string, reached: number, holds: boolean): void {
  if (!holds) missed++;
  console.log(`${figure.padEnd(64)}${target.padEnd(16)}${reached.toFixed(4).padStart(8)}  ${holds ? '' : 'MISSED'}`);
}
const atLeast = (figure: string, bound: number, reached: number) =>
  say(figure, `>= ${bound}`, reached, reached >= bound);
const atMost = (figure: string, bound: number, reached: number) =>
  say(figure, `<= ${bound}`, reached, reached <= bound);
const differs = (rates: Rates) => rates.share('regression') + rates.share('improvement');

console.log(`${'figure'.padEnd(64)}${'target'.padEnd(16)} reached   (${replicates} replicates, seed ${seed})`);

for (const model of ['N1', 'N2', 'N3', 'N4'] as const) {
  for (const blocks of [8, 12, 20, 40]) {
    const reached = coverage(modelled(model), blocks, replicates, seed);
    const holds = reached >= 0.935 && reached <= 0.97;
    say(`coverage of the 95 % interval, ${model}, ${blocks} blocks`, '.935 to .970', reached, holds);
  }
}

const looks = looksFor(60);
// A margin of next to nothing: equivalence never stops a study, so these are the bare rates of the sequential test.
const NO_MARGIN = 1e-9;
const oneStage = (source: Source, effect: number, margin: number, schedule = looks) =>
  runTrials({ source, looks: schedule, effect, margin, twoStages: false, replicates, seed });
const twoStages = (source: Source, effect: number, margin = 0.02, schedule = looks) =>
  runTrials({ source, looks: schedule, effect, margin, twoStages: true, replicates, seed });

for (const model of NOISE_MODELS) {
  atMost(`any difference called, A/A, ${model}`, 0.06, differs(oneStage(modelled(model), 0, NO_MARGIN)));
}
for (const [model, bound] of [
  ['N1', 0.92],
  ['N2', 0.98],
  ['N3', 0.97],
  ['N4', 0.77],
  ['N5', 0.76],
] as const) {
  const called = oneStage(modelled(model), Math.log(1.01), NO_MARGIN).share('regression');
  atLeast(`1 % called, at most 60 blocks, ${model}`, bound, called);
  const five = oneStage(modelled(model), Math.log(1.05), NO_MARGIN);
  atLeast(`5 % called, ${model}`, 0.999, five.share('regression'));
  atMost(`5 %: mean blocks, ${model}`, 18, five.meanBlocks);
}

const verdicts = (effect: number) => oneStage(modelled('N1'), effect, 0.02);
const none = verdicts(0);
atLeast('three verdicts, N1, margin 2 %: nothing there, equivalent', 0.98, none.share('equivalent'));
atMost('   nothing there, regression', 0.01, none.share('regression'));
atMost('   2 %, equivalent', 0.025, verdicts(Math.log(1.02)).share('equivalent'));
atLeast('   3 %, regression', 0.99, verdicts(Math.log(1.03)).share('regression'));

for (const model of NOISE_MODELS) {
  atMost(`two stages, A/A, regression, ${model}`, 0.005, twoStages(modelled(model), 0).share('regression'));
  const two = twoStages(modelled(model), Math.log(1.02));
  const within = Math.abs(two.meanFound / Math.log(1.02) - 1);
  atMost(`two stages, 2 %: mean reported effect off by, ${model}`, 0.1, within);
  atLeast(
    `two stages, 3 %, regression, ${model}`,
    0.94,
    twoStages(modelled(model), Math.log(1.03)).share('regression'),
  );
}

for (const entry of values.recorded) {
  const [file = '', blocks = '60'] = entry.split(/:(?=\d+$)/);
  const source = recorded(readFileSync(file, 'utf8').split(/\s+/).filter(Boolean).map(Number));
  const schedule = looksFor(Number(blocks));
  const name = `${file.replace(/^.*\//, '')}, ${blocks} blocks`;
  const same = twoStages(source, 0, 0.02, schedule);
  atMost(`${name}: A/A, regression`, 0.005, same.share('regression'));
  console.log(`   A/A equivalent ${same.share('equivalent').toFixed(3)}, mean blocks ${same.meanBlocks.toFixed(0)}`);
  for (const change of [0.02, 0.03, 0.05]) {
    const rates = twoStages(source, Math.log1p(change), 0.02, schedule);
    console.log(
      `   ${change * 100} %: regression ${rates.share('regression').toFixed(3)}, mean effect ${rates.meanFound.toFixed(4)}, mean blocks ${rates.meanBlocks.toFixed(0)}`,
    );
  }
}

process.exitCode = missed > 0 ? 1 : 0;
