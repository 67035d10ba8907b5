import { expect, test } from 'vitest';
import { readPerfSamples } from './perf-samples.ts';

test('samples have their time, function and file; the kernel is told apart, code without names too', () => {
  const text = [
    '    500250  ffffffff81b98907 __list_del_entry_valid_or_report ([kernel.kallsyms])',
    '    500250            4b10e3 example.com/codec.(*Reader).next (/srv/a b/codec.test)',
    '    250125      7f30a1c0ffee [unknown] (/usr/lib/libx.so (deleted))',
    '',
    '# a comment',
  ].join('\n');
  expect(readPerfSamples(text)).toEqual([
    {
      ...{ seconds: 500250e-9, symbol: '__list_del_entry_valid_or_report' },
      ...{ object: '[kernel.kallsyms]', isKernel: true },
    },
    { seconds: 500250e-9, symbol: 'example.com/codec.(*Reader).next', object: 'codec.test', isKernel: false },
    { seconds: 250125e-9, object: 'libx.so (deleted)', isKernel: false },
  ]);
});
