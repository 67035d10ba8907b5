import { expect, test } from 'vitest';
import type { Arm } from '../../src/model/plan.ts';
import { after, makeFolder, tryStudy } from './laboratory.ts';

const DUET = { experiment: { mode: 'duet' }, cores: [0, 1, 2, 3] } as const;
const MODES = { modes: ['alternating', 'duet'] } as const;

test('a duet plays the batches of a round at the same time, each process on cores of its own that the seed shuffles', async () => {
  using folder = makeFolder();
  const cores = new Map<string, Set<string>>();
  const onOpen = (arm: Arm, given: readonly number[] | undefined) => {
    const seen = cores.get(arm.id) ?? new Set();
    cores.set(arm.id, seen.add(String(given)));
  };
  const invention = { ...MODES, secondsPerOperation: after(1.05), onOpen };
  const { result } = tryStudy({ project: folder.path, ...DUET, invention });
  expect(await result).toMatchObject({ mode: 'duet', verdict: 'regression' });
  expect(cores.size).toBe(3);
  for (const seen of cores.values()) expect([...seen].sort()).toEqual(['0', '1', '2']);
});

test.each([
  ['differs', 1.04],
  ['differs by less than the margin, and surely', 1.015],
])('where the same build against itself %s a duet is refused', async (_, unfair) => {
  using folder = makeFolder();
  const slowCore = (arm: Arm) => (arm.role === 'aa' ? unfair : 1);
  const { result } = tryStudy({
    project: folder.path,
    ...DUET,
    invention: { ...MODES, slowCore, batchNoise: 0.001, processNoise: 0.001 },
  });
  await expect(result).rejects.toMatchObject({
    facts: { code: 'duet-unfair', message: expect.stringMatching(/before/) },
  });
});
