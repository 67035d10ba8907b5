/** Text, Markdown, JSON and HTML are four drawings of one result: what must hold over all of them. */
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import {
  HOSTILE,
  makeBuildStudy,
  makeEmptyStudy,
  makeHostileStudy,
  makeOneBlockStudy,
  makePathStudy,
} from '../../test/browser/fixtures/seeded-result.ts';
import type { Result } from '../model/result.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderText } from './text.ts';

const studies: readonly (readonly [string, () => Result])[] = [
  ['paths', makePathStudy],
  ['builds', makeBuildStudy],
  ['one block', makeOneBlockStudy],
  ['nothing judged', makeEmptyStudy],
  ['a change that is taken out', makeReverted],
];

function makeReverted(): Result {
  const [baseline, candidate] = ['main', 'HEAD'];
  return {
    ...makeBuildStudy(),
    confirmation: [
      {
        ...{ baseline, candidate, reverted: 'HEAD without <b>_x_', treatment: '', metric: 'time.p50' },
        outcome: 'partly-restored',
        candidateOverBaseline: { ratio: 1.231, low: 1.204, high: 1.257 },
        candidateOverReverted: { ratio: 1.164, low: 1.142, high: 1.189 },
        revertedOverBaseline: { ratio: 1.052, low: 1.043, high: 1.063 },
        ...{ restShown: true, margin: 0.02, blocks: 40, warnings: [] },
      },
    ],
  };
}

const parse = (page: string) => parseHTML(page).document;
const plain = { columns: 120, color: false };

/** Figures with a decimal point or a bracket: what a reader would compare between two forms. */
function figuresIn(text: string): readonly string[] {
  return text.match(/\[[−\d][^\]]*,[^\]]*\]|[+−×]?\d[\d,]*\.\d+/g) ?? [];
}

/** Verdict rows as `+6.1 % [4.8, 7.4] regression`, in the order shown. */
function rowsOf(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const found =
      /([+−×]?[\d,.]+(?: %)?)[\s|]+(\[[^\]]*\])[\s|].*?[▲▼=?] (regression|improvement|slower|faster|equivalent|undecided)/.exec(
        line,
      );
    return found ? [`${found[1]} ${found[2]} ${found[3]}`] : [];
  });
}

test('a change that was taken out is judged, and its name is no markup, in every form', () => {
  const [text, markdown, page] = [
    renderText(makeReverted(), plain),
    renderMarkdown(makeReverted()),
    renderHtml(makeReverted()),
  ];
  for (const form of [text, markdown, page]) {
    expect(form).toContain('confirmed, partly restored');
    expect(form.replaceAll(/\s+/g, ' ')).toContain('still slower than main');
  }
  expect(markdown).toContain('HEAD without &#60;b&#62;');
  expect(parse(page).querySelector('#confirmation')?.textContent).toContain('HEAD beside HEAD without <b>_x_');
});

describe.each(studies)('a study of %s', (_, make) => {
  test('shows the same figures as text, in Markdown and on the page', () => {
    const text = renderText(make(), plain);
    const markdown = renderMarkdown(make());
    const page = parse(renderHtml(make())).querySelector('main')!.textContent;
    for (const figure of figuresIn(text)) {
      expect(markdown, `Markdown lacks ${figure}`).toContain(figure);
      expect(page, `the page lacks ${figure}`).toContain(figure);
    }
  });

  test('puts its verdicts in the same order everywhere', () => {
    const text = rowsOf(renderText(make(), plain).split('\n'));
    const markdown = rowsOf(renderMarkdown(make()).split('\n'));
    const page = [...parse(renderHtml(make())).querySelectorAll('tr[data-figures]')]
      .filter((row) => row.getAttribute('data-figures')!.includes('['))
      .map(
        (row) =>
          `${row.getAttribute('data-figures')} ${row.querySelector('.verdict')!.textContent.replace(/^\S+ /, '')}`,
      );
    expect(markdown.slice(0, text.length)).toEqual(text);
    expect(page.slice(0, text.length)).toEqual(text);
    const judged = make().comparisons.filter(
      (each) => each.confidence < 1 && (each.metric === 'time.p50' || each.kind === 'build'),
    );
    expect(text).toHaveLength(judged.length);
  });

  test('rounds what the result says and nothing else', () => {
    const text = renderText(make(), plain);
    for (const each of make().comparisons.filter((one) => one.metric === 'time.p50')) {
      const percent = Math.abs((each.ratio - 1) * 100);
      expect(text).toContain(
        `${percent.toFixed(percent >= 99.95 || (each.high >= 1.9995 && Number.isFinite(each.high)) ? 0 : 1)} %`,
      );
    }
  });

  test('is one JSON document, its schema first, every number finite or null', () => {
    const json = renderJson(make());
    expect(json.startsWith('{\n  "schema": "seamark/result@1"')).toBe(true);
    const document = JSON.parse(json) as Result;
    expect(Object.keys(document).sort()).toEqual(Object.keys(make()).sort());
    for (const key of ['verdict', 'comparisons', 'expectations', 'sites', 'environment'])
      expect(document).toHaveProperty(key);
  });

  test('carries its data on the page', () => {
    const link = parse(renderHtml(make())).querySelector('a[download]')!;
    const data = link.getAttribute('href')!.replace('data:application/json;base64,', '');
    expect(JSON.parse(Buffer.from(data, 'base64').toString())).toEqual(JSON.parse(renderJson(make())));
  });
});

describe('the page', () => {
  const documents = [...studies, ['hostile names', makeHostileStudy] as const].map(
    ([name, make]) => [name, renderHtml(make())] as const,
  );

  test.each(documents)('of %s has one script, one style, and a policy that allows just these', async (_, page) => {
    const document = parse(page);
    expect(document.querySelectorAll('script')).toHaveLength(1);
    expect(document.querySelectorAll('style')).toHaveLength(1);
    const policy = document.querySelector('meta[http-equiv]')!.getAttribute('content')!;
    expect(policy).toContain("default-src 'none'");
    for (const name of ['script', 'style']) {
      const text = new TextEncoder().encode(document.querySelector(name)!.textContent);
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', text)).toString('base64');
      expect(policy).toContain(`${name}-src 'sha256-${digest}'`);
    }
    expect(page).not.toMatch(/ style=|unsafe-inline/);
  });

  test.each(documents)('of %s names nothing outside itself', (_, page) => {
    const document = parse(page);
    expect(
      document.querySelectorAll('link, img, iframe, object, embed, video, audio, source, base, form'),
    ).toHaveLength(0);
    for (const link of document.querySelectorAll('a'))
      expect(link.getAttribute('href')).toMatch(/^(#|data:application\/json)/);
    for (const element of document.querySelectorAll('*')) {
      for (const { name } of element.attributes) expect(name).not.toMatch(/^on|^src/);
    }
  });

  test.each(documents)('of %s gives every picture a title, a description and identifiers of its own', (_, page) => {
    const document = parse(page);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.getAttribute('id'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const picture of document.querySelectorAll('figure > svg')) {
      expect(picture.getAttribute('role')).toBe('img');
      for (const id of picture.getAttribute('aria-labelledby')!.split(' ')) {
        expect(document.getElementById(id)!.textContent).not.toBe('');
      }
    }
  });

  test('shows hostile names as the text they are', () => {
    const page = renderHtml(makeHostileStudy());
    expect(page).not.toContain('<img');
    expect(page).not.toContain('</script><script>fetch');
    for (const char of ['\u202e', '\u001b']) expect(page).not.toContain(char);
    expect(parse(page).querySelector('h1')!.textContent).toContain(HOSTILE.slice(0, 60));
  });
});

describe('Markdown', () => {
  test('of builds is as kept', async () => {
    await expect(renderMarkdown(makeBuildStudy())).toMatchFileSnapshot('testdata/markdown-builds.md');
  });

  test('stays within what a forge takes in one comment, the verdict at its end', () => {
    const study = makePathStudy();
    const many = {
      ...study,
      estimates: Array.from({ length: 60 }, (_, at) =>
        study.estimates.map((each) => ({ ...each, treatment: `${each.treatment} · copy=${at}` })),
      ).flat(),
    };
    const markdown = renderMarkdown(many);
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    expect(markdown.trimEnd().split('\n').at(-1)).toMatch(/^\*\*Verdict: /);
  });

  test('lets no name become markup', () => {
    const outside = renderMarkdown(makeHostileStudy()).replace(/(`+) .*? \1/g, '');
    expect(outside).not.toMatch(/<(?!\/?(?:details|summary)>)/);
    for (const char of ['\u202e', '\u001b']) expect(outside).not.toContain(char);
    for (const line of outside.split('\n').filter((each) => /^\| .*regression/.test(each))) {
      expect(line.match(/(?<!\\)\|/g)).toHaveLength(7);
    }
  });
});
