import { expect, test } from 'vitest';
import { makeBuildStudy } from '../../test/browser/fixtures/seeded-result.ts';
import type { Result } from '../model/result.ts';
import { renderHtml } from './html.ts';
import { renderText } from './text.ts';
import { viewResult } from './view.ts';

const arm = { metric: 'time.p50', runs: 48, below: 0 };
const seen: Pick<Result, 'outliers' | 'residue'> = {
  outliers: [
    { ...arm, arm: 'a', above: 2 },
    { ...arm, arm: 'b', above: 1 },
  ],
  residue: [
    { kind: 'between builds', what: 'go: toolchain', from: 'go1.22.1', to: 'go1.23.0', matters: true },
    { kind: 'over the study', what: 'load average', from: '0.10', to: '1.20', matters: false },
    { kind: 'over the study', what: 'processors used by others', from: '', to: '25.0 % of the time', matters: true },
  ],
};

test('runs far out are said among the facts, and that they were kept', () => {
  expect(viewResult({ ...makeBuildStudy(), ...seen }).facts).toContain('3 of 96 runs lie far out, kept');
  expect(renderText({ ...makeBuildStudy(), ...seen }, { columns: 120, color: false })).toContain('lie far out');
});

test('none far out, or a study of before they were counted: nothing is said', () => {
  const none = { outliers: [{ ...arm, arm: 'a', above: 0 }] };
  for (const changes of [none, {}]) {
    expect(viewResult({ ...makeBuildStudy(), ...changes }).facts.join(' ')).not.toContain('far out');
  }
});

test('residue stands beside the environment, between builds and over the study', () => {
  const { environment } = viewResult({ ...makeBuildStudy(), ...seen });
  expect(environment.slice(-2)).toEqual([
    { group: 'differed between builds', facts: [['go: toolchain', 'go1.22.1 → go1.23.0']] },
    {
      group: 'differed over the study',
      facts: [
        ['load average', '0.10 → 1.20'],
        ['processors used by others', '25.0 % of the time'],
      ],
    },
  ]);
  expect(renderHtml({ ...makeBuildStudy(), ...seen })).toContain('go1.22.1 → go1.23.0');
});
