import { expect, test } from 'vitest';
import type { SelfCheckEntry } from '../model/calibration.ts';
import { judgeMachine, unfitWarning } from './machine-fitness.ts';

const entry = (logRatios: readonly number[]): SelfCheckEntry => ({ study: 's', startedAt: '', logRatios });
const calm = entry([0.01, -0.012, 0.008, -0.009, 0.011, -0.007, 0.006, -0.01]);
const biased = entry([0.01, 0.012, 0.008, 0.009, 0.011, 0.007, 0.006, 0.013]);

test('three rejections among the last fifty studies are borne, a fourth marks the machine', () => {
  const calmOnes = Array.from({ length: 46 }, () => calm);
  const three = judgeMachine([...calmOnes, biased, biased, biased]);
  expect(three).toEqual({ checks: 49, rejections: 3, fit: true });
  expect(unfitWarning(three)).toBeUndefined();
  const four = judgeMachine([...calmOnes, biased, biased, biased, biased]);
  expect(four).toEqual({ checks: 50, rejections: 4, fit: false });
  expect(unfitWarning(four)).toMatchObject({
    code: 'machine-unfit',
    message: expect.stringMatching(/4 of the last 50/),
  });
});

test('what lies further back than fifty studies is forgotten', () => {
  const old = Array.from({ length: 4 }, () => biased);
  expect(judgeMachine([...old, ...Array.from({ length: 50 }, () => calm)])).toMatchObject({ rejections: 0, fit: true });
});

test('studies with few pairs are judged together, eight pairs or more at a time', () => {
  const half = entry(biased.logRatios.slice(0, 4));
  expect(judgeMachine([half])).toMatchObject({ checks: 0 });
  expect(judgeMachine([half, half])).toMatchObject({ checks: 1, rejections: 1 });
  expect(judgeMachine([half, half, half])).toMatchObject({ checks: 1 });
});

test('a ledger of nothing says nothing', () => {
  expect(judgeMachine([])).toEqual({ checks: 0, rejections: 0, fit: true });
});
