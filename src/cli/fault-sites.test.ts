import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { KIND } from '../format/layout-gen.ts';
import type { Factor } from '../model/experiment.ts';
import { requireFaultSites } from './fault-sites.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamark-fault-sites-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As the compiler hook leaves it in a program. */
const line = (kind: number, symbol: string) =>
  `seamark-site@1\t${kind}\t0\t0\t7\tuse.go\t${symbol}\texample.com/m\t1\n`;
const PROGRAM = `\x7fELF\0${line(KIND.CALL, 'fc_transform')}${line(KIND.CALL, 'fc_free')}${line(KIND.CALLBACK, 'goAnswer')}`;

function check(name: string, site: string, program = PROGRAM): void {
  writeFileSync(join(folder, 'bench'), program);
  const factor: Factor = { name, family: 'fault', levels: [], site } as unknown as Factor;
  const commands = { '': { words: [join(folder, 'bench')] } };
  requireFaultSites({ factors: [factor] }, [{ faultKey: 'k', commands, packages: [], folder }]);
}

test('a fault at a site that the program lacks is refused before a run, with the one that was meant and those there are', () => {
  expect(() => check('fault.delay', 'fc_tarnsform')).toThrow(/fc_tarnsform, and the program has no call of that name/);
  try {
    check('fault.delay', 'fc_tarnsform');
  } catch (error) {
    expect(error).toMatchObject({
      facts: { code: 'no-such-site', cure: 'Did you mean fc_transform? It has: fc_transform, fc_free.' },
      exitCode: 2,
    });
  }
});

test('a callback is no place for what is planted in a call, nor a call for what is planted in a callback', () => {
  expect(() => check('fault.delay', 'goAnswer')).toThrow(/no call of that name/);
  expect(() => check('fault.callback-delay', 'fc_free')).toThrow(/no callback of that name/);
});

test('sites that are there pass, and so does a program of which no site is known', () => {
  expect(() => check('fault.delay', 'fc_free')).not.toThrow();
  expect(() => check('fault.callback-delay', 'goAnswer')).not.toThrow();
  expect(() => check('fault.delay', 'fc_tarnsform', '#!/bin/sh\n')).not.toThrow();
});
