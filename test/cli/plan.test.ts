import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seamark } from './seamark.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamark-plan-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const plan = (text: string, words: readonly string[] = []) =>
  seamark(['plan', '-', ...words], { cwd: folder, input: text });

const PATHS = 'experiment: x\nsubject: {kind: harness, run: ./b}\npaths: [go, rust, go->rust]\n';
const COMMAND = 'experiment: y\nsubject: {kind: command, run: ./b $n}\nfactors: {n: [1, 2, 3]}\n';

describe('seamark plan', () => {
  test('it says what is run, compared, paid and seen, and does not run it', async () => {
    const { code, stdout, stderr } = await plan(PATHS);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^3 treatments, each a process of its own in every block\n {2}go\n {2}rust\n {2}go→rust\n/m);
    expect(stdout).toMatch(
      /^2 comparisons, judged on time\.p50 with a margin of ±2 %\n {2}go→rust against go\n {2}go→rust against rust\n/m,
    );
    expect(stdout).toMatch(/after every 3rd block, in one of its own, 1 treatment once more, to be set against itself/);
    expect(stdout).toMatch(
      /after every 5th block, in one of its own, 1 treatment with the probe beside itself without it/,
    );
    expect(stdout).toMatch(/^ {2}in all +at most .* the budget is 60 s/m);
    expect(stdout).toMatch(/^what it would see\n {2}A change of /m);
    expect(stdout).toMatch(/^what it cannot see\n {2}\S/m);
  });

  test('a budget below the smallest study is told, and one above it is not', async () => {
    const [small, enough] = await Promise.all([plan(COMMAND, ['--budget', '2s']), plan(COMMAND, ['--budget', '5min'])]);
    expect(small.stdout).toMatch(/Note: the budget is too small for this experiment/);
    expect(enough.stdout).not.toMatch(/Note:/);
  });

  test('the price stays inside the budget, and more time sees smaller changes', async () => {
    const [short, long] = await Promise.all([
      plan(COMMAND, ['--json', '--budget', '25s']),
      plan(COMMAND, ['--json', '--budget', '5min']),
    ]);
    const prices = [short, long].map(({ stdout }) => {
      const document = JSON.parse(stdout) as {
        plans: { price: { pilotS: number; judgedS: number; freshS: number; smallest: { last: number } } }[];
      };
      return document.plans[0]!.price;
    });
    const [little, much] = prices.map(({ pilotS, judgedS, freshS }) => pilotS + judgedS + freshS);
    expect(little).toBeLessThanOrEqual(25);
    expect(much).toBeLessThanOrEqual(300);
    expect(prices[1]!.smallest.last).toBeLessThan(prices[0]!.smallest.last);
  });

  test('--json is one document with a schema, the experiment, the plan and its price', async () => {
    const { stdout } = await plan(COMMAND, ['--json', '--seed', '9', '--blocks', '40']);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      schema: 'seamark/plan@1',
      plans: [
        {
          experiment: { name: 'y', seed: 9, maxBlocks: 40 },
          plan: { seed: 9, modes: ['interleaved'] },
          price: { treatments: 3, contrasts: 2 },
        },
      ],
    });
    expect(document.plans[0].price.looks.at(-1).blocks).toBeLessThanOrEqual(40);
  });

  test('the same spec and seed give the same plan', async () => {
    const [a, b] = await Promise.all([plan(PATHS, ['--json']), plan(PATHS, ['--json'])]);
    expect(a.stdout).toBe(b.stdout);
  });

  test('an expectation that no treatment stands for is said so', async () => {
    const text = `${PATHS}factors: {h: {levels: [a, b], within: {path: go->rust}}}\nexpect: [{metric: cpu, at: {path: go}, from: {h: a}, to: {h: b}, change: "< 1 %"}]\n`;
    expect((await plan(text)).stdout).toMatch(/Expectation 1 \(cpu < 1 %\): no treatment is what it speaks of/);
  });

  test('long lists are cut, and --verbose shows them whole', async () => {
    const text = `experiment: z\nsubject: {kind: command, run: ./b}\nfactors: {n: [${Array.from({ length: 30 }, (_, index) => index + 1)}]}\n`;
    const [cut, whole] = await Promise.all([plan(text), plan(text, ['--verbose'])]);
    expect(cut.stdout).toMatch(/… 19 more \(--verbose lists them\)/);
    expect(cut.stdout).not.toContain('n=30\n');
    expect(whole.stdout).toContain('  n=30\n');
  });

  test('several experiments are planned one after the other, or the one that is named', async () => {
    const both = `${PATHS}---\n${COMMAND}`;
    expect((await plan(both)).stdout).toMatch(/^x\n[\s\S]*^y\n/m);
    expect((await plan(both, ['--experiment', 'y'])).stdout).toMatch(/^y\n/);
    const { code, stderr } = await plan(both, ['--experiment', 'z']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/no experiment `z`\nhelp: .*x, y/)]);
  });

  test('benchmarks of a Go package are told from its sources', async () => {
    mkdirSync(join(folder, 'codec'), { recursive: true });
    writeFileSync(join(folder, 'go.mod'), 'module m\n');
    writeFileSync(
      join(folder, 'codec', 'x_test.go'),
      'package codec\n\nfunc BenchmarkDecode(b *testing.B) {}\nfunc BenchmarkEncode(b *testing.B) {}\n',
    );
    const text = (bench: string) => `experiment: g\nsubject: {kind: go-bench, bench: "${bench}"}\n`;
    expect((await plan(text('.'))).stdout).toMatch(/^2 treatments.*\n {2}benchmark=Decode\n {2}benchmark=Encode\n/m);
    expect((await plan(text('^BenchmarkDec'))).stdout).toMatch(/^1 treatment,/m);
    expect((await plan(text('Nothing'))).stdout).toMatch(/No benchmark was found in the sources/);
  });

  test.each<[string, string[], RegExp]>([
    ['a budget that is none', ['--budget', 'soon'], /It is a time from 2 s to 24 h/],
    ['a seed that is none', ['--seed', '1.5'], /It is a whole number from 0 to/],
    ['a cap that can call nothing', ['--blocks', '5'], /It is a whole number from 12 to 2,000/],
  ])('%s is wrong use', async (_, words, message) => {
    const { code, stderr } = await plan(COMMAND, words);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  test('a spec with mistakes has no plan', async () => {
    const { code, stdout, stderr } = await plan('experiment: x\n');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error\[missing-key\]/);
  });
});
