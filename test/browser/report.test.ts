/** The report in a real browser: opened from disk, with scripts and without, on a desk and in a hand, by day and by night. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { renderHtml } from '../../src/report/html.ts';
import { startChromium } from './chromium.ts';
import {
  HOSTILE,
  makeBuildStudy,
  makeEmptyStudy,
  makeHostileStudy,
  makeOneBlockStudy,
  makePathStudy,
} from './fixtures/seeded-result.ts';
import { addRuntimes } from './fixtures/seeded-runtimes.ts';

const STUDIES: Readonly<Record<string, () => Result>> = {
  paths: () => addRuntimes(makePathStudy()),
  builds: makeBuildStudy,
  'one-block': makeOneBlockStudy,
  empty: makeEmptyStudy,
  hostile: () => addRuntimes(makeHostileStudy(), [HOSTILE]),
};
/** Everything is looked at by axe in all four views on the fullest page, in one on the others: it takes seconds a page. */
const LOOKED_AT: Readonly<Record<string, readonly number[]>> = {
  paths: [0, 1, 2, 3],
  builds: [0, 3],
  'one-block': [1],
  empty: [3],
  hostile: [2],
};
const VIEWS = [1440, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await startChromium();
  folder = mkdtempSync(join(tmpdir(), 'seamark-report-'));
  for (const [name, make] of Object.entries(STUDIES)) writeFileSync(join(folder, `${name}.html`), renderHtml(make()));
});

afterAll(async () => {
  await browser?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

interface Opened {
  readonly page: Page;
  /** Everything the page asked for, itself included. */
  readonly requests: readonly string[];
  /** What the console and the page's errors said. */
  readonly complaints: readonly string[];
}

async function open(name: string, options: BrowserContextOptions): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  return { page, requests, complaints };
}

describe.each(Object.keys(STUDIES))('the page of %s', (name) => {
  test.each(VIEWS)(
    'opens from disk at $width px, $colorScheme, asks for nothing, complains of nothing, scrolls one way',
    async ({ width, colorScheme }) => {
      const { page, requests, complaints } = await open(name, { viewport: { width, height: 900 }, colorScheme });
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      expect(requests).toHaveLength(1);
      expect(requests[0]).toMatch(/^file:/);
      expect(complaints).toEqual([]);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      await page.context().close();
    },
  );

  test.each(LOOKED_AT[name]!.map((at) => VIEWS[at]!))(
    'has nothing worse than minor for axe to say at $width px, $colorScheme',
    async ({ width, colorScheme }) => {
      const { page } = await open(name, { viewport: { width, height: 900 }, colorScheme });
      for (const each of await page.locator('summary').all()) await each.click();
      const { violations } = await new AxeBuilder({ page }).exclude('figure > svg *').analyze();
      const serious = violations.filter((violation) => violation.impact !== 'minor');
      expect(
        serious.map(
          (violation) =>
            `${violation.id}: ${violation.nodes
              .map((node) => node.html)
              .slice(0, 3)
              .join(' ')}`,
        ),
      ).toEqual([]);
      await page.context().close();
    },
  );

  test('is complete with scripts off', async () => {
    const [bare, scripted] = await Promise.all([
      open(name, { javaScriptEnabled: false, viewport: { width: 1440, height: 900 } }),
      open(name, { viewport: { width: 1440, height: 900 } }),
    ]);
    const text = await bare.page.locator('main').innerText();
    const button = await scripted.page.locator('#theme').innerText();
    expect(await bare.page.locator('#theme').isVisible()).toBe(false);
    expect((await scripted.page.locator('main').innerText()).replace(button, '').replace(/\s+/g, ' ')).toBe(
      text.replace(/\s+/g, ' '),
    );
    expect(await bare.page.locator('figure svg:visible').count()).toBe(
      await scripted.page.locator('figure svg:visible').count(),
    );
    await Promise.all([bare.page.context().close(), scripted.page.context().close()]);
  });
});

describe('the page', () => {
  test('turns from light to dark and back by its button', async () => {
    const { page } = await open('paths', { colorScheme: 'light' });
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.locator('#theme').click();
    expect(await ground()).not.toBe(light);
    await page.locator('#theme').click();
    expect(await ground()).toBe(light);
    await page.context().close();
  });

  test('follows the reader in its outline', async () => {
    const { page } = await open('paths', { viewport: { width: 1440, height: 900 } });
    await page.locator('.outline a[href="#boundary"]').click();
    await page.locator('.outline a[href="#boundary"][aria-current]').waitFor();
    expect(await page.locator('#boundary h2').isVisible()).toBe(true);
    await page.context().close();
  });

  test('gives its data away as the JSON document', async () => {
    const { page } = await open('builds', {});
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
    expect(download.suggestedFilename()).toBe('made-up-builds.json');
    const path = join(folder, 'downloaded.json');
    await download.saveAs(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      schema: 'seamark/result@1',
      study: 'made-up-builds',
    });
    await page.context().close();
  });

  test('shows wide pictures on a desk and narrow ones in a hand', async () => {
    for (const [width, shown, hidden] of [
      [1440, '.wide', '.narrow'],
      [390, '.narrow', '.wide'],
    ] as const) {
      const { page } = await open('builds', { viewport: { width, height: 900 } });
      expect(await page.locator(`figure${shown}`).first().isVisible()).toBe(true);
      expect(await page.locator(`figure${hidden}`).first().isVisible()).toBe(false);
      await page.context().close();
    }
  });

  test('prints on paper without its outline and its button', async () => {
    const { page } = await open('builds', {});
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.outline').isVisible()).toBe(false);
    expect(await page.locator('#theme').isVisible()).toBe(false);
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    await page.context().close();
  });
});
