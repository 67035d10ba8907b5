/**
 * Probes a public module: `npm run probe:module -- github.com/mattn/go-sqlite3@v1.14.53 [packages [go test flags]]`. Takes it from the
 * registry, copies it out of the module cache, runs its own tests bare, with the probe off and with it on, compares the outcome test by test and
 * the crossings with the runtime's own count, and prints the row of docs/probed-modules.md. Its source stays untouched.
 * Exit code 1 when an outcome or the count differs.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureTool } from '../src/machine/toolbox.ts';
import { type Finding, judge, printRow } from './probe-module/finding.ts';
import { addCounter, copyModule, listTestPackages } from './probe-module/module.ts';
import { runBare, runOff, runProbed } from './probe-module/test-run.ts';

/** Of each kind, taking turns; times are medians of them. */
const RUNS = 3;

async function main([wanted = '', only = './...', ...flags]: readonly string[]): Promise<void> {
  const [name, version] = wanted.split('@');
  if (!name || !version) {
    process.stderr.write('usage: npm run probe:module -- MODULE@VERSION [package pattern [go test flags]]\n');
    process.exitCode = 2;
    return;
  }
  const work = mkdtempSync(path.join(tmpdir(), 'seamark-module-'));
  try {
    const folder = copyModule(name, version, path.join(work, 'module'));
    const packages = listTestPackages(folder, only);
    const overlay = addCounter(folder, packages, work);
    const toolexec = await ensureTool('toolexec');
    const bare = [];
    const off = [];
    const probed = [];
    for (let run = 0; run < RUNS; run++) {
      process.stderr.write(`run ${run + 1} of ${RUNS}: bare, off, on\n`);
      bare.push(runBare(folder, { packages, overlay, flags }, path.join(work, `bare-${run}`)));
      off.push(runOff(folder, { packages, overlay, flags }, path.join(work, `off-${run}`), toolexec));
      probed.push(runProbed(folder, { packages, overlay, flags }, path.join(work, `probed-${run}`)));
    }
    const go = execFileSync('go', ['env', 'GOVERSION'], { cwd: folder, encoding: 'utf8' }).trim();
    const finding: Finding = judge({ name, version, only: [only, ...flags].join(' '), go, bare, off, probed });
    process.stdout.write(printRow(finding));
    if (finding.differences.length > 0) process.exitCode = 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
