import { expect, test } from 'vitest';
import { planExperiment } from '../design/plan.ts';
import type { Moment } from '../model/surroundings.ts';
import { inventExperiment } from './invented-study.ts';
import { listResidue, residueWarnings } from './residue.ts';

const plan = planExperiment(inventExperiment(), { modes: ['alternating'] });
const builds = (a: Record<string, string>, b: Record<string, string>, group = 'go') => ({
  [`./a: ${group}`]: a,
  [`./b: ${group}`]: b,
});

test('a toolchain that differs between builds is residue and a warning', () => {
  const residue = listResidue(builds({ toolchain: 'go1.22.1' }, { toolchain: 'go1.23.0' }), plan, undefined);
  expect(residue).toEqual([
    { kind: 'between builds', what: 'go: toolchain', from: 'go1.22.1', to: 'go1.23.0', matters: true },
  ]);
  expect(residueWarnings(residue)).toMatchObject([
    { code: 'builds-differ-besides', message: expect.stringContaining('go: toolchain go1.22.1 → go1.23.0') },
  ]);
});

test.each([
  ['flags', 'go', { '-ldflags': '-s' }, {}, ['go: -ldflags']],
  ['a module', 'modules', { 'example.com/x': 'v1.0.0' }, { 'example.com/x': 'v1.1.0' }, ['module example.com/x']],
  ['a crate that only one has', 'crates', {}, { serde: '1.0.0' }, ['crate serde']],
  ['a library', 'libraries', { 'libssl.so.3': 'linked' }, {}, ['library libssl.so.3']],
  ['revisions, which are the question', 'go', { 'vcs.revision': 'a' }, { 'vcs.revision': 'b' }, []],
  ['nothing', 'go', { toolchain: 'go1.22.1' }, { toolchain: 'go1.22.1' }, []],
])('%s', (_, group, a, b, what) => {
  const environment = builds(a as Record<string, string>, b as Record<string, string>, group);
  expect(listResidue(environment, plan, undefined).map((one) => one.what)).toEqual(what);
});

test('of lists only what is not in both is told, and a long value is cut in the sentence', () => {
  const residue = listResidue(builds({ DefaultGODEBUG: 'a=1,b=0' }, { DefaultGODEBUG: 'a=1,c=1' }), plan, undefined);
  expect(residue).toMatchObject([{ from: 'b=0', to: 'c=1' }]);
  const long = listResidue(builds({ '-ldflags': 'x'.repeat(300) }, {}), plan, undefined);
  expect(residueWarnings(long)[0]!.message.length).toBeLessThan(200);
  expect(long[0]!.from).toHaveLength(300);
});

test('sizes are listed and warn of nothing: another program is another size', () => {
  const residue = listResidue({ './a: sizes': { benchBytes: 1 }, './b: sizes': { benchBytes: 2 } }, plan, undefined);
  expect(residue).toMatchObject([{ what: 'size of bench', from: '1 bytes', to: '2 bytes', matters: false }]);
  expect(residueWarnings(residue)).toEqual([]);
});

const START: Moment = { atS: 0, cores: 2, busyS: 100, ownS: 5, stealS: 1, memoryWaitS: 0, throttles: 0, governor: 'x' };
/** Ten seconds later. */
const after = (changes: Partial<Moment>): Moment => ({ ...START, atS: 10, ...changes });
const codes = (changes: Partial<Moment>) =>
  residueWarnings(listResidue({}, plan, { before: START, after: after(changes) })).map(({ code }) => code);

test.each([
  ['a study that has the machine for itself', { busyS: 115, ownS: 20 }, []],
  ['others at work for a quarter of the time', { busyS: 110, ownS: 10 }, ['machine-shared']],
  ['a hypervisor that takes a tenth', { stealS: 3 }, ['processor-stolen']],
  ['half a second of waiting for memory', { memoryWaitS: 0.5 }, ['memory-pressure']],
  ['heat', { throttles: 2 }, ['throttled']],
  ['another governor', { governor: 'y' }, ['governor-changed']],
  ['a load average that rose by itself', { loadAverage: 3 }, []],
])('%s', (_, changes, warned) => {
  expect(codes(changes)).toEqual(warned);
});

test('what a system does not tell is not made up', () => {
  const bare: Moment = { atS: 0, cores: 2 };
  expect(listResidue({}, plan, { before: bare, after: { ...bare, atS: 5 } })).toEqual([]);
});

test('the share of others is told with its figure', () => {
  const residue = listResidue({}, plan, { before: START, after: after({ busyS: 110, ownS: 10 }) });
  expect(residue).toMatchObject([{ what: 'processors used by others', to: '25.0 % of the time', matters: true }]);
});
