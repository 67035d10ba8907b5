import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { choosePackage, toLevel } from './benchmark-name.ts';
import { toPattern } from './go-bench.ts';

const inside = (label: string) => ({
  name: `example.com/m/${label}`,
  label,
  folder: `/m/${label}`,
  file: `/o/${label}`,
});

test('a level names the package only where there are several', () => {
  expect(toLevel([inside('codec')], inside('codec'), 'BenchmarkA/b')).toBe('A/b');
  expect(toLevel([inside('.'), inside('codec')], inside('codec'), 'BenchmarkA/b')).toBe('codec.A/b');
  expect(toLevel([inside('.'), inside('codec')], inside('.'), 'BenchmarkA/b')).toBe('A/b');
});

test('every level leads back to its package and benchmark', () => {
  const packages = [inside('.'), inside('codec'), inside('codec/fast'), inside('a.b')];
  const name = fc.stringMatching(/^[A-Z_][\w./=-]{0,12}$/).map((rest) => `Benchmark${rest}`);
  fc.assert(
    fc.property(fc.constantFrom(...packages), name, (one, benchmark) => {
      const found = choosePackage(packages, toLevel(packages, one, benchmark));
      // Go names have no dot before the first slash; only then could the root's be taken for another package's.
      fc.pre(one.label !== '.' || !benchmark.includes('.'));
      expect(found).toEqual({ name: benchmark, inside: one });
    }),
    { seed: 3 },
  );
});

test('the pattern of a benchmark matches it and no other, element by element', () => {
  expect(toPattern('BenchmarkSum')).toBe('^BenchmarkSum$');
  const elements = toPattern('BenchmarkSum/odd_(name)_[x]+').split('/');
  expect(new RegExp(elements[1] ?? '').test('odd_(name)_[x]+')).toBe(true);
  expect(new RegExp(elements[1] ?? '').test('odd_(name)_[x]++')).toBe(false);
});
