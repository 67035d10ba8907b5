/** The lines by which a Go module and a Rust crate find the SDK that travels inside this package. Text in, text out. */
import { relative, sep } from 'node:path';
import { Problem } from '../model/problem.ts';

const GO_MODULE = 'seamark.dev/go';

/** `target` as a go.mod or Cargo.toml in `from` would name it: relative inside one tree, else absolute. */
export function pathTo(target: string, from: string, tree: string): string {
  const isInside = target === tree || target.startsWith(`${tree}${sep}`);
  if (!isInside) return target;
  const near = relative(from, target).split(sep).join('/');
  return near.startsWith('.') ? near : `./${near}`;
}

/** go.mod with the SDK required and replaced by the folder `path`; the same text when it already says so. */
export function pointGoModule(text: string, path: string): string {
  const line = `${GO_MODULE} => ${/[\s"]/.test(path) ? JSON.stringify(path) : path}`;
  const replaced = /^(\s*(?:replace\s+)?)seamark\.dev\/go(?:\s+v\S+)?\s*=>\s*.*$/m;
  const withReplace = replaced.test(text)
    ? text.replace(replaced, (_, lead: string) => lead + line)
    : `${endLine(text)}\nreplace ${line}\n`;
  const isRequired = /^\s*(?:require\s+)?seamark\.dev\/go\s+v/m.test(withReplace);
  return isRequired ? withReplace : `${endLine(withReplace)}\nrequire ${GO_MODULE} v0.0.0\n`;
}

/** Cargo.toml with the SDK as a dependency by `path`; keeps the features it already names. */
export function pointCrate(text: string, path: string, force = false): string {
  const written = JSON.stringify(path);
  const inline = /^(seamark\s*=\s*)\{([^}\n]*)\}/m;
  const found = inline.exec(text);
  if (found) {
    const inside = found[2]!;
    const next = /\bpath\s*=\s*"[^"]*"/.test(inside)
      ? inside.replace(/\bpath\s*=\s*"[^"]*"/, () => `path = ${written}`)
      : ` path = ${written},${inside}`;
    return text.replace(inline, () => `${found[1]}{${next}}`);
  }
  const line = `seamark = { path = ${written}, features = ["harness"] }`;
  const other = /^seamark\s*=.*$/m;
  if (other.test(text)) {
    if (force) return text.replace(other, () => line);
    throw new Problem({
      code: 'other-dependency',
      message: 'Cargo.toml already names another dependency `seamark`',
      cure: 'remove its line, or use --force to replace it',
    });
  }
  const section = /^\[dependencies\][^\n]*\n/m;
  if (section.test(text)) return text.replace(section, (head) => `${head}${line}\n`);
  return `${endLine(text)}\n[dependencies]\n${line}\n`;
}

const endLine = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
