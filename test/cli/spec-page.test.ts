import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { METRICS } from '../../src/model/metric.ts';
import { createJsonSchema, renderJsonSchema } from '../../src/spec/json-schema.ts';
import { readSpec } from '../../src/spec/read-spec.ts';

const page = readFileSync(new URL('../../docs/spec.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1]!);

/** A fragment of the page stands in this spec, its own keys in place of these. */
const BASE: Readonly<Record<string, string>> = {
  experiment: 'experiment: example',
  subject: 'subject: {kind: harness, run: ./bench}',
  paths: 'paths: [go, rust, go->rust]',
};

function completed(example: string): string {
  const own = Object.keys(parse(example) as object);
  if (own.includes('experiment')) return example;
  // Only a harness that does not name its commands a path needs a list of them.
  const needsPaths = !own.includes('subject');
  const base = Object.entries(BASE).filter(([key]) => !own.includes(key) && (key !== 'paths' || needsPaths));
  return `${base.map(([, line]) => line).join('\n')}\n${example}`;
}

describe('docs/spec.md', () => {
  test('there are examples to hold it to', () => {
    expect(examples.length).toBeGreaterThan(12);
  });

  test.each(examples.map((example) => [example.split('\n').find((line) => line !== '') ?? '', example]))(
    'the example beginning with %j is a valid spec',
    (_, example) => {
      const { problems, experiments } = readSpec(completed(example), { file: 'page', folder: '/page' });
      expect(problems.map((problem) => `${problem.message} at ${problem.facts.at?.line}`)).toEqual([]);
      expect(experiments).toHaveLength(1);
    },
  );

  test('its table of keys names every key, in the order of the schema, and no other', () => {
    const table = page.slice(page.indexOf('## The keys'), page.indexOf('## subject'));
    const keys = [...table.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
    expect(keys).toEqual(Object.keys((createJsonSchema() as { properties: object }).properties));
  });

  test('every key below the first level is on the page as code', () => {
    const keys = new Set<string>();
    const collect = (schema: unknown): void => {
      if (Array.isArray(schema)) for (const item of schema) collect(item);
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (key === 'properties') for (const name of Object.keys(value as object)) keys.add(name);
        collect(value);
      }
    };
    collect(createJsonSchema());
    const code = [...page.matchAll(/```.*?```|`[^`]+`/gs)].map((match) => match[0]).join('\n');
    for (const key of keys) expect(code).toContain(key);
  });

  test('its table of metrics names every metric and no other', () => {
    const table = page.slice(page.indexOf('## metrics'), page.indexOf('## expect'));
    const names = [...table.matchAll(/^\| `([\w.]+)` \|/gm)].map((match) => match[1]);
    expect(names.toSorted()).toEqual(METRICS.map((metric) => metric.name).toSorted());
  });

  test('the mistakes it shows are answered by the text it shows', () => {
    const read = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8').trim();
    expect(page).toContain(`\`\`\`yaml wrong\n${read('five-mistakes.yaml')}\n\`\`\``);
    expect(page).toContain(`\`\`\`text\n${read('five-mistakes.txt')}\n\`\`\``);
  });
});

test('docs/seamark.schema.json is what the checks are made of', () => {
  const file = readFileSync(new URL('../../docs/seamark.schema.json', import.meta.url), 'utf8');
  expect(file).toBe(renderJsonSchema());
});
