import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Artifact } from '../../src/artifact/artifact.ts';
import { buildSubjects } from '../../src/artifact/build.ts';
import { openRecordFile } from '../../src/format/reader.ts';
import { scanSites } from '../../src/format/scan.ts';
import { sumTotals } from '../../src/format/total.ts';
import type { Experiment, Path } from '../../src/model/experiment.ts';
import type { Arm } from '../../src/model/plan.ts';
import type { Counts, Prepared } from '../../src/model/run.ts';
import { runBlock } from '../../src/runner/block.ts';
import { machineClock } from '../../src/runner/clock.ts';
import { readSpec } from '../../src/spec/read-spec.ts';
import { createExecutor } from '../../src/subject/executor.ts';
import { armOf } from './awkward.ts';

const ROOT = join(import.meta.dirname, '../..');
const LAB = join(ROOT, 'templates/first-crossing');
const home = mkdtempSync(join(tmpdir(), 'seamark-lab-'));
let experiment: Experiment;
let artifacts: readonly Artifact[];

beforeAll(async () => {
  for (const name of ['a', 'b']) copyLab(join(home, name));
  const { experiments, problems } = readSpec(readFileSync(join(LAB, 'seamark.yaml'), 'utf8'), {
    file: 'seamark.yaml',
    folder: home,
  });
  expect(problems).toEqual([]);
  const [read] = experiments;
  if (!read) throw new Error('the lab has no experiment');
  const build = { name: 'build', family: 'build', levels: [{ text: 'a' }, { text: 'b' }] } as const;
  experiment = { ...read, factors: [build, ...read.factors] };
  artifacts = await buildSubjects(experiment, { project: home, probed: false });
}, 300_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The template as `seamark init` leaves it: its links to the two harnesses lead to this checkout. */
function copyLab(to: string): void {
  cpSync(LAB, to, { recursive: true, filter: (file) => !file.includes('.seamark') });
  const edit = (name: string, from: string, into: string) => {
    const file = join(to, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, into));
  };
  edit('go.mod', '../../go', join(ROOT, 'go'));
  edit('core/Cargo.toml', '../../../rust', join(ROOT, 'rust'));
}

async function ask(
  build: string,
  path: Path,
  payload: string,
  handover?: string,
): Promise<{ prepared: Prepared; counts: Counts }> {
  const arm = armOf({ build, path, payload, ...(handover ? { handover } : {}) }, path);
  const session = await createExecutor({ experiment, artifacts, conditions: {} }).open(arm, {
    block: 1,
    mode: 'alternating',
    paddingBytes: 11,
    seed: 1,
  });
  try {
    const prepared = await session.prepare();
    return { prepared, counts: (await session.count?.(prepared.cycle)) ?? {} };
  } finally {
    expect((await session.close()).stderr).toBe('');
  }
}

const WAYS: readonly [Path, string | undefined, Counts][] = [
  ['go', undefined, { 'go.allocs': 0, 'go.bytes': 0, 'rust.allocs': 0, 'rust.bytes': 0, copies: 0, 'bytes.out': 0 }],
  ['rust', undefined, { 'go.allocs': 0, 'rust.allocs': 0, copies: 0, 'bytes.in': 0 }],
  ['go->rust', 'borrow', { 'go.allocs': 0, 'rust.allocs': 0, copies: 0 }],
  ['go->rust', 'copy-in', { 'go.allocs': 0, 'rust.allocs': 0, copies: 1 }],
  ['go->rust', 'copy-out', { 'go.allocs': 1, 'rust.allocs': 1, copies: 1 }],
];

describe.each([
  ['64 B', 64, 256],
  ['4 KiB', 4096, 64],
  ['64 KiB', 65536, 8],
])('at a payload of %s', (payload, bytes, cycle) => {
  test('all five ways of both builds give the same bytes', async () => {
    const checksums = new Set<string | undefined>();
    for (const build of ['a', 'b']) {
      for (const [path, handover] of WAYS) {
        const { prepared } = await ask(build, path, payload, handover);
        expect(prepared).toMatchObject({ cycle, operations: cycle });
        checksums.add(prepared.checksum);
      }
    }
    expect([...checksums]).toHaveLength(1);
  });

  test.each(WAYS)('%s %s: allocations, copies and bytes are what its source says', async (path, handover, expected) => {
    const { counts } = await ask('a', path, payload, handover);
    expect(counts).toMatchObject(expected);
    if (path === 'go->rust') {
      expect(counts['bytes.in']).toBe(bytes);
      expect(counts['bytes.out']).toBeGreaterThan(20);
    }
  });
});

test('what is inside both builds is known: executables, crates, the toolchain', () => {
  expect(artifacts.map((one) => one.build)).toEqual(['a', 'b']);
  for (const { contents } of artifacts) {
    expect(contents.executables.map((one) => one.name).sort()).toEqual(['bench', 'transform']);
    expect(contents.crates.serde_json).toMatch(/^1\./);
    expect(contents.go.toolchain).toMatch(/^go1\./);
  }
  expect(JSON.stringify(artifacts.map((one) => one.contents))).not.toContain(home);
});

test('a probed run of the lab says exactly what crossed in its timed batches, and its calls fit into their time', async () => {
  const build = { name: 'build', family: 'build', levels: [{ text: 'a' }] } as const;
  const probing: Experiment = { ...experiment, probe: 'full', factors: [build, ...experiment.factors.slice(1)] };
  const variants = await buildSubjects(probing, { project: home, probed: true });
  const crossings: Readonly<Record<string, number>> = { borrow: 1, 'copy-in': 3, 'copy-out': 2 };
  const arms = Object.keys(crossings).map((handover): Arm => {
    const levels = { build: 'a', path: 'go->rust', payload: '4 KiB', handover };
    return { ...armOf(levels, 'go->rust'), id: handover, role: 'probed' };
  });
  const opening = arms.map(({ id }) => id);
  const recordOf = (arm: Arm) => ({ path: join(home, `${arm.id}.rec`), name: arm.id });
  const outcomes = await runBlock(
    {
      experiment: { ...probing, metrics: { primary: 'time.p50', gate: [], explore: [] }, expect: [] },
      plan: { seed: 1, modes: ['alternating'], arms, contrasts: [], pilotBlocks: 0, budgetS: 60 },
      order: { block: 0, opening, rounds: Array.from({ length: 20 }, () => opening), padding: {} },
      stage: 'judged',
      mode: 'alternating',
      executor: createExecutor({ experiment: probing, artifacts: variants, conditions: {} }),
      pace: { iterations: () => 128, batchFor: () => 128 },
      clock: machineClock,
      originS: machineClock.nowS(),
      recordFile: recordOf,
    },
    new AbortController().signal,
  );
  for (const [at, arm] of arms.entries()) {
    const outcome = outcomes[at];
    if (outcome?.kind !== 'run' || !outcome.boundary)
      throw new Error(`no window of ${arm.id}: ${JSON.stringify(outcome)}`);
    const { operations, seconds = 0, sites } = outcome.boundary;
    expect(operations).toBe(20 * 128);
    expect(seconds).toBeCloseTo(operations * (outcome.values['time.mean'] ?? 0), 9);
    const inWindow = sites.reduce((sum, site) => sum + (site.site === 'C.GoBytes' ? 0 : site.opened), 0); // copies without crossing
    expect(inWindow).toBe(operations * (crossings[arm.id] ?? 0));
    const callsS = sites.reduce((sum, site) => sum + site.entryS + site.calleeS + site.returnS, 0);
    expect(callsS).toBeGreaterThan(seconds / 100);
    expect(callsS).toBeLessThan(seconds);
    // The file as a whole holds preparation and warm-up as well; what it kept of the window is a part of the window.
    const file = openRecordFile(readFileSync(recordOf(arm).path));
    const inAll = sumTotals(file).reduce((sum, site) => sum + site.opened, 0);
    expect(inAll).toBeGreaterThan(inWindow);
    const recorded = scanSites(file, outcome.boundary.records).sites.reduce((sum, site) => sum + site.records, 0);
    expect(recorded).toBe(sites.reduce((sum, site) => sum + site.recorded, 0));
  }
}, 300_000);
