import { expect, test } from 'vitest';
import { isConfirmed } from '../model/confirmation.ts';
import { createRandom } from '../stats/random.ts';
import { proveByRevert, type RevertBlocks } from './confirmation.ts';

/** Three arms in shared blocks: how much slower bad and reverted are than good, as log-ratios. */
function blocksOf(bad: number, reverted: number, blocks = 24): RevertBlocks {
  const random = createRandom(3, bad, reverted, blocks);
  const arms = Array.from({ length: blocks }, () => {
    const [g, b, r] = [random.normal(), random.normal(), random.normal()].map((noise) => 0.004 * noise);
    return { good: g!, bad: bad + b!, reverted: reverted + r! };
  });
  return {
    badOverGood: arms.map((arm) => arm.bad - arm.good),
    badOverReverted: arms.map((arm) => arm.bad - arm.reverted),
    revertedOverGood: arms.map((arm) => arm.reverted - arm.good),
  };
}

test.each([
  [0.05, 0, 'restored'],
  [0.05, 0.001, 'restored'],
  [0.1, 0.05, 'partly-restored'],
  [0, 0, 'not-reproduced'],
  [-0.05, 0, 'not-reproduced'],
  [0.05, 0.05, 'revert-ineffective'],
  [0.05, 0.08, 'revert-ineffective'],
])('bad %d and reverted %d above good is called %s', (bad, reverted, outcome) => {
  const proof = proveByRevert(blocksOf(bad, reverted), { margin: 0.02 });
  expect(proof.outcome).toBe(outcome);
  expect(isConfirmed(proof.outcome)).toBe(outcome.endsWith('restored'));
  expect(proof.warnings).toEqual([]);
});

test('a rest that is there is told apart from one that too few blocks do not exclude', () => {
  const [shown, open] = [
    proveByRevert(blocksOf(0.1, 0.05), { margin: 0.02 }),
    proveByRevert(blocksOf(0.1, 0, 5), { margin: 0.001 }),
  ];
  expect([shown.outcome, shown.restShown]).toEqual(['partly-restored', true]);
  expect([open.outcome, open.restShown]).toEqual(['partly-restored', false]);
});

test('four blocks confirm nothing, and say so', () => {
  const proof = proveByRevert(blocksOf(0.5, 0, 4), { margin: 0.02 });
  expect(proof.outcome).toBe('not-reproduced');
  expect(proof.warnings[0]).toMatchObject({
    code: 'few-blocks',
    message: 'it rests on 4 blocks, fewer than 12; below 5 nothing can be confirmed',
  });
});

test('what the mode shows of nothing is no confirmation', () => {
  const blocks = blocksOf(0.004, 0, 60);
  expect(proveByRevert(blocks, { margin: 0.02 }).outcome).toBe('restored');
  expect(proveByRevert(blocks, { margin: 0.02, offset: 0.0035 }).outcome).toBe('not-reproduced');
});
