/** Pure rooms touch neither clock, chance, terminal, process nor disk: what decides is a function of its input. */
import { readArchitecture } from './architecture.ts';
import { blankOut, listImports } from './source.ts';
import { isInvented, isTest, matches, type Offence, type Tree } from './tree.ts';

const IMPURE: readonly (readonly [RegExp, string])[] = [
  [/(?<![.\w])Date\.now\b|(?<![.\w])new Date(?:\(\s*\)|(?!\s*\())|(?<![.\w])Date\(/g, 'reads the clock'],
  [/(?<![.\w])performance\s*[.[]/g, 'reads the clock'],
  [/(?<![.\w])(?:setTimeout|setInterval|setImmediate)\s*\(/g, 'waits'],
  [/(?<![.\w])Math\.random\b|(?<![.\w])crypto\s*\.\s*(?:getRandomValues|random\w+)/g, 'draws by chance without a seed'],
  [/(?<![.\w])console\s*[.[]/g, 'writes to the terminal'],
  [/(?<![.\w])process\s*[.[]/g, 'touches the process'],
  [/(?<![.\w])(?:fetch|require)\s*\(/g, 'reaches outside'],
  [/(?<![.\w])globalThis\b/g, 'touches what all share'],
];

export function checkPurity(tree: Tree): readonly Offence[] {
  const { pure } = readArchitecture(tree);
  const sources = [...tree].filter(
    ([file]) =>
      file.endsWith('.ts') && !isTest(file) && !isInvented(file) && pure.has(/^src\/([^/]+)\//.exec(file)?.[1] ?? ''),
  );
  return sources.flatMap(([file, text]) => {
    const code = blankOut(text);
    return [
      ...listImports(text)
        .filter(({ specifier }) => specifier.startsWith('node:'))
        .map(({ specifier, line }) => ({ file, line, message: `a pure room imports ${specifier}` })),
      ...IMPURE.flatMap(([pattern, does]) =>
        matches(file, code, pattern, (found) => `a pure room ${does}: ${found.replace(/\s*[.[(]$/, '')}`),
      ),
    ];
  });
}
