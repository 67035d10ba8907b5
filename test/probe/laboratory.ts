/** Builds testdata/forms, or another program there, in a folder of its own, bare and probed, and runs it: what the tests of the probe stand on. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { mapBoundary } from '../../src/analysis/boundary-map.ts';
import { instrumentBuild } from '../../src/instrument/probe-environment.ts';
import { type RecordFolder, readRecordFiles } from '../../src/instrument/record-folder.ts';
import { ensureTool } from '../../src/machine/toolbox.ts';
import type { BoundaryMap } from '../../src/model/site.ts';

type Variables = Readonly<Record<string, string>>;

export interface Ran {
  readonly stdout: string;
  /** Calls as the Go runtime counted them, less its own one at the start; NaN when the program did not get so far. */
  readonly calls: number;
  readonly exitCode: number;
}

export interface Seen extends Ran {
  readonly map: BoundaryMap;
  readonly folder: RecordFolder;
  readonly recordFiles: readonly string[];
}

export class Laboratory implements Disposable {
  readonly work = mkdtempSync(path.join(tmpdir(), 'seamark-probe-test-'));
  readonly source: string;
  #runs = 0;

  /** `program`: a folder of testdata. */
  constructor(program = 'forms') {
    this.source = path.join(this.work, program);
    cpSync(path.join(import.meta.dirname, 'testdata', program), this.source, { recursive: true });
  }

  async build(name: string, words: readonly string[] = [], added: Variables = {}): Promise<string> {
    const out = path.join(this.work, name);
    await this.go(['build', ...words, '-o', out, '.'], added);
    return out;
  }

  async buildProbed(name: string, words: readonly string[] = [], added: Variables = {}): Promise<string> {
    return this.build(name, words, { ...added, ...(await this.probe()) });
  }

  async probe(): Promise<Variables> {
    return instrumentBuild(await ensureTool('toolexec'), '-buildvcs=false');
  }

  go(words: readonly string[], added: Variables = {}) {
    return execa('go', words, { cwd: this.source, env: { ...clean(), ...added }, extendEnv: false });
  }

  /** What a go command printed, whatever its end: failing tests are an answer too. */
  async goAnyway(words: readonly string[], added: Variables = {}): Promise<string> {
    const env = { ...clean(), ...added };
    return (await execa('go', words, { cwd: this.source, env, extendEnv: false, reject: false })).stdout;
  }

  async run(file: string, words: readonly string[], added: Variables = {}): Promise<Ran> {
    const done = await execa(file, words, { env: { ...clean(), ...added }, extendEnv: false, reject: false });
    const calls = Number(/NumCgoCall (\d+)/.exec(done.stderr)?.[1]) - 1;
    return { stdout: done.stdout, calls, exitCode: done.exitCode ?? -1 };
  }

  /** With the probe on, and what it saw. */
  async watch(file: string, words: readonly string[], added: Variables = {}): Promise<Seen> {
    const records = this.makeFolder();
    const ran = await this.run(file, words, { SEAMARK_RECORDS: records, ...added });
    return { ...ran, ...this.see(records) };
  }

  see(records: string): Omit<Seen, keyof Ran> {
    const folder = readRecordFiles(records);
    return { map: mapBoundary(folder.files, { of: 'test' }), folder, recordFiles: readdirSync(records) };
  }

  makeFolder(): string {
    const folder = path.join(this.work, `records-${++this.#runs}`);
    mkdirSync(folder);
    return folder;
  }

  [Symbol.dispose](): void {
    rmSync(this.work, { recursive: true, force: true });
  }
}

/** `symbol` -> crossings; the sites of a package called second carry its name. */
export function countsOf(
  map: BoundaryMap,
  kind: 'call' | 'callback' | 'copy' = 'call',
): Readonly<Record<string, number>> {
  const sites = map.sites.filter((site) => site.kind === kind);
  return Object.fromEntries(
    sites.map((site) => [`${site.package.endsWith('/second') ? 'second.' : ''}${site.site}`, site.crossings]),
  );
}

/** What the runtime counts too: calls, and the copies that cross into malloc. */
export function crossingsOf(map: BoundaryMap): number {
  const copies = countsOf(map, 'copy');
  const into = (name: string): number =>
    sumOf(Object.fromEntries(Object.entries(copies).filter(([key]) => key.endsWith(name))));
  return sumOf(countsOf(map)) + into('C.CString') + into('C.CBytes');
}

export const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function clean(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith('SEAMARK_')) kept[name] = value;
  }
  return { ...kept, GOFLAGS: '-buildvcs=false', GOWORK: 'off', CGO_ENABLED: '1' };
}
