import { afterAll, beforeAll, expect, test } from 'vitest';
import { askForeignAllocations, askGoAllocations } from './allocations.ts';
import type { Case } from './gather.ts';
import { askHeaps } from './heaps.ts';
import { type InventedBuilds, inventBuilds } from './invented-builds.ts';
import { inventCase } from './invented-case.ts';

/** A Go package that calls C, in versions of which some allocate more. */
const GO = `package tiny

// #include "work.h"
import "C"

var sink []byte
var kept [][]byte

//go:noinline
func encode(n int) { sink = make([]byte, n) }

func Run() { C.work(100); encode(64) }
`;
const TEST = `package tiny

import "testing"

func BenchmarkRun(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Run()
	}
}
`;
const C = `#include "work.h"
#include <stdlib.h>
#include <string.h>
static void *volatile kept;
static __attribute__((noinline)) void decode(int n) { kept = malloc(n); memset(kept, 1, n); free(kept); }
static __attribute__((noinline)) void keep(int n) { kept = malloc(n); memset(kept, 1, n); }
void work(int n) { decode(n); if (n < 0) keep(n); }
`;
const SOURCES = { 'tiny.go': GO, 'tiny_test.go': TEST, 'work.c': C, 'work.h': 'void work(int n);\n' };
const VERSIONS = {
  old: {},
  same: {},
  go: { 'tiny.go': GO.replace('sink = make', 'kept = append(kept, make([]byte, n)); sink = make') },
  c: { 'work.c': C.replace('if (n < 0) keep', 'decode(n); keep') },
};

let builds: InventedBuilds;
beforeAll(async () => {
  builds = await inventBuilds('Run', SOURCES, VERSIONS);
}, 120_000);
afterAll(() => builds.remove());

// Slower than it is, so that the runs are short: counts are exact.
const run = { seconds: 50e-6, levels: { benchmark: 'Run' } };

test('allocations in Go that are kept are named with their place, and C is seen to do as before', async () => {
  const one = inventCase('old', 'go', { ...run, ratio: 1.3 });
  const [go, foreign, heaps] = await askAll(one);
  expect(go).toMatchObject({ name: 'Go allocations', says: 'agrees' });
  expect(go.seen).toMatch(
    /^1 → 2 Go allocations an operation; 6[34](\.\d)? → \d+ bytes; all of it in example.com\/tiny.encode/,
  );
  expect(go.findings[0]).toMatchObject({ what: 'example.com/tiny.encode', language: 'go', unit: 'allocations' });
  expect(go.findings[0]?.where).toMatch(/^tiny\.go:\d+$/);
  expect(foreign).toMatchObject({ says: 'disagrees', findings: [] });
  expect(foreign.seen).toBe('every place allocates as before: 1 foreign allocations an operation');
  expect(heaps).toMatchObject({ name: 'heaps', says: 'agrees' });
  expect(heaps.seen).toMatch(
    /^the Go heap grows by 0 → \d+(\.\d+)? bytes an operation; the foreign heap grows by 0 → 0/,
  );
  expect(heaps.findings[0]).toMatchObject({ what: 'example.com/tiny.encode', language: 'go', unit: 'bytes' });
});

test('allocations in C of which one is kept are named with their places, and Go is seen to do as before', async () => {
  const one = inventCase('old', 'c', { ...run, ratio: 1.3 });
  const [go, foreign, heaps] = await askAll(one);
  expect(go).toMatchObject({ says: 'disagrees', findings: [] });
  expect(foreign).toMatchObject({ name: 'foreign allocations', says: 'agrees' });
  expect(foreign.seen).toMatch(
    /^1 → 3 foreign allocations an operation; 100 → 300 bytes; the most in (keep|decode) \(work/,
  );
  expect(foreign.findings).toContainEqual({
    ...{ what: 'keep', language: 'c', where: 'work.c:6' },
    ...{ unit: 'allocations', baseline: 0, candidate: 1 },
  });
  expect(heaps.says).toBe('agrees');
  expect(heaps.seen).toMatch(
    /the foreign heap grows by 0 → 100 bytes an operation; the most asked for in keep \(work.c:6\)/,
  );
});

test('a pair that differs in nothing moves no allocation and no heap', async () => {
  for (const witness of await askAll(inventCase('old', 'same', { ...run, ratio: 1.05 }))) {
    expect(witness).toMatchObject({ says: 'disagrees', findings: [] });
  }
});

async function askAll(one: Case) {
  const { request } = builds;
  return [
    await askGoAllocations(one, request),
    await askForeignAllocations(one, request),
    await askHeaps(one, request),
  ] as const;
}
