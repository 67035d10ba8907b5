import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Factor } from '../model/experiment.ts';
import { FAULT_KINDS, faultKindOf } from '../model/fault.ts';
import { readSpec } from '../spec/read-spec.ts';
import { drawFault } from './hidden-fault.ts';

const SITES = [
  { site: 'fc_sum', kind: 'call' },
  { site: 'fc_copy', kind: 'call' },
  { site: 'goBack', kind: 'callback' },
] as const;
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('the same seed hides the same fault', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      expect(drawFault(seed, { sites: SITES })).toEqual(drawFault(seed, { sites: SITES }));
    }),
  );
});

test('every kind and every site come, about as often as each other', () => {
  const drawn = Array.from({ length: 3400 }, (_, seed) => drawFault(seed, { sites: SITES }));
  for (const { name } of FAULT_KINDS) {
    const count = drawn.filter((fault) => fault.name === `fault.${name}`).length;
    expect(count, name).toBeGreaterThan(130);
    expect(count, name).toBeLessThan(280);
  }
  const atSum = drawn.filter(({ site }) => site === 'fc_sum').length;
  const atCopy = drawn.filter(({ site }) => site === 'fc_copy').length;
  expect(Math.abs(atSum - atCopy)).toBeLessThan(250);
});

test('what is drawn fits its kind, lies where it can happen, and is what a spec would say', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const fault = drawFault(seed, { sites: SITES });
      const { layer } = faultKindOf(fault.name)!;
      const wanted = {
        callback: ['goBack'],
        process: [undefined],
        callee: ['fc_sum', 'fc_copy'],
        go: ['fc_sum', 'fc_copy'],
      };
      expect(wanted[layer]).toContain(fault.site);
      expect(readAgain(fault)).toEqual(fault);
    }),
  );
});

test('kinds and sizes may be narrowed, and kinds that have no site are left out', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const fault = drawFault(seed, {
        sites: SITES,
        kinds: ['alloc', 'go-alloc'],
        sizeOf: (_kind, _site, part) => ({ size: 100 + 100 * part }),
      });
      expect(['fault.alloc', 'fault.go-alloc']).toContain(fault.name);
      expect(fault.levels[1]!.value).toBeGreaterThanOrEqual(100);
      expect(fault.levels[1]!.value).toBeLessThanOrEqual(200);
      expect(drawFault(seed, { sites: SITES.slice(0, 1) }).name).not.toBe('fault.callback-delay');
    }),
  );
  expect(() => drawFault(1, { sites: [], kinds: ['delay'] })).toThrow('no kind of fault fits');
});

/** Through the text of a spec. */
function readAgain({ name, levels, site, every, spread }: Factor): Factor | undefined {
  const keys = Object.entries({ site, every, spread }).filter(([, value]) => value !== undefined);
  const map = [
    `levels: [${levels.map(({ text }) => text).join(', ')}]`,
    ...keys.map(([key, value]) => `${key}: ${value}`),
  ];
  const text = `experiment: x\nsubject: {kind: command, run: ./b}\nfactors:\n  ${name}: {${map.join(', ')}}\n`;
  return readSpec(text, { file: 'seamark.yaml', folder: '/x' }).experiments[0]?.factors[0];
}
