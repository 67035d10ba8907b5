/** `seamark init`: an experiment that runs as it stands, fitted to the folder it is written into. Never overwrites unasked. */
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { makeFolder } from '../machine/make-folder.ts';
import { packageRoot } from '../machine/package-root.ts';
import { Problem } from '../model/problem.ts';
import { ensureKeep } from '../store/project.ts';
import { findBenchmarks } from './find-benchmarks.ts';
import { addExamples } from './help.ts';
import { pathTo, pointCrate, pointGoModule } from './init-sdk.ts';
import { commandSpec, goBenchSpec } from './init-spec.ts';
import { SPEC_NAME } from './spec-file.ts';

const TEMPLATES = ['first-crossing', 'go-bench', 'command'] as const;
type Template = (typeof TEMPLATES)[number];

interface Options {
  readonly template?: Template;
  readonly sdk?: boolean;
  readonly force?: boolean;
}

export function registerInit(program: Command): void {
  const command = program
    .command('init')
    .description(
      'write an experiment that runs as it stands: for the benchmarks of a Go module when there are any, otherwise the first-crossing lab (Go, Rust and Go→Rust)',
    )
    .argument('[folder]', 'where to write it', '.')
    .addOption(new Option('--template <name>', 'choose instead of looking at the folder').choices(TEMPLATES))
    .option('--sdk', 'only point go.mod and Cargo.toml to the SDK that came with Seamark')
    .option('--force', 'overwrite what is there')
    .action(init);
  addExamples(command, [
    ['seamark init', 'look at this folder and write seamark.yaml'],
    ['seamark init lab --template first-crossing', 'a copy of the lab to change at will'],
  ]);
}

/** What was written, as paths for people. */
type Written = string[];

async function init(where: string, options: Options): Promise<void> {
  const folder = resolve(where);
  if (options.sdk) {
    const changed = pointSdk(folder, options.force === true);
    process.stdout.write(`${changed.map((name) => `${name} points to the SDK`).join('\n')}\n`);
    return;
  }
  const written: Written = [];
  const template = options.template ?? chooseTemplate(folder, where);
  mkdirs(folder);
  if (template === 'first-crossing') written.push(...copyLab(folder, options.force === true));
  else
    writeNew(
      join(folder, SPEC_NAME),
      template === 'command' ? commandSpec() : benchSpec(folder),
      options.force === true,
      written,
    );
  await writeSchema(folder, written);
  const next = relative(process.cwd(), folder);
  process.stdout.write(
    `${written.map((path) => `wrote ${relative(process.cwd(), path)}`).join('\n')}\n\nnext: seamark plan${next === '' ? '' : ` ${next}`}, then seamark run${next === '' ? '' : ` ${next}`}\n`,
  );
}

/** By what is there: benchmarks, or nothing that could be in the way. */
function chooseTemplate(folder: string, where: string): Template {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !/^\.(git|seamark)$/.test(name)) : [];
  if (names.includes('go.mod') && findBenchmarks(folder).packages.length > 0) return 'go-bench';
  if (names.length === 0) return 'first-crossing';
  if (names.includes(SPEC_NAME)) throw exists(join(folder, SPEC_NAME));
  throw new Problem({
    code: 'no-template-fits',
    message: `${where} is not empty and holds no Go module with benchmarks`,
    cure: 'choose with --template: command for any program, go-bench for a Go module; or name a new folder for the first-crossing lab',
  });
}

function benchSpec(folder: string): string {
  const finding = existsSync(folder) ? findBenchmarks(folder) : undefined;
  if (finding !== undefined && finding.packages.length > 0) return goBenchSpec(finding);
  throw new Problem({
    code: 'no-benchmarks',
    message: 'there is no Go benchmark in this folder: no `func BenchmarkX(` in a _test.go file',
    cure: 'name the folder of a Go module with benchmarks',
  });
}

/** Products of building and measuring, which a copy makes for itself. */
const LEFT_BEHIND = new Set(['target', '.seamark', 'node_modules']);

function copyLab(folder: string, force: boolean): Written {
  const lab = join(packageRoot(), 'templates', 'first-crossing');
  const files = listFiles(lab);
  const inTheWay = files.filter((file) => existsSync(join(folder, file)));
  if (inTheWay.length > 0 && !force) throw exists(join(folder, inTheWay[0]!));
  for (const file of files) {
    mkdirs(dirname(join(folder, file)));
    const target = join(folder, file);
    if (basename(file) === 'go.mod' || basename(file) === 'Cargo.toml')
      writeText(target, pointed(join(lab, file), target, true));
    else attempt(target, () => cpSync(join(lab, file), target));
  }
  return files.map((file) => join(folder, file));
}

function listFiles(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .filter((entry) => !LEFT_BEHIND.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? listFiles(folder, join(below, entry.name)) : [join(below, entry.name)]))
    .sort();
}

function pointSdk(folder: string, force: boolean): string[] {
  const names = ['go.mod', 'Cargo.toml'].filter((name) => existsSync(join(folder, name)));
  for (const name of names) writeText(join(folder, name), pointed(join(folder, name), join(folder, name), force));
  if (names.length > 0) return names;
  throw new Problem({
    code: 'nothing-to-point',
    message: 'there is neither a go.mod nor a Cargo.toml in this folder',
    cure: 'name the folder of a Go module or a Rust crate',
  });
}

/** The text of `source` for the place `target`, with the SDK found from there. A manifest without the SDK stays as it is when copied. */
function pointed(source: string, target: string, force: boolean): string {
  const text = readFileSync(source, 'utf8');
  const from = dirname(target);
  const isGo = basename(target) === 'go.mod';
  if (source !== target && !(isGo ? text.includes('seamark.dev/go') : /^seamark\s*=/m.test(text))) return text;
  const sdk = pathTo(join(packageRoot(), isGo ? 'go' : 'rust'), from, treeOf(from));
  return isGo ? pointGoModule(text, sdk) : pointCrate(text, sdk, force);
}

/** What moves together: the git repository or npm project around a folder, otherwise the folder itself. */
function treeOf(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, '.git')) || existsSync(join(above, 'package.json'))) return above;
    if (dirname(above) === above) return folder;
  }
}

async function writeSchema(folder: string, written: Written): Promise<void> {
  const { renderJsonSchema } = await import('../spec/json-schema.ts');
  const path = join(ensureKeep(folder), 'seamark.schema.json');
  writeText(path, renderJsonSchema());
  written.push(path);
}

function writeNew(path: string, text: string, force: boolean, written: Written): void {
  if (existsSync(path) && !force) throw exists(path);
  writeText(path, text);
  written.push(path);
}

const writeText = (path: string, text: string) => attempt(path, () => writeFileSync(path, text));
const mkdirs = (path: string) => attempt(path, () => makeFolder(path));

/** A disk that refuses is the surroundings' fault, and said as such. */
function attempt(path: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    const isFile =
      (error as NodeJS.ErrnoException).code === 'EEXIST' && statSync(path, { throwIfNoEntry: false })?.isFile();
    const message = isFile ? `${path} is a file` : `cannot write ${path}: ${(error as Error).message}`;
    throw new Problem(
      { code: 'cannot-write', message, cure: 'name a folder that can be written', blame: 'run' },
      error,
    );
  }
}

function exists(path: string): Problem {
  return new Problem({
    code: 'already-there',
    message: `${relative(process.cwd(), path)} is already there`,
    cure: 'use --force to overwrite it, or name another folder',
  });
}
