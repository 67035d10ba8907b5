import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOnPath } from '../machine/tools.ts';
import { askCpuProfile } from './cpu-profile.ts';
import { type InventedBuilds, inventBuilds } from './invented-builds.ts';
import { inventCase } from './invented-case.ts';
import { askWaiting } from './waiting.ts';

/** A Go package that calls C and takes a lock, in versions of which one computes more and one has to wait. */
const GO = `package tiny

// #include "work.h"
import "C"
import (
	"sync"
	"time"
)

var mu sync.Mutex

//go:noinline
func contend() {}

//go:noinline
func enter() { mu.Lock(); mu.Unlock() }

func Run() { contend(); enter(); C.work(20000) }

var _ = time.Sleep
`;
/** Sleeps, and then takes the lock; or somebody else sleeps and holds it meanwhile. */
const SLEEP = 'func contend() { time.Sleep(time.Millisecond) }';
const CONTEND = `func contend() {
	taken := make(chan bool)
	go func() { mu.Lock(); taken <- true; time.Sleep(time.Millisecond); mu.Unlock() }()
	<-taken
}`;
const TEST = `package tiny

import "testing"

func BenchmarkRun(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Run()
	}
}
`;
const C = `#include "work.h"
static __attribute__((noinline)) void decode(int n) { for (volatile int i = 0; i < n; i++); }
static __attribute__((noinline)) void check(int n) { for (volatile int i = n; i > 0; i--); }
void work(int n) { decode(n); check(n); }
`;
const SOURCES = { 'tiny.go': GO, 'tiny_test.go': TEST, 'work.c': C, 'work.h': 'void work(int n);\n' };
const VERSIONS = {
  old: {},
  same: {},
  computing: { 'work.c': C.replace('check(n)', 'check(2 * n)') },
  sleeping: { 'tiny.go': GO.replace('func contend() {}', SLEEP) },
  waiting: { 'tiny.go': GO.replace('func contend() {}', CONTEND) },
};

let builds: InventedBuilds;
beforeAll(async () => {
  builds = await inventBuilds('Run', SOURCES, VERSIONS);
}, 120_000);
afterAll(() => builds.remove());

// Slower than it is, so that the runs are short.
const run = { seconds: 30e-6, levels: { benchmark: 'Run' } };

test('the function that computes more is named with its time, and no time off the processor explains it', async () => {
  const one = inventCase('old', 'computing', { ...run, ratio: 1.5 });
  const [profile, waiting] = [await askCpuProfile(one, builds.request), await askWaiting(one, builds.request)];
  expect(profile).toMatchObject({ name: 'CPU profile', says: 'agrees' });
  expect(profile.seen).toMatch(/^check \(C\) .* an operation, ± .*; no other function .*\([\d,]+ samples by perf\)$/);
  expect(profile.findings).toEqual([expect.objectContaining({ what: 'check', language: 'c', unit: 'seconds' })]);
  // How often the runtime's own threads sleep is up to the machine: it may be too seldom to disagree by.
  expect(waiting).toMatchObject({ name: 'locks and waiting', findings: [] });
  expect(waiting.seen).toMatch(
    waiting.says === 'blind'
      ? /^it hardly ever waits: [\d.]+ → [\d.]+ times asleep an operation; 0 → 0 waits for locks/
      : /^no time off the processor explains it: .* times asleep an operation; 0 → 0 waits for locks/,
  );
  expect(waiting.says).not.toBe('agrees');
});

test('a lock that has to be waited for is named with its waits and seconds, and with who held it', async () => {
  const one = inventCase('sleeping', 'waiting', { ...run, seconds: 1e-3, ratio: 1.3 });
  const waiting = await askWaiting(one, builds.request);
  expect(waiting.says).toBe('agrees');
  expect(waiting.seen).toMatch(
    /; the most in example.com\/tiny.enter through sync.\(\*Mutex\).Lock \(tiny.go:\d+\), 0 → /,
  );
  expect(waiting.findings).toContainEqual(
    expect.objectContaining({ what: expect.stringMatching(/^held in .*contend/) }),
  );
  const enter = waiting.findings.filter(({ what }) => what.startsWith('example.com/tiny.enter'));
  expect(enter.map(({ unit }) => unit)).toEqual(['seconds', 'waits']);
  expect(enter[1]?.baseline).toBe(0);
  expect(enter[1]?.candidate).toBeCloseTo(1, 1);
});

test('a pair that differs in nothing waits and computes as before', async () => {
  const one = inventCase('old', 'same', { ...run, ratio: 1.3 });
  for (const ask of [askCpuProfile, askWaiting]) {
    expect(await ask(one, builds.request)).toMatchObject({ says: expect.not.stringMatching('^agrees$'), findings: [] });
  }
});

test('where perf may not sample, Go’s own profiler sees its half, and says which half that is', async () => {
  const { conditions } = builds.request;
  const folder = await mkdtemp(join(tmpdir(), 'seamark-path-'));
  await symlink((await findOnPath('go'))!, join(folder, 'go'));
  const request = { ...builds.request, conditions: { environment: { ...conditions.environment, PATH: folder } } };
  const one = inventCase('old', 'computing', { ...run, seconds: 60e-6, ratio: 1.5 });
  const profile = await askCpuProfile(one, request);
  expect(profile.missing).toMatch(/^perf: /);
  expect(profile.seen).toContain('samples by Go’s profiler');
  expect(profile.seen).toContain('foreign code is one block to it');
  await rm(folder, { recursive: true });
});
