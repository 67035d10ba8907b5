/** Every name has one home: no default exports, no files that only pass on what others export. */
import { blankOut } from './source.ts';
import { isData, matches, type Offence, type Tree } from './tree.ts';

/** Vitest takes its settings from a default export. */
const CONFIGURED = /\.config\.ts$/;

export function checkExports(tree: Tree): readonly Offence[] {
  const sources = [...tree].filter(([file]) => /\.(?:ts|mjs)$/.test(file) && !isData(file));
  return sources.flatMap(([file, text]) => {
    const code = blankOut(text);
    return [
      ...(CONFIGURED.test(file)
        ? []
        : matches(file, code, /\bexport\s+default\b/g, () => 'a default export has no name')),
      ...matches(file, code, /\bexport\s*\*/g, () => 'passes on all of another file: import from its home'),
      ...(isBarrel(file, code) ? [{ file, line: 1, message: 'only passes on what others export' }] : []),
    ];
  });
}

function isBarrel(file: string, code: string): boolean {
  if (/(?:^|\/)index\.ts$/.test(file)) return true;
  const rest = code.replace(/\b(?:import|export)\b[^;]*?\bfrom\s*['"] *['"];?/g, '').trim();
  return rest === '' && /\bexport\b/.test(code);
}
