import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSubjects } from '../artifact/build.ts';
import { inventExperiment } from '../model/invented-experiment.ts';
import type { Result } from '../model/result.ts';
import { inherited } from '../subject/start.ts';
import { askCacheMisses } from './cache-misses.ts';
import type { EvidenceRequest } from './gather.ts';
import { askInstructions } from './instructions.ts';
import { inventCase } from './invented-case.ts';
import { askSystemCalls } from './system-calls.ts';

/** A Go package that calls C, in four versions of which three do something else. */
const GO = `package tiny

// #include "work.h"
import "C"

//go:noinline
func mix(x uint32) uint32 {
	for i := 0; i < 20; i++ {
		x = x*1664525 + 1013904223
	}
	return x
}

func Sum(n int) int { return int(C.work(C.int(n))) + int(mix(uint32(n))) }
`;
const TEST = `package tiny

import "testing"

func BenchmarkSum(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Sum(100)
	}
}
`;
const C = `#include "work.h"
#include <unistd.h>
static __attribute__((noinline)) int decode(int n) { volatile int s = 0; for (int i = 0; i < n; i++) s += i; return s; }
int work(int n) { return decode(n); }
`;
const VERSIONS: Readonly<Record<string, (source: string) => string>> = {
  old: (source) => source,
  same: (source) => source,
  doubled: (source) => source.replace('return decode(n)', 'return decode(n) + decode(n)'),
  asking: (source) => source.replace('return decode(n)', 'return decode(n) + (int)getppid()'),
};

let folder = '';
let request: EvidenceRequest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamark-evidence-'));
  for (const [name, change] of Object.entries(VERSIONS)) {
    const at = join(folder, name);
    await mkdir(at);
    const files = {
      'go.mod': 'module example.com/tiny\n\ngo 1.21\n',
      'tiny.go': GO,
      'tiny_test.go': TEST,
      'work.c': change(C),
    };
    for (const [file, text] of Object.entries({ ...files, 'work.h': 'int work(int n);\n' }))
      await writeFile(join(at, file), text);
  }
  const experiment = inventExperiment({
    subject: { kind: 'go-bench', folder, package: '.', bench: '.', build: [], environment: {} },
    factors: [
      { name: 'benchmark', family: 'parameter', levels: [{ text: 'Sum' }] },
      { name: 'build', family: 'build', levels: Object.keys(VERSIONS).map((text) => ({ text })) },
    ],
    baseline: { build: 'old' },
    mode: 'interleaved',
  });
  const artifacts = await buildSubjects(experiment, { project: folder, probed: false });
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  const result = { estimates: [] } as unknown as Result;
  const conditions = { environment: inherited() };
  request = { experiment, artifacts, conditions, result, scratch, signal: new AbortController().signal };
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const sum = { seconds: 400e-9, levels: { benchmark: 'Sum' } };

test('a C function that is called twice is named, with its instructions of an operation, old and new', async () => {
  const witness = await askInstructions(inventCase('old', 'doubled', { ...sum, ratio: 1.6 }), request);
  expect(witness).toMatchObject({ name: 'instructions', baseline: 'old', candidate: 'doubled', says: 'agrees' });
  expect(witness.seen).toMatch(
    /^1,\d\d\d → 1,\d\d\d instructions an operation \(\+5\d\.\d %\); Go 4.*, C .*; all of it in decode \(C\)/,
  );
  const [decode] = witness.findings;
  expect(decode).toMatchObject({ what: 'decode', language: 'c', where: 'work.c', unit: 'instructions' });
  // To the instruction, whatever the C compiler made of it.
  expect(decode?.candidate).toBe(2 * (decode?.baseline ?? 0));
});

test('a pair that differs in nothing moves no instruction and no system call', async () => {
  const one = inventCase('old', 'same', { ...sum, ratio: 1.05 });
  const [instructions, calls] = [await askInstructions(one, request), await askSystemCalls(one, request)];
  expect(instructions).toMatchObject({ says: 'disagrees', findings: [] });
  const misses = await askCacheMisses(one, request);
  expect(misses).toMatchObject({ name: 'cache misses', says: 'blind', findings: [] });
  expect(misses.seen).toMatch(/^simulated, the same in both builds: /);
  expect(calls).toMatchObject({ says: 'blind', findings: [], seen: 'neither build makes one in 1,000 operations' });
});

test('one system call more an operation is named and counted', async () => {
  const witness = await askSystemCalls(inventCase('old', 'asking', { ...sum, ratio: 1.5 }), request);
  expect(witness).toMatchObject({ says: 'agrees', seen: 'getppid 0 → 1 an operation' });
  expect(witness.findings).toEqual([{ what: 'getppid', unit: 'calls', baseline: 0, candidate: 1 }]);
});

test('a tool that is not here makes a witness blind and says how to get it', async () => {
  const bare = { ...request, conditions: { environment: { PATH: folder } } };
  const witness = await askInstructions(inventCase('old', 'same', { ...sum, ratio: 1.05 }), bare);
  expect(witness).toMatchObject({ says: 'blind', seen: 'valgrind is not on this machine', findings: [] });
  expect(witness.missing).toBe('valgrind: apt-get install valgrind');
});

test('a subject that fails under a tool makes a witness blind, with its last words', async () => {
  const one = inventCase('old', 'same', { ...sum, ratio: 1.05, levels: { benchmark: 'None' } });
  const witness = await askSystemCalls(
    {
      ...one,
      baselineArm: { ...one.baselineArm, treatment: { id: 'x', levels: { build: 'nowhere', benchmark: 'Sum' } } },
    },
    {
      ...request,
      artifacts: request.artifacts.map((each) => ({
        ...each,
        build: each.build === 'old' ? 'nowhere' : each.build!,
        packages: each.packages.map((inside) => ({ ...inside, file: '/bin/false' })),
      })),
    },
  );
  expect(witness).toMatchObject({ says: 'blind', findings: [] });
  expect(witness.seen).toContain('fails under strace');
});
