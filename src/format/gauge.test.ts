import { expect, test } from 'vitest';
import { findGauge, incomparable, spellRelease } from './gauge.ts';

const between = (name: string, one: string, other: string): string | undefined =>
  incomparable(findGauge(name)!, one, other);

test('a gauge whose meaning changed is compared within either meaning and not across', () => {
  expect(between('go.waits', '1.25.5', '1.26.0')).toMatch(/1\.26.*#79391/);
  expect(between('go.waits', '1.26.8', '1.24.4')).toMatch(/#79391/);
  expect(between('go.waits', '1.26.0', '1.26.8')).toBeUndefined();
  expect(between('go.waits', '1.21.13', '1.25.5')).toBeUndefined();
  expect(between('go.goroutines', '1.25', '1.26')).toMatch(/own goroutines/);
});

test('a gauge that one of two releases does not know is compared with nothing', () => {
  expect(between('go.threads', '1.25.5', '1.26.8')).toMatch(/from 1\.26 on/);
  expect(between('go.threads', '1.26.1', '1.27.0')).toBeUndefined();
});

test('what the system and the allocators say does not hang on the release of Go', () => {
  expect(between('rss', '1.21.13', '1.26.8')).toBeUndefined();
  expect(between('libc.inuse', '1.21.13', '1.26.8')).toBeUndefined();
});

test('a release is spelt as Go spells it', () => {
  expect(spellRelease(12_608)).toBe('1.26.8');
  expect(spellRelease(12_113)).toBe('1.21.13');
});
