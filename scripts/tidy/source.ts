/** Reads TypeScript just far enough to tell code from comments and strings, and to list imports. */
import { lineAt } from './tree.ts';

export interface Import {
  readonly specifier: string;
  /** `import type` or `export type`: gone when the program runs. */
  readonly typeOnly: boolean;
  readonly line: number;
}

const STATEMENT =
  /(?:\b(?:import|export)\b(\s+type\b(?!\s*(?:,|from\b)))?[\w\s{},*$]*?\bfrom|\bimport)\s*(['"])( *)\2/g;
const CALL = /\bimport\s*\(\s*(['"`])( *)\1/g;

/** Static imports, re-exports and dynamic imports of a literal, in order. */
export function listImports(text: string): readonly Import[] {
  const code = blankOut(text);
  const at = (index: number, length: number) => ({
    specifier: text.slice(index, index + length),
    line: lineAt(text, index),
  });
  const statements = [...code.matchAll(STATEMENT)].map((match) => {
    const length = match[3]?.length ?? 0;
    return { ...at(match.index + match[0].length - 1 - length, length), typeOnly: match[1] !== undefined };
  });
  const calls = [...code.matchAll(CALL)].map((match) => {
    const length = match[2]?.length ?? 0;
    return { ...at(match.index + match[0].length - 1 - length, length), typeOnly: false };
  });
  return [...statements, ...calls].sort((a, b) => a.line - b.line);
}

/** The same text with comments, and what stands inside strings, made blank: every index and line stays where it was. */
export function blankOut(text: string): string {
  const out =
    [...text].length === text.length ? text.split('') : Array.from({ length: text.length }, (_, i) => text[i]!);
  const blank = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (out[i] !== '\n') out[i] = ' ';
  };
  // Open templates: how many braces are open inside the innermost `${`.
  const templates: number[] = [];
  let i = 0;
  while (i < text.length) {
    const two = text.slice(i, i + 2);
    const char = text[i]!;
    const depth = templates.length - 1;
    if (two === '//' || two === '/*') {
      const end = two === '//' ? text.indexOf('\n', i) : text.indexOf('*/', i) + 2;
      const stop = end < 2 ? text.length : end;
      blank(i, stop);
      i = stop;
    } else if (char === "'" || char === '"') {
      const end = endOfString(text, i);
      blank(i + 1, end);
      i = end + 1;
    } else if (char === '`' || (char === '}' && templates[depth] === 0)) {
      if (char === '}') templates.pop();
      const end = endOfTemplate(text, i + 1);
      blank(i + 1, end);
      if (text[end] === '$') {
        templates.push(0);
        i = end + 2;
      } else {
        i = end + 1;
      }
    } else if (char === '/' && beginsPattern(out, i)) {
      const end = endOfPattern(text, i);
      blank(i + 1, end);
      i = end + 1;
    } else {
      if (char === '{' && depth >= 0) templates[depth]!++;
      if (char === '}' && depth >= 0) templates[depth]!--;
      i++;
    }
  }
  return out.join('');
}

function endOfString(text: string, start: number): number {
  const quote = text[start];
  let i = start + 1;
  while (i < text.length && text[i] !== quote && text[i] !== '\n') i += text[i] === '\\' ? 2 : 1;
  return i;
}

/** Where the closing backtick stands, or the next `${`. */
function endOfTemplate(text: string, start: number): number {
  let i = start;
  while (i < text.length && text[i] !== '`' && text.slice(i, i + 2) !== '${') i += text[i] === '\\' ? 2 : 1;
  return i;
}

/** A slash divides after a value, and begins a pattern after an operator or a word like `return`. */
function beginsPattern(out: readonly string[], at: number): boolean {
  const before = out
    .slice(Math.max(0, at - 40), at)
    .join('')
    .trimEnd();
  return before === '' || /[([{,;:=!&|?+\-*%<>~^]$|\b(?:return|typeof|case|of|in|do|else)$/.test(before);
}

function endOfPattern(text: string, start: number): number {
  let inClass = false;
  let i = start + 1;
  while (i < text.length && text[i] !== '\n' && (inClass || text[i] !== '/')) {
    if (text[i] === '[') inClass = true;
    if (text[i] === ']') inClass = false;
    i += text[i] === '\\' ? 2 : 1;
  }
  return i;
}
