import { expect, test } from 'vitest';
import { blankOut, listImports } from '../../scripts/tidy/source.ts';
import type { Tree } from '../../scripts/tidy/tree.ts';
import { findOffences } from '../../scripts/tidy.ts';

const PLAN = `# Architecture

\`\`\`
src/
  model/       words
  stats/       numbers
  spec/        reads
  cli/         commands
docs/        pages
format/      the contract
\`\`\`

| room | may import |
| --- | --- |
| stats | |
| model | stats (types) |
| spec | model |
| cli | everything |

Pure rooms (no \`node:\` import, no clock): model, stats, spec.
`;

// long: one table, a line or two for each offence there is.
/** A small house in order; every case below breaks one thing of it. */
const HOUSE: Tree = new Map([
  ['ARCHITECTURE.md', PLAN],
  ['docs/rationale.md', '| library | why |\n| --- | --- |\n| `yaml` | reads the spec |\n| `serde_json` | protocol |\n'],
  ['package.json', '{"dependencies": {"yaml": "2.0.0"}}\n'],
  ['format/record.json', '{}\n'],
  ['format/Cargo.toml', '[dependencies]\nserde_json = "1"\nseamark = { path = "../rust" }\n'],
  ['src/stats/quantile.ts', "import { sorted } from './sorted.ts';\nexport const median = sorted;\n"],
  ['src/stats/sorted.ts', 'export const sorted = 1;\n'],
  ['src/stats/sorted.test.ts', "import { readFileSync } from 'node:fs';\nreadFileSync(String(Date.now()));\n"],
  ['src/model/plan.ts', "import type { median } from '../stats/quantile.ts';\nexport type Plan = typeof median;\n"],
  [
    'src/spec/layout-gen.ts',
    '// Generated from format/record.json by a script; do not edit.\nexport const size = 64;\n',
  ],
  [
    'src/spec/read.ts',
    "import { parse } from 'yaml';\nimport type { Plan } from '../model/plan.ts';\nexport const read = (p: Plan) => parse(p);\n",
  ],
  ['src/cli/main.ts', "import { read } from '../spec/read.ts';\nconsole.log(read, process.argv, Date.now());\n"],
  ['README.md', 'See [the rationale](docs/rationale.md) and [pages](docs/).\n'],
]);

const unfinished = `TO${'DO'}`;
const home = `/ho${'me'}/somebody/seamark`;
const registry = `https://registry.${'npmjs'}.org/yaml`;

/** What is added or replaced, and the one offence it must give. */
const CASES: readonly (readonly [name: string, files: Readonly<Record<string, string>>, offence: string])[] = [
  ['a room that is not planned', { 'src/extra/a.ts': '' }, 'ARCHITECTURE.md:1: src/extra/ is not in the listing'],
  ['a top-level folder that is not planned', { 'extra/a.md': '' }, 'ARCHITECTURE.md:1: extra/ is not in the listing'],
  [
    'an import that the table forbids',
    { 'src/stats/sorted.ts': "\nimport { read } from '../spec/read.ts';\nexport const sorted = read;\n" },
    'src/stats/sorted.ts:2: stats may not import spec',
  ],
  [
    'a forbidden import of a type',
    { 'src/stats/sorted.ts': "import type { Plan } from '../model/plan.ts';\nexport type Sorted = Plan;\n" },
    'src/stats/sorted.ts:1: stats may not import model',
  ],
  [
    'a forbidden import of several lines',
    { 'src/spec/other.ts': "export const a = 1;\nimport {\n  median,\n} from '../stats/quantile.ts';\n" },
    'src/spec/other.ts:4: spec may not import stats',
  ],
  [
    'a forbidden import at run time',
    { 'src/spec/other.ts': "export const a = () => import('../stats/quantile.ts');\n" },
    'src/spec/other.ts:1: spec may not import stats',
  ],
  [
    'a forbidden re-export',
    { 'src/spec/other.ts': "export { median } from '../stats/quantile.ts';\nexport const a = 1;\n" },
    'src/spec/other.ts:1: spec may not import stats',
  ],
  [
    'a value where only types are allowed',
    { 'src/model/plan.ts': "import { median } from '../stats/quantile.ts';\nexport const plan = median;\n" },
    'src/model/plan.ts:1: model may import only types of stats',
  ],
  [
    'a package in a room that imports nothing',
    { 'src/stats/sorted.ts': "import { parse } from 'yaml';\nexport const sorted = parse;\n" },
    'src/stats/sorted.ts:1: stats imports nothing, so not yaml',
  ],
  [
    'an import from outside the rooms',
    { 'src/spec/other.ts': "import facts from '../../package.json' with { type: 'json' };\nexport const a = facts;\n" },
    'src/spec/other.ts:1: spec imports package.json, which is in no room',
  ],
  [
    'a product file that imports what was made up for tests',
    {
      'src/spec/invented.ts': 'export const a = 1;\n',
      'src/spec/other.ts': "export const b = () => import('./invented.ts');\n",
    },
    'src/spec/other.ts:1: src/spec/invented.ts is made up for tests',
  ],
  [
    'a pure room that reads files',
    { 'src/spec/other.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n" },
    'src/spec/other.ts:1: a pure room imports node:fs',
  ],
  [
    'a pure room that reads the clock',
    { 'src/spec/other.ts': 'export const a = Date.now();\n' },
    'src/spec/other.ts:1: a pure room reads the clock: Date.now',
  ],
  [
    'a pure room that asks for today',
    { 'src/spec/other.ts': 'export const a = new Date();\n' },
    'src/spec/other.ts:1: a pure room reads the clock: new Date()',
  ],
  [
    'a pure room that times itself',
    { 'src/spec/other.ts': 'export const a = performance.now();\n' },
    'src/spec/other.ts:1: a pure room reads the clock: performance',
  ],
  [
    'a pure room that throws dice',
    { 'src/spec/other.ts': '\n\nexport const a = Math.random();\n' },
    'src/spec/other.ts:3: a pure room draws by chance without a seed: Math.random',
  ],
  [
    'a pure room that prints',
    { 'src/spec/other.ts': 'export const a = () => console.log(1);\n' },
    'src/spec/other.ts:1: a pure room writes to the terminal: console',
  ],
  [
    'a pure room that reads its surroundings',
    { 'src/spec/other.ts': 'export const a = process.env;\n' },
    'src/spec/other.ts:1: a pure room touches the process: process',
  ],
  [
    'impurity inside a template',
    { 'src/spec/other.ts': `export const a = \`{\${process.pid}}\`;\n` },
    'src/spec/other.ts:1: a pure room touches the process: process',
  ],
  [
    'a file that names no subject',
    { 'src/spec/utils.ts': 'export const a = 1;\n' },
    "src/spec/utils.ts:1: 'utils' names no subject",
  ],
  [
    'a folder that names no subject',
    { 'src/spec/common/words.ts': 'export const a = 1;\n' },
    "src/spec/common/words.ts:1: 'common' names no subject",
  ],
  [
    'a name with capitals',
    { 'src/spec/readSpec.ts': 'export const a = 1;\n' },
    'src/spec/readSpec.ts:1: a file name is in kebab-case',
  ],
  [
    'a script in JavaScript',
    { 'src/spec/read-all.js': 'export const a = 1;\n' },
    'src/spec/read-all.js:1: scripts are TypeScript, but for the set-up',
  ],
  [
    'a default export',
    { 'src/spec/other.ts': 'export default 1;\n' },
    'src/spec/other.ts:1: a default export has no name',
  ],
  [
    'an index',
    { 'src/spec/index.ts': 'export const a = 1;\n' },
    'src/spec/index.ts:1: only passes on what others export',
  ],
  [
    'a barrel',
    { 'src/spec/all.ts': "export { read } from './read.ts';\nexport type { B } from './read.ts';\n" },
    'src/spec/all.ts:1: only passes on what others export',
  ],
  [
    'a long file',
    { 'src/spec/other.ts': 'export const a = 1;\n'.repeat(301) },
    'src/spec/other.ts:1: 301 lines: split it, or say in a line "// long: …" why it is one subject',
  ],
  [
    'a generated file without a source',
    { 'src/spec/words-gen.ts': 'export const a = 1;\n' },
    'src/spec/words-gen.ts:1: its first line does not say "generated from …"',
  ],
  [
    'a generated file whose source is gone',
    { 'src/spec/words-gen.ts': '// Generated from format/words.json by hand.\n' },
    'src/spec/words-gen.ts:1: its source format/words.json is not there',
  ],
  [
    'a package without a reason',
    { 'package.json': '{\n"dependencies": {"yaml": "2"},\n"devDependencies": {"chalk": "5"}}\n' },
    'package.json:3: chalk has no line in docs/rationale.md',
  ],
  [
    'a crate without a reason',
    { 'format/Cargo.toml': '[dependencies]\nserde_json = "1"\nlibc = { version = "1" }\n' },
    'format/Cargo.toml:3: libc has no line in docs/rationale.md',
  ],
  [
    'a Go module without a reason',
    { 'format/go.mod': 'module seamark.dev/x\n\nrequire golang.org/x/sys v0.1.0\n' },
    'format/go.mod:3: golang.org/x/sys has no line in docs/rationale.md',
  ],
  ['a reason without a package', { 'package.json': '{}\n' }, 'docs/rationale.md:3: yaml is no dependency'],
  [
    'a lock file without a package for another system',
    { 'package-lock.json': '{"packages": {\n"node_modules/a": {"optionalDependencies": {"a-win32": "1"}}}}\n' },
    'package-lock.json:2: a wants a-win32, which is not locked: npm ci would refuse on a fresh clone',
  ],
  [
    'unfinished work',
    { 'src/spec/other.ts': `export const a = 1; // ${unfinished}: more\n` },
    `src/spec/other.ts:1: ${unfinished} is left: do it, or tell it to the issue list`,
  ],
  [
    'a path of one machine',
    { 'docs/page.md': `Run \`cd ${home}\`.\n` },
    `docs/page.md:1: ${home.slice(0, 14)} is somebody's home`,
  ],
  [
    'the address of a registry',
    { 'docs/page.md': `From ${registry}.\n` },
    `docs/page.md:1: ${registry.slice(8, 26)} is a registry: the user has one set`,
  ],
  [
    'a link that leads nowhere',
    { 'README.md': '\nSee [that](docs/gone.md).\n' },
    'README.md:2: a link leads to docs/gone.md, which is not there',
  ],
];

test('a house in order has no offence', () => {
  expect(report(HOUSE)).toEqual([]);
});

test.each(CASES)('%s is told with its place', (_name, files, offence) => {
  expect(report(new Map([...HOUSE, ...Object.entries(files)]))).toContain(offence);
});

test.each(CASES)('%s is told once and nothing else with it', (_name, files, offence) => {
  const others = report(new Map([...HOUSE, ...Object.entries(files)])).filter((line) => line !== offence);
  // A room or folder that is new has no row and no listing either: its own name is in each of these lines.
  expect(others.filter((line) => !line.includes('extra') && !line.startsWith('format/go.mod'))).toEqual([]);
});

test('a room that is planned and not there is told', () => {
  const house = new Map([...HOUSE].filter(([file]) => !file.startsWith('src/cli/')));
  expect(report(house)).toEqual([
    'ARCHITECTURE.md:1: src/cli/ is listed and not there',
    'ARCHITECTURE.md:1: the import table has a row for cli, which is not there',
  ]);
});

test('what is made up for tests may import any room, and tests import it', () => {
  const invented = "import { read } from '../spec/read.ts';\nexport const a = () => read(Date.now());\n";
  const using = "import { a } from './invented-study.ts';\na();\n";
  const files = { 'src/stats/invented-study.ts': invented, 'src/stats/sorted.test.ts': using };
  expect(report(new Map([...HOUSE, ...Object.entries(files)]))).toEqual([]);
});

test('a long file that says why is let be', () => {
  const text = `// long: one table, and tables are read whole\n${'export const a = 1;\n'.repeat(400)}`;
  expect(report(new Map([...HOUSE, ['src/spec/other.ts', text]]))).toEqual([]);
});

test('what stands in comments, strings, patterns and templates is not code', () => {
  const text = [
    '// process.exit and Date.now()',
    "const a = 'console.log(1)';",
    'const b = /process\\.env["\'`]/;',
    `const c = \`Math.random() \${f({ a: \`process.pid\` })} console.log\`;`,
    '/* import x from "node:fs" */',
    'const d = 4 / 2; // 3 / "',
  ].join('\n');
  expect(report(new Map([...HOUSE, ['src/spec/other.ts', `${text}\nexport const e = 1;\n`]]))).toEqual([]);
  expect(blankOut(text)).toHaveLength(text.length);
});

test('imports are listed with their lines, whatever their form', () => {
  const text = `import 'a';
import b, { type C } from "b";
import type { D } from 'd';
import * as e from 'e';
export { f } from 'f';
export type { G } from 'g';
const h = await import('h');
export const i = ['from', 'j'];
import type, { k } from 'k';
`;
  expect(
    listImports(text).map(({ specifier, typeOnly, line }) => `${line} ${specifier}${typeOnly ? ' (type)' : ''}`),
  ).toEqual(['1 a', '2 b', '3 d (type)', '4 e', '5 f', '6 g (type)', '7 h', '9 k']);
});

function report(tree: Tree): readonly string[] {
  return findOffences(tree).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}
