import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GAUGES } from './gauge-gen.ts';
import type { HeaderFields } from './layout-gen.ts';
import { openRecordFile } from './reader.ts';
import { FormatRefusal } from './refusal.ts';
import { readSamples } from './sample.ts';
import { specimenHeader } from './specimen.ts';
import { addSamples, type SpecimenMoment } from './specimen-samples.ts';
import { writeRecordFile } from './writer.ts';

const RSS = GAUGES.findIndex(({ name }) => name === 'rss');
const LANES = writeRecordFile({ header: specimenHeader(), sites: [], lanes: [] });
const fileOf = (moments: readonly SpecimenMoment[], lie?: Partial<HeaderFields>) => addSamples(LANES, moments, lie);
const read = (bytes: Uint8Array) => readSamples(openRecordFile(bytes));

test('samples come back in their order, with what was known and nothing else', () => {
  const samples = read(fileOf([{ ns: 5n, values: { rss: 4096n } }, { ns: 9n }]));
  expect(samples.map(({ ns, values }) => [ns, values[RSS]])).toEqual([
    [5n, 4096],
    [9n, undefined],
  ]);
});

test('a sample that is not whole, and one that stands twice, are left out', () => {
  const samples = read(
    fileOf([{ ns: 1n }, { ns: 3n }, { ns: 5n }, { ns: 3n }, { ns: 4n }, { ns: 6n, cause: 0 }, { ns: 7n }]),
  );
  expect(samples.map(({ ns }) => ns)).toEqual([1n, 3n, 5n, 7n]);
});

test('a file without samples has none', () => {
  expect(read(fileOf([{ ns: 1n }], { samplesOffset: 0n }))).toEqual([]);
});

test.each([
  ['more than there is room for', { sampleCount: 9 }, 'lying-counts'],
  ['more than any probe writes', { sampleCount: 100_000, sampleCapacity: 200_000 }, 'lying-counts'],
  ['among the lanes', { samplesOffset: 4096n }, 'offset-outside'],
  ['askew', { samplesOffset: 4097n }, 'offset-outside'],
  ['beyond the end', { samplesOffset: 1n << 40n }, 'offset-outside'],
])('samples that are said to be %s are refused, and the file is not', (_, lie, code) => {
  const file = openRecordFile(fileOf([{ ns: 1n }], lie));
  expect(() => readSamples(file)).toThrow(expect.objectContaining({ code }));
});

test('any numbers in the header give samples or a refusal, and nothing else', () => {
  const word = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
  const count = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(word, count, count, (samplesOffset, sampleCapacity, sampleCount) => {
      const file = openRecordFile(fileOf([{ ns: 1n }], { samplesOffset, sampleCapacity, sampleCount }));
      try {
        readSamples(file);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatRefusal);
      }
    }),
    { seed: 7 },
  );
});
