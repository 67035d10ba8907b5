import { expect, test } from 'vitest';
import { MOST_COPIES, PAGE, writeSwitch } from './switch-source.ts';

test('every function has a stub that jumps by way of its own row of addresses', () => {
  const source = writeSwitch(['first', 'second'], 'x64');
  expect(source).toContain('seamark_switch_table+0(%rip)');
  expect(source).toContain(`seamark_switch_table+${8 * MOST_COPIES}(%rip)`);
  expect(source.match(/\.globl (\w+)/g)).toEqual(['.globl first', '.globl second']);
});

test('the form for arm64 uses the registers that a linker may use between a caller and its callee, and no others', () => {
  const registers = writeSwitch(['first'], 'arm64').match(/\b[xw]\d+\b/g);
  expect(new Set(registers)).toEqual(new Set(['x16', 'x17']));
});

test('the fields of the page do not overlap, and leave room for the paths of all copies', () => {
  expect(PAGE.order + MOST_COPIES).toBeLessThanOrEqual(PAGE.sizes);
  expect(PAGE.sizes + 8 * MOST_COPIES).toBeLessThanOrEqual(PAGE.shifts);
  expect(PAGE.shifts + 8 * MOST_COPIES).toBeLessThanOrEqual(PAGE.paths);
  // PATH_MAX of Linux.
  expect(PAGE.size - PAGE.paths).toBeGreaterThanOrEqual(MOST_COPIES * 4096);
});
