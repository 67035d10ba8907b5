import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  HOSTILE,
  makeBuildStudy,
  makeEmptyStudy,
  makeHostileStudy,
  makeOneBlockStudy,
  makePathStudy,
} from '../../test/browser/fixtures/seeded-result.ts';
import { widthOf } from './terminal.ts';
import { renderText } from './text.ts';

const studies = { paths: makePathStudy, builds: makeBuildStudy, empty: makeEmptyStudy, 'one-block': makeOneBlockStudy };

describe('the table on the terminal', () => {
  for (const [name, make] of Object.entries(studies)) {
    test.each([80, 120])(`of ${name} is as kept at %i columns, and no wider`, async (columns) => {
      const text = renderText(make(), { columns, color: false });
      for (const line of text.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(columns);
      await expect(text).toMatchFileSnapshot(`testdata/text-${name}-${columns}.txt`);
    });
  }

  test('says the same with and without colour', () => {
    const options = { columns: 80, color: true };
    const colored = renderText(makeBuildStudy(), options);
    expect(colored).toContain('\u001b[31m');
    expect(stripVTControlCharacters(colored)).toBe(renderText(makeBuildStudy(), { ...options, color: false }));
  });

  test('puts the worst first', () => {
    const text = renderText(makeBuildStudy(), { columns: 80, color: false });
    expect(text.indexOf('▲ regression')).toBeLessThan(text.indexOf('? undecided'));
    expect(text.indexOf('? undecided')).toBeLessThan(text.indexOf('= equivalent'));
  });

  test('ends with the verdict and where the report is', () => {
    const lines = renderText(makeBuildStudy(), { columns: 80, color: false }).trimEnd().split('\n');
    expect(lines.at(-1)).toBe('verdict  ▲ regression   report  .seamark/studies/made-up-builds/report.html');
  });

  test.each([80, 100, 120])('cuts no label and no head of the lab at %i columns', (columns) => {
    const text = renderText(makePathStudy(), { columns, color: false });
    expect(text).not.toContain('…');
    expect(text).toMatch(/payload=64 KiB +go µs +go→rust µs/);
  });

  test('keeps long names of builds within 80 columns', () => {
    const study = JSON.stringify(makeBuildStudy())
      .replaceAll('HEAD', './a-folder-whose-name-goes-on-and-on-for-long')
      .replaceAll('v1.4.0', './release-of-2026-11-with-everything');
    const text = renderText(JSON.parse(study), { columns: 80, color: false });
    for (const line of text.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(80);
  });

  test('gives every change an interval, an open one where nothing is known', () => {
    const text = renderText(makeOneBlockStudy(), { columns: 80, color: false });
    expect(text).toMatch(/\+6\.1 % +\[−∞, ∞\] +\? undecided/);
  });

  test('lets no name command the terminal', () => {
    const text = renderText(makeHostileStudy(), { columns: 80, color: false });
    expect(HOSTILE).toContain('\u001b');
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u202e');
  });
});
