import { expect, test } from 'vitest';
import type { ModePrice, Plan, Schedule } from '../model/plan.ts';
import { explainMode } from './mode-reason.ts';

const CHEAP: ModePrice = { mode: 'in-process', blocks: 11, blockS: 0.02, spread: 0.004, seconds: 0.24 };
const DEAR: ModePrice = { mode: 'alternating', blocks: 5, blockS: 0.2, spread: 0.01, seconds: 2.4 };
const BLIND: ModePrice = { mode: 'alternating', blocks: 2, blockS: 0.2 };
const MODES = ['in-process', 'alternating'] as const;

const reason = (plan: Pick<Plan, 'modes' | 'mode'>, mode: Schedule['mode'], prices: readonly ModePrice[]) =>
  explainMode(plan as Plan, { mode, prices } as Schedule, 0.02).modeReason;

test.each([
  [
    'the cheapest',
    reason({ modes: MODES }, 'in-process', [CHEAP, DEAR]),
    'in-process sees the margin in the fewest seconds. In the pilot: in-process takes 20 ms a block, which scatters by 0.4 %: 240 ms to see 2 %; alternating takes 200 ms a block, which scatters by 1 %: 2.4 s to see 2 %.',
  ],
  [
    'one that was asked for',
    reason({ modes: MODES, mode: 'in-process' }, 'in-process', [CHEAP, BLIND]),
    'in-process was asked for. In the pilot: in-process takes 20 ms a block, which scatters by 0.4 %: 240 ms to see 2 %; alternating takes 200 ms a block, its spread is not known.',
  ],
  [
    'what is left when the other failed',
    reason({ modes: MODES }, 'alternating', [BLIND]),
    'alternating is what ran. In the pilot: alternating takes 200 ms a block, its spread is not known; in-process failed in the pilot.',
  ],
  ['no choice', reason({ modes: ['alternating'] }, 'alternating', [DEAR]), undefined],
])('%s is explained with the figures of each mode', (_, said, expected) => {
  expect(said).toBe(expected);
});
