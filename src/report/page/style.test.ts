import { describe, expect, test } from 'vitest';
import { DARK, LIGHT, STYLE } from './style.ts';

/** WCAG 2.2, 1.4.3: relative luminance and contrast. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function colorsOf(theme: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...theme.matchAll(/--([\w-]+): (#[\da-f]{6})/g)].map(([, name, color]) => [name!, color!]),
  );
}

describe.each([
  ['light', colorsOf(LIGHT)],
  ['dark', colorsOf(DARK)],
])('the %s theme', (_, colors) => {
  test.each(['ink', 'ink-2', 'bad', 'good', 'doubt', 'focus'])('sets text in %s at 4.5 to 1 or better', (name) => {
    for (const ground of ['ground', 'raised'])
      expect(contrast(colors[name]!, colors[ground]!)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['go', 'rust', 'entry', 'helper'])('draws %s at 3 to 1 or better', (name) => {
    expect(contrast(colors[name]!, colors.ground!)).toBeGreaterThanOrEqual(3);
  });

  test('writes in pictures over the margin band readably', () => {
    expect(contrast(colors['ink-2']!, colors.band!)).toBeGreaterThanOrEqual(4.5);
  });
});

test('the languages have the colours they have everywhere', () => {
  expect(colorsOf(LIGHT)).toMatchObject({ go: '#0e7490', rust: '#b7410e', entry: '#64748b', return: '#94a3b8' });
});

test('the style sheet fetches nothing', () => {
  expect(STYLE).not.toMatch(/url\(|@import|@font-face/);
});
