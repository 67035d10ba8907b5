import { expect, test } from 'vitest';
import { restorePlaces } from './recorded-study.ts';
import { fingerprint } from './study-facts.ts';

const PROJECT = '/srv/lab';
const HOME = '/home/me';

test.each([
  [
    'the folder of a subject is where it was',
    { folder: '.', words: ['./run'] },
    { folder: '/srv/lab', words: ['./run'] },
  ],
  ['what stood below it, too', { folder: './a' }, { folder: '/srv/lab/a' }],
  ['homes', { folder: '~/x', env: 'A=~/include' }, { folder: '/home/me/x', env: 'A=/home/me/include' }],
  [
    'the project wherever it was named',
    { folder: '.', env: '/x:./lib' },
    { folder: '/srv/lab', env: '/x:/srv/lab/lib' },
  ],
  ['a dot that was typed stays one', { folder: '/elsewhere', run: './x' }, { folder: '/elsewhere', run: './x' }],
])('of what is stored without private names: %s', (_, stored, was) => {
  const identity = { 'experiment: subject': fingerprint(was) };
  expect(restorePlaces({ subject: stored }, PROJECT, identity, HOME)).toEqual({ subject: was });
});

test('builds that were named as folders of the project stay as they were typed', () => {
  const factors = [{ name: 'build', levels: [{ text: './before' }, { text: '.' }] }];
  const identity = { 'experiment: factors': fingerprint(factors) };
  expect(restorePlaces({ factors }, PROJECT, identity, HOME)).toEqual({ factors });
});
