import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Artifact } from '../../src/artifact/artifact.ts';
import { buildSubjects } from '../../src/artifact/build.ts';
import type { Experiment, Path } from '../../src/model/experiment.ts';
import type { Counts, Prepared } from '../../src/model/run.ts';
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
