import { expect, test } from 'vitest';
import { measureBandwidth } from './bandwidth.ts';

test('a copy of memory is told in bytes a second, to two digits', () => {
  const bytesPerS = measureBandwidth();
  expect(bytesPerS).toBeGreaterThan(1e8); // a tenth of a gigabyte: any machine of this century
  expect(bytesPerS).toBeLessThan(1e13);
  expect(Number(bytesPerS.toPrecision(2))).toBe(bytesPerS);
});
