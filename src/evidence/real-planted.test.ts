import { expect, test } from 'vitest';
import { buildSubjects } from '../artifact/build.ts';
import { askForeignAllocations, askGoAllocations } from './allocations.ts';
import { askHeaps } from './heaps.ts';
import { inventBuilds } from './invented-builds.ts';
import { inventCase } from './invented-case.ts';

const SOURCES = {
  'tiny.go': 'package tiny\n\n// int twice(int n);\nimport "C"\n\nfunc Run() { C.twice(3) }\n',
  'tiny_test.go': `package tiny

import "testing"

func BenchmarkRun(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Run()
	}
}
`,
  'work.c': 'int twice(int n) { return 2 * n; }\n',
};
const ALLOC = {
  name: 'fault.go-alloc',
  family: 'fault' as const,
  levels: [{ text: 'none' }, { text: '4 KiB', value: 4096 }],
};
const LEAK = {
  name: 'fault.leak',
  family: 'fault' as const,
  levels: [{ text: 'none' }, { text: '100 B', value: 100 }],
};

test('a planted allocation and a planted leak are told as Seamark’s own, at the line that crosses', async () => {
  const builds = await inventBuilds('Run', SOURCES, { only: {} });
  try {
    const { subject, factors } = builds.request.experiment;
    const experiment = { ...builds.request.experiment, factors: [...factors, ALLOC, LEAK] };
    const artifacts = await buildSubjects(experiment, {
      project: 'folder' in subject ? subject.folder : '',
      probed: true,
    });
    const request = { ...builds.request, experiment, artifacts };
    const levels = { benchmark: 'Run', build: 'only', 'fault.go-alloc': 'none', 'fault.leak': 'none' };
    const plant = (own: Readonly<Record<string, string>>) => {
      const one = inventCase('none', 'planted', { seconds: 20e-6, ratio: 1.5 });
      const candidateArm = { ...one.candidateArm, treatment: { id: 'planted', levels: { ...levels, ...own } } };
      return { ...one, baselineArm: { ...one.baselineArm, treatment: { id: 'none', levels } }, candidateArm };
    };
    expect(await askGoAllocations(plant({ 'fault.go-alloc': '4 KiB' }), request)).toMatchObject({
      says: 'agrees',
      seen: expect.stringMatching(
        /^0 → 1 Go allocations an operation; \d.* → 4,09\d bytes; all of it in planted fault .*\(tiny.go:6\)$/,
      ),
    });
    const leak = plant({ 'fault.leak': '100 B' });
    expect(await askForeignAllocations(leak, request)).toMatchObject({
      says: 'agrees',
      seen: expect.stringMatching(
        /^0 → 1 foreign allocations an operation; \d.* → 10\d(\.\d)? bytes; all of it in planted fault/,
      ),
    });
    const heaps = await askHeaps(leak, request);
    expect(heaps.says).toBe('agrees');
    expect(heaps.seen).toMatch(
      /foreign heap grows by 0(\.\d)? → (99|100)(\.\d)? bytes an operation; the most asked for in planted/,
    );
  } finally {
    await builds.remove();
  }
}, 120_000);
