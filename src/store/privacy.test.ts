import { homedir, hostname } from 'node:os';
import { expect, test } from 'vitest';
import { makeRedact } from './privacy.ts';

const redact = makeRedact('/srv/projects/lab');

test.each([
  ['the project folder becomes a dot', '/srv/projects/lab/bench', './bench'],
  ['a folder that only begins like it stays', '/srv/projects/laboratory', '/srv/projects/laboratory'],
  [
    'the home folder becomes a tilde',
    `${homedir()}/go/pkg`,
    homedir().length >= 4 ? '~/go/pkg' : `${homedir()}/go/pkg`,
  ],
  ['a folder that only ends like it stays', '/mnt/srv/projects/lab/x', '/mnt/srv/projects/lab/x'],
  ['other text stays', 'panic: index out of range', 'panic: index out of range'],
])('%s', (_, before, after) => {
  expect(redact({ list: [before], [before]: 1 })).toEqual({ list: [after], [after]: 1 });
});

test('the host is not named in what programs said, and its name is left alone as a word of the experiment', () => {
  const host = hostname();
  const hidden = host.length >= 4 ? 'on …:80' : `on ${host}:80`;
  expect(redact({ stderr: `on ${host}:80`, level: host })).toEqual({ stderr: hidden, level: host });
});

test('values of variables that are secret by name are not kept', () => {
  const environment = { GITHUB_TOKEN: 'abc', DB_PASSWORD: 'x', GOGC: '100' };
  expect(redact({ environment })).toEqual({ environment: { GITHUB_TOKEN: '…', DB_PASSWORD: '…', GOGC: '100' } });
});

test('numbers and the absent stay what they are', () => {
  expect(redact({ a: 1, b: Number.POSITIVE_INFINITY, c: undefined, d: null, e: true })).toEqual({
    a: 1,
    b: Number.POSITIVE_INFINITY,
    c: undefined,
    d: null,
    e: true,
  });
});
