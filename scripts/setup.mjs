#!/usr/bin/env node
/**
 * Makes a fresh clone ready: Node's version, the packages, the bundle, and the programs around it. Plain JavaScript
 * without packages, since it runs before any is there. Does only what is needed: when all is there it takes well under a
 * second. `--test` also looks for what only `npm test` needs. Speaks on stderr: stdout belongs to what comes after.
 *
 * Missing Debian packages are installed when it runs as root, as in a container; SEAMARK_INSTALL=0 forbids that.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const forTest = process.argv.includes('--test');

requireNode(readJson('package.json').engines.node.replace('>=', ''));
installPackages();
requireTools();
bundle();
linkCommand();

function requireNode(minimum) {
  if (compareVersions(process.versions.node, minimum) < 0) {
    stop(
      `Node ${process.versions.node} is too old: Seamark needs ${minimum} or newer.`,
      'Get it from https://nodejs.org.',
    );
  }
}

/** `npm ci`, when what is installed is not what the lock file says. */
function installPackages() {
  if (isInstalled()) return;
  const began = Date.now();
  say('installing packages (npm ci) …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 2],
  });
  if (npm.status !== 0) {
    stop(
      'npm could not install the packages; its own words are above.',
      'It needs to reach an npm registry the first time.',
    );
  }
  say(
    `installed ${Object.keys(readJson('node_modules/.package-lock.json').packages).length} packages in ${since(began)}`,
  );
}

function isInstalled() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const present = readJson('node_modules/.package-lock.json').packages;
  for (const [place, wanted] of Object.entries(readJson('package-lock.json').packages)) {
    if (place === '') continue;
    // Optional ones are for other systems, where they are absent.
    if (present[place] ? present[place].version !== wanted.version : !wanted.optional && !wanted.devOptional)
      return false;
  }
  return true;
}

/** Goes through src/machine/requirements.json, installs what it may and names the rest. */
function requireTools() {
  const wanted = readJson('src/machine/requirements.json').tools.filter(
    (tool) => tool.need === 'always' || tool.need === 'rust' || (forTest && tool.need === 'test'),
  );
  let missing = wanted.filter((tool) => !isMet(tool));
  if (missing.length > 0 && installFromDebian(missing)) missing = missing.filter((tool) => !isMet(tool));
  const seen = new Set();
  for (const tool of missing) {
    if (seen.has(tool.get)) continue;
    seen.add(tool.get);
    say(`${tool.name} is ${findCommand(tool) ? 'too old or does not answer' : 'missing'} (${tool.serves}).`);
    say(`  How to get it: ${tool.get}.`);
  }
  if (missing.some((tool) => tool.need !== 'test')) process.exit(3);
  if (missing.length > 0) say('The tests that need these will fail and say so; all others run.');
}

function isMet(tool) {
  const file = findCommand(tool);
  if (!file) return false;
  if (!tool.minimum) return true;
  const { stdout, status } = spawnSync(file, tool.version, { encoding: 'utf8' });
  const version = status === 0 && new RegExp(tool.pattern).exec(stdout)?.[1];
  return Boolean(version) && compareVersions(version, tool.minimum) >= 0;
}

function findCommand(tool) {
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean);
  return tool.commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(existsSync);
}

/** Answers whether anything was installed. */
function installFromDebian(missing) {
  const mayInstall =
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && process.env.SEAMARK_INSTALL !== '0';
  if (!mayInstall || !missing.some((tool) => tool.debian)) return false;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const apt = (words, stdio) => spawnSync('apt-get', words, { env: environment, stdio, encoding: 'utf8' });
  apt(['update', '-qq'], 'ignore'); // offline, the install below fails and says why
  const packages = missing.flatMap((tool) => tool.debian ?? []);
  if (packages.length === 0) return false;
  const began = Date.now();
  say(`installing ${packages.join(' ')} (apt-get) …`);
  const { status, stdout, stderr } = apt(['install', '-y', '-qq', '--no-install-recommends', ...packages], 'pipe');
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    say('apt-get could not install them; its own words are above.');
    return false;
  }
  say(`installed ${packages.join(' ')} in ${since(began)}`);
  return true;
}

function bundle() {
  const entry = join(root, 'dist/seamark.mjs');
  const sources = ['package.json', 'package-lock.json', 'scripts/bundle.mjs', 'src'];
  if (existsSync(entry) && Math.max(...sources.map(newest)) <= statSync(entry).mtimeMs) return;
  const began = Date.now();
  const { status } = spawnSync(process.execPath, ['scripts/bundle.mjs'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) stop('The bundle could not be made; the reason is above.', 'Is a source file broken?');
  say(`bundled dist/seamark.mjs in ${since(began)}`);
}

/** Latest change under a path, folders included: a deleted file changes its folder. */
function newest(path) {
  const facts = statSync(join(root, path));
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(facts.mtimeMs, ...readdirSync(join(root, path)).map((name) => newest(join(path, name))));
}

/** So that `npx seamark` in the checkout is this checkout's, without asking a registry. */
function linkCommand() {
  const link = join(root, 'node_modules/.bin/seamark');
  if (existsSync(link)) return;
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync('../../dist/seamark.mjs', link);
}

function compareVersions(a, b) {
  const right = b.split('.').map(Number);
  const parts = a.split('.').map((part, place) => Number(part) - (right[place] ?? 0));
  return parts.find((difference) => difference !== 0) ?? 0;
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

function since(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}

function say(text) {
  process.stderr.write(`set-up: ${text}\n`);
}

function stop(...lines) {
  for (const line of lines) say(line);
  process.exit(3);
}
