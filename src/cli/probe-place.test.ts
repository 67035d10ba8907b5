import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { RecordPlace, sweepAbandoned } from './probe-place.ts';

it('a folder whose seamark was killed goes with the next one, and no other', () => {
  using place = new RecordPlace();
  const [, space, pid, began] = /^seamark-probe-(\d+)-(\d+)-(\d+)-/.exec(basename(place.folder)) ?? [];
  const room = mkdtempSync(join(place.folder, 'sweep-'));
  const names = {
    alive: `seamark-probe-${space}-${pid}-${began}-aaaaaa`,
    // The same process id, given to another process after a while.
    dead: `seamark-probe-${space}-${pid}-${Number(began) - 1}-aaaaaa`,
    elsewhere: `seamark-probe-${Number(space) + 1}-${pid}-${Number(began) - 1}-aaaaaa`,
    foreign: 'seamark-probe-aaaaaa',
  };
  for (const name of Object.values(names)) mkdirSync(join(room, name, 'within'), { recursive: true });
  sweepAbandoned([room, join(room, 'none')]);
  expect(new Set(readdirSync(room))).toEqual(new Set([names.alive, names.elsewhere, names.foreign]));
  expect(existsSync(place.folder)).toBe(true);
  rmSync(room, { recursive: true });
});
