import { expect, it } from 'vitest';
import type { ListedSite } from '../instrument/site-list.ts';
import { widthOf } from '../report/terminal.ts';
import { renderSites, type SitesAnswer } from './probe-list.ts';

const site = (name: string, more: Partial<ListedSite> = {}): ListedSite => ({
  site: name,
  kind: 'call',
  form: 'plain',
  package: 'example.com/an/organisation/with/long/names/bindings',
  where: 'some_generated_bindings_linux_amd64.go:1204',
  uses: 14,
  probed: true,
  ...more,
});
const reason = 'cgo wrote it in a form that is unknown to the probe, which is said at length so that it has to wrap';
const answer: SitesAnswer = {
  schema: 'seamark/sites@1',
  command: ['./program'],
  sites: [
    site('a_function_whose_name_says_all_that_it_does_and_more'),
    site('first', { probed: false, reason }),
    site('second', { probed: false, reason }),
    site('last', { package: 'example.com/other', leftOut: true }),
  ],
  unprobed: [],
  standard: ['runtime/cgo'],
  idle: ['zzz'],
};

it('a list of sites keeps to the columns, and says each package and each reason once', () => {
  const text = renderSites(answer, 80);
  expect(Math.max(...text.split('\n').map(widthOf))).toBeLessThanOrEqual(80);
  expect(text.match(/^example\.com\S+$/gm)).toEqual([answer.sites[0]!.package, 'example.com/other']);
  expect(text.match(/not probed: first, second: cgo/g)).toHaveLength(1);
  expect(text).toMatch(/\n {2}last .* left out\n/);
});

it('a list for a pipe has whole names', () => {
  expect(renderSites(answer, 1000)).toContain(
    `${answer.sites[0]!.site}  ${answer.sites[0]!.where} (14 uses)  plain  yes`,
  );
});
