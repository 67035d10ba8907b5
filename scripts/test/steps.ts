/** What is checked, in which order, and what may run at the same time. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isData, readTree } from '../tidy/tree.ts';
import {
  countCargo,
  countGo,
  countOne,
  countSilence,
  countVitest,
  readGoOutput,
  readVitestOutput,
  type Tally,
} from './tally.ts';

export interface Step {
  readonly name: string;
  readonly words: readonly string[];
  /** From the root. */
  readonly folder: string;
  readonly tally: Tally;
  /** Writes a report into the file named by the last word. */
  readonly reports?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** How its output reads for people. */
  readonly readable?: (output: string) => string;
}

/** Steps of a lane run one after another; lanes of a stage run at the same time; stages follow each other. */
export type Lane = readonly Step[];
export type Stage = readonly Lane[];

/**
 * First a lane for each half of the product, since two cores are what is assumed; then the product as a whole; then, alone,
 * the tests that judge times they measured themselves.
 */
export function listStages(root: string): readonly Stage[] {
  const files = [...readTree(root).keys()].filter((file) => !isData(file));
  const modules = files.filter((file) => /(^|\/)go\.mod$/.test(file)).map(dirname);
  const crates = files.filter((file) => /(^|\/)Cargo\.toml$/.test(file)).map(dirname);
  const scripts = [...generators(root), vitest('unit')];
  return [
    [
      [
        check('types', 'tsc'),
        check('lint', 'biome', 'check', '--error-on-warnings'),
        check('tidy', 'tsx', 'scripts/tidy.ts'),
        ...scripts,
      ],
      [...modules.flatMap(goSteps), ...crates.flatMap(cargoSteps)],
    ],
    [[vitest('product')]],
    [[vitest('measuring')]],
  ];
}

function check(name: string, ...words: readonly string[]): Step {
  return { name, words, folder: '.', tally: countOne };
}

/** Every script that generates files can say whether they are up to date. */
function generators(root: string): readonly Step[] {
  const scripts = readdirSync(join(root, 'scripts')).filter((name) => /^generate.*\.ts$/.test(name));
  return scripts
    .filter((name) => readFileSync(join(root, 'scripts', name), 'utf8').includes('--check'))
    .map((name) => check(`${name.replace('.ts', '')} is up to date`, 'tsx', `scripts/${name}`, '--check'));
}

function vitest(project: string): Step {
  return {
    name: `${project} tests`,
    words: [
      'vitest',
      'run',
      '--project',
      project,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json',
    ],
    folder: '.',
    tally: countVitest,
    reports: true,
    readable: readVitestOutput,
    environment: { CI: '1' }, // a missing snapshot fails instead of being written
  };
}

function goSteps(folder: string): readonly Step[] {
  return [
    { name: `gofmt ${folder}`, words: ['gofmt', '-l', '.'], folder, tally: countSilence },
    { name: `go vet ${folder}`, words: ['go', 'vet', './...'], folder, tally: countOne },
    {
      name: `go test ${folder}`,
      words: ['go', 'test', '-json', './...'],
      folder,
      tally: countGo,
      readable: readGoOutput,
    },
  ];
}

function cargoSteps(folder: string): readonly Step[] {
  const all = ['--all-targets', '--all-features', '--quiet'];
  return [
    { name: `cargo fmt ${folder}`, words: ['cargo', 'fmt', '--check'], folder, tally: countOne },
    {
      name: `cargo clippy ${folder}`,
      words: ['cargo', 'clippy', ...all, '--', '-D', 'warnings'],
      folder,
      tally: countOne,
    },
    { name: `cargo test ${folder}`, words: ['cargo', 'test', '--all-features'], folder, tally: countCargo },
  ];
}
