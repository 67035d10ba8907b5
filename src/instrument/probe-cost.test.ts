import { expect, test } from 'vitest';
import { quietest } from './probe-cost.ts';

test('an empty call reads as it did in the process that was disturbed least, not as a mix of several', () => {
  const quiet = { entryS: 20e-9, calleeS: 4e-9, returnS: 15e-9 };
  const loaded = { entryS: 61e-9, calleeS: 9.5e-9, returnS: 30e-9 };
  const mixed = { entryS: 19e-9, calleeS: 30e-9, returnS: 14e-9 };
  expect(quietest([loaded, loaded, quiet, mixed])).toEqual(quiet);
});
