/**
 * npm run bench:peers [-- --comparisons 20 --budget 20s --only benchstat,harness --seed 1]: how often each tool calls a change between
 * identical programs, and finds 2 % and 5 % more work, on the same binaries in the same hour, and what a comparison costs
 * in CPU time. Comparisons of all tools take turns, so that none has a quieter machine. Prints rates with their 95 %
 * Clopper-Pearson intervals; decides nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clopperPearson } from '../src/stats/binomial.ts';
import { median } from '../src/stats/quantile.ts';
import { createRandom } from '../src/stats/random.ts';
import { prepareBenchstat } from './peers/benchstat.ts';
import { prepareCriterion } from './peers/criterion.ts';
import { prepareHyperfine } from './peers/hyperfine.ts';
import type { Judge, Said } from './peers/judge.ts';
import { measureChange, prepareSeamark } from './peers/seamark.ts';
import { buildVersion, copyVersion, layOutVersion, plant, type Version } from './peers/versions.ts';

const { values } = parseArgs({
  options: {
    comparisons: { type: 'string', default: '20' },
    budget: { type: 'string', default: '20s' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const comparisons = Number(values.comparisons);
const EFFECTS = [0, 0.02, 0.05] as const;

const work = mkdtempSync(join(tmpdir(), 'seamark-peers-'));
try {
  const target = join(work, 'target');
  const versions = await makeVersions(target);
  const judges = await makeJudges();
  await compareAll(judges, versions);
} finally {
  rmSync(work, { recursive: true, force: true });
}

interface Versions {
  readonly baseline: Version;
  readonly candidates: ReadonlyMap<number, Version>;
}

async function makeVersions(target: string): Promise<Versions> {
  const folder = (name: string) => join(work, 'versions', name);
  await layOutVersion(folder('base'), 0);
  const baseline = await buildVersion(folder('base'), target);
  const candidates = new Map<number, Version>([[0, copyVersion(baseline, folder('copy'))]]);
  for (const effect of EFFECTS.slice(1)) {
    const name = `plus-${Math.round(effect * 100)}`;
    await layOutVersion(folder(name), 0);
    candidates.set(effect, await sizePlanted(folder(name), effect, baseline, target));
  }
  return { baseline, candidates };
}

/** Turns of the planted loop so that a long study sees the wanted share, in at most four tries. */
async function sizePlanted(folder: string, wanted: number, baseline: Version, target: string): Promise<Version> {
  let turns = Math.round(wanted * 24_000);
  for (let attempt = 1; ; attempt++) {
    plant(folder, turns);
    const version = await buildVersion(folder, target);
    const seen = await measureChange(work, baseline, version);
    say(`planted ${turns} turns: ${(seen * 100).toFixed(2)} % more time, wanted ${wanted * 100} %`);
    if (attempt === 4 || Math.abs(seen - wanted) < 0.1 * wanted) return version;
    turns = Math.max(1, Math.round((turns * wanted) / Math.max(seen, wanted / 20)));
  }
}

async function makeJudges(): Promise<readonly Judge[]> {
  const wanted = (name: string) => !values.only || values.only.split(',').some((one) => name.includes(one));
  const judges: Judge[] = [];
  if (wanted('benchstat')) judges.push(await prepareBenchstat(work));
  if (wanted('criterion')) judges.push(await prepareCriterion(work));
  if (wanted('hyperfine')) judges.push(await prepareHyperfine(work));
  for (const kind of ['go-bench', 'harness', 'command'] as const) {
    if (wanted(`seamark, ${kind}`)) judges.push(prepareSeamark(work, kind, values.budget));
  }
  return judges;
}

type Table = ReadonlyMap<Judge, ReadonlyMap<number, Said[]>>;

/** The table is printed after every turn: a run that is ended early has told what it saw. */
async function compareAll(judges: readonly Judge[], { baseline, candidates }: Versions): Promise<void> {
  const table = new Map(judges.map((judge) => [judge, new Map<number, Said[]>(EFFECTS.map((effect) => [effect, []]))]));
  for (let turn = 0; turn < comparisons; turn++) {
    const tasks = judges.flatMap((judge) => EFFECTS.map((effect) => ({ judge, effect })));
    for (const { judge, effect } of createRandom(Number(values.seed), 'peers', turn).shuffle(tasks)) {
      const said = await judge.compare(baseline, candidates.get(effect)!, turn);
      table.get(judge)!.get(effect)!.push(said);
      say(`  ${judge.name.padEnd(18)} +${effect * 100} %: ${said.call.padEnd(7)} ${said.cpuS.toFixed(1)} s`);
    }
    tell(judges, table, turn + 1);
  }
}

function tell(judges: readonly Judge[], table: Table, turns: number): void {
  say(
    `\n${turns} of ${comparisons} comparisons of each; share called, 95 % Clopper-Pearson interval, CPU seconds a comparison (median)\n`,
  );
  say(
    `${'tool'.padEnd(20)}${'same: called'.padEnd(26)}${'+2 %: slower'.padEnd(26)}${'+5 %: slower'.padEnd(26)}CPU s   right calls of +5 % per CPU minute`,
  );
  for (const judge of judges) {
    const cells = EFFECTS.map((effect) => {
      const said = table.get(judge)!.get(effect)!;
      const called = said.filter(({ call }) => (effect === 0 ? call !== 'none' : call === 'slower')).length;
      const { low, high } = clopperPearson(called, said.length, 0.95);
      return `${share(called / said.length)} [${share(low)}, ${share(high)}]`.padEnd(26);
    });
    const all = [...table.get(judge)!.values()].flat().map(({ cpuS }) => cpuS);
    const five = table.get(judge)!.get(0.05)!;
    const right = five.filter(({ call }) => call === 'slower').length;
    const minutes = five.reduce((sum, { cpuS }) => sum + cpuS, 0) / 60;
    say(
      `${judge.name.padEnd(20)}${cells.join('')}${median(all).toFixed(1).padStart(5)}${(right / minutes).toFixed(1).padStart(8)}`,
    );
  }
  say('');
  for (const judge of judges) say(`${judge.name}: ${judge.manner}`);
}

function share(value: number): string {
  return value.toFixed(2).replace(/^0/, '');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
